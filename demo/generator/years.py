"""The days of a school year: quarters, half-years and the breaks between them."""

from dataclasses import dataclass
from datetime import date, timedelta

QUARTER_TITLES = ("I четверть", "II четверть", "III четверть", "IV четверть")
HALF_TITLES = ("1 полугодие", "2 полугодие")


@dataclass(frozen=True, slots=True)
class Period:
    """A part of the year; both days belong to it."""

    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """The school year that begins on 1 September of `first_year`."""

    first_year: int

    @property
    def title(self) -> str:
        """The year as people write it."""
        return f"{self.first_year}/{self.first_year + 1} учебный год"

    @property
    def starts_on(self) -> date:
        """The first day of lessons."""
        return _working_day(date(self.first_year, 9, 1))

    @property
    def ends_on(self) -> date:
        """The last day of lessons."""
        return date(self.first_year + 1, 5, 26)

    @property
    def quarters(self) -> tuple[Period, ...]:
        """The quarters of grades 1 to 9: after each break they begin on a Monday."""
        second = _monday_from(date(self.first_year, 10, 29))
        third = _monday_from(date(self.first_year + 1, 1, 9))
        fourth = _monday_from(date(self.first_year + 1, 4, 1))
        days = (
            (self.starts_on, second - timedelta(days=8)),
            (second, date(self.first_year, 12, 30)),
            (third, fourth - timedelta(days=10)),
            (fourth, self.ends_on),
        )
        return tuple(Period(title, *ends) for title, ends in zip(QUARTER_TITLES, days, strict=True))

    @property
    def half_years(self) -> tuple[Period, ...]:
        """The half-years of grades 10 and 11, with the autumn and spring breaks inside."""
        first, second, third, fourth = self.quarters
        return (
            Period(HALF_TITLES[0], first.starts_on, second.ends_on),
            Period(HALF_TITLES[1], third.starts_on, fourth.ends_on),
        )

    @property
    def breaks(self) -> tuple[tuple[date, date], ...]:
        """The school holidays between the quarters, first and last day, for all grades."""
        day = timedelta(days=1)
        pairs = zip(self.quarters, self.quarters[1:], strict=False)
        return tuple((before.ends_on + day, after.starts_on - day) for before, after in pairs)


def _working_day(day: date) -> date:
    return day if day.weekday() < 5 else _monday_from(day)


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
