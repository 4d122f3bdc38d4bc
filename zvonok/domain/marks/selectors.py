"""Marks as pages show them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.marks.models import ScaleKind, WorkKind
from zvonok.domain.marks.wording import work_short, work_title
from zvonok.domain.people.selectors import full_name


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A standing mark with its work, its author and what stood there before it, if anything did."""

    id: UUID
    lesson_id: UUID
    student_id: UUID
    subject_id: UUID
    subject: str
    day: date
    work: str
    work_title: str
    kind_title: str
    scale: str
    weight: int
    counts: bool
    value: str
    points: Decimal | None
    comment: str
    put_by: str
    put_at: datetime
    earlier: str

    @property
    def work_name(self) -> str:
        """What the mark is for: the work's own title, else that of its kind."""
        return self.work_title or work_title(self.work, self.kind_title)

    @property
    def five_point(self) -> str:
        """The five-point mark that a value of the 100-point scale was worth when it was put, else nothing."""
        return f"{self.points:.0f}" if self.scale == ScaleKind.HUNDRED and self.points is not None else ""


@dataclass(frozen=True, slots=True)
class WorkColumn:
    """A work of a lesson: a column of the journal."""

    id: UUID
    lesson_id: UUID
    work: str
    title: str
    weight: int
    counts: bool
    kind_title: str
    kind_short: str
    is_test: bool
    scale: str

    @property
    def short(self) -> str:
        """What the head of a narrow column says."""
        return work_short(self.work, self.kind_short)


@dataclass(frozen=True, slots=True)
class WorkKindLine:
    """A kind of work of the school. `own_title` and `own_short` are empty where the reader's language names it."""

    code: str
    own_title: str
    own_short: str
    weight: int
    counts: bool
    is_test: bool
    in_use: bool

    @property
    def title(self) -> str:
        """How the kind is called."""
        return work_title(self.code, self.own_title)

    @property
    def short(self) -> str:
        """How the head of a narrow column calls it."""
        return work_short(self.code, self.own_short)


_COLUMNS = f"""
    k.id, k.lesson_id, k.student_id, k.subject_id, s.name, k.day, a.work, a.title, w.title, c.kind, a.weight,
    a.counts, k.value, k.points, k.comment, {full_name("p")}, k.put_at,
    coalesce((
        SELECT e.value FROM marks_mark e
        WHERE e.school_id = k.school_id AND e.assessment_id = k.assessment_id AND e.student_id = k.student_id
          AND e.withdrawn_at = k.put_at
        LIMIT 1
    ), '')
"""
_JOINS = """
    JOIN marks_assessment a ON a.id = k.assessment_id
    JOIN marks_workkind w ON w.school_id = a.school_id AND w.code = a.work
    JOIN marks_markscale c ON c.id = k.scale_id
    JOIN schools_subject s ON s.id = k.subject_id
    JOIN people_person p ON p.id = k.put_by_id
"""


def marks_of_student(*, school_id: UUID, student_id: UUID, first: date, last: date) -> list[MarkLine]:
    """List a student's standing marks of the lessons from `first` to `last`, in their order; one query."""
    return _lines(
        f"""
        SELECT {_COLUMNS} FROM marks_mark k {_JOINS}
        WHERE k.school_id = %s AND k.student_id = %s AND k.day BETWEEN %s AND %s AND k.withdrawn_at IS NULL
        ORDER BY k.day, k.put_at, k.id
        """,
        [school_id, student_id, first, last],
    )


def marks_of_lessons(*, school_id: UUID, lesson_ids: list[UUID]) -> list[MarkLine]:
    """List the standing marks of some lessons; one query."""
    return _lines(
        f"""
        SELECT {_COLUMNS} FROM marks_mark k {_JOINS}
        WHERE k.school_id = %s AND k.lesson_id = ANY(%s) AND k.withdrawn_at IS NULL
        ORDER BY k.day, k.put_at, k.id
        """,
        [school_id, lesson_ids],
    )


def versions_of_mark(*, school_id: UUID, student_id: UUID, mark_id: UUID) -> list[MarkLine]:
    """List what a student has had for the work of a mark, the latest first; one query."""
    return _lines(
        f"""
        SELECT {_COLUMNS} FROM marks_mark asked
        JOIN marks_mark k ON k.school_id = asked.school_id AND k.assessment_id = asked.assessment_id
            AND k.student_id = asked.student_id AND k.put_at <= asked.put_at
        {_JOINS}
        WHERE asked.school_id = %s AND asked.student_id = %s AND asked.id = %s AND asked.withdrawn_at IS NULL
        ORDER BY k.put_at DESC, k.id DESC
        """,
        [school_id, student_id, mark_id],
    )


def new_marks(*, school_id: UUID, seen: dict[UUID, datetime]) -> dict[UUID, int]:
    """Count the standing marks that students have got since somebody looked, by student; one query."""
    statement = """
        SELECT k.student_id, count(*) FROM unnest(%s::uuid[], %s::timestamptz[]) AS seen(student, at)
        JOIN marks_mark k ON k.school_id = %s AND k.student_id = seen.student AND k.put_at > seen.at
            AND k.withdrawn_at IS NULL
        GROUP BY k.student_id
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(seen), list(seen.values()), school_id])
        return dict(cursor.fetchall())


def _lines(statement: str, values: list[Any]) -> list[MarkLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [MarkLine(*row) for row in cursor.fetchall()]


def works_of_lessons(*, school_id: UUID, lesson_ids: list[UUID]) -> dict[UUID, list[WorkColumn]]:
    """List the works of some lessons by lesson; one query."""
    statement = """
        SELECT a.id, a.lesson_id, a.work, a.title, a.weight, a.counts, w.title, w.short, w.is_test, c.kind
        FROM marks_assessment a JOIN marks_workkind w ON w.school_id = a.school_id AND w.code = a.work
        JOIN marks_markscale c ON c.id = a.scale_id
        WHERE a.school_id = %s AND a.lesson_id = ANY(%s) ORDER BY a.lesson_id, a.id
    """
    columns: dict[UUID, list[WorkColumn]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, lesson_ids])
        for row in cursor.fetchall():
            columns[row[1]].append(WorkColumn(*row))
    return columns


def work_kinds(*, school_id: UUID) -> list[WorkKindLine]:
    """List all kinds of work of a school, in its order, the retired ones too; one query."""
    columns = ("code", "title", "short", "weight", "counts", "is_test", "in_use")
    kinds = WorkKind.objects.filter(school_id=school_id).order_by("position", "code")
    return [WorkKindLine(*row) for row in kinds.values_list(*columns)]


# The scale by which new works of %(subject)s in %(group)s are marked: the grade speaks before the subject.
SCALE_IN_USE = """(
    SELECT u.scale_id FROM marks_scaleuse u
    WHERE u.school_id = %(school)s AND (u.subject_id IS NULL OR u.subject_id = %(subject)s)
      AND (u.grade IS NULL OR u.grade = (
        SELECT s.grade FROM schools_studygroup g JOIN schools_schoolclass s ON s.id = g.school_class_id
        WHERE g.id = %(group)s
      ))
    ORDER BY u.grade IS NULL, u.subject_id IS NULL LIMIT 1
)"""
