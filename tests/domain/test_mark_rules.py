"""Values of scales and the conversion of points into marks, over all that there is."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zvonok.domain.marks.models import ScaleKind
from zvonok.domain.marks.rules import (
    DEFAULT_BOUNDS,
    are_bounds,
    belongs,
    mark_of,
    needs_reason,
    points_by_criteria,
    points_of,
    spelled,
    values_of,
)

bounds = st.lists(st.integers(1, 100), min_size=3, max_size=3, unique=True).map(
    lambda three: sorted(three, reverse=True)
)
most = st.integers(1, 400)


@given(bounds)
def test_every_value_of_the_hundred_has_its_mark(three: list[int]) -> None:
    values = values_of("HUNDRED", bounds=three)
    assert list(values) == [str(points) for points in range(100, -1, -1)]
    assert set(values.values()) <= {Decimal(mark) for mark in (2, 3, 4, 5)}


@given(bounds, most, st.data())
def test_more_points_never_make_a_lower_mark(three: list[int], out_of: int, data: st.DataObject) -> None:
    fewer, more = sorted((data.draw(st.integers(0, out_of)), data.draw(st.integers(0, out_of))))
    assert mark_of(fewer, out_of, bounds=three) <= mark_of(more, out_of, bounds=three)


@given(bounds, most)
def test_nothing_is_a_two_and_everything_is_a_five(three: list[int], out_of: int) -> None:
    assert mark_of(0, out_of, bounds=three) == "2"
    assert mark_of(out_of, out_of, bounds=three) == "5"


@given(bounds)
def test_a_mark_begins_exactly_at_its_bound(three: list[int]) -> None:
    for mark, bound in zip("543", three, strict=True):
        assert mark_of(bound, 100, bounds=three) == mark
        assert int(mark_of(bound - 1, 100, bounds=three)) == int(mark) - 1 or bound - 1 in three


@given(bounds, st.integers(0, 100), st.integers(1, 20))
def test_a_share_counts_and_not_how_many_points_there_are(three: list[int], points: int, times: int) -> None:
    assert mark_of(points, 100, bounds=three) == mark_of(points * times, 100 * times, bounds=three)


@given(st.lists(st.integers(-5, 105), max_size=5))
def test_bounds_go_down_and_stay_within_the_hundred(numbers: list[int]) -> None:
    fits = len(numbers) == 3 and sorted(set(numbers), reverse=True) == numbers
    assert are_bounds(numbers) == (fits and min(numbers) >= 1 and max(numbers) <= 100)


@given(st.text(max_size=4))
def test_the_hundred_takes_the_numbers_that_it_lists_and_nothing_else(text: str) -> None:
    assert belongs(text, scale="HUNDRED") == (text in values_of("HUNDRED", bounds=(85, 65, 45)))


@pytest.mark.parametrize("kind", ScaleKind.values)
def test_each_scale_judges_the_values_that_it_lists(kind: str) -> None:
    own = DEFAULT_BOUNDS.get(kind)
    for value, points in values_of(kind, bounds=own).items():
        assert belongs(value, scale=kind)
        assert points_of(value, scale=kind, bounds=own) == points


@pytest.mark.parametrize(
    ("typed", "written"), [("Зачёт", "зач"), ("зач", "зач"), ("НЕЗАЧЕТ", "незач"), ("5", "5")]
)
def test_pass_and_fail_are_understood_as_people_write_them(typed: str, written: str) -> None:
    assert spelled(typed, scale="PASS_FAIL") == written


@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=5),
    st.sampled_from("+/,; "),
)
def test_points_are_read_as_they_are_written_between_any_signs(
    pairs: list[tuple[int, int]], sign: str
) -> None:
    got, most = [min(pair) for pair in pairs], [max(pair) for pair in pairs]
    assert points_by_criteria(sign.join(map(str, got)), most=most) == got
    assert points_by_criteria(sign.join(map(str, [most[0] + 1, *got[1:]])), most=most) is None


@given(st.text(max_size=12), st.lists(st.integers(1, 100), min_size=2, max_size=5))
def test_what_is_read_as_points_fits_the_criteria(text: str, most: list[int]) -> None:
    points = points_by_criteria(text, most=most)
    assert points is None or all(0 <= got <= can for got, can in zip(points, most, strict=True))


@given(st.integers(1, 365), st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)))
def test_a_reason_is_asked_for_only_after_the_days_have_gone(within: int, gone: timedelta) -> None:
    put_at = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
    asked = needs_reason(put_at=put_at, at=put_at + gone, within=within)
    assert asked == (gone > timedelta(days=within))
    assert not needs_reason(put_at=put_at, at=put_at + gone, within=None)
