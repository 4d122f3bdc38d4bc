"""A production calendar: the days of a year that are not what their weekday says."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zvonok.interop.report import Row

SATURDAY = 5


class Kind(StrEnum):
    """What a day is instead of an ordinary one."""

    OFF = "OFF"
    SHORTENED = "SHORTENED"
    WORKING = "WORKING"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One day of the calendar; `moved_from` is the day whose rest was moved here."""

    day: date
    kind: Kind
    title: str
    moved_from: date | None
    row: Row

    @property
    def is_weekend(self) -> bool:
        """Say whether it is a Saturday or Sunday."""
        return self.day.weekday() >= SATURDAY


@dataclass(frozen=True, slots=True)
class ProductionCalendar:
    """The special days in order, and the years that the files speak of, whole."""

    days: tuple[SpecialDay, ...]
    years: tuple[int, ...]

    def works_as(self, day: date) -> date | None:
        """Give the day of rest that a working weekend day gave its rest to."""
        return next((one.day for one in self.days if one.moved_from == day), None)
