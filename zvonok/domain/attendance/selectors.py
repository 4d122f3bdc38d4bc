"""Absences as pages show them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.attendance.rules import LETTERS, Reach, excused_kind
from zvonok.domain.people.selectors import full_name


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


@dataclass(frozen=True, slots=True)
class ProposedAbsence:
    """An absence that stands to reason, until the teacher confirms it; `slot` is the lesson that says so."""

    student_id: UUID
    kind: str
    slot: int


def proposed_absences(*, school_id: UUID, lesson_id: UUID) -> list[ProposedAbsence]:
    """List who was missing from the last earlier lesson of the day that anybody was noted in; one query.

    Nobody is proposed who came late then, or of whom the lesson itself has said anything already.
    """
    statement = """
        SELECT m.student_id, e.kind, e.slot FROM timetable_lesson l
        JOIN schools_groupmembership m
            ON m.school_id = l.school_id AND m.group_id = l.group_id AND m.valid_on @> l.day
        CROSS JOIN LATERAL (
            SELECT a.kind, p.slot FROM schools_groupmembership pm
            JOIN timetable_lesson p ON p.school_id = pm.school_id AND p.group_id = pm.group_id
                AND p.day = l.day AND p.starts_at < l.starts_at AND p.state <> 'CANCELLED'
            LEFT JOIN attendance_absence a ON a.school_id = p.school_id AND a.lesson_id = p.id
                AND a.student_id = pm.student_id AND a.withdrawn_at IS NULL
            WHERE pm.school_id = l.school_id AND pm.student_id = m.student_id AND pm.valid_on @> l.day
              AND EXISTS (
                  SELECT FROM attendance_absence noted
                  WHERE noted.school_id = p.school_id AND noted.lesson_id = p.id
              )
            ORDER BY p.starts_at DESC LIMIT 1
        ) e
        WHERE l.school_id = %(school)s AND l.id = %(lesson)s AND e.kind <> 'LATE' AND NOT EXISTS (
            SELECT FROM attendance_absence said
            WHERE said.school_id = l.school_id AND said.lesson_id = l.id AND said.student_id = m.student_id
        )
        ORDER BY m.student_id
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, {"school": school_id, "lesson": lesson_id})
        return [ProposedAbsence(*row) for row in cursor.fetchall()]


def absences_of_class(
    *, school_id: UUID, student_ids: list[UUID], first: date, last: date
) -> dict[UUID, Counter[str]]:
    """Count the absences of students from `first` to `last` by kind, those of cancelled lessons not; one query."""
    statement = """
        SELECT a.student_id, a.kind, count(*) FROM attendance_absence a
        JOIN timetable_lesson l ON l.school_id = a.school_id AND l.id = a.lesson_id AND l.state <> 'CANCELLED'
        WHERE a.school_id = %s AND a.student_id = ANY(%s) AND a.day BETWEEN %s AND %s AND a.withdrawn_at IS NULL
        GROUP BY a.student_id, a.kind
    """
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, student_ids, first, last])
        for student, kind, count in cursor.fetchall():
            found[student][kind] = count
    return found


