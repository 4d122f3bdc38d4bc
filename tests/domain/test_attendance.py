"""Absences: who notes them, what stands, what is remembered."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.world import NOON, World
from zvonok.domain.attendance.commands import AbsenceEdit, AbsenceOutcome, put_absences
from zvonok.domain.attendance.models import Absence
from zvonok.domain.attendance.rules import kind_of
from zvonok.domain.history.models import Fact
from zvonok.domain.timetable.commands import journal
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

LATER = NOON + timedelta(minutes=1)


def put(world: World, *edits: AbsenceEdit, who: str = "Anna", at: Any = NOON) -> list[AbsenceOutcome]:
    with school_scope(world.north.school.pk):
        return put_absences(actor=world.actor(who), lesson_id=world.algebra.pk, edits=edits, at=at)


def edit(world: World, kind: str, *, whom: str = "Vera", **more: Any) -> AbsenceEdit:
    return AbsenceEdit(id=more.pop("id", uuid7()), student_id=world.people[whom].pk, kind=kind, **more)


def note(world: World, kind: str, **more: Any) -> AbsenceOutcome:
    at = more.pop("at", NOON)
    return put(world, edit(world, kind, **more), at=at)[0]


def standing(world: World) -> list[str]:
    with school_scope(world.north.school.pk):
        return list(
            Absence.objects.filter(withdrawn_at=None).order_by("put_at").values_list("kind", flat=True)
        )


def seen(outcome: AbsenceOutcome) -> UUID:
    assert outcome.absence is not None
    return outcome.absence.id


def code(outcome: AbsenceOutcome) -> str:
    assert outcome.refusal is not None
    return outcome.refusal.code


def test_a_corrected_absence_stays_in_the_history(world: World) -> None:
    first = note(world, "UNEXCUSED")
    note(world, "LATE", late_minutes=10, seen=seen(first), at=LATER)
    assert standing(world) == ["LATE"]
    with school_scope(world.north.school.pk):
        assert Absence.objects.get(pk=seen(first)).withdrawn_at == LATER
        told = Fact.objects.order_by("at").values_list("kind", "data__absence", "data__instead_of")
        assert list(told) == [("AbsencePut", "UNEXCUSED", None), ("AbsencePut", "LATE", "UNEXCUSED")]


def test_an_absence_is_taken_back_by_an_empty_kind(world: World) -> None:
    note(world, "", seen=seen(note(world, "ILL")), at=LATER)
    assert standing(world) == []
    with school_scope(world.north.school.pk):
        assert Fact.objects.get(kind="AbsenceWithdrawn").data["absence"] == "ILL"


def test_an_absence_that_is_overtaken_does_not_come_back_and_is_no_conflict(world: World) -> None:
    first = edit(world, "UNEXCUSED")
    put(world, first)
    note(world, "ILL", seen=first.id, at=LATER)
    again = put(world, first, at=LATER)[0]
    assert again.refusal is None
    assert standing(world) == ["ILL"]


def test_the_same_edit_sent_twice_counts_once(world: World) -> None:
    once = edit(world, "EXCUSED")
    assert seen(put(world, once)[0]) == seen(put(world, once, at=LATER)[0])
    with school_scope(world.north.school.pk):
        assert Fact.objects.count() == 1


def test_two_edits_for_one_student_in_one_request_leave_the_last(world: World) -> None:
    first = edit(world, "UNEXCUSED")
    put(world, first, edit(world, "ILL", seen=first.id))
    assert standing(world) == ["ILL"]


def test_a_stale_edit_is_shown_what_stands(world: World) -> None:
    note(world, "UNEXCUSED")
    outcome = note(world, "ILL", at=LATER)
    assert code(outcome) == "absence_has_changed"
    assert standing(world) == ["UNEXCUSED"]


@pytest.mark.parametrize(
    ("kind", "minutes"), [("AWAY", None), ("ILL", 5), ("LATE", 0), ("LATE", 241), ("", 5)]
)
def test_what_is_not_an_absence_is_refused(world: World, kind: str, minutes: int | None) -> None:
    assert code(note(world, kind, late_minutes=minutes)) == "not_an_absence"
    assert standing(world) == []


def test_a_student_of_another_class_is_refused_and_the_rest_is_kept(world: World) -> None:
    stranger, own = put(world, edit(world, "ILL", whom="Timur"), edit(world, "ILL"))
    assert code(stranger) == "not_in_the_group"
    assert own.refusal is None
    assert standing(world) == ["ILL"]


def test_an_edit_id_of_another_student_is_refused(world: World) -> None:
    used = seen(note(world, "ILL"))
    with pytest.raises(journal.EditIsUsed):
        note(world, "ILL", id=used, whom="Pyotr")


def test_absences_wait_for_the_day_of_the_lesson(world: World) -> None:
    with pytest.raises(journal.LessonIsAhead):
        note(world, "ILL", at=NOON - timedelta(days=1))


def test_a_whole_class_costs_no_more_statements_than_one_student(world: World) -> None:
    first = seen(note(world, "ILL"))
    actor = world.actor("Anna")
    edits = [edit(world, "LATE", seen=first), edit(world, "UNEXCUSED", whom="Pyotr")]
    with school_scope(world.north.school.pk), counted_queries() as statements:
        put_absences(actor=actor, lesson_id=world.algebra.pk, edits=edits, at=LATER)
    assert len(statements) <= 7, statements


@pytest.mark.parametrize(
    ("typed", "kind"), [("н", "UNEXCUSED"), (" b ", "ILL"), ("уп", "EXCUSED"), ("o", "LATE"), ("5", None)]
)
def test_a_letter_is_known_on_either_keyboard(typed: str, kind: str | None) -> None:
    assert kind_of(typed) == kind
