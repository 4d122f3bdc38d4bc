"""The family's word about an absence, and the class teacher's answer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.attendance.commands.settling import Cause, lock_lessons, put_for
from zvonok.domain.attendance.facts import NoteAccepted, NoteReturned, NoteSent, NoteWithdrawn
from zvonok.domain.attendance.models import ExcuseNote, NoteKind, NoteReason, NoteState
from zvonok.domain.attendance.policy import may_answer_note, may_excuse
from zvonok.domain.attendance.rules import Reach, excused_kind, has_begun, may_be_withdrawn
from zvonok.domain.attendance.selectors import begun_lessons
from zvonok.domain.history.commands import record
from zvonok.domain.history.facts import Happening
from zvonok.domain.people.models import Person
from zvonok.domain.schools.selectors import Place, place_of, places_of, school
from zvonok.domain.timetable.commands.journal import EditIsUsed
from zvonok.kernel.refusals import Refused

LONGEST_DAYS = 100


class NotYoursToExcuse(Refused):
    """The actor does not speak for the student."""

    message = _("Only a parent or legal representative writes about absences, or a student who is of age.")


class NotAtThisSchool(Refused):
    """The student has no class here today."""

    message = _("The student is not in a class of this school now.")


class NoteDaysAreOdd(Refused):
    """The stretch is backwards, too long or outside the school year."""

    message = _("Choose days of this school year: the last not before the first, and at most 100 in a row.")


class ReportIsLate(Refused):
    """What is reported beforehand has not been."""

    message = _("This day is over. Explain the absence instead.")


class ExplanationIsEarly(Refused):
    """What is explained has been."""

    message = _("This day has not come yet. Report the absence instead.")


class NoteSaysNothing(Refused):
    """The reason is unknown, or another one and not said."""

    message = _("Say in a few words what the reason is.")


class NotYourPupil(Refused):
    """The actor does not lead the student's class."""

    message = _("Only the class teacher answers notes and notes whole days.")


class NoteIsDecided(Refused):
    """Somebody was quicker: the note has been answered or taken back."""

    message = _("This note has been answered or taken back already. Look at it again.")


class NoteHasBegun(Refused):
    """The absence has begun, or the note has been answered."""

    message = _("The absence has begun or has been answered, so the note stays. Write to the class teacher.")


class ReturnSaysNothing(Refused):
    """A note is returned with a word."""

    message = _("Write to the family why the note comes back.")


@dataclass(frozen=True, slots=True)
class NoteEdit:
    """What a family writes; `id` is made by the form, so that a note sent twice counts once."""

    id: UUID
    student_id: UUID
    reach: Reach
    reason: str
    text: str = ""


@transaction.atomic
def report_absence(*, actor: Actor, school_id: UUID, edit: NoteEdit, at: datetime) -> ExcuseNote:
    """Tell the school beforehand that a student will be away, from today on.

    Raises: NotYoursToExcuse, NotAtThisSchool, NoteDaysAreOdd, ReportIsLate, NoteSaysNothing, EditIsUsed.
    Records: NoteSent. Source: README.md of the app, rules T-6 to T-10.
    """
    if edit.reach.first_day < _today(school_id, at):
        raise ReportIsLate
    return _send(actor, school_id, edit, NoteKind.REPORT, at)


@transaction.atomic
def explain_absence(*, actor: Actor, school_id: UUID, edit: NoteEdit, at: datetime) -> ExcuseNote:
    """Explain why a student was away; it may last on.

    Raises: NotYoursToExcuse, NotAtThisSchool, NoteDaysAreOdd, ExplanationIsEarly, NoteSaysNothing, EditIsUsed.
    Records: NoteSent.
    """
    if edit.reach.first_day > _today(school_id, at):
        raise ExplanationIsEarly
    return _send(actor, school_id, edit, NoteKind.EXPLANATION, at)


def _send(actor: Actor, school_id: UUID, edit: NoteEdit, kind: NoteKind, at: datetime) -> ExcuseNote:
    student = Person.objects.filter(pk=edit.student_id).first()
    if student is None or not may_excuse(actor, student):
        raise NotYoursToExcuse
    sent = ExcuseNote.objects.filter(school_id=school_id, pk=edit.id, student=student).first()
    if sent:
        return sent
    place = _checked(edit, school_id, _today(school_id, at))
    note = ExcuseNote(
        id=edit.id,
        school_id=school_id,
        student=student,
        first_day=edit.reach.first_day,
        last_day=edit.reach.last_day,
        from_slot=edit.reach.from_slot,
        to_slot=edit.reach.to_slot,
        kind=kind,
        reason=edit.reason,
        text=edit.text,
        sent_by_id=actor.person_id,
        sent_at=at,
    )
    try:
        with transaction.atomic():
            note.save(force_insert=True)
    except IntegrityError as error:
        raise EditIsUsed from error
    _record(
        actor, note, [NoteSent(**_about(note), class_id=place.class_id, note=kind, reason=edit.reason)], at
    )
    return note


