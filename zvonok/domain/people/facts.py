"""What may have happened in the register of people."""

from dataclasses import dataclass
from uuid import UUID

from zvonok.domain.history.facts import Happening


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Happening):
    """A school's register brought in somebody new."""


@dataclass(frozen=True, kw_only=True)
class PersonCorrected(Happening):
    """A school's register changed what is written of somebody."""

    before: dict[str, str]
    after: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class GuardianshipSet(Happening):
    """The days on which somebody stands for a child were set or ended; empty when they were taken back."""

    guardian_id: UUID
    days: str
    instead_of: str
