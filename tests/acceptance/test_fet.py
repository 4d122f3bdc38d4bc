"""Real timetables, as their schools made them."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count, F
from django.db.models.functions import ExtractWeek

from tests.acceptance.conftest import real
from zvonok.domain.schools.models import School
from zvonok.domain.timetable.models import Lesson, Occupancy
from zvonok.interop.fet import read
from zvonok.interop.fet.commands import import_path
from zvonok.interop.report import Report
from zvonok.kernel.scope import school_scope

AT = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
MONDAY = date(2026, 9, 7)
# Set, class periods of the solution in its whole cycle, weeks of the cycle.
SETS = [
    ("fet-bg-lom", 544, 1),
    ("fet-hu-varosmajori", 777, 1),
    ("fet-ro-brancusi-2013", 423, 1),
    ("fet-ru-medcollege", 791, 2),
    ("fet-ar-sanjose", 204, 1),
]


def quiet(done: int, total: int) -> None:
    assert done <= total


def imported(path: Path, **more: Any) -> Report:
    options = {"school": None, "dry_run": False, "progress": quiet, "at": AT} | more
    report = import_path(path, **options)
    assert not report.refused, report.as_dict()
    return report


def week(monday: date) -> list[Lesson]:
    return list(Lesson.objects.filter(day__gte=monday, day__lt=monday + timedelta(days=7)))


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "periods", "weeks"), SETS, ids=[name for name, _, _ in SETS])
def test_the_dated_weeks_have_exactly_the_lessons_of_the_solution(
    name: str, periods: int, weeks: int
) -> None:
    imported(real(name))
    timetable = read(real(name), Report())
    with school_scope(School.objects.get().pk):
        found = [week(MONDAY + timedelta(days=7 * number)) for number in range(weeks)]
        dated = Counter(
            (lesson.subject.name, lesson.day.isoweekday(), lesson.slot) for one in found for lesson in one
        )
        solved = Counter(
            (period.placed.activity.subject, period.placed.day.weekday, period.hour.number)
            for period in timetable.periods()
        )
        assert sum(map(len, found)) == periods
        assert dated == solved
        taken = Occupancy.objects.values("kind", "resource", "during").annotate(times=Count("id"))
        assert not taken.filter(times__gt=1).exists()
        assert set(taken.values_list("kind", flat=True)) >= {"TEACHER", "SUBGROUP"}


@pytest.mark.django_db
def test_the_weeks_of_a_two_week_cycle_take_turns() -> None:
    imported(real("fet-ru-medcollege"))
    with school_scope(School.objects.get().pk):
        weeks = Lesson.objects.filter(day__range=(MONDAY, MONDAY + timedelta(days=27))).annotate(
            number=ExtractWeek("day"), turn=F("weekly__week")
        )
        turns = sorted(set(weeks.values_list("number", "turn")))
    assert [turn for _, turn in turns] in ([0, 1, 0, 1], [1, 0, 1, 0])


@pytest.mark.django_db
def test_importing_again_changes_nothing() -> None:
    imported(real("fet-bg-lom"))
    with school_scope(School.objects.get().pk):
        before = set(Lesson.objects.values_list("pk", "day", "slot", "group_id", "teacher_id"))
    again = imported(real("fet-bg-lom"))
    assert again.changes == []
    with school_scope(School.objects.get().pk):
        assert set(Lesson.objects.values_list("pk", "day", "slot", "group_id", "teacher_id")) == before


@pytest.mark.django_db
def test_a_dry_run_tells_and_leaves_nothing() -> None:
    report = imported(real("fet-ar-sanjose"), dry_run=True)
    assert report.counts()
    assert not report.landed
    assert not School.objects.exists()
