"""A point holds a place for a mark that must be put by a day, and is turned by the school's rule."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_at_the_same_time import at_once
from tests.domain.test_mark_exempt import use
from tests.domain.test_mark_retakes import line
from tests.domain.test_marks import put, seen, standing
from tests.world import MONDAY, NOON, World
from zvonok.domain.access.models import DiaryRevision
from zvonok.domain.attestation.selectors import averages
from zvonok.domain.history.models import Fact
from zvonok.domain.marks.commands.points import settle_points
from zvonok.domain.marks.commands.settings import NotYoursToSet, set_points
from zvonok.domain.marks.models import Mark, PointFate, ScaleKind
from zvonok.domain.marks.rules import due_on, is_overdue, lowest, points_of, values_of
from zvonok.domain.schools.models import StudyPeriod
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope
from zvonok.workers.points import settle

DAYS = st.dates(date(2026, 9, 1), date(2027, 6, 30))
LONG_AFTER = NOON + timedelta(days=40)
BOUNDS = (85, 65, 45)


def terms(world: World, fate: PointFate, days: int = 14, who: str = "Darya") -> None:
    school = world.north.school.pk
    with school_scope(school):
        set_points(actor=world.actor(who), school_id=school, days=days, fate=fate, at=NOON)


def turn(world: World, at: datetime = LONG_AFTER, **more: Any) -> int:
    school = world.north.school.pk
    with school_scope(school):
        return settle_points(school_id=school, at=at, **more)


def facts(world: World) -> list[tuple[Any, ...]]:
    with school_scope(world.north.school.pk):
        told = Fact.objects.filter(kind__startswith="Mark", actor_id=None)
        return list(told.values_list("kind", "data__value", "subject_id"))


@given(DAYS, st.integers(1, 90), st.none() | DAYS)
def test_a_point_is_due_neither_before_its_day_nor_after_its_period(
    day: date, days: int, last: date | None
) -> None:
    due = due_on(day, days=days, last=last)
    assert day <= due <= day + timedelta(days=days)
    assert last is None or due <= max(day, last)


@given(DAYS, st.integers(1, 89), st.none() | DAYS)
def test_more_days_never_make_a_point_due_earlier(day: date, days: int, last: date | None) -> None:
    assert due_on(day, days=days, last=last) <= due_on(day, days=days + 1, last=last)


@given(DAYS, st.integers(-30, 30))
def test_the_day_itself_is_still_in_time(due: date, later: int) -> None:
    assert is_overdue(due, today=due + timedelta(days=later)) == (later > 0)


@pytest.mark.parametrize("scale", ["FIVE_POINT", "CRITERIA", "HUNDRED", "PASS_FAIL"])
def test_the_lowest_lies_on_its_scale_and_counts_as_a_two_where_it_counts(scale: str) -> None:
    assert lowest(scale) in values_of(scale, bounds=BOUNDS)
    assert points_of(lowest(scale), scale=scale, bounds=BOUNDS) == (None if scale == "PASS_FAIL" else 2)


@pytest.mark.parametrize("kind", ["FIVE_POINT", "PASS_FAIL", "HUNDRED", "CRITERIA"])
def test_a_point_has_its_day_and_counts_for_nothing(world: World, kind: str) -> None:
    use(world, kind)
    assert put(world, ".").refusal is None
    assert (line(world).value, line(world).points, line(world).due_on) == (
        ".",
        None,
        MONDAY + timedelta(days=14),
    )
    assert averages([line(world)]).count == 0


def test_where_no_marks_are_given_no_place_is_held(world: World) -> None:
    use(world, ScaleKind.UNGRADED)
    assert put(world, ".").refusal is not None


def test_a_mark_takes_the_place_of_a_point_and_corrects_nothing(world: World) -> None:
    point = put(world, ".")
    assert put(world, "4", seen=seen(point), at=NOON + timedelta(minutes=1)).refusal is None
    assert (line(world).value, line(world).due_on, line(world).earlier) == ("4", None, "")


def test_another_comment_leaves_a_point_its_day(world: World) -> None:
    point = put(world, ".")
    put(world, ".", seen=seen(point), comment="Write it again", at=NOON + timedelta(days=3))
    assert line(world).due_on == MONDAY + timedelta(days=14)


def test_an_overdue_point_vanishes_and_the_history_says_so(world: World) -> None:
    put(world, ".")
    assert (turn(world, NOON), turn(world), turn(world)) == (0, 1, 0)
    assert standing(world) == []
    assert facts(world) == [("MarkWithdrawn", ".", world.people["Vera"].pk)]


def test_or_turns_into_the_lowest_mark_that_nobody_put(world: World) -> None:
    terms(world, PointFate.LOWEST, days=7)
    put(world, ".")
    assert turn(world, NOON + timedelta(days=7)) == 0
    with school_scope(world.north.school.pk):
        before = DiaryRevision.objects.get(student=world.people["Vera"]).number
    assert turn(world, NOON + timedelta(days=8)) == 1
    two = line(world)
    assert (two.value, two.points, two.put_by, two.due_on, two.earlier) == ("2", 2, "", None, "")
    assert "16.11.2026" in two.comment
    assert facts(world) == [("MarkPut", "2", world.people["Vera"].pk)]
    with school_scope(world.north.school.pk):
        assert DiaryRevision.objects.get(student=world.people["Vera"]).number == before + 1


def test_the_job_turns_the_points_of_every_school_and_may_be_repeated(world: World) -> None:
    put(world, ".")
    for _time in range(2):
        settle(int(LONG_AFTER.timestamp()))
    assert standing(world) == []
    assert len(facts(world)) == 1


def test_a_period_that_closes_turns_all_its_points(world: World) -> None:
    put(world, ".")
    with school_scope(world.north.school.pk):
        period = StudyPeriod.objects.get(starts_on__lte=MONDAY, ends_on__gte=MONDAY)
    assert turn(world, NOON) == 0
    assert turn(world, NOON, period_id=period.pk) == 1


def test_the_database_knows_no_point_without_a_day(world: World) -> None:
    put(world, "4")
    with school_scope(world.north.school.pk):
        mark = Mark.objects.get()
        mark.pk, mark.value, mark.points, mark.withdrawn_at = uuid7(), ".", None, NOON
        with pytest.raises(IntegrityError, match="mark_due_where_a_point"), transaction.atomic():
            mark.save(force_insert=True)


def test_a_teacher_does_not_set_what_becomes_of_points(world: World) -> None:
    with pytest.raises(NotYoursToSet):
        terms(world, PointFate.LOWEST, who="Anna")


def test_two_jobs_at_once_turn_a_point_once(committed_world: World) -> None:
    world = committed_world
    terms(world, PointFate.LOWEST)
    put(world, ".")
    assert sorted(at_once([lambda: turn(world)] * 4)) == [0, 0, 0, 1]
    assert standing(world) == ["2"]


def test_a_mark_put_while_the_job_turns_is_never_lost_silently(committed_world: World) -> None:
    world = committed_world
    terms(world, PointFate.LOWEST)
    point = put(world, ".")
    jobs: list[Callable[[], Any]] = [
        lambda: turn(world),
        lambda: put(world, "5", seen=seen(point), at=LONG_AFTER),
    ]
    turned, outcome = at_once(jobs)
    assert (turned, outcome.refusal and outcome.refusal.code, standing(world)) in [
        (0, None, ["5"]),
        (1, "mark_has_changed", ["2"]),
    ]
