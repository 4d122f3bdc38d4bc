"""The journals that the checks look at, loaded for one study group or for a whole school alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.attestation.columns import RULES, RULES_JOINS, rules_from
from zvonok.domain.control.checks import Check
from zvonok.domain.control.rules import (
    LessonInput,
    MarkInput,
    PeriodMarkInput,
    PupilInput,
    Sheet,
)
from zvonok.domain.marks.rules import EXEMPT

Groups = dict[UUID, Sheet]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which journals are looked at: of a school, and of that as much as the filters leave.

    The period is the one named, else the last that had begun by `day`.
    """

    school_id: UUID
    day: date | None = None
    period_id: UUID | None = None
    group_ids: Sequence[UUID] | None = None
    class_id: UUID | None = None
    teacher_id: UUID | None = None
    subject_id: UUID | None = None


_SHEETS = f"""
    SELECT g.id, p.id, p.starts_on, p.ends_on, (%(at)s::timestamptz AT TIME ZONE sc.time_zone)::date,
        EXISTS (
            SELECT FROM schools_studygroup o
            JOIN timetable_lesson l ON l.school_id = o.school_id AND l.group_id = o.id
            JOIN marks_assessment a ON a.school_id = l.school_id AND a.lesson_id = l.id
            WHERE o.school_id = g.school_id AND o.subject_id = g.subject_id
        ),
        t.teacher_id, {RULES}
    FROM schools_studygroup g
    JOIN schools_school sc ON sc.id = g.school_id
    JOIN LATERAL (
        SELECT q.* FROM schools_studyperiod q
        WHERE q.school_id = g.school_id AND q.year_id = g.year_id AND q.system = g.period_system
          AND (q.id = %(period)s OR %(period)s::uuid IS NULL AND q.starts_on <= %(day)s::date)
        ORDER BY q.starts_on DESC LIMIT 1
    ) p ON %(period)s::uuid IS NOT NULL OR g.year_id = (
        SELECT y.id FROM schools_academicyear y WHERE y.school_id = g.school_id AND y.starts_on <= %(day)s::date
        ORDER BY y.starts_on DESC LIMIT 1
    )
    LEFT JOIN LATERAL (
        SELECT a.teacher_id FROM schools_teachingassignment a
        WHERE a.school_id = g.school_id AND a.group_id = g.id
          AND a.valid_on && daterange(p.starts_on, p.ends_on, '[]')
        ORDER BY upper(a.valid_on) DESC NULLS FIRST, a.id LIMIT 1
    ) t ON true
    {RULES_JOINS}
    WHERE g.school_id = %(school)s
      AND (%(groups)s::uuid[] IS NULL OR g.id = ANY(%(groups)s))
      AND (%(class)s::uuid IS NULL OR g.school_class_id = %(class)s)
      AND (%(subject)s::uuid IS NULL OR g.subject_id = %(subject)s)
      AND (%(teacher)s::uuid IS NULL OR EXISTS (
          SELECT FROM schools_teachingassignment a
          WHERE a.school_id = g.school_id AND a.group_id = g.id AND a.teacher_id = %(teacher)s
            AND a.valid_on && daterange(p.starts_on, p.ends_on, '[]')
      ))
"""
# The journals asked for, as a table: each study group with the days of its period.
_ASKED = """
    unnest(%(ids)s::uuid[], %(periods)s::uuid[], %(firsts)s::date[], %(lasts)s::date[])
        AS o(group_id, period_id, first, last)
    JOIN timetable_lesson l ON l.school_id = %(school)s AND l.group_id = o.group_id
        AND l.day BETWEEN o.first AND o.last AND l.state <> 'CANCELLED'
"""
_LESSONS = f"""
    SELECT o.group_id, l.id, l.day, l.teacher_id, l.topic <> '', EXISTS (
        SELECT FROM homework_homework h
        WHERE h.school_id = l.school_id AND h.issued_lesson_id = l.id AND h.withdrawn_at IS NULL
    ), l.ends_at <= %(at)s
    FROM {_ASKED} ORDER BY o.group_id, l.day, l.slot, l.id
"""
_MARKS = f"""
    SELECT o.group_id, l.id, k.student_id, max(k.points) FILTER (WHERE k.withdrawn_at IS NULL), a.weight,
        a.counts, w.is_test, (min(k.put_at) AT TIME ZONE sc.time_zone)::date - l.day,
        bool_or(k.withdrawn_at IS NULL AND k.value = %(exempt)s)
    FROM {_ASKED}
    JOIN schools_school sc ON sc.id = l.school_id
    JOIN marks_mark k ON k.school_id = l.school_id AND k.lesson_id = l.id
    JOIN marks_assessment a ON a.school_id = k.school_id AND a.id = k.assessment_id
    JOIN marks_workkind w ON w.school_id = a.school_id AND w.code = a.work
    GROUP BY o.group_id, l.id, k.student_id, a.id, w.is_test, sc.time_zone
    HAVING count(*) FILTER (WHERE k.withdrawn_at IS NULL AND k.value <> '') > 0
"""
_ABSENCES = f"""
    SELECT o.group_id, l.id, b.student_id FROM {_ASKED}
    JOIN attendance_absence b ON b.school_id = l.school_id AND b.lesson_id = l.id
        AND b.withdrawn_at IS NULL AND b.kind <> 'LATE'
"""
_PUPILS = """
    SELECT o.group_id, m.student_id, lower(m.valid_on), upper(m.valid_on)
    FROM unnest(%(ids)s::uuid[], %(firsts)s::date[], %(lasts)s::date[]) AS o(group_id, first, last)
    JOIN schools_groupmembership m ON m.school_id = %(school)s AND m.group_id = o.group_id
        AND m.valid_on && daterange(o.first, o.last, '[]')
    ORDER BY m.student_id, m.valid_on
"""
_PERIOD_MARKS = """
    SELECT o.group_id, k.student_id, k.value, k.reason
    FROM unnest(%(ids)s::uuid[], %(periods)s::uuid[]) AS o(group_id, period_id)
    JOIN attestation_periodmark k ON k.school_id = %(school)s AND k.group_id = o.group_id
        AND k.period_id = o.period_id AND k.withdrawn_at IS NULL
    ORDER BY k.student_id
"""
# Tests of the journals asked for, with how many other tests some of the same students have that day.
_TESTS = f"""
    SELECT o.group_id, l.id, (
        SELECT count(DISTINCT l2.id)
        FROM timetable_lesson l2
        JOIN marks_assessment a2 ON a2.school_id = l2.school_id AND a2.lesson_id = l2.id
        JOIN marks_workkind w2 ON w2.school_id = a2.school_id AND w2.code = a2.work AND w2.is_test
        WHERE l2.school_id = l.school_id AND l2.day = l.day AND l2.id <> l.id AND l2.state <> 'CANCELLED'
          AND EXISTS (
            SELECT FROM schools_groupmembership m
            JOIN schools_groupmembership m2 ON m2.school_id = m.school_id AND m2.student_id = m.student_id
                AND m2.group_id = l2.group_id AND m2.valid_on @> l.day
            WHERE m.school_id = l.school_id AND m.group_id = l.group_id AND m.valid_on @> l.day
          )
    )
    FROM {_ASKED}
    WHERE EXISTS (
        SELECT FROM marks_assessment a
        JOIN marks_workkind w ON w.school_id = a.school_id AND w.code = a.work AND w.is_test
        WHERE a.school_id = l.school_id AND a.lesson_id = l.id
    )
"""
# Students of two groups whose lessons overlap, both of them kept, in neither of which they are absent.
_AT_ONCE = f"""
    WITH asked AS MATERIALIZED (SELECT l.* FROM {_ASKED} WHERE l.topic <> '' AND l.ends_at <= %(at)s),
    pairs AS MATERIALIZED (
        SELECT DISTINCT m.group_id, m2.group_id AS other_id
        FROM unnest(%(ids)s::uuid[]) AS o(group_id)
        JOIN schools_groupmembership m ON m.school_id = %(school)s AND m.group_id = o.group_id
        JOIN schools_groupmembership m2 ON m2.school_id = m.school_id AND m2.student_id = m.student_id
            AND m2.group_id <> m.group_id
    )
    SELECT DISTINCT l.group_id, l.id, m.student_id
    FROM asked l
    JOIN pairs ON pairs.group_id = l.group_id
    JOIN timetable_lesson l2 ON l2.school_id = l.school_id AND l2.group_id = pairs.other_id AND l2.day = l.day
        AND l2.starts_at < l.ends_at AND l.starts_at < l2.ends_at AND l2.state <> 'CANCELLED'
        AND l2.topic <> ''
    JOIN schools_groupmembership m ON m.school_id = l.school_id AND m.group_id = l.group_id
        AND m.valid_on @> l.day
    JOIN schools_groupmembership m2 ON m2.school_id = l.school_id AND m2.group_id = l2.group_id
        AND m2.student_id = m.student_id AND m2.valid_on @> l.day
    WHERE NOT EXISTS (
        SELECT FROM attendance_absence b
        WHERE b.school_id = l.school_id AND b.lesson_id IN (l.id, l2.id) AND b.student_id = m.student_id
          AND b.withdrawn_at IS NULL AND b.kind <> 'LATE'
    )
"""


