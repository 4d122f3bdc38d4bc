"""Set period marks: the only way into the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.attestation.facts import PeriodMarksBroughtIn, PeriodMarkSet
from zvonok.domain.attestation.models import PeriodMark
from zvonok.domain.attestation.policy import may_set_period_marks
from zvonok.domain.attestation.rules import rounded
from zvonok.domain.history.commands import record
from zvonok.domain.marks.commands.put import ValueNotInScale
from zvonok.domain.marks.models import MarkScale, ScaleKind
from zvonok.domain.marks.rules import belongs, points_of
from zvonok.domain.schools.models import GroupMembership, StudyGroup, StudyPeriod
from zvonok.domain.timetable.commands.journal import PeriodIsClosed
from zvonok.kernel.days import through
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused


class NotTheGroupsTeacher(Refused):
    """The actor does not teach the group."""

    message = _("Only the group's teacher sets its period marks.")


class ReasonWanted(Refused):
    """The mark departs from the rounded average without a reason."""

    message = _("The average is %(average)s. Say why the mark departs from it.")


class StudentNotInTheGroup(Refused):
    """The student was not in the group in that period."""

    message = _("This student was not in the group in this period.")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a teacher decides for a student: the mark, the average it stands beside, and why it departs."""

    student_id: UUID
    value: str
    average: Decimal | None
    reason: str = ""


@transaction.atomic
def set_period_mark(
    *, actor: Actor, group: StudyGroup, period: StudyPeriod, decision: Decision, at: datetime
) -> PeriodMark:
    """Set a student's mark for a period, beside the average of that moment; the same mark twice changes nothing.

    Raises: NotTheGroupsTeacher, PeriodIsClosed, ValueNotInScale, ReasonWanted, StudentNotInTheGroup.
    Records: PeriodMarkSet. Source: README.md of the app, rules P-1 to P-3.
    """
    period = StudyPeriod.objects.select_for_update(no_key=True).get(school_id=group.school_id, pk=period.pk)
    if not may_set_period_marks(actor, school_id=group.school_id, group_id=group.pk):
        raise NotTheGroupsTeacher
    _check(group, period, decision)
    standing = PeriodMark.objects.filter(
        school_id=group.school_id,
        student_id=decision.student_id,
        subject_id=group.subject_id,
        period=period,
        withdrawn_at=None,
    )
    before = standing.first()
    if before and before.value == decision.value:
        return before
    standing.update(withdrawn_at=at)
    mark = _insert(group, period, decision, actor=actor, at=at)
    fact = PeriodMarkSet(
        thing_id=mark.pk,
        subject_id=decision.student_id,
        period_id=period.pk,
        period=period.title,
        subject=group.subject.name,
        value=decision.value,
        average=str(decision.average) if decision.average is not None else None,
        instead_of=before.value if before else None,
        reason=decision.reason,
    )
    record([fact], school_id=group.school_id, actor_id=actor.person_id, at=at)
    raise_revisions([decision.student_id], school_id=group.school_id)
    return mark


def _insert(
    group: StudyGroup, period: StudyPeriod, decision: Decision, *, actor: Actor, at: datetime
) -> PeriodMark:
    return PeriodMark.objects.create(
        id=uuid7(),
        school_id=group.school_id,
        student_id=decision.student_id,
        subject_id=group.subject_id,
        group=group,
        period=period,
        scale=MarkScale.objects.get(school_id=group.school_id, kind=ScaleKind.FIVE_POINT),
        value=decision.value,
        average=decision.average,
        reason=decision.reason,
        put_by_id=actor.person_id,
        put_at=at,
    )


def _check(group: StudyGroup, period: StudyPeriod, decision: Decision) -> None:
    if period.closed_at:
        raise PeriodIsClosed
    if not belongs(decision.value, scale=ScaleKind.FIVE_POINT):
        raise ValueNotInScale(value=decision.value)
    points = points_of(decision.value, scale=ScaleKind.FIVE_POINT)
    if decision.average is not None and points != rounded(decision.average) and not decision.reason:
        raise ReasonWanted(average=decision.average)
    memberships = GroupMembership.objects.filter(
        school_id=group.school_id, group=group, student_id=decision.student_id
    )
    if not memberships.filter(valid_on__overlap=through(period.starts_on, period.ends_on)).exists():
        raise StudentNotInTheGroup


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A period mark that a teacher set long ago."""

    student_id: UUID
    subject_id: UUID
    group_id: UUID
    value: str
    average: Decimal
    put_by: UUID


@transaction.atomic
def bring_in_period_marks(
    decisions: Sequence[PastDecision], *, period: StudyPeriod, actor_id: UUID | None, at: datetime
) -> None:
    """Take over the marks of a period that ended before the school came to us. Records: PeriodMarksBroughtIn."""
    scale = MarkScale.objects.get(school_id=period.school_id, kind=ScaleKind.FIVE_POINT)
    rows = [
        PeriodMark(
            id=uuid7(),
            school_id=period.school_id,
            period=period,
            scale=scale,
            student_id=past.student_id,
            subject_id=past.subject_id,
            group_id=past.group_id,
            value=past.value,
            average=past.average,
            put_by_id=past.put_by,
            put_at=at,
        )
        for past in decisions
    ]
    PeriodMark.objects.bulk_create(rows, batch_size=2000)
    fact = PeriodMarksBroughtIn(thing_id=period.pk, period=period.title, count=len(rows))
    record([fact], school_id=period.school_id, actor_id=actor_id, at=at)
    raise_revisions({row.student_id for row in rows}, school_id=period.school_id)
