"""Remarks as pages show them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.people.selectors import full_name


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


def _lines(statement: str, values: list[Any]) -> list[RemarkLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [RemarkLine(*row) for row in cursor.fetchall()]
