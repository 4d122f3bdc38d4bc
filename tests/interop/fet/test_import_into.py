"""A timetable that comes into a school with a life of its own: its people, its years, its lessons so far."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.interop.fet.sample import ACTIVITIES, SOLUTION, activity, data, solution, written
from tests.world import World, person
from zvonok.domain.people.models import Person
from zvonok.domain.schools.models import (
    AcademicYear,
    Role,
    School,
    SchoolClass,
    StaffRole,
    StudyGroup,
    TeachingAssignment,
)
from zvonok.domain.timetable.models import Lesson, Room, WeeklyLesson
from zvonok.interop.fet.commands import UnfitCode, import_path
from zvonok.interop.report import Action, Report
from zvonok.kernel.days import since
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

NOVEMBER = "2026-11-09"
FIRST = ("Понедельник", "08:30-09:15", "")
SECOND = ("Понедельник", "09:30-10:15", "")


def imported(folder: Path, *texts: str, school: str = "north", day: str = NOVEMBER) -> Report:
    report = import_path(
        written(folder / "fet", *(texts or (data(), solution()))),
        school=school,
        dry_run=False,
        progress=lambda done, total: None,
        at=datetime.fromisoformat(f"{day}T07:00+03:00"),
    )
    assert report.landed, report.as_dict()
    return report


def taught_by(name: str) -> str:
    return data(activities=[activity(1, "Химия", ["7Б"], ["Котова"])]).replace("Котова", name)


def hire(world: World, last_name: str, first_name: str, middle_name: str = "") -> Person:
    made = person(first_name, last_name)
    Person.objects.filter(pk=made.pk).update(middle_name=middle_name)
    with school_scope(world.north.school.pk):
        StaffRole.objects.create(
            id=uuid7(),
            school=world.north.school,
            person=made,
            role=Role.TEACHER,
            valid_on=since(world.north.year.starts_on),
        )
    return made


def teachers_of_chemistry(world: World) -> set[Person]:
    with school_scope(world.north.school.pk):
        found = TeachingAssignment.objects.filter(group__title="Химия 7Б")
        return {one.teacher for one in found.select_related("teacher")}


@pytest.mark.parametrize(
    "name",
    [
        "СЕМЕНОВА Алёна Игоревна",
        "Алена Игоревна Семёнова",
        "Семёнова Алёна",
        "Семенова А. И.",
        "Семёнова А.И.",
        "А. И. Семёнова",
        "А.И.Семенова",
        "Семёнова АИ",
        "семёнова а.",
    ],
)
def test_a_teacher_is_known_however_the_name_is_written(tmp_path: Path, world: World, name: str) -> None:
    known = hire(world, "Семёнова", "Алёна", "Игоревна")
    imported(tmp_path, taught_by(name), solution({1: SECOND}))
    assert teachers_of_chemistry(world) == {known}


def test_initials_of_two_teachers_give_the_lessons_to_neither(tmp_path: Path, world: World) -> None:
    both = {hire(world, "Семёнова", "Алёна", "Игоревна"), hire(world, "Семёнова", "Алиса", "Ильинична")}
    report = imported(tmp_path, taught_by("Семёнова А. И."), solution({1: SECOND}))
    assert not teachers_of_chemistry(world) & both
    assert [warning.value for warning in report.warnings if warning.column == "Teacher"] == ["Семёнова А. И."]


def test_a_whole_name_goes_before_the_initials_of_another(tmp_path: Path, world: World) -> None:
    meant = hire(world, "Семёнова", "Алёна", "Игоревна")
    hire(world, "Семёнова", "Алиса")
    imported(tmp_path, taught_by("Семёнова Алёна Игоревна"), solution({1: SECOND}))
    assert teachers_of_chemistry(world) == {meant}


def test_a_teacher_whom_the_roster_brings_later_takes_over(tmp_path: Path, world: World) -> None:
    text = taught_by("Семёнова Алёна")
    imported(tmp_path, text, solution({1: SECOND}))
    later = hire(world, "Семёнова", "Алёна")
    imported(tmp_path, text, solution({1: SECOND}))
    assert later in teachers_of_chemistry(world)
    assert imported(tmp_path, text, solution({1: SECOND})).changes == []


def dated(school: School, **named: object) -> set[date]:
    with school_scope(school.pk):
        return set(Lesson.objects.filter(**named).values_list("day", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "first_year"),
    [("2027-05-26", 2026), ("2027-05-27", 2027), ("2027-08-20", 2027), ("2028-01-15", 2027)],
)
def test_a_school_without_years_gets_the_one_that_is_on_or_next(
    tmp_path: Path, day: str, first_year: int
) -> None:
    imported(tmp_path, day=day)
    with school_scope(School.objects.get(code="north").pk):
        assert AcademicYear.objects.get().starts_on == date(first_year, 9, 1)


def test_a_year_that_is_over_gets_no_new_timetable(tmp_path: Path, world: World) -> None:
    imported(tmp_path, day="2027-06-10")
    days = dated(world.north.school, group__title="Алгебра 7А")
    assert min(days) >= date(2027, 9, 1)


def test_a_year_that_has_not_begun_gets_the_timetable(tmp_path: Path, world: World) -> None:
    imported(tmp_path, day="2026-07-10")
    days = dated(world.north.school, group__title="Алгебра 7А")
    assert (min(days), max(days)) == (date(2026, 9, 7), date(2027, 5, 24))


@pytest.mark.django_db
def test_a_timetable_of_the_middle_of_the_year_leaves_what_was_taught(tmp_path: Path) -> None:
    imported(tmp_path)
    swapped = SOLUTION | {3: ("Вторник", "09:30-10:15", ""), 4: ("Понедельник", "08:30-09:15", "")}
    without_english = {number: place for number, place in swapped.items() if number > 2}
    imported(tmp_path, data(activities=ACTIVITIES[2:]), solution(without_english), day="2027-01-11")
    school = School.objects.get(code="north")
    tuesdays = {day for day in dated(school, group__title="Алгебра 7А") if day.isoweekday() == 2}
    mondays = {day for day in dated(school, group__title="Алгебра 7А") if day.isoweekday() == 1}
    assert min(tuesdays) == date(2027, 1, 12)
    assert max(mondays) == date(2027, 1, 4)


@pytest.mark.django_db
def test_meetings_of_nobody_stay_apart(tmp_path: Path) -> None:
    rooms = {1: ("Понедельник", "08:30-09:15", "11"), 2: ("Понедельник", "08:30-09:15", "12")}
    imported(tmp_path, data(activities=[activity(n, "Химия", [], []) for n in rooms]), solution(rooms))
    with school_scope(School.objects.get(code="north").pk):
        assert set(WeeklyLesson.objects.values_list("room__name", flat=True)) == {"11", "12"}


@pytest.mark.django_db
def test_groups_of_very_many_classes_keep_their_codes_apart(tmp_path: Path) -> None:
    names = [f"Класс с длинным названием {number}" for number in range(20)]
    years = "".join(f"<Year><Name>{name}</Name></Year>" for name in names)
    taught = [activity(1, "Химия", names, ["Котова"]), activity(2, "Химия", names[:-1], ["Рыбин"])]
    text = data(students=years, activities=taught)
    imported(tmp_path, text, solution({1: FIRST, 2: SECOND}))
    with school_scope(School.objects.get(code="north").pk):
        assert StudyGroup.objects.count() == 2
    assert imported(tmp_path, text, solution({1: FIRST, 2: SECOND})).changes == []


def classes_of(students: Iterable[str], folder: Path, taught: str) -> list[tuple[str, int | None, str]]:
    imported(
        folder,
        data(students="".join(students), activities=[activity(1, "Химия", [taught], ["Котова"])]),
        solution({1: FIRST}),
    )
    with school_scope(School.objects.get(code="north").pk):
        groups = StudyGroup.objects.select_related("school_class").all()
        homes = [group.school_class.title if group.school_class else "" for group in groups]
        return [(one.title, one.grade, *homes) for one in SchoolClass.objects.all()]


@pytest.mark.django_db
def test_a_class_that_shares_a_subgroup_with_another_is_still_a_class(tmp_path: Path) -> None:
    shared = "<Subgroup><Name>общая</Name></Subgroup>"
    groups = [f"<Group><Name>{name}</Name>{shared}</Group>" for name in ("7А", "8А")]
    years = [f"<Year><Name>{number}</Name>{group}</Year>" for number, group in zip("78", groups, strict=True)]
    assert classes_of(years, tmp_path, "7А") == [("7А", 7, "7А")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "grade"),
    [
        ("IX-a", 9),
        ("11 клас", 11),
        ("Clasa a V-a", 5),
        ("XIIB", None),
        ("5º A", 5),
        ("12345", None),
        ("99Ж", None),
    ],
)
def test_grades_are_read_as_schools_write_them(tmp_path: Path, title: str, grade: int | None) -> None:
    assert classes_of([f"<Year><Name>{title}</Name></Year>"], tmp_path, title) == [(title, grade, title)]


@pytest.mark.django_db
def test_the_report_names_rooms_and_who_teaches_what(tmp_path: Path) -> None:
    report = imported(tmp_path)
    told = {(one.kind, one.label) for one in report.changes if one.action is Action.ADDED}
    assert {("room", "11"), ("assignment", "Ладин — Алгебра — 7А"), ("staff_role", "Ладин")} <= told
    with school_scope(School.objects.get(code="north").pk):
        assert Room.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["Школа № 1", "a" * 61, " ", ""])
def test_no_school_is_founded_under_an_unfit_code(tmp_path: Path, code: str) -> None:
    with pytest.raises(UnfitCode):
        imported(tmp_path, school=code)
    assert not School.objects.exists()
