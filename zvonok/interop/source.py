"""What people hand in: a file, a folder or a zip, opened so that nothing in it can do harm.

Sizes are counted while reading, never believed; nothing is unpacked to disk, so no name inside a zip
can point anywhere.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zvonok.interop.report import Fault
from zvonok.kernel.refusals import Refused

MEGABYTE = 1024 * 1024
UPLOAD_LIMIT = 200 * MEGABYTE
FILE_LIMIT = 64 * MEGABYTE
FILES_LIMIT = 50
RATIO_LIMIT = 200
_CHUNK = 256 * 1024
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1

Opener = Callable[[], IO[bytes]]


class SourceRefused(Refused):
    """What was handed in cannot be read at all."""

    message: str | Promise = gettext_lazy("This file cannot be read.")


class NothingThere(SourceRefused):
    message = gettext_lazy("There is no file or folder “%(name)s”, or it may not be read.")


class TooLarge(SourceRefused):
    message = gettext_lazy("“%(name)s” is larger than %(megabytes)s MB.")


class TooManyFiles(SourceRefused):
    message = gettext_lazy("“%(name)s” holds more than %(count)s files.")


class SuspiciousZip(SourceRefused):
    message = gettext_lazy("“%(name)s” unpacks to far more than it weighs. Such a file is not opened.")


class BrokenZip(SourceRefused):
    message = gettext_lazy("The zip file “%(name)s” is damaged. Pack it again.")


class EncryptedZip(SourceRefused):
    message = gettext_lazy("“%(name)s” in the zip is protected by a password. Pack it without one.")


class UnknownPacking(SourceRefused):
    message = gettext_lazy("“%(name)s” is packed in an unusual way. Make an ordinary zip.")


class UnsafeName(SourceRefused):
    message = gettext_lazy("The zip holds a file with the name “%(name)s”, which points outside of it.")


class DoubledName(SourceRefused):
    message = gettext_lazy("The zip holds two files with the name “%(name)s”.")


class NotText(SourceRefused):
    message = gettext_lazy("“%(name)s” is not a text file.")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One file within a source; `packed` is its size inside a zip, in bytes."""

    opened: Opener
    packed: int | None = None


