"""One class's summary of a study period or of the year: students by subjects, and what it comes to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zvonok.domain.attendance.selectors import absences_of_class
from zvonok.domain.attestation.models import MarkKind
from zvonok.domain.attestation.selectors import year_lines_of_students
from zvonok.domain.attestation.shares import average_mark, quality, success
from zvonok.domain.schools.selectors import (
    class_teachers,
    periods_of,
    students_of_class,
    subjects_of_students,
)
from zvonok.screens.journal.print import MISSED
from zvonok.screens.journal.print_spans import WHOLE_YEAR, Span, span_named, spans_of

if TYPE_CHECKING:
    from zvonok.domain.schools.models import SchoolClass


@dataclass(frozen=True, slots=True)
class Figures:
    """What marks come to: their average, and the shares of the good and of the sufficient in per cent."""

    average: Decimal | None
    quality: int | None
    success: int | None


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A student's marks by subject; `missed` counts lessons, `unexcused` those without a reason."""

    name: str
    marks: list[str]
    average: Decimal | None
    missed: int
    unexcused: int


@dataclass(frozen=True, slots=True)
class ClassSummary:
    """A class's marks of a study period or of the year.

    `subjects` has the figures of each subject; `whole` counts students: good are those with fours and fives only.
    """

    school: str
    title: str
    teacher: str
    span: Span
    columns: list[str]
    rows: list[SummaryRow]
    subjects: list[Figures]
    whole: Figures


def class_summary(of: "SchoolClass", slug: str) -> ClassSummary | None:
    """Read a class's summary in six queries, whatever its size; None: there is no such period."""
    school = of.school_id
    periods = periods_of(school_id=school, year_id=of.year_id, system=of.period_system)
    span = span_named(slug, spans_of(periods, of.year))
    if span is None:
        return None
    days = {"first": span.first, "last": span.last}
    names = {one.student_id: one.name for one in students_of_class(school_id=school, class_id=of.pk, **days)}
    students = list(names)
    subjects = subjects_of_students(school_id=school, student_ids=students, **days)
    period = next((one.pk for one in periods if str(one.number) == slug), None)
    kind = MarkKind.YEAR if slug == WHOLE_YEAR else MarkKind.PERIOD
    lines = year_lines_of_students(school_id=school, student_ids=students, year_id=of.year_id)
    marks = {
        (line.student_id, line.subject_id): line.value
        for line in lines
        if (line.kind, line.period_id) == (kind, period)
    }
    missed = absences_of_class(school_id=school, student_ids=students, **days)
    rows = [
        _row(names[one], [marks.get((one, key), "") for key, _ in subjects], missed[one]) for one in names
    ]
    teachers = class_teachers(school_id=school, class_ids=[of.pk], day=min(span.last, of.year.ends_on))
    return ClassSummary(
        school=of.school.name,
        title=of.title,
        teacher=teachers.get(of.pk, ""),
        span=span,
        columns=[name for _, name in subjects],
        rows=rows,
        subjects=[figures(row.marks[place] for row in rows) for place in range(len(subjects))],
        whole=_whole(rows),
    )


def figures(marks: Iterable[str]) -> Figures:
    """Compute what the marks of a subject come to."""
    given = [[mark] for mark in marks if mark]
    return Figures(average_mark(mark for of in given for mark in of), quality(given), success(given))


def _whole(rows: Sequence[SummaryRow]) -> Figures:
    of_students = [[mark for mark in row.marks if mark] for row in rows]
    everything = [mark for marks in of_students for mark in marks]
    return Figures(average_mark(everything), quality(of_students), success(of_students))


def _row(name: str, marks: list[str], missed: Mapping[str, int]) -> SummaryRow:
    return SummaryRow(
        name=name,
        marks=marks,
        average=average_mark(marks),
        missed=sum(missed.get(kind, 0) for kind in MISSED),
        unexcused=missed.get("UNEXCUSED", 0),
    )
