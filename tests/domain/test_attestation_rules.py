"""Averages and rounding, for any marks."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zvonok.domain.attestation.rules import Counted, fall, plain_average, rounded, weighted_average

CENT = Decimal("0.01")
marks = st.builds(Counted, st.integers(1, 5).map(Decimal), st.integers(1, 5))
some_marks = st.lists(marks, min_size=1, max_size=40)
many = settings(max_examples=1000, deadline=None)


@many
@given(some_marks)
def test_an_average_lies_between_the_least_and_the_greatest_mark(given_marks: list[Counted]) -> None:
    points = [mark.points for mark in given_marks]
    for average in (plain_average(given_marks), weighted_average(given_marks)):
        assert average is not None
        assert min(points) <= average <= max(points)


@many
@given(some_marks, st.randoms(use_true_random=False))
def test_the_order_of_marks_does_not_matter(given_marks: list[Counted], random: object) -> None:
    shuffled = list(given_marks)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert weighted_average(shuffled) == weighted_average(given_marks)
    assert plain_average(shuffled) == plain_average(given_marks)


@many
@given(some_marks, marks)
def test_a_mark_above_the_average_never_lowers_it(given_marks: list[Counted], extra: Counted) -> None:
    before = weighted_average(given_marks)
    after = weighted_average([*given_marks, extra])
    assert before is not None
    assert after is not None
    if extra.points >= before + CENT:
        assert after >= before


@many
@given(some_marks)
def test_weights_of_one_make_the_plain_average(given_marks: list[Counted]) -> None:
    even = [Counted(mark.points, 1) for mark in given_marks]
    assert weighted_average(even) == plain_average(even)


def test_without_marks_there_is_no_average() -> None:
    assert plain_average([]) is None
    assert weighted_average([]) is None


def test_a_heavy_mark_counts_as_often_as_it_weighs() -> None:
    assert weighted_average([Counted(Decimal(5), 3), Counted(Decimal(3), 1)]) == Decimal("4.50")
    assert plain_average([Counted(Decimal(5), 3), Counted(Decimal(3), 1)]) == Decimal("4.00")


@pytest.mark.parametrize(
    ("average", "mark"), [("4.49", 4), ("4.50", 5), ("2.00", 2), ("2.5", 3), ("5.00", 5), ("3.999", 4)]
)
def test_rounding_goes_up_from_one_half(average: str, mark: int) -> None:
    assert rounded(Decimal(average)) == mark


@many
@given(st.lists(marks, max_size=6), st.lists(marks, max_size=6))
def test_a_fall_is_half_a_mark_or_more_and_never_a_rise(before: list[Counted], now: list[Counted]) -> None:
    fell = fall(before, now)
    if min(len(before), len(now)) < 2:
        assert fell is None
        return
    was, became = weighted_average(before), weighted_average(now)
    assert was is not None
    assert became is not None
    assert (fell is not None) == (was - became >= Decimal("0.5"))
    assert fell is None or (fell.before, fell.now, fell.depth) == (was, became, was - became)
