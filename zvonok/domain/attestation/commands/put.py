"""Put, correct and withdraw period marks of a study group."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.attestation.columns import COLUMN, COLUMN_FROM, WHOLE_YEAR, Column, column_from
from zvonok.domain.attestation.facts import PeriodMarkSet, PeriodMarkWithdrawn
from zvonok.domain.attestation.models import MarkKind, PeriodMark
from zvonok.domain.attestation.proposals import OFF_SCALE, PASS_OR_FAIL, Proposal, departs, is_value
from zvonok.domain.attestation.selectors import LINE, PeriodMarkLine, proposals_of
from zvonok.domain.history.commands import record
from zvonok.domain.history.facts import Happening
from zvonok.domain.marks.commands.put import ValueNotInScale
from zvonok.domain.marks.models import ScaleKind
from zvonok.domain.schools.models import StudyGroup
from zvonok.domain.timetable.commands.journal import EditIsUsed, PeriodIsClosed
from zvonok.kernel.refusals import Refused


class NotTheGroupsTeacher(Refused):
    """The actor does not teach the group."""

    message = _("Only the group's teacher sets its period marks.")


class NoSuchColumn(Refused):
    """The group has no such study period."""

    message = _("This study group has no such study period.")


class ReasonWanted(Refused):
    """The mark departs from what is proposed, without a reason."""

    message = _("“%(proposed)s” is proposed. Say why the mark departs from it.")


class PeriodMarkHasChanged(Refused):
    """Somebody else has changed the cell since it was seen."""

    message = _("Somebody has put “%(value)s” here since you opened the page.")


class StudentNotInTheGroup(Refused):
    """The student was not in the group in that period."""

    message = _("This student was not in the group in this period.")


@dataclass(frozen=True, slots=True)
class PeriodEdit:
    """What a teacher wants in one cell: a value, or "" for none. `seen` is the mark that stood there."""

    id: UUID
    student_id: UUID
    value: str
    reason: str = ""
    seen: UUID | None = None


@dataclass(frozen=True, slots=True)
class PeriodOutcome:
    """What became of an edit: the mark that stands now, and why the edit was refused, if it was."""

    edit: PeriodEdit
    mark: PeriodMarkLine | PeriodEdit | None
    refusal: Refused | None = None


@dataclass(slots=True)
class _Sheet:
    """A column while a request is worked off: what stands, what is proposed, what is to be written."""

    group: StudyGroup
    column: Column
    actor: Actor
    at: datetime
    students: set[UUID]
    standing: dict[UUID, PeriodMarkLine | PeriodEdit]
    known: set[UUID]
    proposals: dict[UUID, Proposal]
    scales: dict[str, UUID]
    put: dict[UUID, PeriodMark] = field(default_factory=dict)
    withdrawn: list[UUID] = field(default_factory=list)
    facts: list[Happening] = field(default_factory=list)


@transaction.atomic
def put_period_marks(
    *, actor: Actor, group: StudyGroup, column: str, edits: Sequence[PeriodEdit], at: datetime
) -> list[PeriodOutcome]:
    """Put, correct and withdraw marks of one column of a group; each edit is judged by itself, in their order.

    `column` is a slug (see `columns.Column`). What is proposed is computed here and kept beside the mark.
    Eight queries at most, however many edits there are.
    Raises: NotTheGroupsTeacher, NoSuchColumn, EditIsUsed. Records: PeriodMarkSet, PeriodMarkWithdrawn.
    Source: README.md of the app, rules P-1 to P-6.
    """
    found = _lock(actor, group, column, at)
    sheet = _read(actor, group, found, edits, at=at)
    outcomes = [_work_off(sheet, edit) for edit in edits]
    _write(sheet)
    return outcomes


# The period is locked before the group, as it is before a lesson; the group makes its teachers wait for each other.
_LOCK = f"""
    WITH found AS MATERIALIZED (
        SELECT {COLUMN} {COLUMN_FROM} AND p.number = coalesce(%(number)s, (
            SELECT max(o.number) FROM schools_studyperiod o
            WHERE o.school_id = g.school_id AND o.year_id = g.year_id AND o.system = g.period_system
        )) FOR SHARE OF p
    )
    SELECT EXISTS (
        SELECT FROM schools_teachingassignment t
        WHERE t.school_id = g.school_id AND t.group_id = g.id AND t.teacher_id = %(person)s
          AND t.valid_on @> %(day)s::date
    ), found.*
    FROM schools_studygroup g LEFT JOIN found ON true
    WHERE g.school_id = %(school)s AND g.id = %(group)s
    FOR NO KEY UPDATE OF g
