"""Close study periods, and unlock them for one group or one student for a time."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.history.commands import record
from zvonok.domain.schools.models import GroupMembership, StudyGroup, StudyPeriod
from zvonok.domain.timetable.commands.journal import PeriodIsClosed
from zvonok.domain.timetable.facts import (
    PeriodClosed,
    PeriodClosingPlanned,
    PeriodLockedAgain,
    PeriodUnlocked,
)
from zvonok.domain.timetable.models import PeriodUnlock
from zvonok.domain.timetable.policy import may_close_periods
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import scoped_school

LONGEST_UNLOCK = timedelta(days=31)


class NotTheDeputyHead(Refused):
    """The actor does not oversee the school."""

    message = _("Only the deputy head and the head close and unlock study periods.")


class PeriodIsAhead(Refused):
    """The period has not begun, or would be closed before its last day."""

    message = _("A study period is closed on its last day or later.")


class PeriodIsOpen(Refused):
    """The period takes marks anyway."""

    message = _("This study period is open: nothing has to be unlocked.")


class NobodyToUnlock(Refused):
    """Neither a group nor a student of this period was named."""

    message = _("Choose a study group or a student who is taught in this study period.")


class UnlockTooLong(Refused):
    """The unlocking would end before now, or in more than a month."""

    message = _("Choose an end within the next 31 days.")


class UnlockWantsReason(Refused):
    """No reason was given."""

    message = _("Say why the period is unlocked: everybody who looks at the history reads it.")


@transaction.atomic
def plan_closing(*, actor: Actor, period_id: UUID, closes_on: date | None, at: datetime) -> None:
    """Choose the last day on which an open period takes marks; None: it stays open until it is closed.

    Raises: NotTheDeputyHead, PeriodIsClosed, PeriodIsAhead. Records: PeriodClosingPlanned.
    """
    period = _locked(actor, period_id)
    if is_closed(period, at=at):
        raise PeriodIsClosed
    if closes_on is not None and closes_on < max(period.ends_on, _today(period, at)):
        raise PeriodIsAhead
    if closes_on == period.closes_on:
        return
    fact = PeriodClosingPlanned(thing_id=period.pk, closes_on=closes_on, instead_of=period.closes_on)
    StudyPeriod.objects.filter(school_id=period.school_id, pk=period.pk).update(closes_on=closes_on)
    record([fact], school_id=period.school_id, actor_id=actor.person_id, at=at)


@transaction.atomic
def close_period(*, actor: Actor, period_id: UUID, at: datetime) -> None:
    """Close a period now: it waits for the entries that are on their way, and those that come later are refused.

    Closing it again changes nothing. Raises: NotTheDeputyHead, PeriodIsAhead. Records: PeriodClosed.
    """
    period = _locked(actor, period_id)
    if period.closed_at:
        return
    if _today(period, at) < period.ends_on:
        raise PeriodIsAhead
    StudyPeriod.objects.filter(school_id=period.school_id, pk=period.pk).update(closed_at=at)
    fact = PeriodClosed(thing_id=period.pk, period=period.title)
    record([fact], school_id=period.school_id, actor_id=actor.person_id, at=at)


@transaction.atomic
def unlock_period(
    *,
    actor: Actor,
    period_id: UUID,
    group_id: UUID | None,
    student_id: UUID | None,
    reason: str,
    until: datetime,
    at: datetime,
) -> PeriodUnlock:
    """Let a closed period take entries of a group, of a student, or of one in one, until a moment.

    Raises: NotTheDeputyHead, PeriodIsOpen, NobodyToUnlock, UnlockTooLong, UnlockWantsReason.
    Records: PeriodUnlocked.
    """
    period = _locked(actor, period_id)
    if not is_closed(period, at=at):
        raise PeriodIsOpen
    if not _is_taught(period, group_id, student_id):
        raise NobodyToUnlock
    if not at < until <= at + LONGEST_UNLOCK:
        raise UnlockTooLong
    if not reason:
        raise UnlockWantsReason
    unlock = PeriodUnlock.objects.create(
        id=uuid7(),
        school_id=period.school_id,
        period=period,
        group_id=group_id,
        student_id=student_id,
        reason=reason,
        until=until,
        made_by_id=actor.person_id,
        made_at=at,
    )
    about = {"period_id": period.pk, "group_id": group_id, "until": until, "reason": reason}
    fact = PeriodUnlocked(thing_id=unlock.pk, subject_id=student_id, **about)  # type: ignore[arg-type]
    record([fact], school_id=period.school_id, actor_id=actor.person_id, at=at)
    return unlock


@transaction.atomic
def lock_again(*, actor: Actor, unlock_id: UUID, at: datetime) -> None:
    """End an unlocking before its time; ending it again changes nothing.

    Raises: NotTheDeputyHead, PeriodUnlock.DoesNotExist. Records: PeriodLockedAgain.
    """
    unlocks = PeriodUnlock.objects.filter(school_id=_school())
    unlock = unlocks.get(pk=unlock_id)
    period = _locked(actor, unlock.period_id)
    if not unlocks.filter(pk=unlock_id, withdrawn_at=None).update(withdrawn_at=at):
        return
    fact = PeriodLockedAgain(thing_id=unlock.pk, subject_id=unlock.student_id, period_id=period.pk)
    record([fact], school_id=period.school_id, actor_id=actor.person_id, at=at)


def is_closed(period: StudyPeriod, *, at: datetime) -> bool:
    """Say whether a period is closed: by hand, or because its planned day is over."""
    planned = period.closes_on is not None and period.closes_on < _today(period, at)
    return period.closed_at is not None or planned


def _locked(actor: Actor, period_id: UUID) -> StudyPeriod:
    periods = StudyPeriod.objects.select_related("school").filter(school_id=_school())
    period = periods.select_for_update(of=("self",), no_key=True).get(pk=period_id)
    if not may_close_periods(actor, school_id=period.school_id):
        raise NotTheDeputyHead
    return period


def _school() -> UUID:
    school_id = scoped_school()
    assert school_id is not None, "a period belongs to the school in scope"
    return school_id


def _today(period: StudyPeriod, at: datetime) -> date:
    return at.astimezone(ZoneInfo(period.school.time_zone)).date()


def _is_taught(period: StudyPeriod, group_id: UUID | None, student_id: UUID | None) -> bool:
    """Say whether the group, or the student in it or in any, is taught by the system of the period."""
    groups = StudyGroup.objects.filter(
        school_id=period.school_id, year_id=period.year_id, period_system=period.system
    )
    if group_id:
        groups = groups.filter(pk=group_id)
    if not student_id:
        return group_id is not None and groups.exists()
    return GroupMembership.objects.filter(
        school_id=period.school_id, group__in=groups, student_id=student_id
    ).exists()
