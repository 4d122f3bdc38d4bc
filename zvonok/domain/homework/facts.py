"""What may have happened to homework."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from zvonok.domain.history.facts import Happening


@dataclass(frozen=True, kw_only=True)
class HomeworkSet(Happening):
    """A teacher set homework for a study group, perhaps in a new wording; `student_ids` names chosen pupils."""

    told: ClassVar[bool] = True

    group_id: UUID
    subject: str
    issued_on: date
    due_on: date
    text: str
    expected_minutes: int | None
    instead_of: str | None
    student_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HomeworkKept(Happening):
    """Homework stays due on its day though its lesson was cancelled."""

    due_on: date


@dataclass(frozen=True, kw_only=True)
class HomeworkWithdrawn(Happening):
    """A teacher took homework back."""

    group_id: UUID
    subject: str
    due_on: date
    text: str


@dataclass(frozen=True, kw_only=True)
class HomeworkBroughtIn(Happening):
    """Homework of an earlier time was taken over; `thing_id` is the school."""

    count: int


@dataclass(frozen=True, kw_only=True)
class HomeworkFilesChanged(Happening):
    """A teacher put files beside homework or took some away; `added` by name, `dropped` by id."""

    group_id: UUID
    added: tuple[str, ...]
    dropped: tuple[str, ...]
