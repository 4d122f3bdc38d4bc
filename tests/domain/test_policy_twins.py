"""The question about one thing and the list of all agree, for everybody; and so does the lock of the journal."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.domain.test_homework import given
from tests.world import MONDAY, NOON, SURNAMES, YEAR_BEGINS, SchoolWorld, World, lesson
from zvonok.domain.access.policy import classes_to_watch, may_watch_class
from zvonok.domain.attendance.commands import NoteEdit, explain_absence
from zvonok.domain.attendance.models import ExcuseNote
from zvonok.domain.attendance.policy import (
    may_answer_note,
    may_excuse,
    may_lead,
    may_read_note,
    notes_to_answer,
    notes_to_read,
    pupils_led,
    students_to_excuse,
)
from zvonok.domain.attendance.rules import Reach
from zvonok.domain.attestation.policy import groups_to_attest, may_set_period_marks
from zvonok.domain.homework.models import Homework
from zvonok.domain.people.models import Person
from zvonok.domain.planning.policy import groups_to_plan, may_plan
from zvonok.domain.schools.models import SchoolClass, StudyGroup, TeachingAssignment
from zvonok.domain.submissions.policy import (
    homework_to_look_at,
    may_hand_in_for,
    may_look_at,
    students_to_hand_in_for,
)
from zvonok.domain.timetable.commands.journal import NotTheTeacher, open_lesson
from zvonok.domain.timetable.models import Lesson, LessonHelper
from zvonok.domain.timetable.policy import groups_to_read, lessons_to_mark, may_mark, may_read_group
from zvonok.kernel.days import through
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


@pytest.fixture
def busy(world: World) -> World:
    """Besides their own lessons: Oleg helps in the second algebra, and Timur has taught 7Б until Monday."""
    north, people = world.north, world.people
    with school_scope(north.school.pk):
        second = lesson(north, "Алгебра 7Б", MONDAY, 2, people["Anna"])
        lesson(north, "Алгебра 7Б", MONDAY + timedelta(days=1), 3, None)
        LessonHelper.objects.create(id=uuid7(), school=north.school, lesson=second, teacher=people["Oleg"])
        TeachingAssignment.objects.create(
            id=uuid7(),
            school=north.school,
            teacher=people["Timur"],
            group=north.groups["Алгебра 7Б"],
            valid_on=through(YEAR_BEGINS, MONDAY),
        )
    return world


def schools(world: World) -> Iterator[SchoolWorld]:
    for place in (world.north, world.south):
        with school_scope(place.school.pk):
            yield place


def opens(world: World, who: str, one: Lesson) -> bool:
    try:
        open_lesson(actor=world.actor(who), lesson_id=one.pk, at=NOON, ahead=None)
    except NotTheTeacher:
        return False
    return True


@pytest.mark.parametrize("who", SURNAMES)
def test_a_lesson_on_the_list_is_one_that_may_be_marked_and_that_opens(busy: World, who: str) -> None:
    actor = busy.actor(who)
    for place in schools(busy):
        listed = set(lessons_to_mark(actor, school_id=place.school.pk))
        lessons = list(Lesson.objects.all())
        assert listed == {one for one in lessons if may_mark(actor, one)}
        assert listed == {one for one in lessons if opens(busy, who, one)}


@pytest.mark.parametrize("who", SURNAMES)
def test_a_group_on_the_list_is_one_that_may_be_read(busy: World, who: str) -> None:
    actor = busy.actor(who)
    for place in schools(busy):
        listed = set(groups_to_read(actor, school_id=place.school.pk))
        assert listed == {one for one in StudyGroup.objects.all() if may_read_group(actor, one)}


@pytest.mark.parametrize("who", SURNAMES)
def test_a_group_on_the_list_is_one_whose_period_marks_may_be_set(busy: World, who: str) -> None:
    actor = busy.actor(who)
    for place in schools(busy):
        listed = set(groups_to_attest(actor, school_id=place.school.pk))
        asked = {"actor": actor, "school_id": place.school.pk}
        assert listed == {
            one for one in StudyGroup.objects.all() if may_set_period_marks(**asked, group_id=one.pk)
        }
        assert {one.title for one in listed} <= {"Алгебра 7Б", "Физика 8А", "Математика 2А"}


@pytest.mark.parametrize("who", SURNAMES)
def test_a_group_on_the_list_is_one_whose_plan_may_be_made(busy: World, who: str) -> None:
    actor = busy.actor(who)
    for place in schools(busy):
        school_id = place.school.pk
        listed = set(groups_to_plan(actor, school_id=school_id))
        groups = StudyGroup.objects.all()
        assert listed == {one for one in groups if may_plan(actor, school_id=school_id, group_id=one.pk)}
        assert listed <= set(groups_to_read(actor, school_id=school_id))


@pytest.mark.parametrize("who", SURNAMES)
def test_homework_on_the_list_is_such_whose_works_may_be_looked_at(busy: World, who: str) -> None:
    given(busy, "№ 214", hand_in=True)
    actor, seen = busy.actor(who), set()
    for place in schools(busy):
        listed = set(homework_to_look_at(actor, school_id=place.school.pk))
        assert listed == {one for one in Homework.objects.all() if may_look_at(actor, one)}
        seen |= listed
    assert bool(seen) == (who in ("Anna", "Timur"))


@pytest.mark.parametrize("who", SURNAMES)
def test_a_student_on_the_page_is_one_to_hand_in_for(world: World, who: str) -> None:
    actor = world.actor(who)
    listed = students_to_hand_in_for(actor)
    pupils = {world.people[name].pk for name in ("Vera", "Pyotr", "Timur", "Lev")}
    assert listed == {one for one in pupils if may_hand_in_for(actor, student_id=one)}
    assert (world.people["Vera"].pk in listed) == (who in ("Vera", "Maria"))


def test_a_journal_is_kept_by_its_teachers_alone(busy: World) -> None:
    kept = {who: 0 for who in SURNAMES}
    for place in schools(busy):
        for who in SURNAMES:
            kept[who] += lessons_to_mark(busy.actor(who), school_id=place.school.pk).count()
    assert {who: count for who, count in kept.items() if count} == {
        "Anna": 3,
        "Oleg": 2,
        "Timur": 2,
        "Egor": 1,
    }


def test_a_journal_is_read_by_teachers_class_teachers_and_overseers_alone(busy: World) -> None:
    read: dict[str, set[str]] = {who: set() for who in SURNAMES}
    for place in schools(busy):
        for who in SURNAMES:
            groups = groups_to_read(busy.actor(who), school_id=place.school.pk)
            read[who].update(groups.values_list("title", flat=True))
    assert {who: groups for who, groups in read.items() if groups} == {
        "Anna": {"Алгебра 7Б"},
        "Oleg": {"Физика 8А"},
        "Timur": {"Алгебра 7Б"},
        "Darya": {"Алгебра 7Б", "Физика 8А"},
        "Egor": {"Математика 2А"},
    }


def test_a_teacher_who_has_left_a_group_reads_its_journal_no_more(world: World) -> None:
    with school_scope(world.north.school.pk):
        TeachingAssignment.objects.filter(teacher=world.people["Oleg"]).update(
            valid_on=through(YEAR_BEGINS, MONDAY)
        )
        group = world.physics.group
        assert may_read_group(world.actor("Oleg"), group)
        assert not may_read_group(world.actor("Oleg", day=MONDAY + timedelta(days=1)), group)


@pytest.mark.parametrize("who", SURNAMES)
def test_a_class_on_the_list_is_one_that_may_be_watched(busy: World, who: str) -> None:
    actor = busy.actor(who)
    for place in schools(busy):
        listed = set(classes_to_watch(actor, school_id=place.school.pk))
        assert listed == {one for one in SchoolClass.objects.all() if may_watch_class(actor, one)}


@pytest.mark.parametrize("who", SURNAMES)
def test_a_pupil_on_the_list_is_one_that_the_actor_leads(busy: World, who: str) -> None:
    actor = busy.actor(who)
    for place in schools(busy):
        school = place.school.pk
        listed = set(pupils_led(actor, school_id=school))
        assert listed == {
            one for one in Person.objects.all() if may_lead(actor, school_id=school, student_id=one.pk)
        }


@pytest.mark.parametrize("who", SURNAMES)
def test_a_student_on_the_list_is_one_that_the_actor_speaks_for(busy: World, who: str) -> None:
    Person.objects.filter(first_name__in=["Pyotr", "Anna"]).update(birth_date="2008-11-09")
    actor = busy.actor(who)
    listed = set(students_to_excuse(actor))
    assert listed == {one for one in Person.objects.all() if may_excuse(actor, one)}


@pytest.fixture
def noted(busy: World) -> World:
    """A note of each family."""
    for place, mother, child in (
        ("north", "Maria", "Vera"),
        ("north", "Olga", "Pyotr"),
        ("south", "Maria", "Lev"),
    ):
        school = getattr(busy, place).school.pk
        edit = NoteEdit(uuid7(), busy.people[child].pk, Reach(MONDAY, MONDAY), "ILLNESS")
        with school_scope(school):
            explain_absence(actor=busy.actor(mother), school_id=school, edit=edit, at=NOON)
    return busy


@pytest.mark.parametrize("who", SURNAMES)
def test_a_note_on_the_list_is_one_that_may_be_answered_or_read(noted: World, who: str) -> None:
    actor = noted.actor(who)
    for place in schools(noted):
        notes = list(ExcuseNote.objects.all())
        answered = set(notes_to_answer(actor, school_id=place.school.pk))
        assert answered == {one for one in notes if may_answer_note(actor, one)}
        read = set(notes_to_read(actor, school_id=place.school.pk))
        assert read == {one for one in notes if may_read_note(actor, one)}


def test_notes_are_answered_by_the_class_teacher_and_read_by_overseers_too(noted: World) -> None:
    answered: dict[str, int] = {}
    read: dict[str, int] = {}
    for who in SURNAMES:
        for place in schools(noted):
            about: dict[str, Any] = {"actor": noted.actor(who), "school_id": place.school.pk}
            answered[who] = answered.get(who, 0) + notes_to_answer(**about).count()
            read[who] = read.get(who, 0) + notes_to_read(**about).count()
    assert {who: count for who, count in answered.items() if count} == {"Anna": 2}
    assert {who: count for who, count in read.items() if count} == {"Anna": 2, "Darya": 2}
