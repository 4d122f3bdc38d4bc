"""A solved timetable in a school: what becomes of it, again, changed, and wrong."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.interop.fet.sample import ACTIVITIES, SOLUTION, activity, data, solution, written
from tests.world import World
from zvonok.domain.schools.models import GroupMembership, School, StudyGroup, TeachingAssignment
from zvonok.domain.timetable.commands.journal import write_topic
from zvonok.domain.timetable.models import BellSlot, Lesson, Occupancy, WeeklyLesson
from zvonok.interop.fet.commands import import_path
from zvonok.interop.landing import NotYourSchool
from zvonok.interop.report import Report
from zvonok.kernel.scope import school_scope

AT = datetime.fromisoformat("2026-11-09T07:00+03:00")
MONDAY, PAST = date(2026, 11, 16), date(2026, 11, 2)


def quiet(done: int, total: int) -> None:
    assert done <= total


def imported(folder: Path, *texts: str, **more: Any) -> Report:
    path = written(folder / "fet", *(texts or (data(), solution())))
    options = {"school": "north", "dry_run": False, "progress": quiet, "at": AT} | more
    return import_path(path, **options)


def lessons(school: School, day: date) -> list[tuple[str, int]]:
    with school_scope(school.pk):
        return list(
            Lesson.objects.filter(day=day)
            .order_by("slot", "group__title")
            .values_list("group__title", "slot")
        )


@pytest.mark.django_db
def test_a_school_that_is_not_there_is_founded(tmp_path: Path) -> None:
    report = imported(tmp_path)
    school = School.objects.get(code="north")
    assert report.landed
    assert lessons(school, MONDAY) == [
        ("Алгебра 7А", 1),
        ("Английский язык 7Б/1", 1),
        ("Английский язык 7Б/2", 1),
    ]
    with school_scope(school.pk):
        assert BellSlot.objects.count() == 3
        group = StudyGroup.objects.get(title="Английский язык 7Б/1")
        assert group.school_class is not None
        assert group.school_class.title == "7Б"


@pytest.mark.django_db
def test_a_double_activity_becomes_two_lessons_with_both_teachers(tmp_path: Path) -> None:
    imported(tmp_path)
    school = School.objects.get(code="north")
    assert [slot for _, slot in lessons(school, date(2026, 11, 17))] == [2, 3]
    with school_scope(school.pk):
        lesson = Lesson.objects.filter(day=date(2026, 11, 17)).earliest("slot")
        assert Occupancy.objects.filter(lesson=lesson, kind="TEACHER").count() == 2
        assert Occupancy.objects.filter(lesson=lesson, kind="SUBGROUP").count() == 3
        assert lesson.helpers.count() == 1


@pytest.mark.django_db
def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    imported(tmp_path)
    assert imported(tmp_path).changes == []


@pytest.mark.django_db
def test_a_changed_timetable_changes_the_days_to_come_and_not_the_past(tmp_path: Path) -> None:
    imported(tmp_path)
    school = School.objects.get(code="north")
    moved = SOLUTION | {3: ("Вторник", "08:30-09:15", "")}
    imported(tmp_path, data(), solution(moved))
    assert ("Алгебра 7А", 1) not in lessons(school, MONDAY)
    assert ("Алгебра 7А", 1) in lessons(school, date(2026, 11, 17))
    assert ("Алгебра 7А", 1) in lessons(school, PAST)


@pytest.mark.django_db
def test_another_teacher_takes_over_from_today(tmp_path: Path) -> None:
    imported(tmp_path)
    school = School.objects.get(code="north")
    changed = (*ACTIVITIES[:2], activity(3, "Алгебра", ["7А"], ["Новикова"]), ACTIVITIES[3])
    imported(tmp_path, data(activities=changed), solution())
    with school_scope(school.pk):
        algebra = Lesson.objects.filter(group__title="Алгебра 7А").select_related("teacher")
        assert algebra.get(day=MONDAY).teacher.last_name == "Новикова"
        assert algebra.get(day=PAST).teacher.last_name == "Ладин"


@pytest.mark.django_db
def test_a_lesson_in_which_something_is_written_stays(tmp_path: Path, world: World) -> None:
    with school_scope(world.north.school.pk):
        write_topic(actor=world.actor("Anna"), lesson_id=world.algebra.pk, topic="Степени", version=0, at=AT)
    report = imported(tmp_path)
    assert report.landed, report.as_dict()
    assert ("Алгебра 7Б", 1) in lessons(world.north.school, date(2026, 11, 9))


def test_a_group_of_the_whole_class_takes_in_its_students(tmp_path: Path, world: World) -> None:
    whole = (activity(1, "Химия", ["7Б"], ["Ладин"]),)
    imported(tmp_path, data(activities=whole), solution({1: ("Понедельник", "09:30-10:15", "")}))
    with school_scope(world.north.school.pk):
        students = GroupMembership.objects.filter(group__title="Химия 7Б").values_list("student", flat=True)
        assert set(students) == {world.people["Vera"].pk, world.people["Pyotr"].pk}


def test_a_teacher_of_the_roster_is_found_by_name(tmp_path: Path, world: World) -> None:
    own = (activity(1, "Химия", ["7Б"], ["Петрова Anna"]),)
    imported(tmp_path, data(activities=own), solution({1: ("Понедельник", "09:30-10:15", "")}))
    with school_scope(world.north.school.pk):
        assert TeachingAssignment.objects.filter(
            group__title="Химия 7Б", teacher=world.people["Anna"]
        ).exists()


def test_an_administrator_imports_into_the_own_school_only(tmp_path: Path, world: World) -> None:
    with pytest.raises(NotYourSchool):
        imported(tmp_path, school="south", actor=world.actor("Yana"))
    assert not lessons(world.south.school, MONDAY)


@pytest.mark.django_db
def test_a_clash_refuses_the_whole_file(tmp_path: Path) -> None:
    clash = SOLUTION | {1: ("Понедельник", "08:30-09:15", ""), 2: ("Понедельник", "08:30-09:15", "")}
    twice = (
        activity(1, "Английский язык", ["7Б/1"], ["Котова"]),
        activity(2, "Английский язык", ["7Б/2"], ["Котова"]),
        *ACTIVITIES[2:],
    )
    report = imported(tmp_path, data(activities=twice), solution(clash))
    assert report.refused
    assert not School.objects.exists()


@pytest.mark.django_db
def test_a_dry_run_leaves_nothing(tmp_path: Path) -> None:
    report = imported(tmp_path, dry_run=True)
    assert report.counts()
    assert not School.objects.exists()


@pytest.mark.django_db
def test_lessons_that_leave_the_plan_leave_the_weeks_to_come(tmp_path: Path) -> None:
    imported(tmp_path)
    school = School.objects.get(code="north")
    fewer = {number: place for number, place in SOLUTION.items() if number != 3}
    without = (*ACTIVITIES[:2], ACTIVITIES[3])
    imported(tmp_path, data(activities=without), solution(fewer))
    with school_scope(school.pk):
        assert not WeeklyLesson.objects.filter(group__title="Алгебра 7А").exists()
        assert not Lesson.objects.filter(group__title="Алгебра 7А", day__gte=AT.date()).exists()
        assert Lesson.objects.filter(group__title="Алгебра 7А", day__lt=AT.date()).exists()
