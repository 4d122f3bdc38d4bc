"""Which lessons a day has. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DayOfCalendar:
    """What the calendar says of a day that is not what its weekday says."""

    kind: str
    works_as: date | None = None


def weekday_taught(day: date, special: Mapping[date, DayOfCalendar]) -> int | None:
    """Tell which weekday's lessons a day has, 1 (Monday) to 7; None: it has none.

    Source: timetable, rule 5.
    """
    named = special.get(day)
    if named is None or named.kind == "SHORTENED":
        return day.isoweekday()
    if named.kind == "WORKING":
        return (named.works_as or day).isoweekday()
    return None


def week_of_turn(day: date, *, anchor: date, weeks: int) -> int:
    """Tell which week of the turn a day lies in: 0 in the week of `anchor`, then by turns."""
    monday = day.toordinal() - day.weekday()
    return (monday - (anchor.toordinal() - anchor.weekday())) // 7 % weeks
