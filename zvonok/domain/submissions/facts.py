"""What may have happened to a work."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from zvonok.domain.history.facts import Happening


@dataclass(frozen=True, kw_only=True)
class _OfHomework(Happening):
    homework_id: UUID
    subject: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class WorkHandedIn(_OfHomework):
    """A work was handed in; a later version took the place of an earlier one."""

    number: int
    files: int
    late: bool


@dataclass(frozen=True, kw_only=True)
class WorkTakenBack(_OfHomework):
    """A work was taken back before anybody had looked at it."""


@dataclass(frozen=True, kw_only=True)
class WorkAnswered(_OfHomework):
    """The teacher wrote a word to a work."""

    told: ClassVar[bool] = True

    text: str


@dataclass(frozen=True, kw_only=True)
class WorkReturned(_OfHomework):
    """The teacher gave a work back to be done better."""

    told: ClassVar[bool] = True

    text: str


@dataclass(frozen=True, kw_only=True)
class WorkAccepted(_OfHomework):
    """The teacher accepted a work."""

    told: ClassVar[bool] = True

    text: str


@dataclass(frozen=True, kw_only=True)
class HomeworkTicked(_OfHomework):
    """The family ticked homework off as done, or took the tick away."""

    done: bool