"""


def _lock(actor: Actor, group: StudyGroup, slug: str, at: datetime) -> Column:
    kind = slug.upper() if slug.upper() in WHOLE_YEAR else MarkKind.PERIOD.value
    is_number = slug.isascii() and slug.isdigit() and len(slug) < 3
    if kind == MarkKind.PERIOD and not is_number:
        raise NoSuchColumn
    values: dict[str, Any] = {
        "school": group.school_id,
        "group": group.pk,
        "number": int(slug) if kind == MarkKind.PERIOD else None,
        "person": actor.person_id,
        "day": actor.day,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, values)
        row = cursor.fetchone()
    if row is None or not row[0]:
        raise NotTheGroupsTeacher
    if row[1] is None:
        raise NoSuchColumn
    return column_from(row[1:], kind)


_READ = f"""
    SELECT m.student_id,
        ARRAY(SELECT e.id FROM attestation_periodmark e WHERE e.school_id = m.school_id AND e.id = ANY(%(edits)s)),
        ARRAY(SELECT c.kind || ':' || c.id FROM marks_markscale c WHERE c.school_id = m.school_id),
        line.*
    FROM schools_groupmembership m LEFT JOIN (
        {LINE} WHERE k.school_id = %(school)s AND k.student_id = ANY(%(students)s)
          AND k.subject_id = %(subject)s AND k.year_id = %(year)s AND k.withdrawn_at IS NULL
    ) line ON line.student_id = m.student_id
    WHERE m.school_id = %(school)s AND m.group_id = %(group)s AND m.student_id = ANY(%(students)s)
      AND m.valid_on && daterange(%(first)s::date, %(last)s::date, '[]')
    FOR SHARE OF m
