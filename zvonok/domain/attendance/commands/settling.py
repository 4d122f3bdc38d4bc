"""What an accepted note or a whole-day absence makes of a student's lessons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.access.actor import Actor
from zvonok.domain.attendance.facts import AbsenceSettled
from zvonok.domain.attendance.models import Absence
from zvonok.domain.attendance.rules import Reach
from zvonok.domain.history.facts import Happening
from zvonok.domain.timetable.commands.journal import PeriodIsClosed
from zvonok.domain.timetable.doors import DOOR, Door
from zvonok.kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class Covered:
    """A lesson of the student's that takes place, and the absence that stands there."""

    id: UUID
    day: date
    slot: int
    subject: str
    absence_id: UUID | None
    kind: str | None
    reason: str | None
    whole_day_id: UUID | None
    is_closed: bool


_OF_STUDENT = """
    FROM schools_groupmembership m
    JOIN timetable_lesson l ON l.school_id = m.school_id AND l.group_id = m.group_id AND m.valid_on @> l.day
"""
_WITHIN = """
    WHERE m.school_id = %(school)s AND m.student_id = %(student)s AND l.state <> 'CANCELLED'
      AND l.day BETWEEN %(first)s AND %(last)s
"""
# As for any entry, the periods are locked first, and shared: none closes while absences are on their way.
_LOCK_PERIODS = """
    SELECT p.id FROM schools_studyperiod p
    WHERE p.school_id = %(school)s AND p.starts_on <= %(last)s AND p.ends_on >= %(first)s
    ORDER BY p.id FOR SHARE
"""
_LOCK = f"SELECT l.id {_OF_STUDENT} {_WITHIN} ORDER BY l.id FOR NO KEY UPDATE OF l"
_READ = f"""
    SELECT l.id, l.day, l.slot, s.name, a.id, a.kind, a.reason, a.whole_day_id, {DOOR}
    {_OF_STUDENT}
    JOIN schools_studygroup g ON g.id = l.group_id
    JOIN schools_subject s ON s.id = l.subject_id
    JOIN schools_school sc ON sc.id = l.school_id
    LEFT JOIN schools_studyperiod p ON p.school_id = l.school_id AND p.system = g.period_system
        AND l.day BETWEEN p.starts_on AND p.ends_on
    LEFT JOIN attendance_absence a ON a.school_id = l.school_id AND a.lesson_id = l.id
        AND a.student_id = m.student_id AND a.withdrawn_at IS NULL
    {_WITHIN} ORDER BY l.day, l.slot
"""


def lock_lessons(
    reach: Reach, *, school_id: UUID, student_id: UUID, until: date, at: datetime
) -> list[Covered]:
    """Lock a student's lessons within a reach up to a day, and read what stands there; three queries.

    They are read after they are locked, so that an absence put meanwhile is seen.
    """
    values: dict[str, Any] = {
        "school": school_id,
        "student": student_id,
        "first": reach.first_day,
        "last": min(reach.last_day, until),
        "at": at,
    }
    with connection.cursor() as cursor:
        for statement in (_LOCK_PERIODS, _LOCK, _READ):
            cursor.execute(statement, values)
        lessons = [_covered(row, student_id) for row in cursor.fetchall()]
    return [lesson for lesson in lessons if reach.covers(lesson.day, lesson.slot)]


def _covered(row: tuple[Any, ...], student_id: UUID) -> Covered:
    door = Door(*row[8:]) if row[8] else None
    return Covered(*[*row[:8], door is not None and not door.takes(student_id)])


@dataclass(frozen=True, slots=True)
class Cause:
    """Why absences are put: by an accepted note or by a whole-day absence."""

    kind: str
    id: UUID
    is_note: bool


def put_for(
    cause: Cause,
    lessons: Sequence[Covered],
    *,
    actor: Actor,
    school_id: UUID,
    student_id: UUID,
    at: datetime,
) -> list[Happening]:
    """Withdraw what stands in the lessons and put absences of the cause's kind instead; give what happened.

    Raises: PeriodIsClosed.
    """
    if any(lesson.is_closed for lesson in lessons):
        raise PeriodIsClosed
    _withdraw(school_id, lessons, at)
    rows = [
        Absence(
            id=uuid7(),
            school_id=school_id,
            lesson_id=lesson.id,
            student_id=student_id,
            day=lesson.day,
            kind=cause.kind,
            reason=lesson.reason or "",
            note_id=cause.id if cause.is_note else None,
            whole_day_id=None if cause.is_note else cause.id,
            put_by_id=actor.person_id,
            put_at=at,
        )
        for lesson in lessons
    ]
    Absence.objects.bulk_create(rows)
    return [
        _settled(lesson, row.pk, student_id, absence=cause.kind, because_of=cause.id)
        for row, lesson in zip(rows, lessons, strict=True)
    ]


def take_back(
    lessons: Sequence[Covered], *, because_of: UUID, school_id: UUID, student_id: UUID, at: datetime
) -> list[Happening]:
    """Withdraw the absences that stand in the lessons; give what happened. Raises: PeriodIsClosed."""
    if any(lesson.is_closed for lesson in lessons):
        raise PeriodIsClosed
    _withdraw(school_id, lessons, at)
    return [
        _settled(lesson, lesson.absence_id, student_id, absence="", because_of=because_of)
        for lesson in lessons
        if lesson.absence_id
    ]


def _settled(
    lesson: Covered, absence_id: UUID, student_id: UUID, *, absence: str, because_of: UUID
) -> AbsenceSettled:
    return AbsenceSettled(
        thing_id=absence_id,
        subject_id=student_id,
        lesson_id=lesson.id,
        subject=lesson.subject,
        day=lesson.day,
        slot=lesson.slot,
        absence=absence,
        instead_of=lesson.kind,
        because_of=because_of,
    )


def _withdraw(school_id: UUID, lessons: Sequence[Covered], at: datetime) -> None:
    standing = [lesson.absence_id for lesson in lessons if lesson.absence_id]
    if standing:
        Absence.objects.filter(school_id=school_id, pk__in=standing).update(withdrawn_at=at)
