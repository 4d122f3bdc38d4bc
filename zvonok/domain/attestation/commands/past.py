"""Take over the period marks of a time before the school came to us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.attestation.facts import PeriodMarksBroughtIn
from zvonok.domain.attestation.models import PeriodMark
from zvonok.domain.attestation.proposals import OFF_SCALE, PASS_OR_FAIL
from zvonok.domain.history.commands import record
from zvonok.domain.marks.models import MarkScale, ScaleKind
from zvonok.domain.schools.models import StudyPeriod
from zvonok.kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A period mark that a teacher set long ago, and what it was computed from."""

    student_id: UUID
    subject_id: UUID
    group_id: UUID
    value: str
    average: Decimal | None
    put_by: UUID
    marks_count: int | None = None
    lessons: int | None = None
    missed: int | None = None
    proposed: str = ""
    reason: str = ""


def scale_kind(value: str) -> ScaleKind:
    """Name the scale on which a period mark lies."""
    return ScaleKind.PASS_FAIL if value in PASS_OR_FAIL else ScaleKind.FIVE_POINT


@transaction.atomic
def bring_in_period_marks(
    decisions: Sequence[PastDecision], *, period: StudyPeriod, actor_id: UUID | None, at: datetime
) -> None:
    """Take over the marks of a period that ended before the school came to us. Records: PeriodMarksBroughtIn."""
    scales = {one.kind: one for one in MarkScale.objects.filter(school_id=period.school_id)}
    rows = [
        PeriodMark(
            id=uuid7(),
            school_id=period.school_id,
            year_id=period.year_id,
            period=period,
            scale=None if past.value in OFF_SCALE else scales[scale_kind(past.value)],
            student_id=past.student_id,
            subject_id=past.subject_id,
            group_id=past.group_id,
            value=past.value,
            average=past.average,
            marks_count=past.marks_count,
            lessons=past.lessons,
            missed=past.missed,
            proposed=past.proposed,
            reason=past.reason,
            put_by_id=past.put_by,
            put_at=at,
        )
        for past in decisions
    ]
    PeriodMark.objects.bulk_create(rows, batch_size=2000)
    fact = PeriodMarksBroughtIn(thing_id=period.pk, period=period.title, count=len(rows))
    record([fact], school_id=period.school_id, actor_id=actor_id, at=at)
    raise_revisions({row.student_id for row in rows}, school_id=period.school_id)
