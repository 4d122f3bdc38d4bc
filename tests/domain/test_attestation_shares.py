"""Average, quality and success of a class: whatever the marks, the shares keep to their meaning."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zvonok.domain.attestation.shares import average_mark, quality, success

MARKS = ["5", "4", "3", "2", "зач", "незач", "н/а", "осв", "87"]
CLASSES = st.lists(st.lists(st.sampled_from(MARKS), max_size=8), max_size=12)


@pytest.mark.parametrize(
    ("of_students", "good", "sufficient"),
    [
        ([["5", "4"], ["5", "3"], ["4", "2"]], 33, 66),
        ([["5", "осв"], ["осв"], []], 100, 100),
        ([["зач"], ["незач"]], 50, 50),
        ([["5", "н/а"]], 0, 0),
        ([], None, None),
    ],
)
def test_shares_are_counted_by_students(
    of_students: list[list[str]], good: int | None, sufficient: int | None
) -> None:
    assert (quality(of_students), success(of_students)) == (good, sufficient)


@given(CLASSES)
def test_quality_is_never_above_success(of_students: list[list[str]]) -> None:
    good, sufficient = quality(of_students), success(of_students)
    assert (good is None) == (sufficient is None)
    assert good is None or sufficient is None or 0 <= good <= sufficient <= 100


@given(st.lists(st.sampled_from(MARKS), max_size=20), st.randoms(use_true_random=False))
def test_the_average_lies_between_the_least_and_the_greatest_in_any_order(
    marks: list[str], chance: Random
) -> None:
    figures = [int(mark) for mark in marks if mark in "2345"]
    average = average_mark(marks)
    shuffled = list(marks)
    chance.shuffle(shuffled)
    assert average_mark(shuffled) == average
    assert average is None if not figures else min(figures) <= (average or 0) <= max(figures)


def test_half_a_hundredth_rounds_up() -> None:
    assert average_mark(["5"] * 5 + ["4"] * 3) == Decimal("4.63")
