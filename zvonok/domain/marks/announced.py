"""Which tests are announced, of a student, of a study group, and how many they are."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.marks.selectors import MARKS_OF_STUDENT, MarkLine
from zvonok.domain.marks.wording import work_title


@dataclass(frozen=True, slots=True)
class AnnouncedTest:
    """A test that is announced at a lesson, or was written in it."""

    id: UUID
    lesson_id: UUID
    day: date
    slot: int
    group_id: UUID
    subject: str
    work: str
    own_title: str
    title: str

    @property
    def words(self) -> str:
        """What is written: the kind of work, and what it is about."""
        return _words(self.work, self.own_title, self.title)


def _words(work: str, own_title: str, title: str) -> str:
    kind = work_title(work, own_title)
    return f"{kind}: {title}" if title else kind


_COLUMNS = "a.id, a.lesson_id, l.day, l.slot, l.group_id, s.name, a.work, w.title, a.title"
_TESTS = """
    FROM timetable_lesson l
    JOIN marks_assessment a ON a.school_id = l.school_id AND a.lesson_id = l.id
    JOIN marks_workkind w ON w.school_id = a.school_id AND w.code = a.work AND w.is_test
    JOIN schools_subject s ON s.id = l.subject_id
    JOIN schools_groupmembership m
        ON m.school_id = l.school_id AND m.group_id = l.group_id AND m.valid_on @> l.day
    WHERE l.school_id = %s AND l.state <> 'CANCELLED' AND l.day BETWEEN %s AND %s
"""


@dataclass(frozen=True, slots=True)
class StudentsTest:
    """A test as a student's lesson shows it."""

    lesson_id: UUID
    work: str
    own_title: str
    title: str

    @property
    def words(self) -> str:
        """What is written: the kind of work, and what it is about."""
        return _words(self.work, self.own_title, self.title)


def tests_of_student(*, school_id: UUID, student_id: UUID, first: date, last: date) -> list[StudentsTest]:
    """List a student's tests from `first` to `last`; one query."""
    statement = f"SELECT a.lesson_id, a.work, w.title, a.title {_TESTS} AND m.student_id = %s ORDER BY a.id"
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, first, last, student_id])
        return [StudentsTest(*row) for row in cursor.fetchall()]


def marks_and_tests_of_student(
    *, school_id: UUID, student_id: UUID, first: date, last: date
) -> tuple[list[MarkLine], list[StudentsTest]]:
    """List a student's marks and tests of the lessons from `first` to `last`; one query for both."""
    statement = f"""
        {MARKS_OF_STUDENT}
        UNION ALL
        SELECT a.id, a.lesson_id, m.student_id, l.subject_id, s.name, l.day, a.work, a.title, w.title, '', a.weight,
            a.counts, NULL, NULL, NULL, '', '', NULL, '', NULL::date {_TESTS} AND m.student_id = %s
        ORDER BY 6, 18, 1
    """
    values: list[Any] = [school_id, student_id, first, last, school_id, first, last, student_id]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    marks = [MarkLine(*row) for row in rows if row[12] is not None]
    return marks, [StudentsTest(row[1], row[6], row[8], row[7]) for row in rows if row[12] is None]


def tests_of_groups_students(
    *, school_id: UUID, group_id: UUID, first: date, last: date
) -> list[tuple[AnnouncedTest, list[UUID]]]:
    """List the tests in any subject that students of a study group write, each with these students; one query."""
    statement = f"""
        SELECT {_COLUMNS}, array_agg(m.student_id) {_TESTS}
            AND EXISTS (
                SELECT FROM schools_groupmembership own
                WHERE own.school_id = m.school_id AND own.group_id = %s AND own.student_id = m.student_id
                  AND own.valid_on @> l.day
            )
        GROUP BY a.id, l.id, s.name, w.title ORDER BY l.day, l.slot, a.id
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, first, last, group_id])
        return [(AnnouncedTest(*row[:-1]), row[-1]) for row in cursor.fetchall()]


def share_of_tests(*, school_id: UUID, group_id: UUID) -> tuple[int, int]:
    """Count the lessons of a group's year with a test, and all of them; one query."""
    statement = """
        SELECT count(*) FILTER (WHERE EXISTS (
            SELECT FROM marks_assessment a
            JOIN marks_workkind w ON w.school_id = a.school_id AND w.code = a.work AND w.is_test
            WHERE a.school_id = l.school_id AND a.lesson_id = l.id
        )), count(*)
        FROM timetable_lesson l
        WHERE l.school_id = %s AND l.group_id = %s AND l.state <> 'CANCELLED'
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, group_id])
        tests, lessons = cursor.fetchone()
    return tests, lessons
