"""What families of the demo have written about absences: in each class some notes wait, and some are answered."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.selectors import actor_of
from zvonok.domain.attendance.commands import NoteEdit, accept_note, explain_absence, report_absence
from zvonok.domain.attendance.rules import Reach
from zvonok.domain.attendance.selectors import MissedLine, unexplained_absences
from zvonok.domain.people.models import Account, Guardianship
from zvonok.domain.schools.models import School
from zvonok.domain.schools.selectors import (
    class_teachers_of,
    classes_of_day,
    students_of_class,
    year_of,
)
from zvonok.domain.timetable.commands.journal import PeriodIsClosed
from zvonok.interop.demo import words
from zvonok.kernel.ids import uuid7

RECENT = timedelta(days=14)


def write_notes(school: School, *, today: date, at: datetime) -> None:
    """Let parents of each class explain two recent days and report one to come; one of them is accepted."""
    year = year_of(school_id=school.pk, day=today)
    if year is None or today + timedelta(days=1) > year.ends_on:
        return
    for school_class in classes_of_day(school_id=school.pk, day=today):
        pupils = students_of_class(school_id=school.pk, class_id=school_class.pk, first=today, last=today)
        ids = [pupil.student_id for pupil in pupils]
        parents = _parents(ids, today)
        able = [student for student in ids if student in parents]
        missed = unexplained_absences(school_id=school.pk, student_ids=able, first=today - RECENT, last=today)
        days = groupby(missed, key=lambda line: (line.day, line.student_id))
        for number, lessons in enumerate([list(lines) for _, lines in days][:2]):
            note = _explained(lessons, number)
            explain_absence(actor=parents[note.student_id], school_id=school.pk, edit=note, at=at)
            if number:
                _accept(school.pk, note, today=today, at=at)
        for student in able[-1:]:
            reach = Reach(today + timedelta(days=1), today + timedelta(days=1))
            note = NoteEdit(uuid7(), student, reach, "DOCTOR", words.NOTES[-1])
            report_absence(actor=parents[student], school_id=school.pk, edit=note, at=at)


def _explained(lessons: list[MissedLine], number: int) -> NoteEdit:
    first, last = lessons[0], lessons[-1]
    reach = Reach(first.day, first.day, first.slot, last.slot)
    return NoteEdit(uuid7(), first.student_id, reach, "FAMILY", words.NOTES[number])


def _accept(school_id: UUID, note: NoteEdit, *, today: date, at: datetime) -> None:
    leading = class_teachers_of(school_id=school_id, student_ids=[note.student_id], day=today)
    account = Account.objects.filter(person__in=leading.get(note.student_id, [])).first()
    actor = actor_of(account_id=account.pk, day=today) if account else None
    if actor is None:
        return
    with suppress(PeriodIsClosed):  # the days may lie in a quarter that has just ended
        accept_note(actor=actor, school_id=school_id, note_id=note.id, at=at)


def _parents(students: list[UUID], today: date) -> dict[UUID, Actor]:
    rows = Guardianship.objects.filter(child__in=students, withdrawn_at=None, valid_on__contains=today)
    accounts = dict(Account.objects.filter(person__in=rows.values("guardian")).values_list("person_id", "pk"))
    found = {}
    for child, guardian in rows.order_by("child_id", "guardian_id").values_list("child_id", "guardian_id"):
        actor = actor_of(account_id=accounts[guardian], day=today) if guardian in accounts else None
        if actor and child not in found:
            found[child] = actor
    return found
