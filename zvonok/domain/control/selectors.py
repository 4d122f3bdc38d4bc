"""What is found in journals at the moment of asking, the notes about it, and the marks that were changed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.control.checks import Check
from zvonok.domain.control.inputs import Scope, sheets
from zvonok.domain.control.models import ControlNote
from zvonok.domain.control.rules import Finding, Key, findings
from zvonok.domain.people.selectors import full_name, short_name


@dataclass(frozen=True, slots=True)
class GroupNames:
    """How a study group, its subject, its class and its teacher are called."""

    group: str = ""
    subject: str = ""
    class_title: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of what findings speak of."""

    groups: dict[UUID, GroupNames]
    people: dict[UUID, str]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note about a finding; `finding` is what holds of it now, None: nothing, so that it is as good as closed."""

    id: UUID
    key: Key
    lesson_day: date | None
    teacher_id: UUID
    teacher: str
    student: str
    group: str
    subject: str
    text: str
    sent_by: str
    sent_at: datetime
    finding: Finding | None = None

    @property
    def check(self) -> Check:
        """What was found."""
        return Check(self.key[0])

    @property
    def group_id(self) -> UUID:
        """Whose journal it is about."""
        return self.key[1]


def findings_of(scope: Scope, *, at: datetime) -> list[Finding]:
    """List all that is wrong in the journals of a scope at a moment; eight statements for any number of them."""
    return [finding for sheet in sheets(scope, at=at) for finding in findings(sheet)]


def names_of(found: Iterable[Finding], *, school_id: UUID) -> Names:
    """Name the groups and people of findings; two queries."""
    told = list(found)
    groups = {finding.group_id for finding in told}
    people = {key for finding in told for key in (finding.student_id, finding.teacher_id) if key}
    by_group = """
        SELECT g.id, g.title, s.name, coalesce(o.title, '') FROM schools_studygroup g
        JOIN schools_subject s ON s.id = g.subject_id
        LEFT JOIN schools_schoolclass o ON o.id = g.school_class_id
        WHERE g.school_id = %s AND g.id = ANY(%s)
    """
    by_person = f"SELECT p.id, {short_name('p')} FROM people_person p WHERE p.id = ANY(%s)"
    return Names(
        {key: GroupNames(*rest) for key, *rest in _rows(by_group, [school_id, list(groups)])},
        dict(_rows(by_person, [list(people)])),
    )


def open_notes(*, school_id: UUID, at: datetime, teacher_id: UUID | None = None) -> list[NoteLine]:
    """List the notes that nobody has closed, each with what holds of it now, the latest first.

    One query, and eight statements more for each study period that notes speak of.
    """
    statement = f"""
        SELECT n.id, n.check_code, n.group_id, n.period_id, n.lesson_id, n.student_id, l.day, n.teacher_id,
            {short_name("t")}, coalesce({short_name("st")}, ''), g.title, s.name, n.text, {short_name("b")}, n.sent_at
        FROM control_controlnote n
        JOIN schools_studygroup g ON g.id = n.group_id
        JOIN schools_subject s ON s.id = g.subject_id
        JOIN people_person t ON t.id = n.teacher_id
        JOIN people_person b ON b.id = n.sent_by_id
        LEFT JOIN timetable_lesson l ON l.id = n.lesson_id
        LEFT JOIN people_person st ON st.id = n.student_id
        WHERE n.school_id = %s AND n.closed_at IS NULL AND (%s::uuid IS NULL OR n.teacher_id = %s)
        ORDER BY n.sent_at DESC, n.id DESC
    """
    notes = [
        NoteLine(key, (check, group, period, lesson, student), *rest)
        for key, check, group, period, lesson, student, *rest in _rows(
            statement, [school_id, teacher_id, teacher_id]
        )
    ]
    return _with_findings(notes, school_id, at)


def _with_findings(notes: list[NoteLine], school_id: UUID, at: datetime) -> list[NoteLine]:
    by_period: dict[UUID, set[UUID]] = defaultdict(set)
    for note in notes:
        by_period[note.key[2]].add(note.key[1])
    standing = {
        finding.key: finding
        for period, groups in by_period.items()
        for finding in findings_of(Scope(school_id, period_id=period, group_ids=list(groups)), at=at)
    }
    return [replace(note, finding=standing.get(note.key)) for note in notes]


def noted_keys(*, school_id: UUID) -> set[Key]:
    """Tell which findings have a note that nobody has closed; one query."""
    columns = ("check_code", "group_id", "period_id", "lesson_id", "student_id")
    rows = ControlNote.objects.filter(school_id=school_id, closed_at=None).values_list(*columns)
    return set(rows)


@dataclass(frozen=True, slots=True)
class ChangedMark:
    """A mark that was put in place of another, or taken back: who, when, from what to what, and why."""

    at: datetime
    by: str
    student: str
    group: str
    class_title: str
    subject: str
    day: date
    work: str
    was: str
    now: str
    why: str
    lesson_id: UUID
    group_id: UUID


_CHANGED = f"""
    SELECT f.at, {full_name("b")}, {short_name("st")}, g.title, coalesce(o.title, ''), s.name, l.day,
        coalesce(nullif(f.data ->> 'work_title', ''), f.data ->> 'work'),
        CASE f.kind WHEN 'MarkPut' THEN f.data ->> 'instead_of' ELSE f.data ->> 'value' END,
        CASE f.kind WHEN 'MarkPut' THEN f.data ->> 'value' ELSE '' END,
        coalesce(nullif(f.data ->> 'reason', ''), f.data ->> 'comment', ''), l.id, g.id
    FROM history_fact f
    JOIN timetable_lesson l ON l.school_id = f.school_id AND l.id = (f.data ->> 'lesson_id')::uuid
    JOIN schools_studygroup g ON g.id = l.group_id
    JOIN schools_subject s ON s.id = l.subject_id
    JOIN people_person st ON st.id = f.subject_id
    LEFT JOIN people_person b ON b.id = f.actor_id
    LEFT JOIN schools_schoolclass o ON o.id = g.school_class_id
    WHERE f.school_id = %(school)s AND f.at >= %(first)s AND f.at < %(end)s
      AND (f.kind = 'MarkWithdrawn' OR f.kind = 'MarkPut' AND f.data ->> 'instead_of' IS NOT NULL)
      AND (%(teacher)s::uuid IS NULL OR f.actor_id = %(teacher)s)
      AND (%(class)s::uuid IS NULL OR g.school_class_id = %(class)s)
      AND (%(subject)s::uuid IS NULL OR l.subject_id = %(subject)s)
      AND (%(period)s::uuid IS NULL OR EXISTS (
          SELECT FROM schools_studyperiod p
          WHERE p.school_id = f.school_id AND p.id = %(period)s AND l.day BETWEEN p.starts_on AND p.ends_on
      ))
    ORDER BY f.at DESC, f.id DESC LIMIT %(limit)s OFFSET %(skip)s
