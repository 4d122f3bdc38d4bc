"""What may have happened to period marks."""

from dataclasses import dataclass
from uuid import UUID

from zvonok.domain.history.facts import Happening


@dataclass(frozen=True, kw_only=True)
class PeriodMarkSet(Happening):
    """A teacher set a period mark, perhaps in place of another."""

    period_id: UUID
    period: str
    subject: str
    value: str
    average: str | None
    instead_of: str | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class PeriodMarksBroughtIn(Happening):
    """Period marks of an earlier time were taken over; `thing_id` is the period."""

    period: str
    count: int
