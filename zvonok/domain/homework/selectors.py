"""Homework as pages show it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.homework.models import Homework
from zvonok.domain.homework.rules import heaviest


@dataclass(frozen=True, slots=True)
class HomeworkLine:
    """Standing homework of a study group, or of the chosen `student_ids` in it."""

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
    links: list[str]
    hand_in: bool
    student_ids: list[UUID]
    file_ids: list[UUID]


_SELECT = """
    SELECT h.id, h.group_id, s.name, h.issued_lesson_id, h.issued_on, h.due_lesson_id, h.due_on, h.text,
        h.expected_minutes, h.put_at, h.links, h.hand_in,
        CASE WHEN h.audience = 'ALL' THEN '{}'::uuid[] ELSE ARRAY(
            SELECT c.student_id FROM homework_homeworkpupil c WHERE c.school_id = h.school_id AND c.homework_id = h.id
        ) END,
        ARRAY(
            SELECT a.file_id FROM homework_homeworkfile a
            WHERE a.school_id = h.school_id AND a.homework_id = h.id AND a.withdrawn_at IS NULL
            ORDER BY a.put_at, a.position
        )
    FROM homework_homework h
    JOIN schools_studygroup g ON g.id = h.group_id
    JOIN schools_subject s ON s.id = g.subject_id
"""

_CONCERNS = """(
    h.audience = 'ALL' OR EXISTS (
        SELECT FROM homework_homeworkpupil c
        WHERE c.school_id = h.school_id AND c.homework_id = h.id AND c.student_id = m.student_id
    )
)"""


def homework_of_student(*, school_id: UUID, student_id: UUID, first: date, last: date) -> list[HomeworkLine]:
    """List what is due for a student from `first` to `last`, in groups the student is in on that day; one query."""
    return _lines(
        f"""
        {_SELECT}
        JOIN schools_groupmembership m
            ON m.school_id = h.school_id AND m.group_id = h.group_id AND m.valid_on @> h.due_on
        WHERE h.school_id = %s AND m.student_id = %s AND h.due_on BETWEEN %s AND %s AND h.withdrawn_at IS NULL
            AND {_CONCERNS}
        ORDER BY h.due_on, s.name, h.id
        """,
        [school_id, student_id, first, last],
    )


def homework_issued(*, school_id: UUID, lesson_ids: list[UUID]) -> dict[UUID, HomeworkLine]:
    """Give the homework of some lessons, by lesson: that for all, else one for chosen pupils; one query."""
    lines = homework_given(school_id=school_id, lesson_ids=lesson_ids)
    return {line.issued_lesson_id: line for line in reversed(lines)}


def homework_given(*, school_id: UUID, lesson_ids: list[UUID]) -> list[HomeworkLine]:
    """List all homework given in some lessons, that for all first; one query."""
    return _lines(
        f"""
        {_SELECT} WHERE h.school_id = %s AND h.issued_lesson_id = ANY(%s) AND h.withdrawn_at IS NULL
        ORDER BY h.audience, h.put_at, h.id
        """,
        [school_id, lesson_ids],
    )


def homework_due(*, school_id: UUID, group_id: UUID, day: date) -> list[HomeworkLine]:
    """List what a study group has to have done by a day; one query."""
    return _lines(
        f"""
        {_SELECT}
        WHERE h.school_id = %s AND h.group_id = %s AND h.due_on = %s AND h.withdrawn_at IS NULL ORDER BY h.id
        """,
        [school_id, group_id, day],
    )


def homework_due_at(*, school_id: UUID, lesson_id: UUID) -> list[HomeworkLine]:
    """List what is due at one lesson; one query."""
    return _lines(
        f"{_SELECT} WHERE h.school_id = %s AND h.due_lesson_id = %s AND h.withdrawn_at IS NULL ORDER BY h.id",
        [school_id, lesson_id],
    )


def lessons_with_homework_due(*, school_id: UUID, lesson_ids: list[UUID]) -> set[UUID]:
    """Tell at which of some lessons homework is due; one query."""
    due = Homework.objects.filter(school_id=school_id, due_lesson__in=lesson_ids, withdrawn_at=None)
    return {lesson_id for lesson_id in due.values_list("due_lesson_id", flat=True) if lesson_id}


@dataclass(frozen=True, slots=True)
class LoadLine:
    """What somebody else has set for a day, and for which pupils of those asked about."""

    subject: str
    text: str
    minutes: int | None
    student_ids: list[UUID]


@dataclass(frozen=True, slots=True)
class DayLoad:
    """What the pupils of a group have to do for a day beside the homework of one lesson."""

    lines: list[LoadLine]

    @property
    def minutes(self) -> int:
        """How long the pupil with the most to do sits over it, as far as the teachers have said."""
        return heaviest((line.minutes or 0, line.student_ids) for line in self.lines)


def load_of_day(*, school_id: UUID, group_id: UUID, day: date, but_lesson: UUID) -> DayLoad:
    """List what else is due on a day for the pupils of a study group; one query."""
    statement = f"""
        SELECT s.name, h.text, h.expected_minutes, array_agg(m.student_id)
        FROM homework_homework h
        JOIN schools_studygroup g ON g.id = h.group_id
        JOIN schools_subject s ON s.id = g.subject_id
        JOIN schools_groupmembership m
            ON m.school_id = h.school_id AND m.group_id = h.group_id AND m.valid_on @> h.due_on
        JOIN schools_groupmembership own
            ON own.school_id = h.school_id AND own.student_id = m.student_id AND own.valid_on @> h.due_on
        WHERE h.school_id = %s AND h.due_on = %s AND h.withdrawn_at IS NULL AND h.issued_lesson_id <> %s
            AND own.group_id = %s AND {_CONCERNS}
        GROUP BY h.id, s.name ORDER BY s.name, h.id
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, day, but_lesson, group_id])
        return DayLoad([LoadLine(*row) for row in cursor.fetchall()])


