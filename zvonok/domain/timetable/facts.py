"""What may have happened in the timetable."""

from dataclasses import dataclass
from datetime import date

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
class LessonRestored(Happening):
    """The office brought a lesson back to what was planned."""

    day: date
    slot: int


@dataclass(frozen=True, kw_only=True)
class TopicsBroughtIn(Happening):
    """Topics of an earlier time were taken over; `thing_id` is the school."""

    count: int