def _checked(edit: NoteEdit, school_id: UUID, today: date) -> Place:
    place = place_of(school_id=school_id, student_id=edit.student_id, day=today)
    if place is None or not place.is_enrolled:
        raise NotAtThisSchool
    reach = edit.reach
    length = (reach.last_day - reach.first_day).days + 1
    backwards = length == 1 and (reach.from_slot or 0) > (reach.to_slot or reach.from_slot or 0)
    within = place.year_starts_on <= reach.first_day and reach.last_day <= place.year_ends_on
    if backwards or not within or not 1 <= length <= LONGEST_DAYS:
        raise NoteDaysAreOdd
    if edit.reason not in NoteReason.values or (edit.reason == NoteReason.OTHER and not edit.text):
        raise NoteSaysNothing
    return place


@transaction.atomic
def withdraw_note(*, actor: Actor, school_id: UUID, note_id: UUID, at: datetime) -> None:
    """Take a note back; one that was taken back already stays so.

    Raises: ExcuseNote.DoesNotExist, NotYoursToExcuse, NoteHasBegun. Records: NoteWithdrawn.
    """
    note = _locked(school_id, note_id)
    if not may_excuse(actor, Person.objects.get(pk=note.student_id)):
        raise NotYoursToExcuse
    if note.state == NoteState.WITHDRAWN:
        return
    today = _today(school_id, at)
    lessons = begun_lessons(school_id=school_id, student_id=note.student_id, day=today, at=at)
    begun = has_begun(reach_of(note), today=today, begun=lessons)
    if not may_be_withdrawn(kind=note.kind, state=note.state, has_begun=begun):
        raise NoteHasBegun
    _decide(actor, note, NoteState.WITHDRAWN, at)
    places = places_of(school_id=school_id, student_ids=[note.student_id], day=today)
    fact = NoteWithdrawn(**_about(note), class_id=places[note.student_id].class_id)
    _record(actor, note, [fact], at)


@transaction.atomic
def accept_note(*, actor: Actor, school_id: UUID, note_id: UUID, at: datetime) -> int:
    """Accept a note, and excuse the lessons that were missed without a reason within it; tell how many.

    Accepting it again excuses what has been noted since, and nothing else.
    Raises: ExcuseNote.DoesNotExist, NotYourPupil, NoteIsDecided, PeriodIsClosed.
    Records: NoteAccepted, AbsenceSettled.
    """
    note = _to_answer(actor, school_id, note_id)
    if note.state == NoteState.WITHDRAWN:
        raise NoteIsDecided
    student_id, reach = note.student_id, reach_of(note)
    lessons = lock_lessons(
        reach, school_id=school_id, student_id=student_id, until=_today(school_id, at), at=at
    )
    missed = [lesson for lesson in lessons if lesson.kind == "UNEXCUSED"]
    if note.state == NoteState.ACCEPTED and not missed:
        return 0
    settled = put_for(
        Cause(excused_kind(note.reason), note.pk, is_note=True),
        missed,
        actor=actor,
        school_id=school_id,
        student_id=student_id,
        at=at,
    )
    facts: list[Happening] = [*settled]
    if note.state != NoteState.ACCEPTED:
        _decide(actor, note, NoteState.ACCEPTED, at)
        facts.append(NoteAccepted(**_about(note), lessons=len(missed)))
    _record(actor, note, facts, at)
    return len(missed)


@transaction.atomic
def return_note(*, actor: Actor, school_id: UUID, note_id: UUID, answer: str, at: datetime) -> None:
    """Return a note that waits, with a word; the same word twice changes nothing.

    Raises: ExcuseNote.DoesNotExist, NotYourPupil, NoteIsDecided, ReturnSaysNothing. Records: NoteReturned.
    """
    note = _to_answer(actor, school_id, note_id)
    if note.state == NoteState.RETURNED and note.answer == answer:
        return
    if note.state != NoteState.SENT:
        raise NoteIsDecided
    if not answer:
        raise ReturnSaysNothing
    _decide(actor, note, NoteState.RETURNED, at, answer=answer)
    _record(actor, note, [NoteReturned(**_about(note), answer=answer)], at)


def reach_of(note: ExcuseNote) -> Reach:
    """Give the lessons that a note reaches."""
    return Reach(note.first_day, note.last_day, note.from_slot, note.to_slot)


def _locked(school_id: UUID, note_id: UUID) -> ExcuseNote:
    notes = ExcuseNote.objects.select_for_update(no_key=True)
    return notes.get(school_id=school_id, pk=note_id)


def _to_answer(actor: Actor, school_id: UUID, note_id: UUID) -> ExcuseNote:
    note = _locked(school_id, note_id)
    if not may_answer_note(actor, note):
        raise NotYourPupil
    return note


def _decide(actor: Actor, note: ExcuseNote, state: NoteState, at: datetime, *, answer: str = "") -> None:
    ExcuseNote.objects.filter(school_id=note.school_id, pk=note.pk).update(
        state=state, answer=answer, decided_by=actor.person_id, decided_at=at
    )


def _about(note: ExcuseNote) -> dict[str, Any]:
    return {
        "thing_id": note.pk,
        "subject_id": note.student_id,
        "first_day": note.first_day,
        "last_day": note.last_day,
    }


def _record(actor: Actor, note: ExcuseNote, facts: list[Happening], at: datetime) -> None:
    record(facts, school_id=note.school_id, actor_id=actor.person_id, at=at)
    raise_revisions([note.student_id], school_id=note.school_id)


def _today(school_id: UUID, at: datetime) -> date:
    return at.astimezone(ZoneInfo(school(school_id=school_id).time_zone)).date()
