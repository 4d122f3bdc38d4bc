"""What may have happened to marks. The values are those of that moment, so that the history needs no other table."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from zvonok.domain.history.facts import Happening


@dataclass(frozen=True, kw_only=True)
class MarkPut(Happening):
    """A teacher put a mark, perhaps in place of another."""

    told: ClassVar[bool] = True

    lesson_id: UUID
    subject: str
    day: date
    work: str
    work_title: str = ""
    weight: int
    value: str
    comment: str
    instead_of: str | None


@dataclass(frozen=True, kw_only=True)
class MarkWithdrawn(Happening):
    """A teacher took a mark back."""

    told: ClassVar[bool] = True

    lesson_id: UUID
    subject: str
    day: date
    work: str
    work_title: str = ""
    value: str


@dataclass(frozen=True, kw_only=True)
class MarksBroughtIn(Happening):
    """Marks of an earlier time were taken over; `thing_id` is the school."""

    count: int
