"""What may have happened in the timetable."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zvonok.domain.history.facts import Happening


@dataclass(frozen=True, kw_only=True)
class TopicWritten(Happening):
    """A teacher wrote what a lesson was about."""

    topic: str
    instead_of: str


@dataclass(frozen=True, kw_only=True)
class LessonCancelled(Happening):
    """The office cancelled a lesson."""

    day: date
    slot: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class LessonReplaced(Happening):
    """The office gave a lesson another teacher, subject, room or time."""

    day: date
    slot: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class LessonJoined(Happening):
    """The office let a lesson be held together with another one, by that one's teacher."""

    day: date
    slot: int
    with_lesson: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class LessonRestored(Happening):
    """The office brought a lesson back to what was planned."""

    day: date
    slot: int


@dataclass(frozen=True, kw_only=True)
class TopicsBroughtIn(Happening):
    """Topics of an earlier time were taken over; `thing_id` is the school."""

    count: int


@dataclass(frozen=True, kw_only=True)
class PeriodClosingPlanned(Happening):
    """The deputy head chose the last day on which a study period takes marks, or none."""

    closes_on: date | None
    instead_of: date | None


@dataclass(frozen=True, kw_only=True)
class PeriodClosed(Happening):
    """The deputy head closed a study period."""

    period: str


@dataclass(frozen=True, kw_only=True)
class PeriodUnlocked(Happening):
    """The deputy head let a closed study period take entries of a group or a student for a time."""

    period_id: UUID
    group_id: UUID | None
    until: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class PeriodLockedAgain(Happening):
    """The deputy head ended an unlocking before its time."""

    period_id: UUID
