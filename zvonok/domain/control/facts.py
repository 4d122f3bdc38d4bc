"""What may have happened to the notes about journals."""

from dataclasses import dataclass
from uuid import UUID

from zvonok.domain.history.facts import Happening


@dataclass(frozen=True, kw_only=True)
class ControlNoteSent(Happening):
    """The deputy head wrote to a teacher about something found in a journal; `thing_id` is the note."""

    check: str
    teacher_id: UUID
    group_id: UUID
    lesson_id: UUID | None
    text: str


@dataclass(frozen=True, kw_only=True)
class ControlNoteClosed(Happening):
    """A note was closed: because what it told of no longer holds (`mended`), or by the deputy head."""

    check: str
    teacher_id: UUID
    group_id: UUID
    mended: bool
