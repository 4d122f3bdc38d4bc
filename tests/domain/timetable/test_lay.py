"""The weekly plan over the days: what the calendar takes away, what is written stays, what clashes is refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.db import connection

from tests.world import MONDAY, YEAR_BEGINS, World
from zvonok.domain.timetable.commands.calendar import NamedDay, set_calendar
from zvonok.domain.timetable.commands.lay import Laid, LessonsClash, lay_lessons
from zvonok.domain.timetable.commands.plan import PlannedLesson, set_plan
from zvonok.domain.timetable.models import BellSlot, DayKind, Lesson, Occupancy, WeeklyPlan
from zvonok.domain.timetable.selectors import bell_times
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

NEXT = MONDAY + timedelta(days=7)
SUNDAY = NEXT + timedelta(days=6)
FRIDAY, SATURDAY = NEXT + timedelta(days=4), NEXT + timedelta(days=5)


@pytest.fixture
def north(world: World) -> Iterator[World]:
    with school_scope(world.north.school.pk):
        yield world


def weekly(
    world: World, weekday: int, slot: int, group: str = "Алгебра 7Б", teacher: str = "Anna"
) -> PlannedLesson:
    return PlannedLesson(
        world.north.groups[group].pk,
        0,
        weekday,
        slot,
        (world.people[teacher].pk,),
        world.north.rooms["305"].pk,
    )


def plan(world: World, *lessons: PlannedLesson) -> WeeklyPlan:
    return set_plan(
        lessons,
        school_id=world.north.school.pk,
        year_id=world.north.year.pk,
        title="Plan",
        weeks=1,
        anchor=YEAR_BEGINS,
    )[0]


def lay(plan: WeeklyPlan, first: date = NEXT, last: date = SUNDAY, today: date = MONDAY) -> Laid:
    laid = lay_lessons(plan, first=first, last=last, today=today, progress=lambda done, total: None)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return laid


def days() -> list[tuple[date, int]]:
    lessons = Lesson.objects.filter(day__range=(NEXT, SUNDAY))
    return list(lessons.order_by("day", "slot").values_list("day", "slot"))


def test_laying_again_changes_nothing(north: World) -> None:
    both = plan(north, weekly(north, 1, 1), weekly(north, 5, 2))
    assert lay(both) == Laid(2, 0, 0, 0)
    assert lay(both) == Laid(0, 0, 0, 0)
    assert days() == [(NEXT, 1), (FRIDAY, 2)]
    assert Occupancy.objects.filter(lesson__day=NEXT).count() == 3


def test_a_day_off_loses_its_lessons_and_a_working_saturday_takes_them_over(north: World) -> None:
    one = plan(north, weekly(north, 5, 2))
    lay(one)
    week = [NamedDay(FRIDAY, DayKind.OFF, "Day off"), NamedDay(SATURDAY, "WORKING", "", works_as=FRIDAY)]
    assert [each.before for each in set_calendar(week, school_id=north.north.school.pk)] == [None, None]
    assert set_calendar(week, school_id=north.north.school.pk) == []
    assert lay(one) == Laid(1, 0, 1, 0)
    assert days() == [(SATURDAY, 2)]


def test_a_holiday_that_the_school_has_named_stays(north: World) -> None:
    own = north.north.school.pk
    set_calendar([NamedDay(FRIDAY, "HOLIDAY", "Autumn")], school_id=own)
    assert set_calendar([NamedDay(FRIDAY, "SHORTENED")], school_id=own) == []


def test_on_a_shortened_day_lessons_and_bells_are_of_one_mind(north: World) -> None:
    """The third bell has a shortened time, the fourth has none."""
    school = north.north.school
    BellSlot.objects.create(
        id=uuid7(), school=school, number=3, shortened=True, starts_at=time(10, 0), ends_at=time(10, 30)
    )
    set_calendar([NamedDay(FRIDAY, "SHORTENED")], school_id=school.pk)
    lay(plan(north, weekly(north, 5, 3), weekly(north, 5, 4)))
    rung = bell_times(school_id=school.pk, day=FRIDAY)
    lessons = Lesson.objects.filter(day=FRIDAY).order_by("slot")
    assert [(lesson.starts_at, lesson.ends_at) for lesson in lessons] == [rung[3], rung[4]]
    assert rung[3][1] - rung[3][0] == timedelta(minutes=30)
    assert list(rung) == [1, 2, 3, 4, 5, 6, 7]
    assert bell_times(school_id=school.pk, day=NEXT)[3] != rung[3]


def test_a_lesson_with_a_topic_stays_when_it_leaves_the_plan(north: World) -> None:
    lay(plan(north, weekly(north, 1, 1), weekly(north, 5, 2)))
    Lesson.objects.filter(day=NEXT).update(topic="Дроби")
    assert lay(plan(north)) == Laid(0, 0, 1, 1)
    assert days() == [(NEXT, 1)]


def test_the_past_is_laid_once_and_never_changed(north: World) -> None:
    lay(plan(north, weekly(north, 1, 1)))
    assert lay(plan(north, weekly(north, 2, 1)), today=SUNDAY + timedelta(days=1)) == Laid(0, 0, 0, 0)
    assert days() == [(NEXT, 1)]


def test_another_room_changes_the_lessons_that_stand(north: World) -> None:
    one = weekly(north, 1, 1)
    lay(plan(north, one))
    moved = replace(one, room_id=None)
    assert lay(plan(north, moved)) == Laid(0, 1, 0, 0)
    assert Lesson.objects.get(day=NEXT).room is None


def test_a_room_is_not_given_twice(north: World) -> None:
    both = plan(north, weekly(north, 1, 1), weekly(north, 1, 1, "Физика 8А", "Oleg"))
    with pytest.raises(LessonsClash):
        lay(both)
    assert days() == []
