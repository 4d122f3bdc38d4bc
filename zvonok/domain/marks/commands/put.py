"""Put, correct and withdraw marks of a lesson."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.history.commands import record
from zvonok.domain.history.facts import Happening
from zvonok.domain.marks import rules
from zvonok.domain.marks.facts import MarkPut, MarkWithdrawn
from zvonok.domain.marks.models import Mark, ScaleKind, Work
from zvonok.domain.timetable.commands.journal import (
    EditIsUsed,
    LessonIsAhead,
    NotInTheGroup,
    OpenLesson,
    open_lesson,
)
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused


class ValueNotInScale(Refused):
    """The value does not lie on the scale of the work."""

    message = _("“%(value)s” is not a mark of this scale.")


class MarkHasChanged(Refused):
    """Somebody else has changed the cell since it was seen."""

    message = _("Somebody has put “%(value)s” here since you opened the page.")


@dataclass(frozen=True, slots=True)
class MarkEdit:
    """What a teacher wants in one cell: a value, or "" for none. `seen` is the mark that stood there."""

    id: UUID
    student_id: UUID
    value: str
    work: str = Work.ANSWER
    weight: int | None = None
    comment: str = ""
    seen: UUID | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A mark as a cell shows it."""

    id: UUID
    student_id: UUID
    assessment_id: UUID
    value: str
    comment: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edit: the mark that stands now, and why the edit was refused, if it was."""

    edit: MarkEdit
    mark: Standing | None
    refusal: Refused | None = None


@dataclass(slots=True)
class _Sheet:
    """A lesson's marks while a request is worked off: what stands, and what is to be written."""

    lesson: OpenLesson
    actor: Actor
    at: datetime
    works: dict[str, tuple[UUID, UUID, str, int]]
    students: set[UUID]
    standing: dict[tuple[UUID, UUID], Standing]
    known: dict[UUID, Standing | None]
    put: list[Mark] = field(default_factory=list)
    withdrawn: list[UUID] = field(default_factory=list)
    facts: list[Happening] = field(default_factory=list)


@transaction.atomic
def put_marks(*, actor: Actor, lesson_id: UUID, edits: Sequence[MarkEdit], at: datetime) -> list[Outcome]:
    """Put, correct and withdraw marks of one lesson; each edit is judged by itself, in the order given.

    An edit that was already worked off, and one that wants what stands, change nothing and record nothing.
    Seven queries at most, however many edits there are, and one more for each work marked for the first time.
    Raises: NotTheTeacher, LessonIsCancelled, LessonIsAhead, PeriodIsClosed, EditIsUsed.
    Records: MarkPut, MarkWithdrawn. Source: README.md of the app, rules M-1 to M-6.
    """
    lesson = open_lesson(actor=actor, lesson_id=lesson_id, at=at, ahead=LessonIsAhead)
    sheet = _read_sheet(lesson, edits, actor=actor, at=at)
    outcomes = [_work_off(sheet, edit) for edit in edits]
    _write(sheet)
    return outcomes


_SHEET = """
    SELECT m.student_id, k.id, k.assessment_id, k.value, k.comment, k.withdrawn_at IS NULL,
        ARRAY(
            SELECT concat_ws(':', a.work, a.id, a.scale_id, c.kind, a.weight)
            FROM marks_assessment a JOIN marks_markscale c ON c.id = a.scale_id
            WHERE a.school_id = %(school)s AND a.lesson_id = %(lesson)s
        )
    FROM schools_groupmembership m
    LEFT JOIN marks_mark k ON k.school_id = m.school_id AND k.lesson_id = %(lesson)s
        AND k.student_id = m.student_id AND (k.withdrawn_at IS NULL OR k.id = ANY(%(edits)s))
    WHERE m.school_id = %(school)s AND m.group_id = %(group)s AND m.valid_on @> %(day)s::date
      AND m.student_id = ANY(%(students)s)
    FOR SHARE OF m
"""


def _read_sheet(lesson: OpenLesson, edits: Sequence[MarkEdit], *, actor: Actor, at: datetime) -> _Sheet:
    """Read who is in the group and what stands; the memberships stay locked, so nobody leaves meanwhile."""
    values: dict[str, Any] = {
        "school": lesson.school_id,
        "lesson": lesson.id,
        "group": lesson.group_id,
        "day": lesson.day,
        "students": [edit.student_id for edit in edits],
        "edits": [edit.id for edit in edits],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SHEET, values)
        rows = cursor.fetchall()
    works = rows[0][-1] if rows else []
    marks = [(Standing(row[1], row[0], *row[2:5]), row[5]) for row in rows if row[1]]
    return _Sheet(
        lesson=lesson,
        actor=actor,
        at=at,
        works=dict(map(_work, works)),
        students={row[0] for row in rows},
        standing={(mark.student_id, mark.assessment_id): mark for mark, stands in marks if stands},
        known={mark.id: mark if stands else None for mark, stands in marks},
    )


