"""Averages and period marks as pages show them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.attestation.rules import Counted, plain_average, weighted_average
from zvonok.domain.marks.models import ScaleKind
from zvonok.domain.marks.selectors import MarkLine


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
    """A standing period mark."""

    student_id: UUID
    subject_id: UUID
    subject: str
    period_id: UUID
    value: str
    average: Decimal | None
    reason: str


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


_SELECT = """
    SELECT k.student_id, k.subject_id, s.name, k.period_id, k.value, k.average, k.reason
    FROM attestation_periodmark k JOIN schools_subject s ON s.id = k.subject_id
    WHERE k.school_id = %s AND k.withdrawn_at IS NULL
"""


def period_marks_of_student(
    *, school_id: UUID, student_id: UUID, period_ids: list[UUID]
) -> list[PeriodMarkLine]:
    """List a student's period marks, by subject; one query."""
    return _lines(
        f"{_SELECT} AND k.student_id = %s AND k.period_id = ANY(%s) ORDER BY s.name",
        [school_id, student_id, period_ids],
    )


def period_marks_of_group(*, school_id: UUID, group_id: UUID, period_ids: list[UUID]) -> list[PeriodMarkLine]:
    """List the period marks of a study group; one query."""
    return _lines(
        f"{_SELECT} AND k.group_id = %s AND k.period_id = ANY(%s) ORDER BY s.name",
        [school_id, group_id, period_ids],
    )


def _lines(statement: str, values: list[Any]) -> list[PeriodMarkLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [PeriodMarkLine(*row) for row in cursor.fetchall()]
