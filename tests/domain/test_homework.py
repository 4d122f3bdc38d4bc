"""Homework: when it is due, what stands, whose diary it changes."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.world import MONDAY, NOON, World, lesson, study_group
from zvonok.domain.access.models import DiaryRevision
from zvonok.domain.history.models import Fact
from zvonok.domain.homework.commands import (
    Destination,
    DueTooEarly,
    HomeworkEdit,
    HomeworkHasChanged,
    set_homework,
    settle_homework,
)
from zvonok.domain.homework.models import Homework
from zvonok.domain.homework.selectors import (
    HomeworkLine,
    homework_given,
    homework_of_student,
    load_of_day,
    parallel_lessons,
)
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


def settled(world: World, destination: Destination, *, who: str = "Darya") -> tuple[Homework, int]:
    """Set homework for Wednesday, cancel Wednesday's lesson, and say where the homework goes."""
    cancelled = plan(world, WEDNESDAY)
    plan(world, WEDNESDAY + timedelta(days=2))
    homework = given(world, "№ 214", student_ids=(world.people["Vera"].pk,), hand_in=True)
    with school_scope(world.north.school.pk):
        type(cancelled).objects.filter(pk=cancelled.pk).update(state="CANCELLED")
        act = {"actor": world.actor(who), "lesson_id": cancelled.pk, "destination": destination, "at": LATER}
        count = settle_homework(**act)
        assert settle_homework(**act) == 0
    return homework, count


def test_homework_of_a_cancelled_lesson_moves_to_the_next_one(world: World) -> None:
    homework, count = settled(world, Destination.MOVE)
    (line,) = due_for(world, "Vera")
    assert count == 1
    assert (line.text, line.due_on, line.hand_in) == ("№ 214", WEDNESDAY + timedelta(days=2), True)
    assert line.id != homework.pk
    assert due_for(world, "Pyotr") == []


def test_homework_of_a_cancelled_lesson_stays_on_its_day(world: World) -> None:
    homework, _ = settled(world, Destination.KEEP, who="Anna")
    (line,) = due_for(world, "Vera")
    assert (line.id, line.due_on, line.due_lesson_id) == (homework.pk, WEDNESDAY, None)


def test_homework_of_a_cancelled_lesson_is_taken_back(world: World) -> None:
    before = revision(world, "Vera")
    settled(world, Destination.WITHDRAW)
    assert due_for(world, "Vera") == []
    assert revision(world, "Vera") == before + 2
    with school_scope(world.north.school.pk):
        assert Fact.objects.filter(kind="HomeworkWithdrawn").count() == 1


def test_only_the_office_and_the_teacher_settle_homework(world: World) -> None:
    with pytest.raises(journal.NotTheTeacher):
        settled(world, Destination.MOVE, who="Oleg")


def due_for(world: World, name: str) -> list[HomeworkLine]:
    school = world.north.school.pk
    with school_scope(school):
        return homework_of_student(
            school_id=school, student_id=world.people[name].pk, first=MONDAY, last=MONDAY + timedelta(days=30)
        )


def test_homework_for_chosen_pupils_is_theirs_alone(world: World) -> None:
    before = {name: revision(world, name) for name in ("Vera", "Pyotr")}
    given(world, "№ 300*", student_ids=(world.people["Vera"].pk,))
    assert [line.text for line in due_for(world, "Vera")] == ["№ 300*"]
    assert due_for(world, "Pyotr") == []
    assert revision(world, "Vera") == before["Vera"] + 1
    assert revision(world, "Pyotr") == before["Pyotr"]


def test_a_lesson_gives_one_homework_to_all_and_several_to_chosen_pupils(world: World) -> None:
    for_all = given(world, "№ 214")
    vera = given(world, "№ 300*", student_ids=(world.people["Vera"].pk,))
    pyotr = given(world, "Rule 7", student_ids=(world.people["Pyotr"].pk,), at=LATER)
    with school_scope(world.north.school.pk):
        lines = homework_given(school_id=world.north.school.pk, lesson_ids=[world.algebra.pk])
    assert [line.id for line in lines] == [for_all.pk, vera.pk, pyotr.pk]


