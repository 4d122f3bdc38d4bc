"""The office changes the day: what is cancelled, replaced and restored, and what may not be."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.world import MONDAY, NOON, World, lesson, role
from zvonok.domain.access.models import DiaryRevision
from zvonok.domain.history.models import Fact
from zvonok.domain.schools.models import Role, Subject
from zvonok.domain.timetable.commands import substitute
from zvonok.domain.timetable.commands.journal import LessonHasChanged
from zvonok.domain.timetable.commands.substitute import Replacement
from zvonok.domain.timetable.models import (
    BellSlot,
    CalendarDay,
    DayKind,
    Lesson,
    LessonState,
    Occupancy,
    OccupancyKind,
    Room,
    Substitution,
)
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import school_scope


@pytest.fixture
def north(world: World) -> Iterator[World]:
    with school_scope(world.north.school.pk):
        yield world


def empty(_lesson: UUID) -> bool:
    return False


def filled(_lesson: UUID) -> bool:
    return True


def fresh(stands: Lesson) -> Lesson:
    return Lesson.objects.get(pk=stands.pk)


def as_held(stands: Lesson) -> Replacement:
    return Replacement(stands.subject_id, stands.teacher_id, stands.room_id, stands.slot)


def cancel(world: World, stands: Lesson, *, by: str = "Darya", **more: Any) -> None:
    substitute.cancel_lesson(
        **{
            "actor": world.actor(by),
            "lesson_id": stands.pk,
            "reason": "Teacher is ill",
            "version": fresh(stands).version,
            "has_entries": empty,
            "at": NOON,
        }
        | more
    )


def change(
    world: World, stands: Lesson, *, by: str = "Darya", has_entries: Any = empty, **changed: Any
) -> None:
    now = fresh(stands)
    substitute.replace_lesson(
        actor=world.actor(by),
        lesson_id=stands.pk,
        replacement=replace(as_held(now), **changed),
        reason="",
        version=now.version,
        has_entries=has_entries,
        at=NOON,
    )


def restore(world: World, stands: Lesson, *, by: str = "Darya") -> None:
    substitute.restore_lesson(
        actor=world.actor(by),
        lesson_id=stands.pk,
        version=fresh(stands).version,
        at=NOON + timedelta(hours=1),
    )


def taken(stands: Lesson) -> set[tuple[str, UUID]]:
    return set(Occupancy.objects.filter(lesson=stands).values_list("kind", "resource"))


def revision(world: World, name: str) -> int:
    return DiaryRevision.objects.get(student=world.people[name]).number


def test_a_cancelled_lesson_gives_back_its_teacher_and_keeps_its_plan(north: World) -> None:
    before = revision(north, "Vera")
    cancel(north, north.algebra)
    stands = fresh(north.algebra)
    assert (stands.state, stands.version) == (LessonState.CANCELLED, 1)
    assert taken(stands) == set()
    plan = Substitution.objects.get(lesson=stands)
    assert (plan.reason, plan.planned_teacher) == ("Teacher is ill", north.people["Anna"])
    assert Fact.objects.get(thing_id=stands.pk).kind == "LessonCancelled"
    assert revision(north, "Vera") == before + 1


def test_cancelling_twice_changes_nothing(north: World) -> None:
    cancel(north, north.algebra)
    cancel(north, north.algebra, version=0)
    assert fresh(north.algebra).version == 1
    assert Fact.objects.filter(thing_id=north.algebra.pk).count() == 1


def test_a_restored_lesson_is_as_it_was_planned(north: World) -> None:
    before = taken(north.algebra)
    cancel(north, north.algebra)
    restore(north, north.algebra)
    stands = fresh(north.algebra)
    assert (stands.state, as_held(stands), stands.version) == (LessonState.PLANNED, as_held(north.algebra), 2)
    assert taken(stands) == before
    assert not Substitution.objects.filter(lesson=stands, withdrawn_at=None).exists()


def test_a_lesson_that_was_not_changed_has_nothing_to_restore(north: World) -> None:
    with pytest.raises(substitute.NothingToRestore):
        restore(north, north.algebra)


def test_a_free_teacher_takes_the_lesson_and_the_planned_one_is_free(north: World) -> None:
    cancel(north, north.physics)
    oleg = north.people["Oleg"].pk
    change(north, north.algebra, teacher_id=oleg)
    assert fresh(north.algebra).teacher_id == oleg
    assert (OccupancyKind.TEACHER, oleg) in taken(north.algebra)
    assert (OccupancyKind.TEACHER, north.people["Anna"].pk) not in taken(north.algebra)


def test_a_busy_teacher_is_refused_by_name_and_nothing_changes(north: World) -> None:
    before = taken(north.algebra)
    with pytest.raises(substitute.TeacherIsBusy, match=r"Смирнов\sO\. .*Физика 8А.* 1"):
        change(north, north.algebra, teacher_id=north.people["Oleg"].pk)
    assert fresh(north.algebra).teacher == north.people["Anna"]
    assert taken(north.algebra) == before
    assert not Substitution.objects.exists()


def test_a_taken_room_is_refused(north: World) -> None:
    room = north.north.rooms["305"]
    change(north, north.physics, room_id=room.pk)
    with pytest.raises(substitute.RoomIsTaken, match="305"):
        change(north, north.algebra, room_id=room.pk)


def test_a_moved_lesson_has_the_times_of_its_new_slot(north: World) -> None:
    change(north, north.algebra, slot=3)
    stands = fresh(north.algebra)
    assert (stands.slot, stands.starts_at - north.algebra.starts_at) == (3, timedelta(minutes=110))
    assert Occupancy.objects.filter(lesson=stands, during__startswith=stands.starts_at).count() == 2


def test_students_cannot_be_in_two_lessons_at_once(north: World) -> None:
    second = lesson(north.north, "Алгебра 7Б", MONDAY, 2, None)
    with pytest.raises(substitute.StudentsAreBusy, match="7Б"):
        change(north, north.algebra, slot=2)
    cancel(north, second)
    change(north, north.algebra, slot=2)
    with pytest.raises(substitute.StudentsAreBusy):
        restore(north, second)


def test_on_a_shortened_day_the_shortened_bells_ring(north: World) -> None:
    own = {"school": north.north.school}
    CalendarDay.objects.create(id=uuid7(), **own, day=MONDAY, kind=DayKind.SHORTENED)
    ordinary = BellSlot.objects.get(**own, number=3)
    BellSlot.objects.create(
        id=uuid7(), **own, number=3, shortened=True, starts_at=ordinary.starts_at, ends_at="10:50"
    )
    change(north, north.algebra, slot=3)
    assert fresh(north.algebra).ends_at - fresh(north.algebra).starts_at == timedelta(minutes=30)


def test_a_slot_that_no_bell_rings_for_is_refused(north: World) -> None:
    with pytest.raises(substitute.NoSuchSlot, match="42"):
        change(north, north.algebra, slot=42)


def test_a_second_change_keeps_the_first_plan(north: World) -> None:
    room = north.north.rooms["305"].pk
    change(north, north.algebra, room_id=room)
    change(north, north.algebra, slot=4)
    assert Substitution.objects.filter(lesson=north.algebra).count() == 2
    restore(north, north.algebra)
    assert as_held(fresh(north.algebra)) == as_held(north.algebra)


def test_the_same_again_changes_nothing(north: World) -> None:
    change(north, north.algebra)
    assert fresh(north.algebra).version == 0
    assert not Substitution.objects.exists()


def test_a_lesson_with_marks_is_neither_cancelled_nor_given_another_subject(north: World) -> None:
    with pytest.raises(substitute.JournalIsFilled):
        cancel(north, north.algebra, has_entries=filled)
    physics = Subject.objects.get(name="Физика").pk
    with pytest.raises(substitute.JournalIsFilled):
        change(north, north.algebra, has_entries=filled, subject_id=physics)
    change(north, north.algebra, has_entries=filled, slot=5)
    assert fresh(north.algebra).slot == 5


def test_a_cancelled_lesson_is_restored_before_it_is_changed(north: World) -> None:
    cancel(north, north.algebra)
    with pytest.raises(substitute.IsCancelled):
        change(north, north.algebra, slot=5)


def test_a_stale_page_is_refused(north: World) -> None:
    change(north, north.algebra, slot=5)
    with pytest.raises(LessonHasChanged):
        cancel(north, north.algebra, version=0)


@pytest.mark.parametrize("by", ["Anna", "Egor", "Maria", "Nina", "Sonya"])
def test_only_those_who_run_the_school_change_its_day(north: World, by: str) -> None:
    with pytest.raises(substitute.NotTheOffice):
        cancel(north, north.algebra, by=by)
    assert fresh(north.algebra).state == LessonState.PLANNED


def test_things_of_another_school_are_refused(north: World) -> None:
    egor = north.people["Egor"].pk
    strange: list[dict[str, Any]] = [{"teacher_id": egor}, {"room_id": uuid7()}, {"subject_id": uuid7()}]
    for changed in strange:
        with pytest.raises(substitute.NotOfThisSchool):
            change(north, north.algebra, **changed)


def test_somebody_who_does_not_teach_is_no_substitute(north: World) -> None:
    with pytest.raises(substitute.NotOfThisSchool):
        change(north, north.algebra, teacher_id=north.people["Yana"].pk)
    role(north.north, north.people["Yana"], Role.TEACHER)
    change(north, north.algebra, teacher_id=north.people["Yana"].pk)
    assert fresh(north.algebra).teacher == north.people["Yana"]


def test_two_who_take_one_room_at_once_do_not_both_get_it(committed_world: World) -> None:
    world = committed_world
    with school_scope(world.north.school.pk):
        room = Room.objects.create(id=uuid7(), school=world.north.school, name="12").pk

    def take(stands: Lesson) -> str:
        try:
            with school_scope(world.north.school.pk):
                change(world, stands, room_id=room)
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(take, [world.algebra, world.physics]))
    assert sorted(answers) in (["room_is_taken", "taken"], ["taken", "taken_meanwhile"])
