"""What may have happened to files."""

from dataclasses import dataclass
from uuid import UUID

from zvonok.domain.history.facts import Happening


@dataclass(frozen=True, kw_only=True)
class FileHandedIn(Happening):
    """Somebody handed in a file."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class FileInfected(Happening):
    """The scanner found a virus in a file: it was destroyed, and its uploader and the office are told."""

    name: str
    finding: str
    uploader_id: UUID


@dataclass(frozen=True, kw_only=True)
class FileUnreadable(Happening):
    """A picture could not be read, so its metadata could not be taken out, and it is not shown."""

    name: str
    uploader_id: UUID
