"""The page of period marks: students down, the columns of the year across, one of them open to be filled."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from zvonok.domain.access.actor import Actor
from zvonok.domain.attestation.columns import Column, columns_of_group
from zvonok.domain.attestation.models import MarkKind
from zvonok.domain.attestation.policy import may_set_period_marks
from zvonok.domain.attestation.proposals import FIGURES, Proposal
from zvonok.domain.attestation.selectors import PeriodMarkLine, inputs_of, proposals_of, year_lines
from zvonok.domain.marks.selectors import MarkLine, marks_of_subject
from zvonok.domain.schools.selectors import Member, members
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.wording import proposal_words

if TYPE_CHECKING:
    from zvonok.domain.schools.models import StudyGroup

QUALITY = ("5", "4")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed in a row and not saved, and why."""

    value: str
    reason: str
    refusal: Refused


@dataclass(frozen=True, slots=True)
class Past:
    """A student's mark in a column that is not open, beside the average."""

    column: Column
    mark: PeriodMarkLine | None
    average: Decimal | None


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A student's line: the other columns, and the fields of the open one."""

    student_id: UUID
    name: str
    past: list[Past]
    proposal: Proposal
    words: str
    standing: PeriodMarkLine | None
    value: str
    reason: str
    token: str
    refusal: Refused | None
    is_writable: bool


@dataclass(frozen=True, slots=True)
class Share:
    """How often a value was given in the open column."""

    value: str
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class PeriodPage:
    """A group's period marks with one column open."""

    columns: list[Column]
    column: Column
    rows: list[PeriodRow]
    shares: list[Share]
    quality: int | None
    is_teacher: bool

    @property
    def is_writable(self) -> bool:
        """Whether the reader may set any mark."""
        return any(row.is_writable for row in self.rows)

    @property
    def unfilled(self) -> int:
        """How many students have no mark in the open column."""
        return sum(1 for row in self.rows if row.standing is None)


def open_column(columns: Sequence[Column], slug: str, today: date) -> Column | None:
    """Choose the column asked for, else the study period that has begun last."""
    if slug:
        return next((column for column in columns if column.slug == slug), None)
    begun = [column for column in columns if column.kind == MarkKind.PERIOD and column.first <= today]
    return begun[-1] if begun else next(iter(columns), None)


def period_page(
    group: "StudyGroup",
    *,
    actor: Actor,
    slug: str,
    at: datetime,
    typed: Mapping[UUID, Typed] | None = None,
) -> PeriodPage | None:
    """Read a group's period marks in seven queries, however many there are; None: there is no such column."""
    columns = columns_of_group(school_id=group.school_id, group_id=group.pk, at=at)
    column = open_column(columns, slug, at.astimezone(ZoneInfo(group.school.time_zone)).date())
    if column is None:
        return None
    pupils = _pupils(group, column)
    ids = list(pupils)
    lines = year_lines(group, student_ids=ids)
    marks = marks_of_subject(
        school_id=group.school_id,
        subject_id=group.subject_id,
        student_ids=ids,
        first=columns[-1].first,
        last=columns[-1].last,
    )
    proposals = proposals_of(group, column, student_ids=ids, lines=lines, at=at)
    is_teacher = may_set_period_marks(actor, school_id=group.school_id, group_id=group.pk)
    past = _past([one for one in columns if one.slug != column.slug], ids, lines, marks)
    standing = {line.student_id: line for line in lines if _is_of(line, column)}
    rows = [
        _row(
            pupil,
            past[student],
            proposals[student],
            standing.get(student),
            (typed or {}).get(student),
            is_writable=is_teacher and column.door.takes(student),
        )
        for student, pupil in pupils.items()
    ]
    values = [line.value for student, line in standing.items() if student in pupils]
    return PeriodPage(columns, column, rows, _shares(values), _quality(values), is_teacher)


def _pupils(group: "StudyGroup", column: Column) -> dict[UUID, Member]:
    found = members(school_id=group.school_id, group_id=group.pk, first=column.first, last=column.last)
    return {pupil.student_id: pupil for pupil in found}


def _is_of(line: PeriodMarkLine, column: Column) -> bool:
    return (line.kind, line.period_id) == (column.kind, column.period_id)


def _past(
    columns: Sequence[Column], students: Sequence[UUID], lines: list[PeriodMarkLine], marks: list[MarkLine]
) -> dict[UUID, list[Past]]:
    """Set the marks of each column beside the averages of its days."""
    set_marks = {(line.student_id, line.kind, line.period_id): line for line in lines}
    of_student: dict[UUID, list[MarkLine]] = defaultdict(list)
    for mark in marks:
        of_student[mark.student_id].append(mark)
    return {
        student: [
            Past(
                column,
                set_marks.get((student, column.kind, column.period_id)),
                _average(of_student[student], column),
            )
            for column in columns
        ]
        for student in students
    }


def _average(marks: Sequence[MarkLine], column: Column) -> Decimal | None:
    if column.kind != MarkKind.PERIOD:
        return None
    own = [mark for mark in marks if column.first <= mark.day <= column.last]
    return inputs_of(own, column.rules).average


def _row(
    pupil: Member,
    past: list[Past],
    proposal: Proposal,
    standing: PeriodMarkLine | None,
    typed: Typed | None,
    *,
    is_writable: bool,
) -> PeriodRow:
    value, reason = (standing.value, standing.reason) if standing else ("", "")
    token = f"{uuid7()}|{standing.id if standing else ''}|{value}|{reason}"
    return PeriodRow(
        student_id=pupil.student_id,
        name=pupil.name,
        past=past,
        proposal=proposal,
        words=proposal_words(proposal),
        standing=standing,
        value=typed.value if typed else value,
        reason=typed.reason if typed else reason,
        token=token,
        refusal=typed.refusal if typed else None,
        is_writable=is_writable,
    )


def _shares(values: Sequence[str]) -> list[Share]:
    counts = Counter(values)
    order = [*FIGURES, *sorted(set(counts) - set(FIGURES))]
    return (
        [Share(value, counts[value], 100 * counts[value] // len(values)) for value in order] if values else []
    )


def _quality(values: Sequence[str]) -> int | None:
    """Compute the share of fours and fives among the figures, in per cent."""
    figures = [value for value in values if value in FIGURES]
    return 100 * sum(1 for value in figures if value in QUALITY) // len(figures) if figures else None
