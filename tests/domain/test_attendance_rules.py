"""What a note reaches, when a day was missed, and what a month adds up to."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zvonok.domain.attendance.models import MISSED as STORED
from zvonok.domain.attendance.models import AbsenceKind, NoteReason
from zvonok.domain.attendance.rules import (
    LETTERS,
    MISSED,
    Reach,
    day_missed,
    excused_kind,
    may_be_withdrawn,
    month_count,
    sum_of,
    yields_to,
)

DAYS = st.dates(date(2026, 9, 1), date(2026, 9, 30))
SLOTS = st.integers(1, 8)
SETS = st.sets(SLOTS)
MONTHS = st.dictionaries(DAYS, st.sets(SLOTS, min_size=1), max_size=20)
KINDS = st.sampled_from(sorted(LETTERS))
many = settings(max_examples=1000, deadline=None)


@st.composite
def months(draw: st.DrawFn) -> tuple[dict[date, set[int]], list[tuple[date, int, str]]]:
    held = draw(MONTHS)
    lessons = sorted((day, slot) for day, slots in held.items() for slot in slots)
    chosen = draw(st.lists(st.sampled_from(lessons), unique=True)) if lessons else []
    return held, [(day, slot, draw(KINDS)) for day, slot in chosen]


@many
@given(DAYS, st.integers(0, 5), DAYS, SLOTS)
def test_whole_days_reach_every_lesson_of_them_and_no_other(
    first: date, more: int, day: date, slot: int
) -> None:
    reach = Reach(first, first + timedelta(days=more))
    assert reach.covers(day, slot) == (reach.first_day <= day <= reach.last_day)


@many
@given(DAYS, st.integers(0, 5), SLOTS, SLOTS, DAYS, SLOTS)
def test_lessons_bound_the_first_and_the_last_day_alone(
    first: date, more: int, begin: int, end: int, day: date, slot: int
) -> None:
    reach = Reach(first, first + timedelta(days=more), begin, end)
    within = reach.first_day <= day <= reach.last_day
    within &= day != reach.first_day or slot >= begin
    within &= day != reach.last_day or slot <= end
    assert reach.covers(day, slot) == within


@many
@given(SETS, SETS)
def test_a_day_is_missed_if_no_lesson_of_it_was_attended(held: set[int], missed: set[int]) -> None:
    assert day_missed(held, missed) == (bool(held) and not held - missed)


@many
@given(SETS, SETS, SLOTS)
def test_missing_one_lesson_more_never_makes_a_missed_day_attended(
    held: set[int], missed: set[int], more: int
) -> None:
    assert day_missed(held, missed | {more}) >= day_missed(held, missed)


@many
@given(months())
def test_a_month_counts_each_absence_once(
    month: tuple[dict[date, set[int]], list[tuple[date, int, str]]],
) -> None:
    held, absences = month
    count = month_count(held, absences)
    assert sum(count.by_kind.values()) == len(absences)
    assert count.missed == len(absences) - count.by_kind["LATE"]
    assert 0 <= count.days <= len(held)
    assert count.days <= count.missed <= count.lessons
    if count.share is not None:
        assert 0 <= count.share <= 100
        assert abs(count.share - Decimal(100 * count.missed) / count.lessons) <= Decimal("0.05")
    assert (count.share is None) == (count.lessons == 0)


@many
@given(months(), st.randoms(use_true_random=False))
def test_the_order_of_absences_does_not_matter(
    month: tuple[dict[date, set[int]], list[tuple[date, int, str]]], chance: object
) -> None:
    held, absences = month
    shuffled = absences[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert month_count(held, shuffled) == month_count(held, absences)


@many
@given(st.lists(months(), max_size=4))
def test_the_totals_of_a_class_are_those_of_its_students(
    all_months: list[tuple[dict[date, set[int]], list[tuple[date, int, str]]]],
) -> None:
    counts = [month_count(*month) for month in all_months]
    whole = sum_of(counts)
    assert (whole.lessons, whole.missed, whole.days) == tuple(
        sum(getattr(one, name) for one in counts) for name in ("lessons", "missed", "days")
    )


def test_a_lesson_that_did_not_take_place_was_not_missed() -> None:
    day = date(2026, 9, 1)
    assert month_count({day: [1]}, [(day, 2, "ILL")]).missed == 0


@pytest.mark.parametrize(
    ("standing", "kind", "yields"),
    [
        (None, "UNEXCUSED", True),
        ("UNEXCUSED", "ILL", True),
        ("UNEXCUSED", "UNEXCUSED", False),
        ("ILL", "EXCUSED", False),
        ("LATE", "ILL", False),
    ],
)
def test_a_whole_day_leaves_what_a_teacher_knew_better(standing: str | None, kind: str, yields: bool) -> None:
    assert yields_to(standing, kind) is yields


@pytest.mark.parametrize(
    ("kind", "state", "begun", "may"),
    [
        ("REPORT", "SENT", False, True),
        ("REPORT", "ACCEPTED", False, True),
        ("REPORT", "SENT", True, False),
        ("REPORT", "RETURNED", False, False),
        ("EXPLANATION", "SENT", True, True),
        ("EXPLANATION", "ACCEPTED", True, False),
        ("EXPLANATION", "WITHDRAWN", True, False),
    ],
)
def test_a_report_is_the_familys_until_it_begins_and_an_explanation_until_it_is_answered(
    kind: str, state: str, begun: bool, may: bool
) -> None:
    assert may_be_withdrawn(kind=kind, state=state, has_begun=begun) is may


def test_every_reason_excuses_and_rules_and_tables_know_the_same_kinds() -> None:
    assert {excused_kind(reason) for reason in NoteReason.values} == {"ILL", "EXCUSED"}
    assert set(MISSED) == set(STORED)
    assert set(LETTERS) == set(AbsenceKind.values)
