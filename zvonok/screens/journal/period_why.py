"""Why a mark is proposed: the marks with their weights, the arithmetic, the lessons missed; and what stood before."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from zvonok.domain.attestation.columns import Column, columns_of_group
from zvonok.domain.attestation.models import MarkKind
from zvonok.domain.attestation.proposals import Proposal
from zvonok.domain.attestation.selectors import (
    PeriodMarkLine,
    counted,
    proposals_of,
    versions_of_period_mark,
    year_lines,
)
from zvonok.domain.marks.selectors import MarkLine, marks_of_subject
from zvonok.domain.schools.selectors import members
from zvonok.domain.timetable.doors import UnlockLine, unlocks_about
from zvonok.screens.journal.wording import proposal_words
from zvonok.screens.shell.sums import plain_sum, weighted_sum

if TYPE_CHECKING:
    from zvonok.domain.schools.models import StudyGroup


@dataclass(frozen=True, slots=True)
class WhyPage:
    """What a proposal is made of."""

    group: "StudyGroup"
    name: str
    column: Column
    proposal: Proposal
    words: str
    marks: list[tuple[MarkLine, str]]
    sum: str
    periods: list[PeriodMarkLine]
    versions: list[PeriodMarkLine]
    unlocks: list[UnlockLine]


def why_page(group: "StudyGroup", *, slug: str, student_id: UUID, at: datetime) -> WhyPage | None:
    """Read what a student's proposal is made of, in eight queries; None: there is no such cell."""
    columns = columns_of_group(school_id=group.school_id, group_id=group.pk, at=at)
    column = next((one for one in columns if one.slug == slug), None)
    if column is None:
        return None
    pupils = members(school_id=group.school_id, group_id=group.pk, first=column.first, last=column.last)
    pupil = next((one for one in pupils if one.student_id == student_id), None)
    if pupil is None:
        return None
    lines = year_lines(group, student_ids=[student_id])
    marks = _marks(group, column, student_id)
    terms = counted(marks)
    proposal = proposals_of(group, column, student_ids=[student_id], lines=lines, at=at)[student_id]
    reckon = weighted_sum if column.rules.is_weighted else plain_sum
    return WhyPage(
        group=group,
        name=pupil.name,
        column=column,
        proposal=proposal,
        words=proposal_words(proposal),
        marks=[(mark, mark.work_name) for mark in marks],
        sum=reckon(terms) if terms else "",
        periods=[line for line in lines if column.kind not in (MarkKind.PERIOD, line.kind)],
        versions=versions_of_period_mark(group, column, student_id=student_id),
        unlocks=unlocks_about(
            school_id=group.school_id,
            period_id=column.door.period_id,
            group_id=group.pk,
            student_id=student_id,
        ),
    )


def _marks(group: "StudyGroup", column: Column, student_id: UUID) -> list[MarkLine]:
    by_marks = column.kind == MarkKind.PERIOD or (column.kind == MarkKind.YEAR and column.rules.year_by_marks)
    if not by_marks:
        return []
    return marks_of_subject(
        school_id=group.school_id,
        subject_id=group.subject_id,
        student_ids=[student_id],
        first=column.first,
        last=column.last,
    )