@dataclass(slots=True)
class Source:
    """The files that were handed in, read one by one by their names (`folder/file` where nested)."""

    label: str
    entries: dict[str, _Entry]
    warnings: list[Fault] = field(default_factory=list)
    _read: dict[str, int] = field(default_factory=dict)
    _warned: set[str] = field(default_factory=set)

    @property
    def names(self) -> tuple[str, ...]:
        """Name the files, sorted."""
        return tuple(sorted(self.entries))

    def bytes(self, name: str) -> bytes:
        """Read one file whole.

        Raises: SourceRefused when it is too large, packed too tightly or damaged.
        """
        content = b"".join(_counted(self.entries[name], name))
        self._read[name] = len(content)
        if sum(self._read.values()) > UPLOAD_LIMIT:
            raise TooLarge(name=self.label, megabytes=UPLOAD_LIMIT // MEGABYTE)
        return content

    def text(self, name: str) -> str:
        """Read one text file; its lines end in a line feed, whatever they ended in.

        UTF-8 or, by its mark, UTF-16; else Windows-1251, with a warning.
        Raises: SourceRefused, as `bytes`, and for a file that is no text.
        """
        raw = self.bytes(name)
        text = _decoded(raw)
        if text is None:
            text = _cyrillic(raw, name)
            self._warn(name, _("The file is not in UTF-8; it was read as Windows-1251."))
        if "\0" in text:
            raise NotText(name=name)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _warn(self, name: str, reason: str) -> None:
        if name not in self._warned:
            self._warned.add(name)
            self.warnings.append(Fault(file=name, line=None, column="", value="", reason=reason))


def open_source(path: Path) -> Source:
    """Open a file, a folder or a zip.

    Raises: SourceRefused.
    """
    try:
        if path.is_dir():
            return _lifted(path.name, _of_folder(path))
        if not path.is_file():
            raise NothingThere(name=path.name)
        if path.stat().st_size > UPLOAD_LIMIT:
            raise TooLarge(name=path.name, megabytes=UPLOAD_LIMIT // MEGABYTE)
        if path.suffix.lower() == ".zip" or _begins_like_zip(path):
            return _lifted(path.name, _of_zip(path))
    except OSError as error:
        raise NothingThere(name=path.name) from error
    return Source(path.name, {path.name: _Entry(lambda: path.open("rb"))})


def _begins_like_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def _of_folder(folder: Path) -> dict[str, _Entry]:
    entries: dict[str, _Entry] = {}
    for path in _walked(folder):
        if len(entries) == FILES_LIMIT:
            raise TooManyFiles(name=folder.name, count=FILES_LIMIT)
        entries[path.relative_to(folder).as_posix()] = _Entry(lambda path=path: path.open("rb"))  # type: ignore[misc]
    return entries


def _walked(folder: Path) -> Iterator[Path]:
    """Find the files under `folder`, without hidden ones and without following links to folders."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walked(path)
        elif path.is_file():
            yield path


def _of_zip(path: Path) -> dict[str, _Entry]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise BrokenZip(name=path.name) from error
    entries: dict[str, _Entry] = {}
    for info in members:
        name = _safe_name(info)
        if name in entries:
            raise DoubledName(name=name)
        if not _is_litter(name):
            entries[name] = _Entry(_opener(path, info), info.compress_size)
        if len(entries) > FILES_LIMIT:
            raise TooManyFiles(name=path.name, count=FILES_LIMIT)
    return entries


def _opener(path: Path, info: zipfile.ZipInfo) -> Opener:
    def opened() -> IO[bytes]:
        if info.flag_bits & _ENCRYPTED:
            raise EncryptedZip(name=info.filename)
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise UnknownPacking(name=info.filename)
        # The member keeps the archive's file open for as long as it is read itself.
        with zipfile.ZipFile(path) as archive:
            return archive.open(info)

    return opened


def _safe_name(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        name = _dos_name(name)
    name = name.replace("\\", "/")
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or parts[0] == "/" or ":" in parts[0] or not name.isprintable():
        raise UnsafeName(name="".join(char if char.isprintable() else "�" for char in name))
    return "/".join(parts)


def _dos_name(name: str) -> str:
    """Russian archivers of Windows write names in the old DOS encoding."""
    try:
        return name.encode("cp437").decode("cp866")
    except UnicodeError:
        return name


def _is_litter(name: str) -> bool:
    return (
        name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith(".") or name.endswith("Thumbs.db")
    )


def _lifted(label: str, entries: dict[str, _Entry]) -> Source:
    """Take the files out of the one folder that holds them all."""
    source = Source(label, entries)
    tops = {name.split("/", 1)[0] for name in entries}
    while len(tops) == 1 and all("/" in name for name in source.entries):
        (top,) = tops
        source.entries = {name.split("/", 1)[1]: entry for name, entry in source.entries.items()}
        reason = _("All files lie in the folder “%(name)s”; they were read from there.") % {"name": top}
        source.warnings.append(Fault(file=label, line=None, column="", value="", reason=reason))
        tops = {name.split("/", 1)[0] for name in source.entries}
    return source


def _counted(entry: _Entry, name: str) -> Iterator[bytes]:
    size = 0
    for chunk in _chunks(entry, name):
        size += len(chunk)
        if size > FILE_LIMIT:
            raise TooLarge(name=name, megabytes=FILE_LIMIT // MEGABYTE)
        if entry.packed is not None and size > max(entry.packed, 1) * RATIO_LIMIT and size > MEGABYTE:
            raise SuspiciousZip(name=name)
        yield chunk


def _chunks(entry: _Entry, name: str) -> Iterator[bytes]:
    try:
        with entry.opened() as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise BrokenZip(name=name) from error
    except OSError as error:
        raise NothingThere(name=name) from error


def _decoded(raw: bytes) -> str | None:
    """Decode by the mark at the beginning, or as UTF-8; None when it is neither."""
    try:
        return raw.decode("utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError:
        return None


def _cyrillic(raw: bytes, name: str) -> str:
    if b"\0" in raw:
        raise NotText(name=name)
    try:
        return raw.decode("cp1251")
    except UnicodeDecodeError as error:
        raise NotText(name=name) from error
