"""Stretches of days set against what stands, for all that may stand and all that may be said."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from zvonok.kernel.moves import Moves, plan_moves
from zvonok.kernel.spans import Days, Standing, Wanted, What

FIRST = date(2026, 9, 1)
TODAY = FIRST + timedelta(days=30)
PLACES = ["7А", "7Б", "8А"]


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def wish(source: str, place: str, begin: int | None, end: int) -> Wanted:
    return Wanted(source, ("vera", place), None if begin is None else day(begin), day(end))


def lists_of(begins: st.SearchStrategy[int | None]) -> st.SearchStrategy[list[Wanted]]:
    places, ends = st.sampled_from(PLACES), st.integers(20, 90)
    return st.lists(st.builds(wish, st.uuids().map(str), places, begins, ends), max_size=4)


def without_contradictions(wanted: list[Wanted]) -> list[Wanted]:
    kept: list[Wanted] = []
    for one in wanted:
        if one.begin and one.begin < one.end and not any(contradict(one, other) for other in kept):
            kept.append(one)
    return kept


def contradict(one: Wanted, other: Wanted) -> bool:
    assert one.begin
    assert other.begin
    return one.what != other.what and Days(one.begin, one.end).meets(Days(other.begin, other.end))


dated = lists_of(st.integers(0, 60)).map(without_contradictions)
wishes = lists_of(st.none() | st.integers(0, 60))
lasting = st.sets(st.sampled_from(PLACES)).map(
    lambda places: [wish(place, place, None, 90) for place in sorted(places)]
)


def whole(what: What) -> What:
    return what


def of_student(what: What) -> What:
    return what[:1]


def plan(
    rows: list[Standing],
    wanted: list[Wanted],
    *,
    today: date = TODAY,
    rivals: Callable[[What], What] = of_student,
) -> Moves:
    return plan_moves(
        rows,
        wanted,
        closable={row.id for row in rows},
        today=today,
        since=FIRST,
        rivals=rivals,
    )


def after(rows: list[Standing], found: Moves) -> list[Standing]:
    """Do what was found."""
    left: dict[UUID, Standing] = {row.id: row for row in rows}
    for move in found.moves:
        key = move.row_id or uuid4()
        left.pop(key, None)
        if move.after:
            left[key] = Standing(key, move.what, move.after)
    return sorted(left.values(), key=lambda row: row.days)


@given(wishes, wishes, wishes)
def test_nobody_is_in_two_places_on_a_day_whatever_is_said_in_turn(one, two, three):
    rows: list[Standing] = []
    for number, wanted in enumerate((one, two, three)):
        rows = after(rows, plan(rows, wanted, today=TODAY + timedelta(days=10 * number)))
        assert all(row.days.begin < row.days.end for row in rows)
        assert not any(left.days.meets(right.days) for left, right in pairwise(rows))


@given(dated, dated)
def test_the_same_again_moves_nothing(one, two):
    rows = after([], plan([], one))
    rows = after(rows, plan(rows, two))
    assert [move for move in plan(rows, two).moves if move.before != move.after] == []


@given(lasting, lasting, lasting)
def test_what_has_no_beginning_keeps_the_one_it_got(one, two, three):
    rows: list[Standing] = []
    for number, wanted in enumerate((one, two, three, three)):
        today = TODAY + timedelta(days=10 * min(number, 2))
        found = plan(rows, wanted, today=today, rivals=whole)
        assert number < 3 or all(move.before == move.after for move in found.moves)
        rows = after(rows, found)


@given(wishes)
def test_what_nobody_may_close_stays(wanted):
    row = Standing(uuid4(), ("vera", "by hand"), Days(day(5), day(50)))
    found = plan_moves([row], wanted, closable=(), today=TODAY, since=FIRST, rivals=of_student)
    assert row in after([row], found)


def test_what_has_begun_ends_today_and_what_has_not_is_taken_back():
    begun = Standing(uuid4(), ("vera", "7А"), Days(day(0), date.max))
    ahead = Standing(uuid4(), ("vera", "7Б"), Days(day(40), date.max))
    (found,) = [after([begun], plan([begun], []))]
    assert [row.days for row in found] == [Days(day(0), TODAY)]
    assert after([ahead], plan([ahead], [])) == []


def test_somebody_who_comes_back_keeps_the_gap():
    rows = [
        Standing(uuid4(), ("vera", "7А"), Days(day(0), day(10))),
        Standing(uuid4(), ("vera", "7Б"), Days(day(10), day(30))),
    ]
    found = after(rows, plan(rows, [wish("a", "7А", 0, 90)]))
    assert [(row.what[1], row.days.begin, row.days.end) for row in found] == [
        ("7А", day(0), day(10)),
        ("7Б", day(10), day(30)),
        ("7А", day(30), day(90)),
    ]


def test_an_open_side_is_shown_as_dots():
    assert str(Days(FIRST, date.max)) == "2026-09-01 – …"
