"""Note absences and take them back: the only way into the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.attendance.facts import AbsencePut, AbsencesBroughtIn, AbsenceWithdrawn
from zvonok.domain.attendance.models import Absence, AbsenceKind
from zvonok.domain.attendance.rules import LETTERS
from zvonok.domain.history.commands import record
from zvonok.domain.history.facts import Happening
from zvonok.domain.timetable.commands.journal import (
    EditIsUsed,
    LessonIsAhead,
    NotInTheGroup,
    OpenLesson,
    PeriodIsClosed,
    open_lesson,
)
from zvonok.kernel.ids import is_meant, uuid7
from zvonok.kernel.refusals import Refused


class NotAnAbsence(Refused):
    """The kind of absence is unknown, or minutes stand without lateness."""

    message = _("This is not an absence: Н, Б, УП, or О with 1 to 240 minutes.")


class AbsenceHasChanged(Refused):
    """Somebody else has changed the absence since it was seen."""

    message = _("Somebody has put “%(letter)s” here since you opened the page.")


@dataclass(frozen=True, slots=True)
class AbsenceEdit:
    """What a teacher wants for one student: a kind, or "" for present. `seen` is the absence that stood there."""

    id: UUID
    student_id: UUID
    kind: str
    late_minutes: int | None = None
    seen: UUID | str | None = None


@dataclass(frozen=True, slots=True)
class StandingAbsence:
    """An absence as a cell shows it."""

    id: UUID
    student_id: UUID
    kind: str
    late_minutes: int | None


@dataclass(frozen=True, slots=True)
class AbsenceOutcome:
    """What became of an edit."""

    edit: AbsenceEdit
    absence: StandingAbsence | None
    refusal: Refused | None = None


@transaction.atomic
def put_absences(
    *, actor: Actor, lesson_id: UUID, edits: Sequence[AbsenceEdit], at: datetime
) -> list[AbsenceOutcome]:
    """Note, correct and take back absences of one lesson; each edit is judged by itself.

    Seven queries at most, however many edits there are.
    Raises: NotTheTeacher, LessonIsCancelled, LessonIsAhead, PeriodIsClosed, EditIsUsed.
    Records: AbsencePut, AbsenceWithdrawn. Source: README.md of the app, rules T-1 to T-3.
    """
    concerned = [edit.student_id for edit in edits]
    lesson = open_lesson(actor=actor, lesson_id=lesson_id, at=at, ahead=LessonIsAhead, students=concerned)
    students, standing, known = _read(lesson, edits)
    put: dict[UUID, Absence] = {}
    withdrawn: list[UUID] = []
    facts: list[Happening] = []
    outcomes = []
    for edit in edits:
        before = standing.get(edit.student_id)
        refusal = None if edit.id in known else _refusal(lesson, edit, before, students)
        if refusal or edit.id in known or _is_same(edit, before):
            outcomes.append(AbsenceOutcome(edit, before, refusal))
            continue
        if before and put.pop(before.student_id, None) is None:
            withdrawn.append(before.id)
        after = StandingAbsence(edit.id, edit.student_id, edit.kind, edit.late_minutes) if edit.kind else None
        if after:
            put[edit.student_id] = _row(lesson, edit, actor=actor, at=at)
            standing[edit.student_id] = after
        else:
            del standing[edit.student_id]
        facts.append(_fact(lesson, edit, before))
        outcomes.append(AbsenceOutcome(edit, after))
    _write(lesson.school_id, put=list(put.values()), withdrawn=withdrawn, at=at)
    record(facts, school_id=lesson.school_id, actor_id=actor.person_id, at=at)
    raise_revisions({fact.subject_id for fact in facts if fact.subject_id}, school_id=lesson.school_id)
    return outcomes


_READ = """
    SELECT m.student_id, a.id, a.kind, a.late_minutes, a.withdrawn_at IS NULL
    FROM schools_groupmembership m
    LEFT JOIN attendance_absence a ON a.school_id = m.school_id AND a.lesson_id = %(lesson)s
        AND a.student_id = m.student_id AND (a.withdrawn_at IS NULL OR a.id = ANY(%(edits)s))
    WHERE m.school_id = %(school)s AND m.group_id = %(group)s AND m.valid_on @> %(day)s::date
      AND m.student_id = ANY(%(students)s)
    FOR SHARE OF m
