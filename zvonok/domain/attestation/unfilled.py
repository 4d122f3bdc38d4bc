"""Who has period marks still to set, and by which rules a school has proposed them.

Nothing is waited for where there are no marks, as in the first grade, nor in a subject that nobody marks.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.attestation.columns import SCALE
from zvonok.domain.attestation.models import AttestationRules
from zvonok.domain.people.selectors import full_name

SOON_DAYS = 10


@dataclass(frozen=True, slots=True)
class UnfilledLine:
    """A study group in which some students have no mark for a period."""

    group_id: UUID
    group: str
    subject: str
    class_title: str
    teachers: str
    period: str
    number: int
    students: int
    filled: int

    @property
    def missing(self) -> int:
        """How many students have no mark."""
        return self.students - self.filled


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A study period of a year as the deputy head sees it."""

    id: UUID
    system: str
    title: str
    starts_on: date
    ends_on: date
    closes_on: date | None
    closed_at: datetime | None
    is_closed: bool
    students: int
    filled: int


_COUNTS = """
    LEFT JOIN LATERAL (
        SELECT count(*) AS students, count(*) FILTER (WHERE EXISTS (
            SELECT FROM attestation_periodmark k
            WHERE k.school_id = m.school_id AND k.student_id = m.student_id AND k.subject_id = g.subject_id
              AND k.period_id = p.id AND k.withdrawn_at IS NULL
        )) AS filled
        FROM schools_groupmembership m
        WHERE m.school_id = g.school_id AND m.group_id = g.id AND m.valid_on @> p.ends_on
    ) c ON true
"""
_MARKED = """
    WITH marked AS MATERIALIZED (
        SELECT DISTINCT l.subject_id FROM marks_assessment a
        JOIN timetable_lesson l ON l.school_id = a.school_id AND l.id = a.lesson_id
        WHERE a.school_id = %(school)s
    )
"""
_TAUGHT = f"""
    g.subject_id IN (SELECT subject_id FROM marked) AND {SCALE} <> 'UNGRADED' AND EXISTS (
        SELECT FROM timetable_lesson l
        WHERE l.school_id = g.school_id AND l.group_id = g.id AND l.day BETWEEN p.starts_on AND p.ends_on
    )
"""
_UNFILLED = f"""
    {_MARKED}
    SELECT g.id, g.title, s.name, coalesce(o.title, ''), coalesce(t.names, ''), p.title, p.number,
        c.students, c.filled
    FROM schools_studyperiod p
    JOIN schools_school sc ON sc.id = p.school_id
    JOIN schools_studygroup g ON g.school_id = p.school_id AND g.year_id = p.year_id
        AND g.period_system = p.system
    JOIN schools_subject s ON s.id = g.subject_id
    LEFT JOIN schools_schoolclass o ON o.id = g.school_class_id
    LEFT JOIN LATERAL (
        SELECT string_agg({full_name("h")}, ', ' ORDER BY h.sort_key) AS names, array_agg(h.id) AS ids
        FROM schools_teachingassignment a JOIN people_person h ON h.id = a.teacher_id
        WHERE a.school_id = g.school_id AND a.group_id = g.id AND a.valid_on @> %(day)s::date
    ) t ON true
    {_COUNTS}
    WHERE p.school_id = %(school)s AND c.filled < c.students AND {_TAUGHT}
"""


def unfilled_of_period(*, school_id: UUID, period_id: UUID, day: date) -> list[UnfilledLine]:
    """List the groups that lack marks for a period, by teacher, class and subject; one query."""
    values: dict[str, Any] = {"school": school_id, "period": period_id, "day": day}
    return _lines(f"{_UNFILLED} AND p.id = %(period)s ORDER BY t.names, o.grade, g.title, s.name", values)


def unfilled_of_teacher(*, school_id: UUID, teacher_id: UUID, day: date) -> list[UnfilledLine]:
    """List the marks a teacher has to set for periods that end soon or have ended, and are open; one query."""
    values: dict[str, Any] = {"school": school_id, "teacher": teacher_id, "day": day, "soon": SOON_DAYS}
    return _lines(
        f"""{_UNFILLED} AND %(teacher)s = ANY(t.ids) AND p.closed_at IS NULL
        AND p.ends_on - %(soon)s::int <= %(day)s::date AND coalesce(p.closes_on, %(day)s::date) >= %(day)s::date
        ORDER BY p.ends_on, o.grade, g.title, s.name""",
        values,
    )


def periods_of_school(*, school_id: UUID, year_id: UUID, day: date) -> list[PeriodLine]:
    """List a year's study periods with how many marks there are to set and how many are set; one query."""
    statement = f"""
        {_MARKED}
        SELECT p.id, p.system, p.title, p.starts_on, p.ends_on, p.closes_on, p.closed_at,
            p.closed_at IS NOT NULL OR coalesce(p.closes_on < %(day)s::date, false),
            coalesce(sum(c.students), 0)::int, coalesce(sum(c.filled), 0)::int
        FROM schools_studyperiod p
        LEFT JOIN schools_studygroup g ON g.school_id = p.school_id AND g.year_id = p.year_id
            AND g.period_system = p.system AND p.starts_on <= %(day)s::date AND {_TAUGHT}
        {_COUNTS}
        WHERE p.school_id = %(school)s AND p.year_id = %(year)s
        GROUP BY p.id ORDER BY p.system, p.number
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, {"school": school_id, "year": year_id, "day": day})
        return [PeriodLine(*row) for row in cursor.fetchall()]


def rules_of_school(*, school_id: UUID) -> list[AttestationRules]:
    """List all versions of a school's rules with their subjects' steps, the latest first; two queries."""
    versions = AttestationRules.objects.filter(school_id=school_id).select_related("accepted_by")
    return list(versions.prefetch_related("steps__subject").order_by("-number"))


def _lines(statement: str, values: dict[str, Any]) -> list[UnfilledLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [UnfilledLine(*row) for row in cursor.fetchall()]
