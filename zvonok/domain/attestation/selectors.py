"""Averages and period marks as pages show them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from zvonok.domain.attendance.selectors import missed_lessons
from zvonok.domain.attestation.columns import Column
from zvonok.domain.attestation.models import MarkKind
from zvonok.domain.attestation.proposals import (
    NOTHING,
    PASS_OR_FAIL,
    GroupRules,
    Inputs,
    Proposal,
    average_of,
    propose,
    propose_final,
    propose_year,
    verdict_of,
)
from zvonok.domain.attestation.rules import Counted, plain_average, weighted_average
from zvonok.domain.marks.models import ScaleKind
from zvonok.domain.marks.selectors import MarkLine, marks_of_subject
from zvonok.domain.people.selectors import full_name

if TYPE_CHECKING:
    from zvonok.domain.schools.models import StudyGroup


@dataclass(frozen=True, slots=True)
class Averages:
    """A student's averages in one subject, and how many marks they are made of.

    `hundred` is the weighted average of the points themselves, where every mark that counts is of the 100-point scale.
    """

    plain: Decimal | None
    weighted: Decimal | None
    count: int
    hundred: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PeriodMarkLine:
    """A period mark with what it was computed from; without a period, one of the whole year."""

    student_id: UUID
    subject_id: UUID
    subject: str
    period_id: UUID | None
    value: str
    average: Decimal | None
    reason: str
    id: UUID
    kind: str
    marks_count: int | None
    lessons: int | None
    missed: int | None
    proposed: str
    put_by: str
    put_at: datetime


def counted(marks: Iterable[MarkLine]) -> list[Counted]:
    """Take of marks already read those that count in an average."""
    return [Counted(mark.points, mark.weight) for mark in marks if mark.counts and mark.points is not None]


def averages(marks: Iterable[MarkLine]) -> Averages:
    """Compute the averages of marks already read; those that do not count are left out."""
    lines = list(marks)
    terms = counted(lines)
    return Averages(plain_average(terms), weighted_average(terms), len(terms), _of_hundred(lines))


def _of_hundred(marks: list[MarkLine]) -> Decimal | None:
    lines = [mark for mark in marks if mark.counts and mark.points is not None]
    if any(mark.scale != ScaleKind.HUNDRED for mark in lines):
        return None
    return weighted_average([Counted(Decimal(mark.value), mark.weight) for mark in lines])


def averages_by_subject(marks: Iterable[MarkLine]) -> dict[UUID, Averages]:
    """Compute the averages of a student's marks for each subject."""
    of_subject: dict[UUID, list[MarkLine]] = defaultdict(list)
    for mark in marks:
        of_subject[mark.subject_id].append(mark)
    return {subject: averages(lines) for subject, lines in of_subject.items()}


@dataclass(frozen=True, slots=True)
class DatedMark:
    """A mark that counts, as a trend sees it."""

    student_id: UUID
    subject_id: UUID
    subject: str
    day: date
    counted: Counted


def marks_that_count(*, school_id: UUID, student_ids: list[UUID], first: date, last: date) -> list[DatedMark]:
    """List the marks of students that count in averages, of lessons from `first` to `last`; one query."""
    statement = """
        SELECT k.student_id, k.subject_id, s.name, k.day, k.points, a.weight FROM marks_mark k
        JOIN marks_assessment a ON a.id = k.assessment_id
        JOIN schools_subject s ON s.id = k.subject_id
        WHERE k.school_id = %s AND k.student_id = ANY(%s) AND k.day BETWEEN %s AND %s
          AND k.withdrawn_at IS NULL AND k.points IS NOT NULL AND a.counts
        ORDER BY s.name, k.day
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, student_ids, first, last])
        return [DatedMark(*(*row[:4], Counted(*row[4:]))) for row in cursor.fetchall()]


LINE = f"""
    SELECT k.student_id, k.subject_id, s.name, k.period_id, k.value, k.average, k.reason, k.id, k.kind,
        k.marks_count, k.lessons, k.missed, k.proposed, {full_name("p")}, k.put_at
    FROM attestation_periodmark k
    JOIN schools_subject s ON s.id = k.subject_id
    JOIN people_person p ON p.id = k.put_by_id
"""
_SELECT = f"{LINE} WHERE k.school_id = %s"
_STANDING = f"{_SELECT} AND k.withdrawn_at IS NULL"


def period_marks_of_student(
    *, school_id: UUID, student_id: UUID, period_ids: list[UUID]
) -> list[PeriodMarkLine]:
    """List a student's marks of some study periods, by subject; one query."""
    return _lines(
        f"{_STANDING} AND k.student_id = %s AND k.period_id = ANY(%s) ORDER BY s.name",
        [school_id, student_id, period_ids],
    )


def year_marks_of_student(*, school_id: UUID, student_id: UUID, year_id: UUID) -> list[PeriodMarkLine]:
    """List all a student's marks of a year's periods, of the year, its exams and finals, by subject; one query."""
    return _lines(
        f"{_STANDING} AND k.student_id = %s AND k.year_id = %s ORDER BY s.name",
        [school_id, student_id, year_id],
    )


