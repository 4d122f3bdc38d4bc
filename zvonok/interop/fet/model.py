"""A timetable as FET means it: what takes place, whom it takes, when and where."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from zvonok.interop.report import Row


class Level(StrEnum):
    """The levels of FET's students sets, from the largest."""

    YEAR = "YEAR"
    GROUP = "GROUP"
    SUBGROUP = "SUBGROUP"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the cycle: `week` 0 or 1, `weekday` 1 (Monday) to 7."""

    index: int
    name: str
    week: int
    weekday: int


@dataclass(frozen=True, slots=True)
class Hour:
    """A numbered lesson slot with its times, the school's own."""

    number: int
    name: str
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Room:
    """A room; capacity is a number of students, None where the file does not mean one."""

    name: str
    capacity: int | None


@dataclass(frozen=True, slots=True)
class StudentsSet:
    """A year, group or subgroup; in FET a name that comes twice is the same set."""

    name: str
    level: Level
    parents: tuple[str, ...]
    size: int
    row: Row


@dataclass(frozen=True, slots=True)
class Students:
    """All students sets by name, and who is part of whom."""

    sets: dict[str, StudentsSet]
    parts: dict[str, frozenset[str]]
    _atoms: dict[str, frozenset[str]] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.sets

    def atoms(self, name: str) -> frozenset[str]:
        """Name the smallest sets that make up a set; one without parts is its own."""
        if name not in self._atoms:
            self._atoms[name] = self._smallest(name)
        return self._atoms[name]

    def _smallest(self, name: str) -> frozenset[str]:
        seen, waiting = {name}, [name]
        while waiting:
            fresh = self.parts.get(waiting.pop(), frozenset()) - seen
            seen |= fresh
            waiting += fresh
        # Sets that hold each other in a ring have no smallest one: all of them count.
        return frozenset(part for part in seen if not self.parts.get(part)) or frozenset(seen)


@dataclass(frozen=True, slots=True)
class Activity:
    """What FET places as one piece: `duration` lesson slots in a row on one day."""

    id: int
    subject: str
    teachers: tuple[str, ...]
    students: tuple[str, ...]
    tags: tuple[str, ...]
    duration: int
    row: Row


@dataclass(frozen=True, slots=True)
class Placed:
    """An activity with its place in the cycle, from the first of its slots."""

    activity: Activity
    day: Day
    hour: Hour
    rooms: tuple[str, ...]
    row: Row

    @property
    def room(self) -> str:
        """Name the room, the first of several; nothing where none was assigned."""
        return self.rooms[0] if self.rooms else ""


@dataclass(frozen=True, slots=True)
class Period:
    """One slot of a placed activity: what becomes one lesson of ours."""

    placed: Placed
    hour: Hour


@dataclass(frozen=True, slots=True)
class Timetable:
    """A solved timetable; `inactive` counts the activities that are switched off in FET."""

    file: str
    institution: str
    days: tuple[Day, ...]
    hours: tuple[Hour, ...]
    subjects: tuple[str, ...]
    teachers: tuple[str, ...]
    rooms: tuple[Room, ...]
    students: Students
    activities: tuple[Activity, ...]
    placed: tuple[Placed, ...]
    inactive: int

    @property
    def weeks(self) -> int:
        """Count the weeks of the cycle, 1 or 2."""
        return 1 + max((day.week for day in self.days), default=0)

    def periods(self) -> Iterator[Period]:
        """Walk the single class periods, a double lesson as two."""
        position = {hour.number: index for index, hour in enumerate(self.hours)}
        for placed in self.placed:
            first = position[placed.hour.number]
            for hour in self.hours[first : first + placed.activity.duration]:
                yield Period(placed, hour)
