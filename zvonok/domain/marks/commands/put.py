"""Put, correct and withdraw marks of a lesson."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.history.commands import record
from zvonok.domain.history.facts import Happening
from zvonok.domain.marks import rules
from zvonok.domain.marks.commands.judge import Part, WorkOfLesson, judge, work_of_lesson
from zvonok.domain.marks.commands.judge import ValueNotInScale as ValueNotInScale  # noqa: PLC0414 - it is refused with here
from zvonok.domain.marks.facts import MarkPut, MarkWithdrawn
from zvonok.domain.marks.models import Assessment, Mark, Work
from zvonok.domain.marks.selectors import SCALE_IN_USE, VALUE
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


class MarkHasChanged(Refused):
    """Somebody else has changed the cell since it was seen."""

    message = _("Somebody has put “%(value)s” here since you opened the page.")


class ReasonForLateChange(Refused):
    """The time in which a mark is corrected without a word has passed."""

    message = _("The mark was put more than %(days)s days ago. Say in the comment why it is changed now.")


class WorkNotInUse(Refused):
    """The school does not mark this kind of work, or no longer."""

    message = _("Your school does not give marks for this kind of work any more.")


@dataclass(frozen=True, slots=True)
class MarkEdit:
    """What a teacher wants in one cell: a value, or "" for none. `seen` is the mark that stood there.

    Without a comment of its own (None) the edit leaves the one that stands.
    """

    id: UUID
    student_id: UUID
    value: str
    work: str = Work.ANSWER
    weight: int | None = None
    comment: str | None = None
    seen: UUID | str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A mark as a cell shows it."""

    id: UUID
    student_id: UUID
    assessment_id: UUID
    value: str
    comment: str
    criteria: str = ""
    put_at: datetime | None = None
    due_on: date | None = None

    @property
    def part(self) -> Part:
        """What of it an edit can change."""
        return Part(self.value, self.criteria, self.comment)


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
    correct_within: int | None
    point_days: int
    works: dict[str, WorkOfLesson]
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
    Records: MarkPut, MarkWithdrawn. Source: README.md of the app, rules M-1 to M-9, M-16.
    """
    students = [edit.student_id for edit in edits]
    lesson = open_lesson(actor=actor, lesson_id=lesson_id, at=at, ahead=LessonIsAhead, students=students)
    sheet = _read_sheet(lesson, edits, actor=actor, at=at)
    outcomes = [_work_off(sheet, edit) for edit in edits]
    _write(sheet)
    return outcomes


_SHEET = f"""
    SELECT m.student_id, k.id, k.assessment_id, {VALUE}, k.comment, k.criteria, k.put_at, k.due_on,
        k.withdrawn_at IS NULL, t.correct_within, coalesce(t.point_days, {rules.POINT_DAYS}),
        (
            SELECT json_agg(json_build_object(
                'code', w.code, 'title', w.title, 'in_use', w.in_use, 'id', a.id, 'scale', c.id, 'kind', c.kind,
                'bounds', c.bounds, 'weight', coalesce(a.weight, w.weight), 'counts', coalesce(a.counts, w.counts),
                'criteria', ARRAY(
                    SELECT r.most FROM marks_criterion r
                    WHERE r.school_id = a.school_id AND r.assessment_id = a.id ORDER BY r.position
                )
            ))::text
            FROM marks_workkind w
            LEFT JOIN marks_assessment a ON a.school_id = w.school_id AND a.lesson_id = %(lesson)s
                AND a.work = w.code
            JOIN marks_markscale c ON c.id = coalesce(a.scale_id, {SCALE_IN_USE})
            WHERE w.school_id = %(school)s
        )
    FROM schools_groupmembership m
    LEFT JOIN marks_markingterms t ON t.school_id = m.school_id
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
        "subject": lesson.subject_id,
        "day": lesson.day,
        "students": [edit.student_id for edit in edits],
        "edits": [edit.id for edit in edits],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SHEET, values)
        rows = cursor.fetchall()
    works = json.loads(rows[0][-1] or "[]") if rows else []
    marks = [(Standing(row[1], row[0], *row[2:8]), row[8]) for row in rows if row[1]]
    return _Sheet(
        lesson=lesson,
        actor=actor,
        at=at,
        correct_within=rows[0][-3] if rows else None,
        point_days=rows[0][-2] if rows else rules.POINT_DAYS,
        works={work["code"]: work_of_lesson(work) for work in works},
        students={row[0] for row in rows},
        standing={(mark.student_id, mark.assessment_id): mark for mark, stands in marks if stands},
        known={mark.id: mark if stands else None for mark, stands in marks},
    )


def _work_off(sheet: _Sheet, edit: MarkEdit) -> Outcome:
    work = sheet.works.get(edit.work)
    standing = sheet.standing.get((edit.student_id, work.id)) if work and work.id else None
    if edit.id in sheet.known:
        return Outcome(edit, standing)
    try:
        return Outcome(edit, _settle(sheet, edit, work, standing))
    except Refused as refusal:
        return Outcome(edit, standing, refusal)