def year_lines_of_students(
    *, school_id: UUID, student_ids: list[UUID], year_id: UUID
) -> list[PeriodMarkLine]:
    """List what stands for students in all subjects of a year; one query."""
    return _lines(
        f"{_STANDING} AND k.student_id = ANY(%s) AND k.year_id = %s ORDER BY k.put_at",
        [school_id, student_ids, year_id],
    )


def period_marks_of_group(*, school_id: UUID, group_id: UUID, period_ids: list[UUID]) -> list[PeriodMarkLine]:
    """List the period marks of a study group; one query."""
    return _lines(
        f"{_STANDING} AND k.group_id = %s AND k.period_id = ANY(%s) ORDER BY s.name",
        [school_id, group_id, period_ids],
    )


def year_lines(group: "StudyGroup", *, student_ids: list[UUID]) -> list[PeriodMarkLine]:
    """List what stands for students in a group's subject and year, whichever group set it; one query."""
    return _lines(
        f"{_STANDING} AND k.student_id = ANY(%s) AND k.subject_id = %s AND k.year_id = %s ORDER BY k.put_at",
        [group.school_id, student_ids, group.subject_id, group.year_id],
    )


def versions_of_period_mark(group: "StudyGroup", column: Column, *, student_id: UUID) -> list[PeriodMarkLine]:
    """List what a student has had in a column, the latest first; one query."""
    return _lines(
        f"""{_SELECT} AND k.student_id = %s AND k.subject_id = %s AND k.year_id = %s AND k.kind = %s
        AND k.period_id IS NOT DISTINCT FROM %s ORDER BY k.put_at DESC, k.id DESC""",
        [
            group.school_id,
            student_id,
            group.subject_id,
            group.year_id,
            column.kind,
            column.period_id,
        ],
    )


def proposals_of(
    group: "StudyGroup",
    column: Column,
    *,
    student_ids: list[UUID],
    lines: Iterable[PeriodMarkLine],
    at: datetime,
) -> dict[UUID, Proposal]:
    """Compute what the rules propose to students in a column; two queries at most.

    `lines` is what stands for them in the year.
    """
    if column.kind == MarkKind.PERIOD:
        return _of_period(group, column, student_ids, at)
    values: dict[tuple[UUID, str], list[str]] = defaultdict(list)
    for line in lines:
        values[line.student_id, line.kind].append(line.value)
    if column.kind == MarkKind.YEAR:
        inputs = _inputs(group, column, student_ids) if column.rules.year_by_marks else {}
        return {
            student: propose_year(
                values[student, MarkKind.PERIOD], inputs.get(student, Inputs(None, 0)), column.rules
            )
            for student in student_ids
        }
    if column.kind == MarkKind.EXAM:
        return {student: NOTHING for student in student_ids}
    return {
        student: propose_final(
            "".join(values[student, MarkKind.YEAR]), "".join(values[student, MarkKind.EXAM]), column.rules
        )
        for student in student_ids
    }


def proposals_of_group(
    group: "StudyGroup", column: Column, *, student_ids: list[UUID], at: datetime
) -> dict[UUID, Proposal]:
    """Compute what the rules propose to students of a group in a column; three queries at most."""
    lines = year_lines(group, student_ids=student_ids)
    return proposals_of(group, column, student_ids=student_ids, lines=lines, at=at)


def _of_period(
    group: "StudyGroup", column: Column, student_ids: list[UUID], at: datetime
) -> dict[UUID, Proposal]:
    inputs = _inputs(group, column, student_ids)
    missed = missed_lessons(
        school_id=group.school_id,
        subject_id=group.subject_id,
        student_ids=student_ids,
        first=column.first,
        last=min(column.last, timezone.localdate(at)),
    )
    return {
        student: propose(
            _with_lessons(inputs[student], *missed.get(student, (0, 0))),
            column.rules,
        )
        for student in student_ids
    }


def _with_lessons(inputs: Inputs, lessons: int, missed: int) -> Inputs:
    return replace(inputs, lessons=lessons, missed=missed)


def _inputs(group: "StudyGroup", column: Column, student_ids: list[UUID]) -> dict[UUID, Inputs]:
    by_student: dict[UUID, list[MarkLine]] = defaultdict(list)
    for mark in marks_of_subject(
        school_id=group.school_id,
        subject_id=group.subject_id,
        student_ids=student_ids,
        first=column.first,
        last=column.last,
    ):
        by_student[mark.student_id].append(mark)
    return {student: inputs_of(by_student[student], column.rules) for student in student_ids}


def inputs_of(marks: Iterable[MarkLine], rules: GroupRules) -> Inputs:
    """Compute what marks already read propose by: the average and how many count, or passes and fails."""
    lines = list(marks)
    terms = counted(lines)
    verdicts = [line.value for line in lines if line.counts and line.value in PASS_OR_FAIL]
    if verdicts and not terms:
        return Inputs(None, len(verdicts), verdict=verdict_of(verdicts))
    return Inputs(average_of(terms, rules), len(terms))


def _lines(statement: str, values: list[Any]) -> list[PeriodMarkLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [PeriodMarkLine(*row) for row in cursor.fetchall()]
