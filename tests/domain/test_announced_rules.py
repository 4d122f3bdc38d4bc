"""How many tests are too many."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zvonok.domain.marks.rules import are_tests_too_many, crowded_days

DAYS = st.sampled_from([date(2026, 11, 9) + timedelta(days=number) for number in range(3)])
PUPILS = st.sets(st.sampled_from([UUID(int=number) for number in range(4)]))
TESTS = st.lists(st.tuples(DAYS, PUPILS), max_size=8)


@pytest.mark.parametrize(
    ("tests", "lessons", "are"), [(0, 0, False), (1, 10, False), (1, 9, True), (4, 34, True)]
)
def test_tests_take_a_tenth_of_the_lessons_at_most(tests: int, lessons: int, are: bool) -> None:
    assert are_tests_too_many(tests, lessons=lessons) is are


@given(TESTS)
def test_a_day_is_crowded_when_one_pupil_writes_two_tests(tests: list[tuple[date, set[UUID]]]) -> None:
    times = Counter((day, pupil) for day, pupils in tests for pupil in pupils)
    assert crowded_days(tests) == {day for (day, _), count in times.items() if count >= 2}


@given(TESTS, DAYS, PUPILS)
def test_one_test_more_never_empties_a_day(
    tests: list[tuple[date, set[UUID]]], day: date, pupils: set[UUID]
) -> None:
    assert crowded_days(tests) <= crowded_days([*tests, (day, pupils)])
