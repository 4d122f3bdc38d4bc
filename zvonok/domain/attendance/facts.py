"""What may have happened to absences."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from zvonok.domain.history.facts import Happening


@dataclass(frozen=True, kw_only=True)
class AbsencePut(Happening):
    """A teacher noted that a student was absent or late, perhaps in place of another note."""

    told: ClassVar[bool] = True

    lesson_id: UUID
    subject: str
    day: date
    slot: int
    absence: str
    late_minutes: int | None
    instead_of: str | None


@dataclass(frozen=True, kw_only=True)
class AbsenceWithdrawn(Happening):
    """A teacher took such a note back: the student was there."""

    told: ClassVar[bool] = True

    lesson_id: UUID
    subject: str
    day: date
    slot: int
    absence: str


@dataclass(frozen=True, kw_only=True)
class AbsencesBroughtIn(Happening):
    """Absences of an earlier time were taken over; `thing_id` is the school."""

    count: int


@dataclass(frozen=True, kw_only=True)
class AbsenceSettled(Happening):
    """An absence was put, changed or taken back by a note or a whole-day absence, which is told of as a whole.

    `absence` is empty when it was taken back.
    """

    lesson_id: UUID
    subject: str
    day: date
    slot: int
    absence: str
    instead_of: str | None
    because_of: UUID


@dataclass(frozen=True, kw_only=True)
class AboutDays(Happening):
    """Something about days in a row."""

    first_day: date
    last_day: date


@dataclass(frozen=True, kw_only=True)
class NoteSent(AboutDays):
    """A family reported an absence beforehand, or explained one."""

    told: ClassVar[bool] = True

    class_id: UUID
    note: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class NoteWithdrawn(AboutDays):
    """The family took its note back."""

    told: ClassVar[bool] = True

    class_id: UUID


@dataclass(frozen=True, kw_only=True)
class NoteAccepted(AboutDays):
    """The class teacher accepted a note; `lessons` were excused by it at once."""

    told: ClassVar[bool] = True

    lessons: int


@dataclass(frozen=True, kw_only=True)
class NoteReturned(AboutDays):
    """The class teacher returned a note with a word."""

    told: ClassVar[bool] = True

    answer: str


@dataclass(frozen=True, kw_only=True)
class WholeDayPut(AboutDays):
    """The class teacher noted that a student is away for whole days."""

    told: ClassVar[bool] = True

    absence: str
    lessons: int


@dataclass(frozen=True, kw_only=True)
class WholeDayWithdrawn(AboutDays):
    """The class teacher took that back; so were the absences that still stood by it."""

    told: ClassVar[bool] = True

    absence: str
    lessons: int
