"""Whole days that a class teacher notes: what stands in the journal then, and what is proposed."""

from datetime import timedelta
from typing import Any

import pytest

from tests.domain.test_excuse_notes import (
    LATER,
    TUESDAY,
    another,
    decide,
    facts,
    miss,
    note,
    send,
    standing,
)
from tests.world import MONDAY, NOON, YEAR_ENDS, World
from zvonok.domain.attendance.commands import (
    WholeDayEdit,
    accept_note,
    put_whole_day,
    withdraw_whole_day,
)
from zvonok.domain.attendance.commands.notes import NotYourPupil
from zvonok.domain.attendance.commands.whole_days import WholeDaysAreOdd
from zvonok.domain.attendance.models import Absence
from zvonok.domain.attendance.selectors import announced_absences, whole_days
from zvonok.domain.schools.models import StudyPeriod
from zvonok.domain.timetable.commands.journal import EditIsUsed, PeriodIsClosed
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


def days(world: World, kind: str = "ILL", *, first: Any = MONDAY, last: Any = MONDAY, **more: Any) -> Any:
    whom = more.pop("whom", "Vera")
    return WholeDayEdit(more.pop("id", uuid7()), world.people[whom].pk, first, last, kind)


def put(world: World, edit: WholeDayEdit, *, who: str = "Anna") -> int:
    with school_scope(world.north.school.pk):
        return put_whole_day(actor=world.actor(who), school_id=world.north.school.pk, edit=edit, at=NOON)


def take_back(world: World, edit: WholeDayEdit, *, who: str = "Anna") -> int:
    with school_scope(world.north.school.pk):
        return withdraw_whole_day(
            actor=world.actor(who), school_id=world.north.school.pk, whole_id=edit.id, at=LATER
        )


def test_a_whole_day_is_an_absence_in_each_lesson_up_to_today(world: World) -> None:
    another(world, 4)
    another(world, 1, TUESDAY)
    assert put(world, days(world, last=TUESDAY)) == 2
    assert standing(world) == [(1, "ILL"), (4, "ILL")]
    assert {fact["slot"] for fact in facts(world, "AbsenceSettled")} == {1, 4}
    assert facts(world, "WholeDayPut")[0]["lessons"] == 2


def test_lessons_put_into_the_timetable_later_and_days_to_come_are_proposed(world: World) -> None:
    put(world, days(world, last=TUESDAY))
    another(world, 5)
    with school_scope(world.north.school.pk):
        for day in (MONDAY, TUESDAY):
            found = announced_absences(
                school_id=world.north.school.pk, student_ids=[world.people["Vera"].pk], day=day
            )
            assert [(one.kind, one.is_certain, one.reach.covers(day, 5)) for one in found] == [
                ("ILL", True, True)
            ]


def test_a_reason_takes_the_place_of_none_and_lateness_stays(world: World) -> None:
    late, ill = another(world, 2), another(world, 3)
    miss(world)
    miss(world, "LATE", of=late)
    miss(world, "ILL", of=ill)
    assert put(world, days(world, "EXCUSED")) == 1
    assert standing(world) == [(1, "EXCUSED"), (2, "LATE"), (3, "ILL")]


def test_a_note_excuses_a_whole_day_without_a_reason(world: World) -> None:
    put(world, days(world, "UNEXCUSED"))
    edit = note(world)
    send(world, edit)
    assert decide(world, accept_note, edit.id) == 1
    assert standing(world) == [(1, "ILL")]


def test_taking_whole_days_back_leaves_what_a_teacher_changed(world: World) -> None:
    another(world, 2)
    edit = days(world, "UNEXCUSED")
    put(world, edit)
    with school_scope(world.north.school.pk):
        changed = Absence.objects.select_related("lesson").get(lesson__slot=2)
        Absence.objects.filter(pk=changed.pk).update(withdrawn_at=NOON)
    miss(world, "LATE", of=changed.lesson)
    assert take_back(world, edit) == 1
    assert take_back(world, edit) == 0
    assert standing(world) == [(2, "LATE")]
    with school_scope(world.north.school.pk):
        about: dict[str, Any] = {"school_id": world.north.school.pk, "student_ids": [world.people["Vera"].pk]}
        assert whole_days(**about, since=MONDAY) == []
        assert announced_absences(**about, day=MONDAY) == []


def test_the_same_form_sent_twice_counts_once(world: World) -> None:
    edit = days(world)
    assert (put(world, edit), put(world, edit)) == (1, 0)
    assert len(facts(world, "WholeDayPut")) == 1
    with pytest.raises(EditIsUsed):
        put(world, days(world, whom="Pyotr", id=edit.id))


@pytest.mark.parametrize("who", ["Maria", "Vera", "Oleg", "Darya", "Yana", "Egor"])
def test_only_the_class_teacher_notes_whole_days(world: World, who: str) -> None:
    edit = days(world)
    with pytest.raises(NotYourPupil):
        put(world, edit, who=who)
    put(world, edit)
    with pytest.raises(NotYourPupil):
        take_back(world, edit, who=who)


def test_a_pupil_of_another_class_is_not_hers(world: World) -> None:
    with pytest.raises(NotYourPupil):
        put(world, days(world, whom="Timur"))


@pytest.mark.parametrize(
    ("first", "last", "kind"),
    [
        (TUESDAY, MONDAY, "ILL"),
        (MONDAY, MONDAY + timedelta(days=100), "ILL"),
        (MONDAY, MONDAY, "LATE"),
        (YEAR_ENDS, YEAR_ENDS + timedelta(days=1), "ILL"),
    ],
)
def test_odd_days_are_refused(world: World, first: Any, last: Any, kind: str) -> None:
    with pytest.raises(WholeDaysAreOdd):
        put(world, days(world, kind, first=first, last=last))


def test_whole_days_of_a_closed_period_stay(world: World) -> None:
    edit = days(world)
    put(world, edit)
    with school_scope(world.north.school.pk):
        StudyPeriod.objects.update(closed_at=NOON)
    with pytest.raises(PeriodIsClosed):
        take_back(world, edit)
    assert standing(world) == [(1, "ILL")]


def test_a_closed_period_takes_no_whole_days(world: World) -> None:
    with school_scope(world.north.school.pk):
        StudyPeriod.objects.update(closed_at=NOON)
    with pytest.raises(PeriodIsClosed):
        put(world, days(world))
    assert standing(world) == []