"""


def _read(
    lesson: OpenLesson, edits: Sequence[AbsenceEdit]
) -> tuple[set[UUID], dict[UUID, StandingAbsence], set[UUID]]:
    values: dict[str, Any] = {
        "school": lesson.school_id,
        "lesson": lesson.id,
        "group": lesson.group_id,
        "day": lesson.day,
        "students": [edit.student_id for edit in edits],
        "edits": [edit.id for edit in edits],
    }
    with connection.cursor() as cursor:
        cursor.execute(_READ, values)
        rows = cursor.fetchall()
    found = [(StandingAbsence(row[1], row[0], row[2], row[3]), row[4]) for row in rows if row[1]]
    standing = {absence.student_id: absence for absence, stands in found if stands}
    return {row[0] for row in rows}, standing, {absence.id for absence, _ in found}


def _refusal(
    lesson: OpenLesson, edit: AbsenceEdit, before: StandingAbsence | None, students: set[UUID]
) -> Refused | None:
    if edit.student_id not in students:
        return NotInTheGroup()
    if not lesson.takes(edit.student_id):
        return PeriodIsClosed()
    late_right = edit.late_minutes is None or (
        edit.kind == AbsenceKind.LATE and 1 <= edit.late_minutes <= 240
    )
    if (edit.kind and edit.kind not in AbsenceKind.values) or not late_right:
        return NotAnAbsence()
    if not (is_meant(before.id if before else None, by=edit.seen) or _is_same(edit, before)):
        return AbsenceHasChanged(letter=LETTERS[before.kind] if before else "—")
    return None


def _is_same(edit: AbsenceEdit, before: StandingAbsence | None) -> bool:
    return (before.kind, before.late_minutes) == (edit.kind, edit.late_minutes) if before else not edit.kind


def _row(lesson: OpenLesson, edit: AbsenceEdit, *, actor: Actor, at: datetime) -> Absence:
    return Absence(
        id=edit.id,
        school_id=lesson.school_id,
        lesson_id=lesson.id,
        student_id=edit.student_id,
        day=lesson.day,
        kind=edit.kind,
        late_minutes=edit.late_minutes,
        put_by_id=actor.person_id,
        put_at=at,
    )


def _fact(lesson: OpenLesson, edit: AbsenceEdit, before: StandingAbsence | None) -> Happening:
    about: dict[str, Any] = {
        "lesson_id": lesson.id,
        "subject": lesson.subject,
        "day": lesson.day,
        "slot": lesson.slot,
        "subject_id": edit.student_id,
    }
    if edit.kind:
        instead_of = before.kind if before else None
        return AbsencePut(
            thing_id=edit.id,
            absence=edit.kind,
            late_minutes=edit.late_minutes,
            instead_of=instead_of,
            **about,
        )
    return AbsenceWithdrawn(
        thing_id=before.id if before else edit.id, absence=before.kind if before else "", **about
    )


def _write(school_id: UUID, *, put: list[Absence], withdrawn: list[UUID], at: datetime) -> None:
    if withdrawn:
        Absence.objects.filter(school_id=school_id, pk__in=withdrawn).update(withdrawn_at=at)
    try:
        Absence.objects.bulk_create(put)
    except IntegrityError as error:
        raise EditIsUsed from error


@dataclass(frozen=True, slots=True)
class PastAbsence:
    """An absence from a lesson long ago."""

    lesson_id: UUID
    student_id: UUID
    day: date
    kind: str
    late_minutes: int | None
    reason: str
    put_by: UUID
    put_at: datetime


@transaction.atomic
def bring_in_absences(
    absences: Sequence[PastAbsence], *, school_id: UUID, actor_id: UUID | None, at: datetime
) -> None:
    """Take over absences that were noted before the school came to us: nobody is told of them.

    Records: AbsencesBroughtIn.
    """
    rows = [
        Absence(
            id=uuid7(),
            school_id=school_id,
            lesson_id=past.lesson_id,
            student_id=past.student_id,
            day=past.day,
            kind=past.kind,
            late_minutes=past.late_minutes,
            reason=past.reason,
            put_by_id=past.put_by,
            put_at=past.put_at,
        )
        for past in absences
    ]
    Absence.objects.bulk_create(rows, batch_size=2000)
    fact = AbsencesBroughtIn(thing_id=school_id, count=len(rows))
    record([fact], school_id=school_id, actor_id=actor_id, at=at)
    raise_revisions({row.student_id for row in rows}, school_id=school_id)
