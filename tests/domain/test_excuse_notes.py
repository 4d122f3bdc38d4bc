"""Notes of families about absences: who writes them, who answers, what they make of the journal."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.world import MONDAY, NOON, World, lesson
from zvonok.domain.attendance.commands import (
    AbsenceEdit,
    NoteEdit,
    accept_note,
    explain_absence,
    put_absences,
    report_absence,
    return_note,
    withdraw_note,
)
from zvonok.domain.attendance.commands import notes as refusals
from zvonok.domain.attendance.models import Absence, ExcuseNote
from zvonok.domain.attendance.rules import Reach
from zvonok.domain.attendance.selectors import announced_absences, announced_at
from zvonok.domain.history.models import Fact
from zvonok.domain.schools.models import StudyPeriod
from zvonok.domain.timetable.commands.journal import EditIsUsed, PeriodIsClosed
from zvonok.domain.timetable.models import PeriodUnlock
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

TUESDAY = MONDAY + timedelta(days=1)
LATER = NOON + timedelta(hours=1)
TODAY = Reach(MONDAY, MONDAY)


def note(world: World, reach: Reach = TODAY, *, whom: str = "Vera", **more: Any) -> NoteEdit:
    words = {"reason": "ILLNESS", "text": ""} | more
    return NoteEdit(words.pop("id", uuid7()), world.people[whom].pk, reach, **words)


def send(world: World, edit: NoteEdit, *, who: str = "Maria", way: Any = explain_absence) -> ExcuseNote:
    with school_scope(world.north.school.pk):
        return way(actor=world.actor(who), school_id=world.north.school.pk, edit=edit, at=NOON)


def decide(world: World, way: Any, note_id: Any, *, who: str = "Anna", **more: Any) -> Any:
    school = world.north.school.pk
    with school_scope(school):
        return way(actor=world.actor(who), school_id=school, note_id=note_id, **{"at": LATER} | more)


def miss(world: World, kind: str = "UNEXCUSED", *, of: Any = None) -> Any:
    edit = AbsenceEdit(uuid7(), world.people["Vera"].pk, kind)
    with school_scope(world.north.school.pk):
        target = (of or world.algebra).pk
        put_absences(actor=world.actor("Anna"), lesson_id=target, edits=[edit], at=NOON)
    return edit.id


def another(world: World, slot: int, day: date = MONDAY) -> Any:
    with school_scope(world.north.school.pk):
        return lesson(world.north, "Алгебра 7Б", day, slot, world.people["Anna"])


def standing(world: World) -> list[tuple[int, str]]:
    with school_scope(world.north.school.pk):
        rows = Absence.objects.filter(withdrawn_at=None).order_by("lesson__slot")
        return list(rows.values_list("lesson__slot", "kind"))


def state(world: World, edit: NoteEdit) -> str:
    with school_scope(world.north.school.pk):
        return ExcuseNote.objects.get(pk=edit.id).state


def facts(world: World, kind: str) -> list[dict[str, Any]]:
    with school_scope(world.north.school.pk):
        return [fact.data for fact in Fact.objects.filter(kind=kind).order_by("at", "id")]


def test_an_accepted_note_excuses_exactly_the_lessons_it_reaches(world: World) -> None:
    second, third = another(world, 2), another(world, 3)
    for target in (world.algebra, second, third):
        miss(world, of=target)
    edit = note(world, Reach(MONDAY, MONDAY, 2, 2))
    send(world, edit)
    assert standing(world) == [(1, "UNEXCUSED"), (2, "UNEXCUSED"), (3, "UNEXCUSED")]
    assert decide(world, accept_note, edit.id) == 1
    assert standing(world) == [(1, "UNEXCUSED"), (2, "ILL"), (3, "UNEXCUSED")]
    (settled,) = facts(world, "AbsenceSettled")
    assert (settled["slot"], settled["instead_of"], settled["absence"]) == (2, "UNEXCUSED", "ILL")


def test_the_absence_that_was_excused_stays_in_the_history(world: World) -> None:
    first = miss(world)
    edit = note(world, reason="FAMILY")
    send(world, edit)
    decide(world, accept_note, edit.id)
    with school_scope(world.north.school.pk):
        assert Absence.objects.get(pk=first).withdrawn_at == LATER
        after = Absence.objects.get(withdrawn_at=None)
    assert (after.kind, after.note_id) == ("EXCUSED", edit.id)


def test_lateness_and_a_reason_the_teacher_gave_stay_as_they_are(world: World) -> None:
    second = another(world, 2)
    miss(world, "LATE")
    miss(world, "EXCUSED", of=second)
    edit = note(world)
    send(world, edit)
    assert decide(world, accept_note, edit.id) == 0
    assert standing(world) == [(1, "LATE"), (2, "EXCUSED")]


def test_accepting_again_excuses_what_was_noted_since_and_tells_nobody_twice(world: World) -> None:
    edit = note(world)
    send(world, edit)
    assert decide(world, accept_note, edit.id) == 0
    miss(world)
    assert decide(world, accept_note, edit.id) == 1
    assert decide(world, accept_note, edit.id) == 0
    assert len(facts(world, "NoteAccepted")) == 1


def test_the_same_note_sent_twice_counts_once(world: World) -> None:
    edit = note(world)
    send(world, edit)
    send(world, edit)
    assert len(facts(world, "NoteSent")) == 1
    with pytest.raises(EditIsUsed):
        send(world, note(world, whom="Pyotr", id=edit.id), who="Olga")


@pytest.mark.parametrize("who", ["Zoya", "Olga", "Vera", "Anna", "Oleg", "Darya", "Yana", "Egor"])
def test_only_those_who_speak_for_a_child_write_about_it(world: World, who: str) -> None:
    with pytest.raises(refusals.NotYoursToExcuse):
        send(world, note(world), who=who)


def test_a_student_of_age_writes_alone(world: World) -> None:
    vera = world.people["Vera"]
    vera.birth_date = date(2008, 11, 10)
    vera.save(update_fields=["birth_date"])
    with pytest.raises(refusals.NotYoursToExcuse):
        send(world, note(world), who="Vera")
    vera.birth_date = date(2008, 11, 9)
    vera.save(update_fields=["birth_date"])
    assert send(world, note(world), who="Vera").sent_by_id == vera.pk


@pytest.mark.parametrize("who", ["Maria", "Olga", "Oleg", "Darya", "Yana", "Egor"])
def test_only_the_class_teacher_answers(world: World, who: str) -> None:
    edit = note(world)
    send(world, edit)
    with pytest.raises(refusals.NotYourPupil):
        decide(world, accept_note, edit.id, who=who)
    with pytest.raises(refusals.NotYourPupil):
        decide(world, return_note, edit.id, who=who, answer="No")
    assert state(world, edit) == "SENT"


def test_a_note_comes_back_with_a_word_and_may_be_accepted_after_all(world: World) -> None:
    edit = note(world)
    send(world, edit)
    with pytest.raises(refusals.ReturnSaysNothing):
        decide(world, return_note, edit.id, answer="")
    decide(world, return_note, edit.id, answer="Bring a certificate, please")
    assert (state(world, edit), facts(world, "NoteReturned")[0]["answer"]) == (
        "RETURNED",
        "Bring a certificate, please",
    )
    decide(world, return_note, edit.id, answer="Bring a certificate, please")
    assert len(facts(world, "NoteReturned")) == 1
    decide(world, accept_note, edit.id)
    with pytest.raises(refusals.NoteIsDecided):
        decide(world, return_note, edit.id, answer="No")


def test_a_report_is_taken_back_until_it_begins(world: World) -> None:
    tomorrow = note(world, Reach(TUESDAY, TUESDAY))
    send(world, tomorrow, way=report_absence)
    decide(world, accept_note, tomorrow.id)
    decide(world, withdraw_note, tomorrow.id, who="Maria")
    decide(world, withdraw_note, tomorrow.id, who="Maria")
    assert (state(world, tomorrow), len(facts(world, "NoteWithdrawn"))) == ("WITHDRAWN", 1)
    with pytest.raises(refusals.NoteIsDecided):
        decide(world, accept_note, tomorrow.id)


def test_a_report_for_today_is_taken_back_until_its_first_lesson(world: World) -> None:
    another(world, 7)
    begun, later = note(world), note(world, Reach(MONDAY, MONDAY, 7))
    for edit in (begun, later):
        send(world, edit, way=report_absence)
    decide(world, withdraw_note, later.id, who="Maria")
    with pytest.raises(refusals.NoteHasBegun):
        decide(world, withdraw_note, begun.id, who="Maria")


def test_an_explanation_is_taken_back_until_it_is_answered(world: World) -> None:
    first, second = note(world), note(world)
    for edit in (first, second):
        send(world, edit)
    decide(world, withdraw_note, first.id, who="Maria")
    decide(world, accept_note, second.id)
    with pytest.raises(refusals.NoteHasBegun):
        decide(world, withdraw_note, second.id, who="Maria")
    with pytest.raises(refusals.NotYoursToExcuse):
        decide(world, withdraw_note, second.id, who="Zoya")


@pytest.mark.parametrize(
    ("way", "reach", "more", "refusal"),
    [
        (report_absence, Reach(MONDAY - timedelta(days=1), MONDAY), {}, refusals.ReportIsLate),
        (explain_absence, Reach(TUESDAY, TUESDAY), {}, refusals.ExplanationIsEarly),
        (report_absence, Reach(TUESDAY, MONDAY), {}, refusals.NoteDaysAreOdd),
        (report_absence, Reach(MONDAY, MONDAY + timedelta(days=100)), {}, refusals.NoteDaysAreOdd),
        (report_absence, Reach(MONDAY, MONDAY, 4, 3), {}, refusals.NoteDaysAreOdd),
        (explain_absence, Reach(date(2026, 8, 31), date(2026, 8, 31)), {}, refusals.NoteDaysAreOdd),
        (report_absence, TODAY, {"reason": "BORED"}, refusals.NoteSaysNothing),
        (report_absence, TODAY, {"reason": "OTHER"}, refusals.NoteSaysNothing),
    ],
)
def test_an_odd_note_is_refused(world: World, way: Any, reach: Reach, more: Any, refusal: Any) -> None:
    with pytest.raises(refusal):
        send(world, note(world, reach, **more), way=way)


def test_a_child_of_another_school_is_not_excused_here(world: World) -> None:
    with pytest.raises(refusals.NotAtThisSchool):
        send(world, note(world, whom="Lev"))


def test_nothing_is_excused_in_a_closed_period(world: World) -> None:
    miss(world)
    edit = note(world)
    send(world, edit)
    with school_scope(world.north.school.pk):
        StudyPeriod.objects.update(closed_at=NOON)
    with pytest.raises(PeriodIsClosed):
        decide(world, accept_note, edit.id)
    assert (state(world, edit), standing(world)) == ("SENT", [(1, "UNEXCUSED")])


def test_a_note_proposes_a_kind_to_teachers_and_says_nothing_more(world: World) -> None:
    waiting, sure = note(world, Reach(MONDAY, MONDAY, 3), text="Fever"), note(world, reason="CONTEST")
    for edit in (waiting, sure):
        send(world, edit)
    decide(world, accept_note, sure.id)
    pupils = [world.people[name].pk for name in ("Vera", "Pyotr")]
    with school_scope(world.north.school.pk):
        found = announced_absences(school_id=world.north.school.pk, student_ids=pupils, day=MONDAY)
        none = announced_absences(school_id=world.north.school.pk, student_ids=pupils, day=TUESDAY)
    assert none == []
    assert [(one.kind, one.is_certain, one.reach.covers(MONDAY, 1)) for one in found] == [
        ("EXCUSED", True, True),
        ("ILL", False, False),
    ]
    assert "Fever" not in repr(found)
    vera = world.people["Vera"].pk
    assert announced_at(found, day=MONDAY, slot=3) == {vera: found[0]}
    assert announced_at(found[1:], day=MONDAY, slot=3) == {vera: found[1]}
    assert announced_at(found[1:], day=MONDAY, slot=1) == {}


def test_what_a_closed_period_is_unlocked_for_is_excused(world: World) -> None:
    miss(world)
    edit = note(world)
    send(world, edit)
    with school_scope(world.north.school.pk):
        StudyPeriod.objects.update(closed_at=NOON)
        PeriodUnlock.objects.create(
            id=uuid7(),
            school=world.north.school,
            period=world.north.period,
            student=world.people["Vera"],
            reason="A certificate came late",
            until=LATER + timedelta(days=1),
            made_by=world.people["Darya"],
            made_at=NOON,
        )
    assert decide(world, accept_note, edit.id) == 1
    assert standing(world) == [(1, "ILL")]
