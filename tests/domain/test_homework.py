"""Homework: when it is due, what stands, whose diary it changes."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.world import MONDAY, NOON, World, lesson
from zvonok.domain.access.models import DiaryRevision
from zvonok.domain.history.models import Fact
from zvonok.domain.homework.commands import (
    DueTooEarly,
    HomeworkEdit,
    HomeworkHasChanged,
    set_homework,
)
from zvonok.domain.homework.models import Homework
from zvonok.domain.homework.selectors import homework_of_student
from zvonok.domain.schools.models import GroupMembership
from zvonok.domain.timetable.commands import journal
from zvonok.kernel.days import through
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

WEDNESDAY = MONDAY + timedelta(days=2)
LATER = NOON + timedelta(minutes=1)


def give(world: World, text: str, *, who: str = "Anna", **more: Any) -> Homework | None:
    """Set homework in Monday's algebra, as somebody."""
    at, target = more.pop("at", NOON), more.pop("lesson", world.algebra)
    edit = HomeworkEdit(id=more.pop("id", uuid7()), text=text, **more)
    with school_scope(world.north.school.pk):
        return set_homework(actor=world.actor(who), lesson_id=target.pk, edit=edit, at=at)


def given(world: World, text: str, **more: Any) -> Homework:
    homework = give(world, text, **more)
    assert homework is not None
    return homework


def plan(world: World, day: date, slot: int = 1) -> Any:
    with school_scope(world.north.school.pk):
        return lesson(world.north, "Алгебра 7Б", day, slot, world.people["Anna"])


def revision(world: World, name: str) -> int:
    return DiaryRevision.objects.get(student=world.people[name]).number


def test_homework_is_due_at_the_next_lesson(world: World) -> None:
    following = plan(world, WEDNESDAY)
    homework = given(world, "№ 214")
    assert (homework.due_on, homework.due_lesson_id) == (WEDNESDAY, following.pk)


def test_homework_passes_over_a_cancelled_lesson(world: World) -> None:
    cancelled = plan(world, WEDNESDAY)
    with school_scope(world.north.school.pk):
        type(cancelled).objects.filter(pk=cancelled.pk).update(state="CANCELLED")
    following = plan(world, WEDNESDAY + timedelta(days=1))
    assert given(world, "№ 214").due_lesson_id == following.pk


def test_without_a_lesson_ahead_homework_is_due_in_a_week(world: World) -> None:
    homework = given(world, "№ 214")
    assert (homework.due_on, homework.due_lesson_id) == (MONDAY + timedelta(days=7), None)


@pytest.mark.parametrize("due_on", [MONDAY, MONDAY - timedelta(days=1)])
def test_homework_is_due_on_a_later_day(world: World, due_on: date) -> None:
    with pytest.raises(DueTooEarly):
        give(world, "№ 214", due_on=due_on)


def test_a_new_wording_withdraws_the_old_one(world: World) -> None:
    first = given(world, "№ 214")
    second = given(world, "№ 214, 215", seen=first.pk, at=LATER)
    with school_scope(world.north.school.pk):
        assert list(Homework.objects.filter(withdrawn_at=None)) == [second]
        assert Homework.objects.get(pk=first.pk).withdrawn_at == LATER
        assert Fact.objects.order_by("at").last().data["instead_of"] == "№ 214"  # type: ignore[union-attr]


def test_an_empty_text_takes_homework_back(world: World) -> None:
    first = given(world, "№ 214")
    assert give(world, "", seen=first.pk, at=LATER) is None
    with school_scope(world.north.school.pk):
        assert not Homework.objects.filter(withdrawn_at=None).exists()
        assert Fact.objects.filter(kind="HomeworkWithdrawn").count() == 1


def test_the_same_homework_twice_changes_nothing(world: World) -> None:
    first = given(world, "№ 214")
    assert given(world, "№ 214", at=LATER) == first
    assert given(world, "№ 999", id=first.pk, at=LATER) == first
    assert give(world, "", lesson=plan(world, MONDAY, 2)) is None
    with school_scope(world.north.school.pk):
        assert Fact.objects.count() == 1


def test_a_stale_wording_is_refused(world: World) -> None:
    given(world, "№ 214")
    with pytest.raises(HomeworkHasChanged):
        give(world, "№ 300", at=LATER)


def test_an_edit_id_of_another_lesson_is_refused(world: World) -> None:
    first = given(world, "№ 214")
    with pytest.raises(journal.EditIsUsed):
        give(world, "№ 215", id=first.pk, lesson=plan(world, MONDAY, 2))


def test_nobody_but_the_teacher_sets_homework(world: World) -> None:
    with pytest.raises(journal.NotTheTeacher):
        give(world, "№ 214", who="Oleg")


def test_homework_changes_the_diaries_of_those_who_are_in_the_group_when_it_is_due(world: World) -> None:
    """Timur comes to 7Б on Wednesday; Pyotr has left by then."""
    with school_scope(world.north.school.pk):
        membership = GroupMembership.objects.get(student=world.people["Pyotr"])
        GroupMembership.objects.filter(pk=membership.pk).update(
            valid_on=through(membership.valid_on.lower, MONDAY)
        )
        membership.pk, membership.student = uuid7(), world.people["Timur"]
        membership.valid_on = through(WEDNESDAY, WEDNESDAY + timedelta(days=90))
        membership.save(force_insert=True)
    before = {name: revision(world, name) for name in ("Vera", "Pyotr", "Timur")}
    given(world, "№ 214", due_on=WEDNESDAY)
    raised = {name for name in before if revision(world, name) > before[name]}
    with school_scope(world.north.school.pk):
        reading = {
            name
            for name in before
            if homework_of_student(
                school_id=world.north.school.pk,
                student_id=world.people[name].pk,
                first=WEDNESDAY,
                last=WEDNESDAY,
            )
        }
    assert raised == reading == {"Vera", "Timur"}
