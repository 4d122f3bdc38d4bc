"""The sanitary norm of homework, and how the load of a day is reckoned."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zvonok.domain.homework.rules import heaviest, norm_minutes

PUPILS = st.sampled_from([UUID(int=number) for number in range(5)])
TASKS = st.lists(st.tuples(st.integers(0, 600), st.sets(PUPILS)), max_size=8)


@pytest.mark.parametrize(
    ("grades", "minutes"),
    [((1,), 60), ((2, 3), 90), ((4, 5), 120), ((6, 7, 8), 150), ((9, 10, 11), 210)],
)
def test_the_norm_is_that_of_the_ministry(grades: tuple[int, ...], minutes: int) -> None:
    assert {norm_minutes(grade) for grade in grades} == {minutes}


@given(st.integers(-1, 14), st.integers(-1, 14))
def test_an_older_pupil_bears_no_less(one: int, other: int) -> None:
    younger, older = sorted((one, other))
    assert norm_minutes(younger) <= norm_minutes(older)


@given(TASKS)
def test_the_load_lies_between_the_longest_task_and_all_of_them(tasks: list[tuple[int, set[UUID]]]) -> None:
    done = [minutes for minutes, pupils in tasks if pupils]
    assert max(done, default=0) <= heaviest(tasks) <= sum(done)


@given(TASKS, st.integers(0, 600), st.sets(PUPILS))
def test_one_task_more_never_makes_a_day_lighter(
    tasks: list[tuple[int, set[UUID]]], minutes: int, pupils: set[UUID]
) -> None:
    assert heaviest([*tasks, (minutes, pupils)]) >= heaviest(tasks)
