"""Files that the office hands in for an import: kept outside the web root for an hour, then swept away."""

import re
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings

from zvonok.kernel.ids import uuid7

KEPT_SECONDS = 3600
_UNSAFE = re.compile(r"[^\w. -]+")
_LONGEST_NAME = 60  # a file system counts 255 bytes, and a letter may take four


def keep(chunks: Iterable[bytes], *, name: str) -> UUID:
    """Write what is handed in to disk, chunk by chunk, and give back the id to find it by."""
    sweep()
    upload_id = uuid7()
    folder = _folder(upload_id)
    folder.mkdir(mode=0o700, parents=True)
    with (folder / safe_name(name)).open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
    return upload_id


def path_of(upload_id: UUID) -> Path | None:
    """Find the file of an upload; None when it has been swept away."""
    folder = _folder(upload_id)
    return next(folder.iterdir(), None) if folder.is_dir() else None


def drop(upload_id: UUID) -> None:
    """Forget an upload."""
    shutil.rmtree(_folder(upload_id), ignore_errors=True)


def sweep() -> None:
    """Forget every upload that is older than an hour."""
    home = _home()
    if not home.is_dir():
        return
    for folder in home.iterdir():
        if folder.is_dir() and folder.stat().st_mtime < time.time() - KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def safe_name(name: str) -> str:
    """Make a file name of what the browser says: its last part, plain characters, not too long."""
    last = _UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(". ") or "upload"
    stem, dot, extension = last.rpartition(".")
    return last[:_LONGEST_NAME] if not dot else f"{stem[: _LONGEST_NAME - 12]}.{extension[:10]}"


def _home() -> Path:
    return Path(settings.ZVONOK_HOME) / "uploads"


def _folder(upload_id: UUID) -> Path:
    return _home() / str(UUID(str(upload_id)))
