"""A column of the page of period marks: a study period, the year, the exam or the final mark of a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.attestation.models import AverageKind, FinalRule, MarkKind, YearRule
from zvonok.domain.attestation.proposals import LEAST_MARKS, GroupRules
from zvonok.domain.timetable.doors import DOOR, Door

WHOLE_YEAR = (MarkKind.YEAR, MarkKind.EXAM, MarkKind.FINAL)


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it stands at a moment: its days, its door, and the rules that propose its marks."""

    kind: str
    number: int
    title: str
    first: date
    last: date
    door: Door
    rules: GroupRules

    @property
    def slug(self) -> str:
        """The column's name in addresses: the number of the period, or `year`, `exam`, `final`."""
        return str(self.number) if self.kind == MarkKind.PERIOD else self.kind.lower()

    @property
    def period_id(self) -> UUID | None:
        """The study period, if the column is one's."""
        return self.door.period_id if self.kind == MarkKind.PERIOD else None


# The scale by which a group g is marked; as `marks`, the grade speaks before the subject.
SCALE = """
    coalesce((
        SELECT c.kind FROM marks_scaleuse u JOIN marks_markscale c ON c.id = u.scale_id
        WHERE u.school_id = g.school_id AND (u.subject_id IS NULL OR u.subject_id = g.subject_id)
          AND (u.grade IS NULL OR u.grade = (
              SELECT o.grade FROM schools_schoolclass o WHERE o.id = g.school_class_id
          ))
        ORDER BY u.grade IS NULL, u.subject_id IS NULL LIMIT 1
    ), 'FIVE_POINT')
"""
# Columns of the rules in force on `least(day, last day of the period)`, after p, g and sc of a Door.
RULES = f"""
    {SCALE}, g.period_system, r.id, r.number, coalesce(rs.step_up, r.step_up), r.averages,
    CASE g.period_system WHEN 'QUARTER' THEN r.least_quarter WHEN 'TRIMESTER' THEN r.least_trimester
        WHEN 'HALF_YEAR' THEN r.least_half_year ELSE r.least_module END,
    r.missed_percent, r.year_rule, r.final_rule
"""
RULES_JOINS = """
    LEFT JOIN attestation_attestationrules r ON r.school_id = g.school_id AND r.id = (
        SELECT v.id FROM attestation_attestationrules v
        WHERE v.school_id = g.school_id
          AND v.valid_from <= least((%(at)s::timestamptz AT TIME ZONE sc.time_zone)::date, p.ends_on)
        ORDER BY v.valid_from DESC, v.number DESC LIMIT 1
    )
    LEFT JOIN attestation_subjectstep rs ON rs.school_id = r.school_id AND rs.rules_id = r.id
        AND rs.subject_id = g.subject_id
"""
COLUMN = f"""
    p.number, p.title, y.starts_on, y.ends_on,
    (%(at)s::timestamptz AT TIME ZONE sc.time_zone)::date > make_date(extract(year FROM y.ends_on)::int, 8, 31),
    {DOOR}, {RULES}
"""
COLUMN_FROM = f"""
    FROM schools_studygroup g
    JOIN schools_academicyear y ON y.id = g.year_id
    JOIN schools_school sc ON sc.id = g.school_id
    JOIN schools_studyperiod p ON p.school_id = g.school_id AND p.year_id = g.year_id
        AND p.system = g.period_system
    {RULES_JOINS}
    WHERE g.school_id = %(school)s AND g.id = %(group)s
"""


def columns_of_group(*, school_id: UUID, group_id: UUID, at: datetime) -> list[Column]:
    """List the columns of a group's year at a moment: its study periods, then year, exam and final; one query."""
    values: dict[str, Any] = {"school": school_id, "group": group_id, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMN} {COLUMN_FROM} ORDER BY p.number", values)
        rows = cursor.fetchall()
    periods = [column_from(row, MarkKind.PERIOD) for row in rows]
    return periods + [column_from(rows[-1], kind) for kind in WHOLE_YEAR if rows]


def column_from(row: Sequence[Any], kind: str) -> Column:
    """Make a column of a row of COLUMN; those of the whole year are made of their last period's row.

    The year mark closes with the last period, the exam and final marks at the end of August.
    """
    number, title, year_starts, year_ends, is_past, *rest = row
    door, rules = Door(*rest[:5]), rules_from(*rest[5:])
    if kind == MarkKind.PERIOD:
        return Column(kind, number, title, door.starts_on, door.ends_on, door, rules)
    if kind != MarkKind.YEAR:
        door = Door(door.period_id, year_starts, year_ends, is_past)
    return Column(kind, number, str(MarkKind(kind).label), year_starts, year_ends, door, rules)


def rules_from(
    scale: str,
    system: str,
    key: UUID | None,
    number: int,
    step_up: Decimal,
    averages: str,
    least: int,
    missed_percent: Decimal,
    year_rule: str,
    final_rule: str,
) -> GroupRules:
    """Make the rules of a group of the columns RULES; without a version, what every school begins with."""
    if key is None:
        return GroupRules(least_marks=LEAST_MARKS[system], scale=scale)
    return GroupRules(
        id=key,
        number=number,
        step_up=step_up,
        is_weighted=averages == AverageKind.WEIGHTED,
        least_marks=least,
        missed_percent=missed_percent,
        year_by_marks=year_rule == YearRule.MARKS,
        final_by_year=final_rule == FinalRule.YEAR,
        scale=scale,
    )
