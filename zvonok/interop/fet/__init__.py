"""Timetables of FET, solved: the data file with its solution."""

from zvonok.interop.fet.choosing import NotFet
from zvonok.interop.fet.clashes import Clash, clashes
from zvonok.interop.fet.model import (
    Activity,
    Day,
    Hour,
    Level,
    Period,
    Placed,
    Room,
    Students,
    StudentsSet,
    Timetable,
)
from zvonok.interop.fet.reading import read

__all__ = [
    "Activity",
    "Clash",
    "Day",
    "Hour",
    "Level",
    "NotFet",
    "Period",
    "Placed",
    "Room",
    "Students",
    "StudentsSet",
    "Timetable",
    "clashes",
    "read",
]
