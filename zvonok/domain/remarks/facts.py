"""What may have happened to remarks."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zvonok.domain.history.facts import Happening


@dataclass(frozen=True, kw_only=True)
class RemarkMade(Happening):
    """A teacher wrote a remark or a praise."""

    lesson_id: UUID
    day: date
    remark: str
    text: str


@dataclass(frozen=True, kw_only=True)
class RemarkWithdrawn(Happening):
    """A teacher took a remark back."""

    lesson_id: UUID
    day: date
    text: str


@dataclass(frozen=True, kw_only=True)
class RemarksBroughtIn(Happening):
    """Remarks of an earlier time were taken over; `thing_id` is the school."""

    count: int
