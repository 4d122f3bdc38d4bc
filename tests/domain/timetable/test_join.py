"""Two groups at one time, one teacher: Anna takes Oleg's physics beside her own algebra."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from tests.world import MONDAY, NOON, World, lesson
from zvonok.domain.history.models import Fact
from zvonok.domain.timetable.commands.journal import LessonHasChanged
from zvonok.domain.timetable.commands.substitute import (
    CannotBeJoined,
    IsCancelled,
    NotTheOffice,
    OthersAreJoined,
    Replacement,
    cancel_lesson,
    join_lesson,
    replace_lesson,
    restore_lesson,
)
from zvonok.domain.timetable.models import Lesson, Occupancy
from zvonok.domain.timetable.policy import may_mark
from zvonok.kernel.scope import school_scope


@pytest.fixture
def north(world: World) -> Iterator[World]:
    with school_scope(world.north.school.pk):
        yield world


def empty(_lesson: UUID) -> bool:
    return False


def fresh(stands: Lesson) -> Lesson:
    return Lesson.objects.get(pk=stands.pk)


def join(world: World, *, by: str = "Darya", **more: Any) -> None:
    values: dict[str, Any] = {
        "lesson_id": world.physics.pk,
        "other_id": world.algebra.pk,
        "reason": "Oleg is ill",
        "version": 0,
        "at": NOON,
    }
    join_lesson(actor=world.actor(by), **values | more)


def taken(stands: Lesson) -> set[str]:
    return set(Occupancy.objects.filter(lesson=stands).values_list("kind", flat=True))


def test_a_joined_lesson_has_the_other_ones_teacher_and_takes_its_students_alone(north: World) -> None:
    join(north)
    joined = fresh(north.physics)
    assert (joined.teacher_id, joined.held_with_id) == (north.people["Anna"].pk, north.algebra.pk)
    assert taken(joined) == {"SUBGROUP"}
    assert "TEACHER" in taken(north.algebra)
    assert may_mark(north.actor("Anna"), joined)
    assert Fact.objects.get().kind == "LessonJoined"


def test_joining_twice_changes_nothing_more(north: World) -> None:
    join(north)
    join(north)
    assert Fact.objects.count() == 1


def test_a_restored_lesson_has_its_own_teacher_again(north: World) -> None:
    join(north)
    restore_lesson(actor=north.actor("Darya"), lesson_id=north.physics.pk, version=1, at=NOON)
    restored = fresh(north.physics)
    assert (restored.teacher_id, restored.held_with_id) == (north.people["Oleg"].pk, None)
    assert taken(restored) == {"SUBGROUP", "TEACHER"}


def test_the_lesson_that_holds_another_stays_as_it_is(north: World) -> None:
    join(north)
    act: dict[str, Any] = {
        "actor": north.actor("Darya"),
        "lesson_id": north.algebra.pk,
        "version": 0,
        "at": NOON,
    }
    with pytest.raises(OthersAreJoined):
        cancel_lesson(**act, reason="", has_entries=empty)
    other = Replacement(north.algebra.subject_id, north.people["Oleg"].pk, None, 1)
    with pytest.raises(OthersAreJoined):
        replace_lesson(**act, replacement=other, reason="", has_entries=empty)


def test_a_joined_lesson_can_be_cancelled_or_given_to_somebody_else(north: World) -> None:
    join(north)
    act: dict[str, Any] = {"actor": north.actor("Darya"), "lesson_id": north.physics.pk, "at": NOON}
    own = Replacement(north.physics.subject_id, north.people["Oleg"].pk, None, 1)
    replace_lesson(**act, version=1, replacement=own, reason="", has_entries=empty)
    assert fresh(north.physics).held_with_id is None
    cancel_lesson(**act, version=2, reason="", has_entries=empty)
    assert taken(fresh(north.physics)) == set()


@pytest.mark.parametrize("slot", [1, 2])
def test_only_two_free_lessons_of_one_time_are_joined(north: World, slot: int) -> None:
    """Neither with itself, nor with one of another time, nor with one that is joined itself."""
    later = lesson(north.north, "Алгебра 7Б", MONDAY, 2, north.people["Anna"])
    other = {1: north.physics, 2: later}[slot]
    with pytest.raises(CannotBeJoined):
        join(north, other_id=other.pk)


def test_a_chain_of_joined_lessons_is_refused(north: World) -> None:
    join(north)
    with pytest.raises(OthersAreJoined):
        join(north, lesson_id=north.algebra.pk, other_id=north.physics.pk)


def test_a_cancelled_lesson_is_not_joined(north: World) -> None:
    Lesson.objects.filter(pk=north.algebra.pk).update(state="CANCELLED")
    with pytest.raises(IsCancelled):
        join(north)


def test_the_office_joins_what_it_has_seen(north: World) -> None:
    with pytest.raises(NotTheOffice):
        join(north, by="Anna")
    with pytest.raises(LessonHasChanged):
        join(north, version=7)
