"""Who would have to be in two places at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from zvonok.interop.fet.model import Activity, Day, Hour, Period, Timetable


class Kind(StrEnum):
    """What is taken twice."""

    TEACHER = "TEACHER"
    SUBGROUP = "SUBGROUP"
    ROOM = "ROOM"


@dataclass(frozen=True, slots=True)
class Clash:
    """A teacher, subgroup or room that two activities take at one time."""

    kind: Kind
    name: str
    day: Day
    hour: Hour
    first: Activity
    second: Activity


def clashes(timetable: Timetable) -> tuple[Clash, ...]:
    """Find all that is taken twice; years and groups count as their subgroups."""
    taken: dict[tuple[Kind, str, int, int], Activity] = {}
    found: list[Clash] = []
    for period in timetable.periods():
        activity, day = period.placed.activity, period.placed.day
        for kind, name in _taken_by(timetable, period):
            first = taken.setdefault((kind, name, day.index, period.hour.number), activity)
            if first is not activity:
                found.append(Clash(kind, name, day, period.hour, first, activity))
    return tuple(found)


def _taken_by(timetable: Timetable, period: Period) -> Iterator[tuple[Kind, str]]:
    activity = period.placed.activity
    atoms = {atom for name in activity.students for atom in timetable.students.atoms(name)}
    yield from ((Kind.TEACHER, name) for name in dict.fromkeys(activity.teachers))
    yield from ((Kind.SUBGROUP, name) for name in sorted(atoms))
    yield from ((Kind.ROOM, name) for name in dict.fromkeys(period.placed.rooms))
