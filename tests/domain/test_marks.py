"""Marks: who puts them, what stands, what is remembered."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.world import MONDAY, NOON, World, lesson
from zvonok.domain.access.models import DiaryRevision
from zvonok.domain.history.models import Fact
from zvonok.domain.marks.commands.put import MarkEdit, Outcome, put_marks
from zvonok.domain.marks.models import Mark
from zvonok.domain.timetable.commands import journal
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


def put(world: World, value: str, *, who: str = "Anna", whom: str = "Vera", **more: Any) -> Outcome:
    """Put one mark into Monday's algebra, as somebody."""
    at = more.pop("at", NOON)
    target = more.pop("lesson", world.algebra)
    edit = MarkEdit(id=more.pop("edit_id", uuid7()), student_id=world.people[whom].pk, value=value, **more)
    with school_scope(target.school_id):
        return put_marks(actor=world.actor(who), lesson_id=target.pk, edits=[edit], at=at)[0]


def standing(world: World) -> list[str]:
    with school_scope(world.north.school.pk):
        return list(Mark.objects.filter(withdrawn_at=None).order_by("put_at").values_list("value", flat=True))


def seen(outcome: Outcome) -> UUID:
    assert outcome.mark is not None
    return outcome.mark.id


def test_a_mark_put_by_the_teacher_stands(world: World) -> None:
    assert put(world, "5").refusal is None
    assert standing(world) == ["5"]


def test_a_corrected_mark_stays_in_the_history(world: World) -> None:
    three = put(world, "3")
    put(world, "5", seen=seen(three), at=NOON + timedelta(minutes=1))
    assert standing(world) == ["5"]
    with school_scope(world.north.school.pk):
        assert Mark.objects.get(pk=seen(three)).withdrawn_at == NOON + timedelta(minutes=1)
        facts = (
            Fact.objects.filter(kind="MarkPut").order_by("at").values_list("data__value", "data__instead_of")
        )
        assert list(facts) == [("3", None), ("5", "3")]


def test_the_same_edit_sent_twice_counts_once(world: World) -> None:
    edit_id = uuid7()
    put(world, "4", edit_id=edit_id)
    again = put(world, "4", edit_id=edit_id)
    assert again.mark is not None
    assert again.mark.id == edit_id
    assert standing(world) == ["4"]


def test_an_edit_that_was_overtaken_does_not_come_back(world: World) -> None:
    edit_id = uuid7()
    four = put(world, "4", edit_id=edit_id)
    put(world, "5", seen=seen(four), at=NOON + timedelta(minutes=1))
    put(world, "4", edit_id=edit_id, at=NOON + timedelta(minutes=2))
    assert standing(world) == ["5"]


def test_a_stale_edit_is_shown_what_stands(world: World) -> None:
    put(world, "3")
    outcome = put(world, "5", at=NOON + timedelta(minutes=1))
    assert outcome.refusal is not None
    assert outcome.refusal.code == "mark_has_changed"
    assert outcome.mark is not None
    assert outcome.mark.value == "3"
    assert standing(world) == ["3"]


def test_a_mark_is_withdrawn_by_an_empty_value(world: World) -> None:
    put(world, "", seen=seen(put(world, "2")), at=NOON + timedelta(minutes=1))
    assert standing(world) == []


@pytest.mark.parametrize("value", ["7", "0", "55", "н", "5 "])
def test_a_value_outside_the_scale_is_refused(world: World, value: str) -> None:
    outcome = put(world, value)
    assert outcome.refusal is not None
    assert outcome.refusal.code == "value_not_in_scale"
    assert standing(world) == []


def test_a_student_of_another_class_is_refused_and_the_rest_is_kept(world: World) -> None:
    edits = [
        MarkEdit(id=uuid7(), student_id=world.people["Timur"].pk, value="5"),
        MarkEdit(id=uuid7(), student_id=world.people["Vera"].pk, value="4"),
    ]
    with school_scope(world.north.school.pk):
        first, second = put_marks(actor=world.actor("Anna"), lesson_id=world.algebra.pk, edits=edits, at=NOON)
    assert first.refusal is not None
    assert first.refusal.code == "not_in_the_group"
    assert second.refusal is None
    assert standing(world) == ["4"]


@pytest.mark.parametrize("who", ["Oleg", "Darya", "Yana", "Maria", "Vera", "Egor"])
def test_nobody_but_the_teacher_puts_marks(world: World, who: str) -> None:
    with pytest.raises(journal.NotTheTeacher):
        put(world, "5", who=who)


def test_a_mark_waits_for_the_day_of_the_lesson(world: World) -> None:
    with pytest.raises(journal.LessonIsAhead):
        put(world, "5", at=NOON - timedelta(days=1))


def test_a_closed_period_takes_no_marks(world: World) -> None:
    with school_scope(world.north.school.pk):
        world.north.period.closed_at = NOON
        world.north.period.save(update_fields=["closed_at"])
    with pytest.raises(journal.PeriodIsClosed):
        put(world, "5")


def test_a_cancelled_lesson_takes_no_marks(world: World) -> None:
    with school_scope(world.north.school.pk):
        world.algebra.state = "CANCELLED"
        world.algebra.save(update_fields=["state"])
    with pytest.raises(journal.LessonIsCancelled):
        put(world, "5")


def test_an_edit_id_of_another_lesson_is_refused(world: World) -> None:
    used = put(world, "5")
    with school_scope(world.north.school.pk):
        second = lesson(world.north, "Алгебра 7Б", MONDAY, 2, world.people["Anna"])
    with pytest.raises(journal.EditIsUsed):
        put(world, "4", edit_id=seen(used), lesson=second)


def test_a_mark_raises_the_diary_and_defers_one_job(world: World) -> None:
    before = DiaryRevision.objects.get(student=world.people["Vera"]).number
    put(world, "5")
    assert DiaryRevision.objects.get(student=world.people["Vera"]).number == before + 1
    assert DiaryRevision.objects.get(student=world.people["Pyotr"]).number == before
    assert ProcrastinateJob.objects.filter(task_name="zvonok.workers.notices.tell").count() == 1


def test_an_edit_that_changes_nothing_is_not_recorded(world: World) -> None:
    put(world, "")
    with school_scope(world.north.school.pk):
        assert not Fact.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_one_cell_costs_at_most_seven_statements(world: World) -> None:
    first = put(world, "3")
    actor = world.actor("Anna")
    edit = MarkEdit(id=uuid7(), student_id=world.people["Vera"].pk, value="5", seen=seen(first))
    with school_scope(world.north.school.pk), counted_queries() as statements:
        put_marks(actor=actor, lesson_id=world.algebra.pk, edits=[edit], at=NOON + timedelta(minutes=1))
    assert len(statements) <= 7, statements


def test_the_database_refuses_two_standing_marks_in_one_cell(world: World) -> None:
    mark = Mark.objects
    put(world, "5")
    with school_scope(world.north.school.pk):
        twin = mark.get()
        twin.pk = uuid7()
        with pytest.raises(IntegrityError, match="mark_one_standing_per_work"), transaction.atomic():
            twin.save(force_insert=True)


def test_the_database_refuses_a_value_outside_the_scale(world: World) -> None:
    put(world, "5")
    with school_scope(world.north.school.pk):
        stray = Mark.objects.get()
        stray.pk, stray.value, stray.withdrawn_at = uuid7(), "7", NOON
        with pytest.raises(IntegrityError, match="mark_value_in_scale"), transaction.atomic():
            stray.save(force_insert=True)
