"""Homework that is handed in, and the works, as pages show them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.people.selectors import short_name


@dataclass(frozen=True, slots=True)
class Task:
    """Standing homework with the moment by which it is to be done; `chain_id` is its first wording."""

    id: UUID
    chain_id: UUID
    school_id: UUID
    group_id: UUID
    group: str
    subject: str
    issued_lesson_id: UUID
    due_lesson_id: UUID | None
    due_on: date
    deadline: datetime
    text: str
    links: list[str]
    hand_in: bool
    put_at: datetime
    put_by: str
    time_zone: str


# Homework is due when the lesson begins that it is due at, or else when the school's day is over.
_TASK = f"""
    SELECT h.id, coalesce(h.first_id, h.id), h.school_id, h.group_id, g.title, s.name, h.issued_lesson_id,
        h.due_lesson_id, h.due_on,
        coalesce(
            CASE WHEN l.state <> 'CANCELLED' THEN l.starts_at END,
            (h.due_on + 1)::timestamp AT TIME ZONE sc.time_zone
        ),
        h.text, h.links, h.hand_in, h.put_at, {short_name("p")}, sc.time_zone
    FROM homework_homework h
    JOIN homework_homework asked ON asked.school_id = h.school_id AND asked.id = %(homework)s
        AND coalesce(h.first_id, h.id) = coalesce(asked.first_id, asked.id)
    JOIN schools_studygroup g ON g.id = h.group_id
    JOIN schools_subject s ON s.id = g.subject_id
    JOIN schools_school sc ON sc.id = h.school_id
    JOIN people_person p ON p.id = h.put_by_id
    LEFT JOIN timetable_lesson l ON l.id = h.due_lesson_id
    WHERE h.school_id = %(school)s AND h.withdrawn_at IS NULL
"""
# The pupils a homework is for: of its group on the day it is due, and only the chosen ones where some are.
_AUDIENCE = """
    SELECT m.student_id FROM homework_homework h
    JOIN schools_groupmembership m
        ON m.school_id = h.school_id AND m.group_id = h.group_id AND m.valid_on @> h.due_on
    WHERE h.school_id = %(school)s AND h.id = %(homework)s AND (
        h.audience = 'ALL' OR EXISTS (
            SELECT FROM homework_homeworkpupil c
            WHERE c.school_id = h.school_id AND c.homework_id = h.id AND c.student_id = m.student_id
        )
    )
"""


def task(*, school_id: UUID, homework_id: UUID) -> Task | None:
    """Find the wording that stands now of a homework that any of its wordings names; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_TASK, {"school": school_id, "homework": homework_id})
        row = cursor.fetchone()
    return Task(*row) if row else None


def is_for(task: Task, student_id: UUID) -> bool:
    """Say whether homework is for a student; one query."""
    values = {"school": task.school_id, "homework": task.id, "student": student_id}
    with connection.cursor() as cursor:
        cursor.execute(f"{_AUDIENCE} AND m.student_id = %(student)s", values)
        return cursor.fetchone() is not None


@dataclass(frozen=True, slots=True)
class Work:
    """A version of a work as it was handed in, with the teacher's answer."""

    id: UUID
    student_id: UUID
    number: int
    text: str
    put_by: str
    put_at: datetime
    state: str
    reply: str
    replied_by: str
    replied_at: datetime | None
    looked_at: datetime | None
    withdrawn_at: datetime | None
    file_ids: list[UUID]


def works_of(*, task: Task, student_id: UUID) -> list[Work]:
    """List the versions of a student's work, the newest first, those taken back too; one query."""
    statement = f"""
        SELECT w.id, w.student_id, w.number, w.text, {short_name("p")}, w.put_at, w.state, w.reply,
            {short_name("r")}, w.replied_at, w.looked_at, w.withdrawn_at,
            ARRAY(
                SELECT f.file_id FROM submissions_submissionfile f
                WHERE f.school_id = w.school_id AND f.submission_id = w.id ORDER BY f.position
            )
        FROM submissions_submission w
        JOIN people_person p ON p.id = w.put_by_id
        LEFT JOIN people_person r ON r.id = w.replied_by_id
        WHERE w.school_id = %s AND w.homework_id = %s AND w.student_id = %s ORDER BY w.number DESC
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [task.school_id, task.chain_id, student_id])
        return [Work(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class PupilLine:
    """A pupil whom homework is for, and how far it has come; `opened_at` is the family's first look at it."""

    student_id: UUID
    name: str
    opened_at: datetime | None
    done_at: datetime | None
    state: str | None
    put_at: datetime | None
    number: int | None
    looked_at: datetime | None
    files: int


