"""What may have happened to period marks and to the rules they are proposed by."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zvonok.domain.history.facts import Happening


@dataclass(frozen=True, kw_only=True)
class PeriodMarkSet(Happening):
    """A teacher set a period mark, perhaps in place of another; `unlocked`: after the period had closed."""

    kind: str
    period_id: UUID | None
    period: str
    subject: str
    value: str
    proposed: str
    average: str | None
    instead_of: str | None
    reason: str
    unlocked: bool


@dataclass(frozen=True, kw_only=True)
class PeriodMarkWithdrawn(Happening):
    """A teacher took a period mark away and put none in its place."""

    kind: str
    period_id: UUID | None
    period: str
    subject: str
    value: str
    unlocked: bool


@dataclass(frozen=True, kw_only=True)
class PeriodMarksBroughtIn(Happening):
    """Period marks of an earlier time were taken over; `thing_id` is the period."""

    period: str
    count: int


@dataclass(frozen=True, kw_only=True)
class AttestationRulesAccepted(Happening):
    """The deputy head accepted a version of the rules of attestation."""

    number: int
    valid_from: date
    rules: str
