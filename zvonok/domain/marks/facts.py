"""What may have happened to marks. The values are those of that moment, so that the history needs no other table."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal
from uuid import UUID

from zvonok.domain.history.facts import Happening

Setting = Literal["KIND", "PLACE", "SCALE", "BOUNDS", "TERMS", "POINTS"]


@dataclass(frozen=True, kw_only=True)
class MarkPut(Happening):
    """A teacher put a mark, or the school's rule did, perhaps in place of another; `due_on` is that of a point."""

    told: ClassVar[bool] = True

    lesson_id: UUID
    subject: str
    day: date
    work: str
    work_title: str = ""
    weight: int
    value: str
    criteria: str = ""
    comment: str
    instead_of: str | None
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class MarkWithdrawn(Happening):
    """A teacher took a mark back, or the school's rule a point."""

    told: ClassVar[bool] = True

    lesson_id: UUID
    subject: str
    day: date
    work: str
    work_title: str = ""
    value: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class MarksBroughtIn(Happening):
    """Marks of an earlier time were taken over; `thing_id` is the school."""

    count: int


@dataclass(frozen=True, kw_only=True)
class WorkOpened(Happening):
    """A teacher said how a work is marked, before its first mark; `thing_id` is the work."""

    lesson_id: UUID
    work: str
    work_title: str
    scale: str
    criteria: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MarkingSet(Happening):
    """How the school marks was changed; `thing_id` is the school, `of` what of it, from `was` to `now`."""

    setting: Setting
    of: str
    was: dict[str, Any]
    now: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class WorkChanged(Happening):
    """A teacher changed the kind, title or weight of a work, or whether it counts; `thing_id` is the work."""

    lesson_id: UUID
    day: date
    was: dict[str, str | int | bool]
    now: dict[str, str | int | bool]


@dataclass(frozen=True, kw_only=True)
class WorkAnnounced(Happening):
    """A teacher announced a test at a lesson; `thing_id` is the work."""

    lesson_id: UUID
    day: date
    subject: str
    work: str
    title: str


@dataclass(frozen=True, kw_only=True)
class WorkCalledOff(Happening):
    """A teacher took the announcement of a test back; `thing_id` is the work."""

    lesson_id: UUID
    day: date
    subject: str
    work: str
    title: str
