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


def _lines(statement: str, values: list[Any]) -> list[AbsenceLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [AbsenceLine(*row) for row in cursor.fetchall()]
