"""Names of hours become the times of lesson slots."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zvonok.interop.fet.hours import Bells, Unclear, UnclearHour, bells_of


def bells(*names: str, long: tuple[str, ...] = ()) -> Bells:
    found = bells_of(names, long or ("",) * len(names))
    assert isinstance(found, Bells)
    return found


def times(found: Bells) -> list[str]:
    return [f"{hour.number} {hour.starts:%H:%M}-{hour.ends:%H:%M}" for hour in found.hours]


@pytest.mark.parametrize(
    "name",
    [
        "07:30-08:10",
        "1º 07:30-08:10",
        "1. 7.30 – 8.10",
        "7³⁰–8¹⁰",
        "7h30 - 8h10",
        "0730-0810",
        "1 (7:30—8:10)",
    ],
)
def test_both_ends_are_read_in_many_spellings(name):
    found = bells(name)
    assert (times(found), found.assumed_minutes) == (["1 07:30-08:10"], None)


def test_a_lesson_without_an_end_takes_45_minutes_but_never_runs_into_the_next():
    found = bells("08:00", "08:40", "09:40")
    assert times(found) == ["1 08:00-08:40", "2 08:40-09:25", "3 09:40-10:25"]
    assert found.assumed_minutes == 45


def test_double_lessons_of_a_college_take_90_minutes():
    assert times(bells("08:30", "10:10", "12:20")) == ["1 08:30-10:00", "2 10:10-11:40", "3 12:20-13:50"]


def test_hours_without_any_time_get_the_usual_bells():
    found = bells("1", "2", "3")
    assert (times(found), found.usual) == (["1 08:30-09:15", "2 09:30-10:15", "3 10:30-11:15"], True)


def test_a_zero_lesson_keeps_its_number():
    assert times(bells("0. 07:40-08:20", "1. 08:30-09:10")) == ["0 07:40-08:20", "1 08:30-09:10"]


def test_times_may_stand_in_the_long_names():
    assert times(bells("1", "2", long=("08:00-08:40", "08:50-09:30"))) == ["1 08:00-08:40", "2 08:50-09:30"]


def test_after_noon_a_clock_of_twelve_hours_goes_on():
    assert times(bells("11:30-12:15", "12:30-1:15", "1:30-2:15"))[1:] == ["2 12:30-13:15", "3 13:30-14:15"]


@pytest.mark.parametrize(
    ("names", "index", "why"),
    [
        (("08:00", "late"), 1, Unclear.NO_TIME),
        (("08:00-08:45", "08:40-09:20"), 1, Unclear.DISORDER),
        (("14:00", "13:00"), 1, Unclear.DISORDER),
        (tuple("abcdefghijklmnopqrst"), 15, Unclear.TOO_MANY),
    ],
)
def test_times_that_make_no_sense_are_pointed_at(names, index, why):
    assert bells_of(names, ("",) * len(names)) == UnclearHour(index, why)


@given(st.lists(st.text("0123456789:.- hº", max_size=12), max_size=20))
def test_slots_never_overlap_whatever_the_names(names):
    found = bells_of(names, [""] * len(names))
    if isinstance(found, Bells):
        assert all(hour.starts < hour.ends for hour in found.hours)
        assert all(earlier.ends <= later.starts for earlier, later in pairwise(found.hours))
        assert len({hour.number for hour in found.hours}) == len(names)


@pytest.mark.parametrize("names", [("09:00-09:45", "08:00-08:45"), ("09:00-08:45",)])
def test_a_slip_in_the_morning_is_not_taken_for_the_evening(names):
    assert isinstance(bells_of(names, ("",) * len(names)), UnclearHour)