def sheets(scope: Scope, *, at: datetime) -> list[Sheet]:
    """Load the journals of a scope as they stand at a moment, in eight statements, however many they are."""
    found = _sheets(scope, at)
    if not found:
        return []
    asked = _asked(scope, found, at)
    for group, *lesson in _rows(_LESSONS, asked):
        found[group].lessons.append(LessonInput(*lesson))
    for group, *mark in _rows(_MARKS, asked):
        found[group].marks.append(MarkInput(*mark))
    for group, lesson_id, student in _rows(_ABSENCES, asked):
        found[group].absences.add((lesson_id, student))
    for group, *pupil in _rows(_PUPILS, asked):
        found[group].pupils.append(PupilInput(*pupil))
    for group, *period_mark in _rows(_PERIOD_MARKS, asked):
        found[group].period_marks.append(PeriodMarkInput(*period_mark))
    _beyond(found, _rows(_TESTS, asked), _rows(_AT_ONCE, asked))
    return list(found.values())


def _sheets(scope: Scope, at: datetime) -> Groups:
    values = {
        "school": scope.school_id,
        "at": at,
        "day": scope.day,
        "period": scope.period_id,
        "groups": None if scope.group_ids is None else list(scope.group_ids),
        "class": scope.class_id,
        "teacher": scope.teacher_id,
        "subject": scope.subject_id,
    }
    return {
        group: Sheet(group, period, first, last, today, rules_from(*rules), is_marked, teacher)
        for group, period, first, last, today, is_marked, teacher, *rules in _rows(_SHEETS, values)
    }


def _asked(scope: Scope, found: Groups, at: datetime) -> dict[str, Any]:
    of = list(found.values())
    return {
        "school": scope.school_id,
        "at": at,
        "ids": [sheet.group_id for sheet in of],
        "periods": [sheet.period_id for sheet in of],
        "firsts": [sheet.starts_on for sheet in of],
        "lasts": [sheet.ends_on for sheet in of],
        "exempt": EXEMPT,
    }


def _beyond(found: Groups, tests: list[Any], at_once: list[Any]) -> None:
    """Add what cannot be seen in one journal alone."""
    lessons = {lesson.id: lesson for sheet in found.values() for lesson in sheet.lessons}
    for group, lesson_id, others in tests:
        found[group].tests.append(lesson_id)
        if others:
            found[group].others.append(
                found[group].finding(Check.TWO_TESTS, lessons[lesson_id], count=others + 1)
            )
    for group, lesson_id, student in at_once:
        found[group].others.append(found[group].finding(Check.TWO_AT_ONCE, lessons[lesson_id], student))


def _rows(statement: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[Any] = cursor.fetchall()
        return rows
