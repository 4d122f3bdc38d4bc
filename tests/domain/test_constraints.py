"""What can never be false: each constraint is asked by trying to break it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, models, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from tests.world import MONDAY, NOON, YEAR_BEGINS, World, lesson
from zvonok.domain.attendance.models import Absence
from zvonok.domain.homework.models import Homework
from zvonok.domain.schools.models import AcademicYear, Enrolment, GroupMembership, StaffRole, StudyPeriod
from zvonok.domain.timetable.models import Occupancy
from zvonok.kernel.days import since
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


@pytest.fixture
def north(world: World) -> Iterator[World]:
    with school_scope(world.north.school.pk):
        yield world


def expect_refused(row: models.Model, constraint: str) -> None:
    """Try to write a row and expect the constraint to refuse it."""
    row.pk = uuid7()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(("kind", "name"), [("TEACHER", "Anna"), ("SUBGROUP", "7Б")])
def test_nobody_is_in_two_lessons_at_once(north: World, kind: str, name: str) -> None:
    taken = Occupancy.objects.get(lesson=north.algebra, kind=kind)
    taken.lesson = north.physics
    taken.during = DateTimeTZRange(taken.during.upper - timedelta(minutes=1), taken.during.upper)
    expect_refused(taken, "occupancy_no_two_at_once")


def test_the_next_lesson_may_begin_when_the_last_one_ends(north: World) -> None:
    taken = Occupancy.objects.get(lesson=north.algebra, kind="TEACHER")
    taken.pk, ends = uuid7(), taken.during.upper
    taken.during = DateTimeTZRange(ends, ends + timedelta(minutes=45))
    taken.save(force_insert=True)
    assert Occupancy.objects.filter(resource=taken.resource).count() == 2


def test_a_lesson_at_a_taken_time_is_refused_whole(north: World) -> None:
    with pytest.raises(IntegrityError, match="occupancy_no_two_at_once"), transaction.atomic():
        lesson(north.north, "Физика 8А", MONDAY, 1, north.people["Anna"])


def test_a_student_is_in_one_class_at_a_time(north: World) -> None:
    place = Enrolment.objects.get(student=north.people["Vera"])
    place.school_class = north.north.classes["8А"]
    expect_refused(place, "enrolment_no_overlap")


def test_a_student_is_in_a_group_once(north: World) -> None:
    expect_refused(GroupMembership.objects.get(student=north.people["Vera"]), "membership_no_overlap")


def test_a_role_is_held_once(north: World) -> None:
    expect_refused(StaffRole.objects.get(person=north.people["Darya"]), "staff_role_no_overlap")


def test_a_class_teacher_has_a_class(north: World) -> None:
    role = StaffRole.objects.get(person=north.people["Darya"])
    role.role = "CLASS_TEACHER"
    expect_refused(role, "staff_role_class_of_class_teacher")


def test_periods_of_one_system_do_not_overlap(north: World) -> None:
    period = StudyPeriod.objects.get()
    period.number = 3
    expect_refused(period, "period_no_overlap")


def test_years_do_not_overlap(north: World) -> None:
    expect_refused(
        AcademicYear(school=north.north.school, title="twin", starts_on=MONDAY, ends_on=date(2027, 8, 1)),
        "year_no_overlap",
    )


def homework(north: World, due_on: date, text: str = "№ 112") -> Homework:
    return Homework(
        school=north.north.school,
        group=north.north.groups["Алгебра 7Б"],
        issued_lesson=north.algebra,
        issued_on=MONDAY,
        due_on=due_on,
        text=text,
        put_by=north.people["Anna"],
        put_at=NOON,
    )


def test_homework_is_due_after_it_is_issued(north: World) -> None:
    expect_refused(homework(north, MONDAY), "homework_due_after_it_is_issued")


def test_homework_says_something(north: World) -> None:
    expect_refused(homework(north, MONDAY + timedelta(days=1), text=""), "homework_says_something")


def absence(north: World, kind: str, minutes: int | None) -> Absence:
    return Absence(
        school=north.north.school,
        lesson=north.algebra,
        student=north.people["Vera"],
        day=MONDAY,
        kind=kind,
        late_minutes=minutes,
        put_by=north.people["Anna"],
        put_at=NOON,
    )


@pytest.mark.parametrize(
    ("kind", "minutes", "constraint"),
    [
        ("ASLEEP", None, "absence_kind_known"),
        ("ILL", 5, "absence_minutes_only_when_late"),
        ("LATE", 0, "absence_late_minutes_sane"),
        ("LATE", 241, "absence_late_minutes_sane"),
    ],
)
def test_an_absence_is_of_a_known_kind(north: World, kind: str, minutes: int | None, constraint: str) -> None:
    expect_refused(absence(north, kind, minutes), constraint)


def test_one_absence_stands_for_a_lesson(north: World) -> None:
    first = absence(north, "ILL", None)
    first.pk = uuid7()
    first.save(force_insert=True)
    expect_refused(absence(north, "UNEXCUSED", None), "absence_one_standing")


def test_enrolment_has_days(north: World) -> None:
    place = Enrolment.objects.get(student=north.people["Vera"])
    place.valid_on = type(since(YEAR_BEGINS))(YEAR_BEGINS, YEAR_BEGINS)
    expect_refused(place, "enrolment_has_days")