"""


def changed_marks(
    scope: Scope, *, first: datetime, end: datetime, limit: int, skip: int = 0
) -> list[ChangedMark]:
    """List the marks of a scope that were changed from `first` until before `end`, the last first; one query."""
    values = {
        "school": scope.school_id,
        "first": first,
        "end": end,
        "teacher": scope.teacher_id,
        "class": scope.class_id,
        "subject": scope.subject_id,
        "period": scope.period_id,
        "limit": limit,
        "skip": skip,
    }
    return [ChangedMark(*row) for row in _rows(_CHANGED, values)]


def _rows(statement: str, values: Sequence[Any] | dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[Any] = cursor.fetchall()
        return rows


def periods_to_choose(*, school_id: UUID, day: date) -> list[tuple[UUID, str]]:
    """List the study periods that have begun in the year of a day, or the last year before it; one query."""
    statement = """
        SELECT p.id, p.title FROM schools_studyperiod p
        WHERE p.school_id = %(school)s AND p.starts_on <= %(day)s::date AND p.year_id = (
            SELECT y.id FROM schools_academicyear y
            WHERE y.school_id = %(school)s AND y.starts_on <= %(day)s::date ORDER BY y.starts_on DESC LIMIT 1
        )
        ORDER BY p.system, p.number DESC
    """
    return _rows(statement, {"school": school_id, "day": day})