def test_homework_for_one_pupil_cannot_become_a_second_one_for_all(world: World) -> None:
    given(world, "№ 214")
    vera = given(world, "№ 300*", student_ids=(world.people["Vera"].pk,))
    with pytest.raises(HomeworkHasChanged):
        give(world, "№ 300*", seen=vera.pk, at=LATER)


def test_another_choice_of_pupils_changes_the_diaries_of_both(world: World) -> None:
    vera = given(world, "№ 300*", student_ids=(world.people["Vera"].pk,))
    before = {name: revision(world, name) for name in ("Vera", "Pyotr")}
    given(world, "№ 300*", seen=vera.pk, student_ids=(world.people["Pyotr"].pk,), at=LATER)
    assert {name: revision(world, name) - number for name, number in before.items()} == {
        "Vera": 1,
        "Pyotr": 1,
    }
    assert due_for(world, "Vera") == []


def test_a_pupil_of_another_group_is_not_chosen(world: World) -> None:
    with pytest.raises(journal.NotInTheGroup):
        give(world, "№ 214", student_ids=(world.people["Timur"].pk,))


def test_links_and_handing_in_are_part_of_the_wording(world: World) -> None:
    first = given(world, "№ 214", links=("https://example.org/a",), hand_in=True)
    assert given(world, "№ 214", links=("https://example.org/a",), hand_in=True, at=LATER) == first
    second = given(world, "№ 214", links=("https://example.org/b",), hand_in=True, seen=first.pk, at=LATER)
    (line,) = due_for(world, "Vera")
    assert (line.id, line.links, line.hand_in) == (second.pk, ["https://example.org/b"], True)


def test_the_load_of_a_day_counts_what_others_have_set_for_the_same_pupils(world: World) -> None:
    school = world.north.school.pk
    with school_scope(school):
        study_group(world.north, "Геометрия", "7Б", world.people["Anna"], [])
        geometry = world.north.groups["Геометрия 7Б"]
        vera = world.people["Vera"]
        GroupMembership.objects.create(
            id=uuid7(),
            school=world.north.school,
            group=geometry,
            student=vera,
            valid_on=through(MONDAY, WEDNESDAY),
        )
        other = lesson(world.north, "Геометрия 7Б", MONDAY, 3, world.people["Anna"])
    given(world, "№ 214", due_on=WEDNESDAY, expected_minutes=30)
    given(world, "Draw", lesson=other, due_on=WEDNESDAY, expected_minutes=50)
    given(world, "Cut", lesson=world.physics, who="Oleg", due_on=WEDNESDAY, expected_minutes=90)
    with school_scope(school):
        load = load_of_day(
            school_id=school, group_id=world.algebra.group_id, day=WEDNESDAY, but_lesson=world.algebra.pk
        )
    assert [(line.subject, line.minutes, line.student_ids) for line in load.lines] == [
        ("Геометрия", 50, [vera.pk])
    ]
    assert load.minutes == 50


def test_the_nearest_lesson_of_a_parallel_group_is_offered_until_it_has_homework(world: World) -> None:
    school = world.north.school.pk
    with school_scope(school):
        row = world.north.classes["7Б"]
        row.pk, row.title = uuid7(), "7В"
        row.save(force_insert=True)
        world.north.classes["7В"] = row
        study_group(world.north, "Алгебра", "7В", world.people["Anna"], [])
        far = lesson(world.north, "Алгебра 7В", MONDAY - timedelta(days=3), 1, world.people["Anna"])
        near = lesson(world.north, "Алгебра 7В", MONDAY + timedelta(days=1), 1, world.people["Anna"])
    asked = {
        "school_id": school,
        "group_id": world.algebra.group_id,
        "teacher_id": world.people["Anna"].pk,
        "day": MONDAY,
    }
    with school_scope(school):
        assert [other.id for other in parallel_lessons(**asked)] == [near.pk]
        assert parallel_lessons(**asked | {"teacher_id": world.people["Oleg"].pk}) == []
    given(world, "№ 214", lesson=near)
    with school_scope(school):
        assert parallel_lessons(**asked) == []
    assert far.pk != near.pk