def _lines(statement: str, values: list[Any]) -> list[AbsenceLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [AbsenceLine(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class MissedLine:
    """A standing absence with its lesson; `is_noted`: a note of the family that reaches it waits or is accepted."""

    id: UUID
    student_id: UUID
    lesson_id: UUID
    day: date
    slot: int
    subject: str
    kind: str
    late_minutes: int | None
    is_noted: bool

    @property
    def letter(self) -> str:
        """The letter of the journal."""
        return LETTERS[self.kind]


# A note's reach as rules.Reach.covers has it.
_REACHES = """
    (l.day, l.slot) >= (n.first_day, coalesce(n.from_slot, 0))
    AND (l.day, l.slot) <= (n.last_day, coalesce(n.to_slot, 1000))
"""
_MISSED = f"""
    SELECT a.id, a.student_id, a.lesson_id, a.day, l.slot, s.name, a.kind, a.late_minutes, EXISTS (
        SELECT FROM attendance_excusenote n
        WHERE n.school_id = a.school_id AND n.student_id = a.student_id AND n.state IN ('SENT', 'ACCEPTED')
          AND {_REACHES}
    )
    FROM attendance_absence a
    JOIN timetable_lesson l ON l.id = a.lesson_id
    JOIN schools_subject s ON s.id = l.subject_id
    WHERE a.school_id = %s AND a.student_id = ANY(%s) AND a.withdrawn_at IS NULL AND a.day BETWEEN %s AND %s
"""


def absences_of_students(
    *, school_id: UUID, student_ids: list[UUID], first: date, last: date
) -> list[MissedLine]:
    """List the absences of students from `first` to `last`, lateness too, in the order of the lessons; one query."""
    return _missed(f"{_MISSED} ORDER BY a.day, l.slot", [school_id, student_ids, first, last])


def unexplained_absences(
    *, school_id: UUID, student_ids: list[UUID], first: date, last: date
) -> list[MissedLine]:
    """List the absences without a reason from `first` to `last`, the latest day first; one query."""
    return _missed(
        f"{_MISSED} AND a.kind = 'UNEXCUSED' ORDER BY a.day DESC, l.slot",
        [school_id, student_ids, first, last],
    )


def _missed(statement: str, values: list[Any]) -> list[MissedLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [MissedLine(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Announced:
    """What is known of a student's absence beside the journal: a note that waits or is accepted, or whole days."""

    student_id: UUID
    kind: str
    reach: Reach
    is_certain: bool


def announced_absences(*, school_id: UUID, student_ids: list[UUID], day: date) -> list[Announced]:
    """List what families and class teachers have announced for a day, the most certain first; one query.

    `is_certain` tells an accepted note and the class teacher's own word from a note that waits for an answer.
    Neither the family's words nor its reason are here: only the kind that is proposed.
    """
    statement = """
        SELECT student_id, reason, first_day, last_day, from_slot, to_slot, state = 'ACCEPTED', sent_at
        FROM attendance_excusenote
        WHERE school_id = %(school)s AND student_id = ANY(%(students)s) AND state IN ('SENT', 'ACCEPTED')
          AND %(day)s BETWEEN first_day AND last_day
        UNION ALL
        SELECT student_id, kind, first_day, last_day, NULL, NULL, true, put_at FROM attendance_wholedayabsence
        WHERE school_id = %(school)s AND student_id = ANY(%(students)s) AND withdrawn_at IS NULL
          AND %(day)s BETWEEN first_day AND last_day
        ORDER BY 7 DESC, 8 DESC
    """
    values: dict[str, Any] = {"school": school_id, "students": student_ids, "day": day}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return [
        Announced(student, word if word in LETTERS else excused_kind(word), Reach(*reach), certain)
        for student, word, *reach, certain, _at in rows
    ]


def announced_at(announced: Iterable[Announced], *, day: date, slot: int) -> dict[UUID, Announced]:
    """Choose by student, of what was read by `announced_absences`, the most certain word that reaches a lesson."""
    found: dict[UUID, Announced] = {}
    for one in announced:
        if one.reach.covers(day, slot):
            found.setdefault(one.student_id, one)
    return found


def begun_lessons(*, school_id: UUID, student_id: UUID, day: date, at: datetime) -> list[int]:
    """List the numbers of a student's lessons of a day that have begun by `at`; one query."""
    statement = """
        SELECT DISTINCT l.slot FROM schools_groupmembership m
        JOIN timetable_lesson l ON l.school_id = m.school_id AND l.group_id = m.group_id AND m.valid_on @> l.day
        WHERE m.school_id = %s AND m.student_id = %s AND l.day = %s AND l.state <> 'CANCELLED' AND l.starts_at <= %s
        ORDER BY l.slot
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, student_id, day, at])
        return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note with the names that stand beside it."""

    id: UUID
    student_id: UUID
    student: str
    kind: str
    reason: str
    text: str
    reach: Reach
    state: str
    sent_by_id: UUID
    sent_by: str
    sent_at: datetime
    answer: str
    decided_at: datetime | None


_NOTES = f"""
    SELECT n.id, n.student_id, concat_ws(' ', p.last_name, p.first_name), n.kind, n.reason, n.text,
        n.first_day, n.last_day, n.from_slot, n.to_slot, n.state, n.sent_by_id, {full_name("b")}, n.sent_at,
        n.answer, n.decided_at
    FROM attendance_excusenote n
    JOIN people_person p ON p.id = n.student_id
    JOIN people_person b ON b.id = n.sent_by_id
    WHERE n.school_id = %s AND n.student_id = ANY(%s)
"""


def waiting_notes(*, school_id: UUID, student_ids: list[UUID]) -> list[NoteLine]:
    """List the notes about students that wait for an answer, the oldest first; one query."""
    return _notes(f"{_NOTES} AND n.state = 'SENT' ORDER BY n.sent_at, n.id", [school_id, student_ids])


def notes_about(
    *, school_id: UUID, student_ids: list[UUID], before: datetime | None, most: int
) -> list[NoteLine]:
    """List the latest notes about students, those sent before a moment if one is given, newest first; one query."""
    return _notes(
        f"""
        {_NOTES} AND (%s::timestamptz IS NULL OR n.sent_at < %s::timestamptz)
        ORDER BY n.sent_at DESC, n.id DESC LIMIT %s
        """,
        [school_id, student_ids, before, before, most],
    )


def _notes(statement: str, values: list[Any]) -> list[NoteLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [NoteLine(*(*row[:6], Reach(*row[6:10]), *row[10:])) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class WholeDayLine:
    """Whole days that stand."""

    id: UUID
    student_id: UUID
    student: str
    first_day: date
    last_day: date
    kind: str


def whole_days(*, school_id: UUID, student_ids: list[UUID], since: date) -> list[WholeDayLine]:
    """List the whole days that stand and last until `since` or longer, by the student's name; one query."""
    statement = """
        SELECT w.id, w.student_id, concat_ws(' ', p.last_name, p.first_name), w.first_day, w.last_day, w.kind
        FROM attendance_wholedayabsence w JOIN people_person p ON p.id = w.student_id
        WHERE w.school_id = %s AND w.student_id = ANY(%s) AND w.withdrawn_at IS NULL AND w.last_day >= %s
        ORDER BY p.sort_key, p.id, w.first_day
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, student_ids, since])
        return [WholeDayLine(*row) for row in cursor.fetchall()]


def lessons_by_day(
    *, school_id: UUID, student_ids: list[UUID], first: date, last: date
) -> dict[UUID, dict[date, list[int]]]:
    """List by student and day the numbers of the lessons that take place from `first` to `last`; one query."""
    statement = """
        SELECT m.student_id, l.day, array_agg(DISTINCT l.slot ORDER BY l.slot) FROM schools_groupmembership m
        JOIN timetable_lesson l ON l.school_id = m.school_id AND l.group_id = m.group_id AND m.valid_on @> l.day
        WHERE m.school_id = %s AND m.student_id = ANY(%s) AND l.day BETWEEN %s AND %s AND l.state <> 'CANCELLED'
        GROUP BY m.student_id, l.day ORDER BY l.day
    """
    found: dict[UUID, dict[date, list[int]]] = {student: {} for student in student_ids}
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, student_ids, first, last])
        for student, day, slots in cursor.fetchall():
            found[student][day] = slots
    return found