def _settle(
    sheet: _Sheet, edit: MarkEdit, work: WorkOfLesson | None, standing: Standing | None
) -> Standing | None:
    """Judge an edit that is new, and give the mark that stands after it."""
    if edit.student_id not in sheet.students:
        raise NotInTheGroup
    if not sheet.lesson.takes(edit.student_id):
        raise PeriodIsClosed
    if work is None or not (work.id or work.in_use):
        raise WorkNotInUse
    before = standing.part if standing else None
    wanted = judge(Part(edit.value, "", _comment(edit, standing)), work, before)
    if wanted == before:
        return standing
    if not is_meant(standing.id if standing else None, by=edit.seen):
        raise MarkHasChanged(value=standing.value if standing else "—")
    _check_reason(sheet, edit, standing)
    return _replace(sheet, edit, wanted, standing, _opened(sheet, work, weight=edit.weight))


def _comment(edit: MarkEdit, standing: Standing | None) -> str:
    """Take the edit's own comment, or that of the mark it corrects."""
    if edit.comment is not None:
        return edit.comment
    return standing.comment if standing and edit.value else ""


def _check_reason(sheet: _Sheet, edit: MarkEdit, standing: Standing | None) -> None:
    """Make sure that a mark that has stood long says in its comment why it is changed. Rule M-9."""
    if (
        standing is None
        or standing.put_at is None
        or standing.due_on
        or (edit.comment and edit.comment != standing.comment)
    ):
        return
    if rules.needs_reason(put_at=standing.put_at, at=sheet.at, within=sheet.correct_within):
        raise ReasonForLateChange(days=sheet.correct_within)


def _opened(sheet: _Sheet, work: WorkOfLesson, *, weight: int | None) -> WorkOfLesson:
    """Make the column of a work if it is marked for the first time; one query."""
    if not work.id:
        work.weight, work.id = weight or work.weight, uuid7()
        Assessment.objects.create(
            id=work.id,
            school_id=sheet.lesson.school_id,
            lesson_id=sheet.lesson.id,
            scale_id=work.scale,
            work=work.code,
            weight=work.weight,
            counts=work.counts,
        )
    return work


def _replace(
    sheet: _Sheet, edit: MarkEdit, wanted: Part | None, standing: Standing | None, work: WorkOfLesson
) -> Standing | None:
    lesson, assessment = sheet.lesson, work.id
    assert assessment, "an opened work has an id"
    about: dict[str, Any] = {
        "lesson_id": lesson.id,
        "subject": lesson.subject,
        "day": lesson.day,
        "work": edit.work,
        "work_title": work.title,
    }
    if standing:
        _withdraw(sheet, standing)
    if wanted is None:
        assert standing, "nothing is wanted where something stands"
        about |= {"thing_id": standing.id, "subject_id": edit.student_id}
        sheet.facts.append(MarkWithdrawn(value=standing.value, reason=edit.comment or "", **about))
        return None
    mark = _standing(sheet, edit, wanted, standing, assessment)
    sheet.put.append(_row(sheet, mark, work))
    sheet.facts.append(
        MarkPut(
            thing_id=edit.id,
            subject_id=edit.student_id,
            weight=work.weight,
            value=wanted.value,
            criteria=wanted.criteria,
            comment=wanted.comment,
            instead_of=standing.value if standing else None,
            due_on=mark.due_on,
            **about,
        )
    )
    sheet.standing[edit.student_id, assessment] = sheet.known[edit.id] = mark
    return mark


def _standing(
    sheet: _Sheet, edit: MarkEdit, wanted: Part, before: Standing | None, assessment: UUID
) -> Standing:
    return Standing(
        edit.id,
        edit.student_id,
        assessment,
        wanted.value,
        wanted.comment,
        wanted.criteria,
        sheet.at,
        _due_on(sheet, wanted, before),
    )


def _due_on(sheet: _Sheet, wanted: Part, standing: Standing | None) -> date | None:
    """Tell by which day a point becomes a mark; one that stands keeps its day. Rule M-16."""
    if wanted.value != rules.POINT:
        return None
    if standing and standing.due_on:
        return standing.due_on
    door = sheet.lesson.door
    return rules.due_on(
        timezone.localdate(sheet.at), days=sheet.point_days, last=door.ends_on if door else None
    )


def _withdraw(sheet: _Sheet, standing: Standing) -> None:
    """Take a mark away; one that this very request put is simply not written."""
    del sheet.standing[(standing.student_id, standing.assessment_id)]
    fresh = [mark for mark in sheet.put if mark.pk != standing.id]
    if len(fresh) == len(sheet.put):
        sheet.withdrawn.append(standing.id)
    sheet.put = fresh


def _row(sheet: _Sheet, mark: Standing, work: WorkOfLesson) -> Mark:
    *retaken, value = rules.attempts(mark.value)
    return Mark(
        id=mark.id,
        school_id=sheet.lesson.school_id,
        assessment_id=mark.assessment_id,
        scale_id=work.scale,
        lesson_id=sheet.lesson.id,
        student_id=mark.student_id,
        subject_id=sheet.lesson.subject_id,
        day=sheet.lesson.day,
        value=value,
        retaken="/".join(retaken),
        points=rules.points_of(value, scale=work.kind, bounds=work.bounds),
        criteria=mark.criteria,
        comment=mark.comment,
        due_on=mark.due_on,
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
