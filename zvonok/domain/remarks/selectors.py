"""Remarks as pages show them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.people.selectors import full_name
from zvonok.domain.remarks.models import RemarkTemplate


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """A standing remark with its author."""

    id: UUID
    lesson_id: UUID
    student_id: UUID
    day: date
    kind: str
    text: str
    put_by: str
    put_at: datetime


_SELECT = f"""
    SELECT r.id, r.lesson_id, r.student_id, r.day, r.kind, r.text,
        {full_name("p")}, r.put_at
    FROM remarks_remark r JOIN people_person p ON p.id = r.put_by_id
    WHERE r.school_id = %s AND r.withdrawn_at IS NULL
"""


def remarks_of_student(*, school_id: UUID, student_id: UUID, first: date, last: date) -> list[RemarkLine]:
    """List a student's remarks of the lessons from `first` to `last`; one query."""
    return _lines(
        f"{_SELECT} AND r.student_id = %s AND r.day BETWEEN %s AND %s ORDER BY r.day, r.put_at",
        [school_id, student_id, first, last],
    )


def remarks_of_lesson(*, school_id: UUID, lesson_id: UUID) -> list[RemarkLine]:
    """List the remarks of a lesson; one query."""
    return _lines(f"{_SELECT} AND r.lesson_id = %s ORDER BY r.put_at", [school_id, lesson_id])


def remarks_of_students(
    *, school_id: UUID, student_ids: list[UUID], first: date, before: datetime | None, most: int
) -> list[RemarkLine]:
    """List the latest remarks of students since `first`, those made before a moment if one is given; one query."""
    return _lines(
        f"""
        {_SELECT} AND r.student_id = ANY(%s) AND r.day >= %s
        AND (%s::timestamptz IS NULL OR r.put_at < %s::timestamptz) ORDER BY r.put_at DESC, r.id DESC LIMIT %s
        """,
        [school_id, student_ids, first, before, before, most],
    )


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """Words that a teacher keeps to use again."""

    id: UUID
    kind: str
    text: str


def remark_templates(*, school_id: UUID, teacher_id: UUID) -> list[TemplateLine]:
    """List the words that a teacher keeps, by kind; one query."""
    rows = RemarkTemplate.objects.filter(school_id=school_id, teacher_id=teacher_id)
    return [TemplateLine(*row) for row in rows.order_by("-kind", "text").values_list("id", "kind", "text")]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What somebody noted at a lesson for nobody else."""

    lesson_id: UUID
    day: date
    text: str


def own_notes(*, school_id: UUID, author_id: UUID, lesson_id: UUID) -> list[NoteLine]:
    """List what the author noted at a lesson and at the last earlier one of its group; one query."""
    statement = """
        SELECT n.lesson_id, p.day, n.text
        FROM timetable_lesson l
        JOIN timetable_lesson p ON p.school_id = l.school_id AND p.group_id = l.group_id
            AND p.starts_at <= l.starts_at
        JOIN remarks_ownnote n ON n.school_id = p.school_id AND n.lesson_id = p.id AND n.author_id = %s
        WHERE l.school_id = %s AND l.id = %s ORDER BY p.starts_at DESC LIMIT 2
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [author_id, school_id, lesson_id])
        return [NoteLine(*row) for row in cursor.fetchall()]


def _lines(statement: str, values: list[Any]) -> list[RemarkLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [RemarkLine(*row) for row in cursor.fetchall()]