"""


def _read(
    actor: Actor, group: StudyGroup, column: Column, edits: Sequence[PeriodEdit], *, at: datetime
) -> _Sheet:
    """Read who is in the group and what stands; the memberships stay locked, so nobody leaves meanwhile."""
    values: dict[str, Any] = {
        "school": group.school_id,
        "group": group.pk,
        "subject": group.subject_id,
        "year": group.year_id,
        "first": column.first,
        "last": column.last,
        "students": [edit.student_id for edit in edits],
        "edits": [edit.id for edit in edits],
    }
    with connection.cursor() as cursor:
        cursor.execute(_READ, values)
        rows = cursor.fetchall()
    students = {row[0] for row in rows}
    lines = [PeriodMarkLine(*row[3:]) for row in rows if row[3]]
    own = [line for line in lines if (line.kind, line.period_id) == (column.kind, column.period_id)]
    return _Sheet(
        group=group,
        column=column,
        actor=actor,
        at=at,
        students=students,
        standing={line.student_id: line for line in own},
        known=set(rows[0][1]) if rows else set(),
        proposals=proposals_of(group, column, student_ids=list(students), lines=lines, at=at),
        scales={kind: UUID(key) for kind, _, key in (entry.partition(":") for entry in rows[0][2])}
        if rows
        else {},
    )


def _work_off(sheet: _Sheet, edit: PeriodEdit) -> PeriodOutcome:
    standing = sheet.standing.get(edit.student_id)
    if edit.student_id not in sheet.students:
        return PeriodOutcome(edit, None, StudentNotInTheGroup())
    if edit.id in sheet.known:
        return PeriodOutcome(edit, standing)
    if (standing.value, standing.reason) == (edit.value, edit.reason) if standing else not edit.value:
        return PeriodOutcome(edit, standing)
    refusal = _refusal(sheet, edit, standing)
    if refusal:
        return PeriodOutcome(edit, standing, refusal)
    return PeriodOutcome(edit, _replace(sheet, edit, standing))


def _refusal(sheet: _Sheet, edit: PeriodEdit, standing: PeriodMarkLine | PeriodEdit | None) -> Refused | None:
    if not sheet.column.door.takes(edit.student_id):
        return PeriodIsClosed()
    if edit.value and not is_value(edit.value, scale=sheet.column.rules.scale):
        return ValueNotInScale(value=edit.value)
    if (standing.id if standing else None) != edit.seen:
        return PeriodMarkHasChanged(value=standing.value if standing else "—")
    proposal = sheet.proposals[edit.student_id]
    if edit.value and not edit.reason and departs(edit.value, proposal):
        return ReasonWanted(proposed=proposal.value or "—")
    return None


def _replace(
    sheet: _Sheet, edit: PeriodEdit, standing: PeriodMarkLine | PeriodEdit | None
) -> PeriodEdit | None:
    if standing and sheet.put.pop(edit.student_id, None) is None:
        sheet.withdrawn.append(standing.id)
    sheet.facts.append(_fact(sheet, edit, standing))
    if not edit.value:
        del sheet.standing[edit.student_id]
        return None
    sheet.put[edit.student_id] = _row(sheet, edit)
    sheet.standing[edit.student_id] = edit
    sheet.known.add(edit.id)
    return edit


def _fact(sheet: _Sheet, edit: PeriodEdit, standing: PeriodMarkLine | PeriodEdit | None) -> Happening:
    about: dict[str, Any] = {
        "subject_id": edit.student_id,
        "kind": str(sheet.column.kind),
        "period_id": sheet.column.period_id,
        "period": sheet.column.title,
        "subject": sheet.group.subject.name,
        "unlocked": sheet.column.door.is_closed,
    }
    if standing and not edit.value:
        return PeriodMarkWithdrawn(thing_id=standing.id, value=standing.value, **about)
    proposal = sheet.proposals[edit.student_id]
    average = proposal.inputs.average
    return PeriodMarkSet(
        thing_id=edit.id,
        value=edit.value,
        proposed=proposal.value,
        average=None if average is None else str(average),
        instead_of=standing.value if standing else None,
        reason=edit.reason,
        **about,
    )


def _row(sheet: _Sheet, edit: PeriodEdit) -> PeriodMark:
    proposal, group = sheet.proposals[edit.student_id], sheet.group
    scale = ScaleKind.PASS_FAIL if edit.value in PASS_OR_FAIL else ScaleKind.FIVE_POINT
    return PeriodMark(
        id=edit.id,
        school_id=group.school_id,
        student_id=edit.student_id,
        subject_id=group.subject_id,
        group=group,
        year_id=group.year_id,
        period_id=sheet.column.period_id,
        kind=sheet.column.kind,
        scale_id=None if edit.value in OFF_SCALE else sheet.scales[scale],
        value=edit.value,
        average=proposal.inputs.average,
        marks_count=proposal.inputs.count,
        lessons=proposal.inputs.lessons,
        missed=proposal.inputs.missed,
        proposed=proposal.value,
        rules_id=sheet.column.rules.id,
        reason=edit.reason,
        put_by_id=sheet.actor.person_id,
        put_at=sheet.at,
    )


def _write(sheet: _Sheet) -> None:
    school = sheet.group.school_id
    if sheet.withdrawn:
        PeriodMark.objects.filter(school_id=school, pk__in=sheet.withdrawn).update(withdrawn_at=sheet.at)
    try:
        PeriodMark.objects.bulk_create(sheet.put.values())
    except IntegrityError as error:
        raise EditIsUsed from error
    record(sheet.facts, school_id=school, actor_id=sheet.actor.person_id, at=sheet.at)
    raise_revisions({fact.subject_id for fact in sheet.facts if fact.subject_id}, school_id=school)