def pupils_of(*, task: Task) -> list[PupilLine]:
    """List the pupils of a homework by name; one query."""
    statement = f"""
        SELECT p.id, concat_ws(' ', p.last_name, p.first_name),
            (
                SELECT min(o.opened_at) FROM submissions_opening o
                WHERE o.school_id = %(school)s AND o.homework_id = %(chain)s AND o.student_id = p.id
            ),
            d.put_at, w.state, w.put_at, w.number, w.looked_at,
            (
                SELECT count(*) FROM submissions_submissionfile f
                WHERE f.school_id = %(school)s AND f.submission_id = w.id
            )
        FROM ({_AUDIENCE}) a JOIN people_person p ON p.id = a.student_id
        LEFT JOIN submissions_submission w ON w.school_id = %(school)s AND w.homework_id = %(chain)s
            AND w.student_id = p.id AND w.withdrawn_at IS NULL
        LEFT JOIN submissions_donetick d ON d.school_id = %(school)s AND d.homework_id = %(chain)s
            AND d.student_id = p.id AND d.withdrawn_at IS NULL
        ORDER BY p.sort_key, p.id
    """
    values: dict[str, Any] = {"school": task.school_id, "homework": task.id, "chain": task.chain_id}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [PupilLine(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class TickedLine:
    """Whether homework is ticked off as done, and by whom."""

    put_by: str
    put_at: datetime


def tick_of(*, task: Task, student_id: UUID) -> TickedLine | None:
    """Find the standing tick of a student's homework; one query."""
    statement = f"""
        SELECT {short_name("p")}, d.put_at FROM submissions_donetick d JOIN people_person p ON p.id = d.put_by_id
        WHERE d.school_id = %s AND d.homework_id = %s AND d.student_id = %s AND d.withdrawn_at IS NULL
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [task.school_id, task.chain_id, student_id])
        row = cursor.fetchone()
    return TickedLine(*row) if row else None


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """Homework whose works wait for the teacher."""

    homework_id: UUID
    group: str
    subject: str
    due_on: date
    count: int


def works_waiting(*, school_id: UUID, teacher_id: UUID) -> list[WaitingLine]:
    """Count by homework the works that a teacher has not answered: of own lessons and own groups; one query."""
    statement = """
        SELECT h.id, g.title, s.name, h.due_on, count(*)
        FROM submissions_submission w
        JOIN homework_homework h ON h.school_id = w.school_id AND coalesce(h.first_id, h.id) = w.homework_id
            AND h.withdrawn_at IS NULL
        JOIN timetable_lesson l ON l.id = h.issued_lesson_id
        JOIN schools_studygroup g ON g.id = h.group_id
        JOIN schools_subject s ON s.id = g.subject_id
        WHERE w.school_id = %(school)s AND w.withdrawn_at IS NULL AND w.state = 'SENT' AND w.replied_at IS NULL
            AND (l.teacher_id = %(teacher)s OR EXISTS (
                SELECT FROM timetable_lessonhelper e
                WHERE e.school_id = l.school_id AND e.lesson_id = l.id AND e.teacher_id = %(teacher)s
            ) OR EXISTS (
                SELECT FROM schools_teachingassignment t
                WHERE t.school_id = l.school_id AND t.group_id = l.group_id AND t.teacher_id = %(teacher)s
                  AND t.valid_on @> l.day
            ))
        GROUP BY h.id, g.title, s.name ORDER BY h.due_on, g.title, h.id
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, {"school": school_id, "teacher": teacher_id})
        return [WaitingLine(*row) for row in cursor.fetchall()]
