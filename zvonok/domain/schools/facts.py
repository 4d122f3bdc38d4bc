"""What may have happened in a school's register."""

from dataclasses import dataclass
from uuid import UUID

from zvonok.domain.history.facts import Happening


@dataclass(frozen=True, kw_only=True)
class RosterImported(Happening):
    """A roster of another program was taken in; `thing_id` is the school, `counts` is by kind and action."""

    system: str
    counts: dict[str, dict[str, int]]


@dataclass(frozen=True, kw_only=True)
class EnrolmentSet(Happening):
    """A student's days in a class were set or ended; `days` is empty when they were taken back."""

    class_id: UUID
    days: str
    instead_of: str


@dataclass(frozen=True, kw_only=True)
class StaffRoleSet(Happening):
    """What somebody works as was given or ended; `days` is empty when it was taken back."""

    person_id: UUID
    role: str
    class_id: UUID | None
    days: str
    instead_of: str
