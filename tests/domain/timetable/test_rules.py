"""Which lessons a day has: weekdays, the calendar, the turn of the weeks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zvonok.domain.timetable.rules import DayOfCalendar, week_of_turn, weekday_taught

MONDAY, SATURDAY = date(2026, 11, 9), date(2026, 11, 14)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("special", "weekday"),
    [
        (None, 6),
        (DayOfCalendar("SHORTENED"), 6),
        (DayOfCalendar("WORKING", MONDAY), 1),
        (DayOfCalendar("WORKING"), 6),
        (DayOfCalendar("OFF"), None),
        (DayOfCalendar("HOLIDAY"), None),
    ],
)
def test_the_calendar_says_whose_lessons_a_day_has(
    special: DayOfCalendar | None, weekday: int | None
) -> None:
    assert weekday_taught(SATURDAY, {SATURDAY: special} if special else {}) == weekday


@given(anchor=DAYS, day=DAYS)
def test_the_weeks_take_turns_from_monday_to_monday(anchor: date, day: date) -> None:
    week = week_of_turn(day, anchor=anchor, weeks=2)
    assert week_of_turn(anchor, anchor=anchor, weeks=2) == 0
    assert week_of_turn(day + timedelta(days=7), anchor=anchor, weeks=2) == 1 - week
    assert week_of_turn(day - timedelta(days=day.weekday()), anchor=anchor, weeks=2) == week
    assert week_of_turn(day, anchor=anchor, weeks=1) == 0
