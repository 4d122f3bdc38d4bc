"""Where files lie: a folder, or S3. What is here has no address on the web but the short-lived one of `address`.

Keys are made by us of ids and digests; a file's own name never is part of one.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import BinaryIO, Protocol
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from django.conf import settings

from zvonok.gateways.storage_folder import FolderStore


class Store(Protocol):
    """What keeps bytes under keys."""

    def put(self, key: str, file: BinaryIO) -> None:
        """Keep all of `file` under `key`, whole or not at all, in place of what was there."""

    def open(self, key: str, *, start: int = 0) -> BinaryIO:
        """Open what is kept, from its byte `start` on. Raises: FileNotFoundError."""

    def drop(self, key: str) -> None:
        """Forget what is kept; nothing is a fault of it not being there."""

    def address(self, key: str, *, headers: Mapping[str, str]) -> str | None:
        """Make an address that serves it for a minute under these headers; None where we serve ourselves."""


def store() -> Store:
    """Find the store of this installation."""
    return _store(settings.STORAGE_URL)


@lru_cache(maxsize=4)
def _store(url: str) -> Store:
    parts = urlsplit(url)
    if parts.scheme == "s3":
        from zvonok.gateways.storage_s3 import S3Store  # noqa: PLC0415 - boto3 is an extra

        return S3Store(parts.netloc, parts.path.strip("/"), **dict(parse_qsl(parts.query)))
    return FolderStore(parts.path if parts.scheme == "file" else url)


def chunk_key(upload_id: UUID, offset: int) -> str:
    """Name the place of a piece of an upload."""
    return f"chunks/{upload_id}/{offset:012}"


def quarantine_key(school_id: UUID, sha256: str) -> str:
    """Name the place of a content that the scanner has not looked at."""
    return f"quarantine/{school_id}/{sha256}"


def clean_key(school_id: UUID, sha256: str) -> str:
    """Name the place from which a content is served."""
    return f"clean/{school_id}/{sha256}"


def preview_key(school_id: UUID, sha256: str) -> str:
    """Name the place of a small picture of a content."""
    return f"previews/{school_id}/{sha256}"


def pieces(file: BinaryIO, *, size: int = 256 * 1024, most: int | None = None) -> Iterator[bytes]:
    """Read a file to its end, or to `most` bytes, and close it."""
    left = most
    with file:
        while chunk := file.read(size if left is None else min(size, left)):
            left = None if left is None else left - len(chunk)
            yield chunk
