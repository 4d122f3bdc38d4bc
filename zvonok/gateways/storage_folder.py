"""Files in a folder of this machine."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from zvonok.kernel.ids import uuid7

_KEY = re.compile(r"[a-z]+(/[0-9a-f-]+)+")


class FolderStore:
    """Keeps files in a folder outside the web root."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)

    def put(self, key: str, file: BinaryIO) -> None:
        """Keep all of `file` under `key`, on the disk before it has its name."""
        path = self._path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.{uuid7()}")
        try:
            with unfinished.open("xb") as kept:
                while chunk := file.read(1024 * 1024):
                    kept.write(chunk)
                kept.flush()
                os.fsync(kept.fileno())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)

    def open(self, key: str, *, start: int = 0) -> BinaryIO:
        """Open what is kept, from its byte `start` on."""
        file = self._path(key).open("rb")
        file.seek(start)
        return file

    def drop(self, key: str) -> None:
        """Forget what is kept, and the folder when nothing else is in it."""
        path = self._path(key)
        path.unlink(missing_ok=True)
        if path.parent.is_dir() and not any(path.parent.iterdir()):
            path.parent.rmdir()

    def address(self, key: str, *, headers: Mapping[str, str]) -> None:
        """Have no address: files of a folder are served by ourselves."""

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(key)
        return self._folder / key
