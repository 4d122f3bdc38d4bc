"""The class teacher's word that a student is away for whole days."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.attendance.commands.notes import LONGEST_DAYS, NotYourPupil
from zvonok.domain.attendance.commands.settling import Cause, lock_lessons, put_for, take_back
from zvonok.domain.attendance.facts import WholeDayPut, WholeDayWithdrawn
from zvonok.domain.attendance.models import MISSED, WholeDayAbsence
from zvonok.domain.attendance.policy import may_lead
from zvonok.domain.attendance.rules import Reach, yields_to
from zvonok.domain.history.commands import record
from zvonok.domain.history.facts import Happening
from zvonok.domain.schools.selectors import places_of, school
from zvonok.domain.timetable.commands.journal import EditIsUsed
from zvonok.kernel.refusals import Refused


class WholeDaysAreOdd(Refused):
    """The stretch is backwards, too long or outside the school year, or the kind is not one of missing."""

    message = _("Choose Н, Б or УП, and days of this school year: at most 100 in a row.")


@dataclass(frozen=True, slots=True)
class WholeDayEdit:
    """What a class teacher notes; `id` is made by the form, so that it counts once."""

    id: UUID
    student_id: UUID
    first_day: date
    last_day: date
    kind: str


@transaction.atomic
def put_whole_day(*, actor: Actor, school_id: UUID, edit: WholeDayEdit, at: datetime) -> int:
    """Note that a student is away for whole days: an absence in each lesson up to today; tell how many.

    Lessons to come, and those put into the timetable later, get it as a proposal. A kind that teachers have
    chosen already stays, but for an absence without a reason.
    Raises: NotYourPupil, WholeDaysAreOdd, PeriodIsClosed, EditIsUsed.
    Records: WholeDayPut, AbsenceSettled. Source: README.md of the app, rules T-11 and T-12.
    """
    student_id = edit.student_id
    if not may_lead(actor, school_id=school_id, student_id=student_id):
        raise NotYourPupil
    if WholeDayAbsence.objects.filter(school_id=school_id, pk=edit.id, student=student_id).exists():
        return 0
    today = _today(school_id, at)
    _check(edit, school_id, today)
    whole = _inserted(actor, school_id, edit, at)
    reach = Reach(edit.first_day, edit.last_day)
    lessons = lock_lessons(reach, school_id=school_id, student_id=student_id, until=today, at=at)
    free = [lesson for lesson in lessons if yields_to(lesson.kind, edit.kind)]
    facts = put_for(
        Cause(edit.kind, whole.pk, is_note=False),
        free,
        actor=actor,
        school_id=school_id,
        student_id=student_id,
        at=at,
    )
    told = WholeDayPut(**_about(whole), lessons=len(free))
    _record(actor, whole, [told, *facts], at)
    return len(free)


@transaction.atomic
def withdraw_whole_day(*, actor: Actor, school_id: UUID, whole_id: UUID, at: datetime) -> int:
    """Take whole days back, with the absences that still stand by them; tell how many there were.

    Raises: WholeDayAbsence.DoesNotExist, NotYourPupil, PeriodIsClosed. Records: WholeDayWithdrawn.
    """
    whole = WholeDayAbsence.objects.select_for_update(no_key=True).get(school_id=school_id, pk=whole_id)
    if not may_lead(actor, school_id=school_id, student_id=whole.student_id):
        raise NotYourPupil
    if whole.withdrawn_at:
        return 0
    WholeDayAbsence.objects.filter(school_id=school_id, pk=whole_id).update(withdrawn_at=at)
    reach = Reach(whole.first_day, whole.last_day)
    lessons = lock_lessons(
        reach, school_id=school_id, student_id=whole.student_id, until=_today(school_id, at), at=at
    )
    own = [lesson for lesson in lessons if lesson.whole_day_id == whole.pk]
    facts = take_back(own, because_of=whole.pk, school_id=school_id, student_id=whole.student_id, at=at)
    told = WholeDayWithdrawn(**_about(whole), lessons=len(own))
    _record(actor, whole, [told, *facts], at)
    return len(own)


def _check(edit: WholeDayEdit, school_id: UUID, today: date) -> None:
    place = places_of(school_id=school_id, student_ids=[edit.student_id], day=today)[edit.student_id]
    length = (edit.last_day - edit.first_day).days + 1
    within = place.year_starts_on <= edit.first_day and edit.last_day <= place.year_ends_on
    if not within or not 1 <= length <= LONGEST_DAYS or edit.kind not in MISSED:
        raise WholeDaysAreOdd


def _inserted(actor: Actor, school_id: UUID, edit: WholeDayEdit, at: datetime) -> WholeDayAbsence:
    whole = WholeDayAbsence(
        id=edit.id,
        school_id=school_id,
        student_id=edit.student_id,
        first_day=edit.first_day,
        last_day=edit.last_day,
        kind=edit.kind,
        put_by_id=actor.person_id,
        put_at=at,
    )
    try:
        with transaction.atomic():
            whole.save(force_insert=True)
    except IntegrityError as error:
        raise EditIsUsed from error
    return whole


def _about(whole: WholeDayAbsence) -> dict[str, Any]:
    return {
        "thing_id": whole.pk,
        "subject_id": whole.student_id,
        "first_day": whole.first_day,
        "last_day": whole.last_day,
        "absence": whole.kind,
    }


def _record(actor: Actor, whole: WholeDayAbsence, facts: list[Happening], at: datetime) -> None:
    record(facts, school_id=whole.school_id, actor_id=actor.person_id, at=at)
    raise_revisions([whole.student_id], school_id=whole.school_id)


def _today(school_id: UUID, at: datetime) -> date:
    return at.astimezone(ZoneInfo(school(school_id=school_id).time_zone)).date()
