"""Homework as pages show it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class HomeworkLine:
    """Standing homework of a study group."""

    id: UUID
    group_id: UUID
    subject: str
    issued_lesson_id: UUID
    issued_on: date
    due_lesson_id: UUID | None
    due_on: date
    text: str
    expected_minutes: int | None
    put_at: datetime


_SELECT = """
    SELECT h.id, h.group_id, s.name, h.issued_lesson_id, h.issued_on, h.due_lesson_id, h.due_on, h.text,
        h.expected_minutes, h.put_at
    FROM homework_homework h
    JOIN schools_studygroup g ON g.id = h.group_id
    JOIN schools_subject s ON s.id = g.subject_id
"""


def homework_of_student(*, school_id: UUID, student_id: UUID, first: date, last: date) -> list[HomeworkLine]:
    """List what is due for a student from `first` to `last`, in groups the student is in on that day; one query."""
    return _lines(
        f"""
        {_SELECT}
        JOIN schools_groupmembership m
            ON m.school_id = h.school_id AND m.group_id = h.group_id AND m.valid_on @> h.due_on
        WHERE h.school_id = %s AND m.student_id = %s AND h.due_on BETWEEN %s AND %s AND h.withdrawn_at IS NULL
        ORDER BY h.due_on, s.name, h.id
        """,
        [school_id, student_id, first, last],
    )


def homework_issued(*, school_id: UUID, lesson_ids: list[UUID]) -> dict[UUID, HomeworkLine]:
    """List the homework given in some lessons, by lesson; one query."""
    lines = _lines(
        f"{_SELECT} WHERE h.school_id = %s AND h.issued_lesson_id = ANY(%s) AND h.withdrawn_at IS NULL",
        [school_id, lesson_ids],
    )
    return {line.issued_lesson_id: line for line in lines}


def homework_due(*, school_id: UUID, group_id: UUID, day: date) -> list[HomeworkLine]:
    """List what a study group has to have done by a day; one query."""
    return _lines(
        f"""
        {_SELECT}
        WHERE h.school_id = %s AND h.group_id = %s AND h.due_on = %s AND h.withdrawn_at IS NULL ORDER BY h.id
        """,
        [school_id, group_id, day],
    )


def _lines(statement: str, values: list[Any]) -> list[HomeworkLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [HomeworkLine(*row) for row in cursor.fetchall()]
