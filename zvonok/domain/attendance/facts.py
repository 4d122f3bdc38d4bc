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
