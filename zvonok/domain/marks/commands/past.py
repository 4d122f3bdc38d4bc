"""Take over the marks that were put before the school came to us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.history.commands import record
from zvonok.domain.marks import rules
from zvonok.domain.marks.facts import MarksBroughtIn
from zvonok.domain.marks.models import Assessment, Mark, MarkScale, ScaleKind
from zvonok.kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class PastWork:
    """A work of a lesson long ago, with its marks: student, value, comment; without a value, a comment alone."""

    lesson_id: UUID
    subject_id: UUID
    day: date
    work: str
    weight: int
    put_by: UUID
    put_at: datetime
    marks: tuple[tuple[UUID, str, str], ...]
    scale: str = ScaleKind.FIVE_POINT


@transaction.atomic
def bring_in_marks(
    works: Sequence[PastWork], *, school_id: UUID, actor_id: UUID | None, at: datetime
) -> None:
    """Take over marks that were put before the school came to us: nobody is told of them.

    The constraints hold as for any mark; whoever calls answers for the membership of the students.
    Records: MarksBroughtIn.
    """
    scales = {scale.kind: scale for scale in MarkScale.objects.filter(school_id=school_id)}
    marks: list[Mark] = []
    columns: list[Assessment] = []
    for work in works:
        scale = scales[work.scale]
        own = {"school_id": school_id, "scale_id": scale.pk, "lesson_id": work.lesson_id}
        columns.append(Assessment(id=uuid7(), work=work.work, weight=work.weight, **own))
        marks += [
            Mark(
                id=uuid7(),
                assessment=columns[-1],
                student_id=student,
                subject_id=work.subject_id,
                day=work.day,
                value=value,
                points=rules.points_of(value, scale=scale.kind, bounds=scale.bounds),
                comment=comment,
                put_by_id=work.put_by,
                put_at=work.put_at,
                **own,
            )
            for student, value, comment in work.marks
        ]
    Assessment.objects.bulk_create(columns, batch_size=2000)
    Mark.objects.bulk_create(marks, batch_size=2000)
    fact = MarksBroughtIn(thing_id=school_id, count=len(marks))
    record([fact], school_id=school_id, actor_id=actor_id, at=at)
    raise_revisions({mark.student_id for mark in marks}, school_id=school_id)