def _work(entry: str) -> tuple[str, tuple[UUID, UUID, str, int]]:
    work, assessment, scale, kind, weight = entry.split(":")
    return work, (UUID(assessment), UUID(scale), kind, int(weight))


def _work_off(sheet: _Sheet, edit: MarkEdit) -> Outcome:
    if edit.student_id not in sheet.students:
        return Outcome(edit, None, NotInTheGroup())
    work = sheet.works.get(edit.work)
    standing = sheet.standing.get((edit.student_id, work[0])) if work else None
    if edit.id in sheet.known:
        return Outcome(edit, standing)
    if edit.value and not rules.belongs(edit.value, scale=work[2] if work else ScaleKind.FIVE_POINT):
        return Outcome(edit, standing, ValueNotInScale(value=edit.value))
    if (standing.value, standing.comment) == (edit.value, edit.comment) if standing else not edit.value:
        return Outcome(edit, standing)
    if (standing.id if standing else None) != edit.seen:
        return Outcome(edit, standing, MarkHasChanged(value=standing.value if standing else "—"))
    return Outcome(edit, _replace(sheet, edit, standing, work or _open_work(sheet, edit)))


_OPEN_WORK = """
    INSERT INTO marks_assessment (id, school_id, lesson_id, scale_id, work, title, weight, counts)
    SELECT %(id)s, c.school_id, %(lesson)s, c.id, %(work)s, '', %(weight)s, true
    FROM marks_markscale c WHERE c.school_id = %(school)s AND c.kind = %(kind)s
    RETURNING scale_id
"""


def _open_work(sheet: _Sheet, edit: MarkEdit) -> tuple[UUID, UUID, str, int]:
    """Make the column of a work that is marked for the first time, in one query."""
    weight = edit.weight or rules.DEFAULT_WEIGHTS[edit.work]
    values: dict[str, Any] = {
        "id": uuid7(),
        "school": sheet.lesson.school_id,
        "lesson": sheet.lesson.id,
        "work": edit.work,
        "weight": weight,
        "kind": ScaleKind.FIVE_POINT.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(_OPEN_WORK, values)
        (scale,) = cursor.fetchone()
    sheet.works[edit.work] = (values["id"], scale, ScaleKind.FIVE_POINT, weight)
    return sheet.works[edit.work]


def _replace(
    sheet: _Sheet, edit: MarkEdit, standing: Standing | None, work: tuple[UUID, UUID, str, int]
) -> Standing | None:
    assessment, scale, kind, weight = work
    lesson, cell = sheet.lesson, (edit.student_id, assessment)
    about: dict[str, Any] = {
        "lesson_id": lesson.id,
        "subject": lesson.subject,
        "day": lesson.day,
        "work": edit.work,
    }
    if standing:
        _withdraw(sheet, standing)
    if not edit.value and standing:
        gone = MarkWithdrawn(thing_id=standing.id, subject_id=edit.student_id, value=standing.value, **about)
        sheet.facts.append(gone)
        return None
    sheet.put.append(_row(sheet, edit, assessment, scale, rules.points_of(edit.value, scale=kind)))
    sheet.facts.append(
        MarkPut(
            thing_id=edit.id,
            subject_id=edit.student_id,
            weight=weight,
            value=edit.value,
            comment=edit.comment,
            instead_of=standing.value if standing else None,
            **about,
        )
    )
    mark = Standing(edit.id, edit.student_id, assessment, edit.value, edit.comment)
    sheet.standing[cell] = sheet.known[edit.id] = mark
    return mark


def _withdraw(sheet: _Sheet, standing: Standing) -> None:
    """Take a mark away; one that this very request put is simply not written."""
    del sheet.standing[(standing.student_id, standing.assessment_id)]
    fresh = [mark for mark in sheet.put if mark.pk != standing.id]
    if len(fresh) == len(sheet.put):
        sheet.withdrawn.append(standing.id)
    sheet.put = fresh


def _row(sheet: _Sheet, edit: MarkEdit, assessment: UUID, scale: UUID, points: Decimal | None) -> Mark:
    return Mark(
        id=edit.id,
        school_id=sheet.lesson.school_id,
        assessment_id=assessment,
        scale_id=scale,
        lesson_id=sheet.lesson.id,
        student_id=edit.student_id,
        subject_id=sheet.lesson.subject_id,
        day=sheet.lesson.day,
        value=edit.value,
        points=points,
        comment=edit.comment,
        put_by_id=sheet.actor.person_id,
        put_at=sheet.at,
    )


def _write(sheet: _Sheet) -> None:
    school = sheet.lesson.school_id
    if sheet.withdrawn:
        Mark.objects.filter(school_id=school, pk__in=sheet.withdrawn).update(withdrawn_at=sheet.at)
    try:
        Mark.objects.bulk_create(sheet.put)
    except IntegrityError as error:
        raise EditIsUsed from error
    record(sheet.facts, school_id=school, actor_id=sheet.actor.person_id, at=sheet.at)
    raise_revisions({fact.subject_id for fact in sheet.facts if fact.subject_id}, school_id=school)