@dataclass(frozen=True, slots=True)
class ParallelLesson:
    """The lesson of a parallel group that homework can be copied to."""

    id: UUID
    group: str
    day: date


def parallel_lessons(*, school_id: UUID, group_id: UUID, teacher_id: UUID, day: date) -> list[ParallelLesson]:
    """List the nearest lesson of each group of the same subject, grade and teacher, within a week; one query.

    Where homework for all stands already, the group is left out.
    """
    statement = """
        SELECT n.id, n.title, n.day FROM (
            SELECT DISTINCT ON (g.id) l.id, g.title, l.day
            FROM schools_studygroup own
            LEFT JOIN schools_schoolclass oc ON oc.id = own.school_class_id
            JOIN schools_studygroup g ON g.school_id = own.school_id AND g.subject_id = own.subject_id
                AND g.year_id = own.year_id AND g.id <> own.id
            LEFT JOIN schools_schoolclass gc ON gc.id = g.school_class_id
            JOIN timetable_lesson l ON l.school_id = g.school_id AND l.group_id = g.id
                AND l.day BETWEEN %(day)s::date - 7 AND %(day)s::date + 7 AND l.state <> 'CANCELLED'
            JOIN schools_teachingassignment t ON t.school_id = g.school_id AND t.group_id = g.id
                AND t.teacher_id = %(teacher)s AND t.valid_on @> l.day
            WHERE own.school_id = %(school)s AND own.id = %(group)s AND oc.grade IS NOT DISTINCT FROM gc.grade
            ORDER BY g.id, abs(l.day - %(day)s::date), l.day, l.slot
        ) n
        WHERE NOT EXISTS (
            SELECT FROM homework_homework h
            WHERE h.school_id = %(school)s AND h.issued_lesson_id = n.id AND h.audience = 'ALL'
              AND h.withdrawn_at IS NULL
        )
        ORDER BY n.title
    """
    values: dict[str, Any] = {"school": school_id, "group": group_id, "teacher": teacher_id, "day": day}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [ParallelLesson(*row) for row in cursor.fetchall()]


def _lines(statement: str, values: list[Any]) -> list[HomeworkLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [HomeworkLine(*row) for row in cursor.fetchall()]
