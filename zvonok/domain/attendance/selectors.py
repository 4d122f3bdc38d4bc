"""Absences as pages show them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.attendance.rules import LETTERS


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """A standing absence."""

    id: UUID
    lesson_id: UUID
    student_id: UUID
    day: date
    kind: str
    late_minutes: int | None
    reason: str
    put_at: datetime

    @property
    def letter(self) -> str:
        """The letter of the journal."""
        return LETTERS[self.kind]


_SELECT = """
    SELECT id, lesson_id, student_id, day, kind, late_minutes, reason, put_at FROM attendance_absence
    WHERE school_id = %s AND withdrawn_at IS NULL
"""


def absences_of_student(*, school_id: UUID, student_id: UUID, first: date, last: date) -> list[AbsenceLine]:
    """List a student's absences of the lessons from `first` to `last`; one query."""
    return _lines(
        f"{_SELECT} AND student_id = %s AND day BETWEEN %s AND %s ORDER BY day, id",
        [school_id, student_id, first, last],
    )


def absences_of_lessons(*, school_id: UUID, lesson_ids: list[UUID]) -> list[AbsenceLine]:
    """List the absences of some lessons; one query."""
    return _lines(f"{_SELECT} AND lesson_id = ANY(%s) ORDER BY day, id", [school_id, lesson_ids])


def missed_lessons(
    *, school_id: UUID, subject_id: UUID, student_ids: list[UUID], first: date, last: date
) -> dict[UUID, tuple[int, int]]:
    """Count the lessons of a subject that students had from `first` to `last`, and those they missed; one query.

    Cancelled lessons are none, and coming late is not missing.
    """
    statement = """
        SELECT m.student_id, count(*), count(a.id) FROM schools_groupmembership m
        JOIN timetable_lesson l ON l.school_id = m.school_id AND l.group_id = m.group_id
            AND m.valid_on @> l.day AND l.subject_id = %(subject)s AND l.state <> 'CANCELLED'
            AND l.day BETWEEN %(first)s AND %(last)s
        LEFT JOIN attendance_absence a ON a.school_id = l.school_id AND a.lesson_id = l.id
            AND a.student_id = m.student_id AND a.kind <> 'LATE' AND a.withdrawn_at IS NULL
        WHERE m.school_id = %(school)s AND m.student_id = ANY(%(students)s)
        GROUP BY m.student_id
    """
    values: dict[str, Any] = {
        "school": school_id,
        "subject": subject_id,
        "students": student_ids,
        "first": first,
        "last": last,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {student: (lessons, missed) for student, lessons, missed in cursor.fetchall()}


def _lines(statement: str, values: list[Any]) -> list[AbsenceLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [AbsenceLine(*row) for row in cursor.fetchall()]
