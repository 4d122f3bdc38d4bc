"""What the office changes in a day: a lesson is cancelled, replaced or restored, and what was planned is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.history.commands import record
from zvonok.domain.history.facts import Happening
from zvonok.domain.schools.models import Subject
from zvonok.domain.schools.selectors import students_of_group, teaches_here
from zvonok.domain.timetable.commands.journal import LessonHasChanged
from zvonok.domain.timetable.facts import LessonCancelled, LessonJoined, LessonReplaced, LessonRestored
from zvonok.domain.timetable.models import Lesson, LessonState, Occupancy, OccupancyKind, Room, Substitution
from zvonok.domain.timetable.policy import may_run_timetable
from zvonok.domain.timetable.selectors import Busy, bell_times, busy_with, resources_of
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import scoped_school

# Says whether a journal holds marks or absences of a lesson; asked after the lesson is locked.
HasEntries = Callable[[UUID], bool]


class NotTheOffice(Refused):
    """The actor does not run the school's timetable."""

    message = _("Lessons are changed by the deputy head, the head and the school administrator.")


class JournalIsFilled(Refused):
    """Marks or absences stand in the lesson, so it took place."""

    message = _(
        "Marks or absences stand in this lesson, so it took place. Ask the teacher to withdraw them first."
    )


class NothingToRestore(Refused):
    """The lesson is as it was planned."""

    message = _("This lesson already is as it was planned.")


class IsCancelled(Refused):
    """A cancelled lesson is restored before it is changed."""

    message = _("This lesson is cancelled. Restore it first.")


class NotOfThisSchool(Refused):
    """A teacher, subject or room was chosen that the school does not have."""

    message = _("The teacher, subject or room chosen is not of this school. Look at the lists again.")


class NoSuchSlot(Refused):
    """The school's bells have no lesson of this number."""

    message = _("The bells of this day have no lesson number %(slot)s.")


class TeacherIsBusy(Refused):
    """The teacher holds another lesson at that time."""

    message = _("%(who)s teaches at this time: %(group)s, lesson %(slot)s.")


class RoomIsTaken(Refused):
    """Another lesson is in the room at that time."""

    message = _("Room %(who)s is taken at this time: %(group)s, lesson %(slot)s.")


class StudentsAreBusy(Refused):
    """The students have another lesson at that time."""

    message = _("%(who)s sits in another lesson at this time: %(group)s, lesson %(slot)s.")


class TakenMeanwhile(Refused):
    """Somebody took the teacher, room or students in the same moment."""

    message = _("Somebody else has just taken this teacher, room or time. Look at the day again.")


class CannotBeJoined(Refused):
    """Two lessons cannot be held together."""

    message = _(
        "Lessons are held together at one time, by the teacher of one of them, and neither is joined already."
    )


class OthersAreJoined(Refused):
    """Another lesson is held together with this one, and needs its teacher."""

    message = _("Another group is joined to this lesson. Restore that group’s lesson first.")


BUSY: dict[str, type[Refused]] = {
    OccupancyKind.TEACHER: TeacherIsBusy,
    OccupancyKind.ROOM: RoomIsTaken,
    OccupancyKind.SUBGROUP: StudentsAreBusy,
}


@dataclass(frozen=True, slots=True)
class Replacement:
    """How a lesson is to be held: all of it, what changes and what stays."""

    subject_id: UUID
    teacher_id: UUID | None
    room_id: UUID | None
    slot: int


@transaction.atomic
def cancel_lesson(
    *, actor: Actor, lesson_id: UUID, reason: str, version: int, has_entries: HasEntries, at: datetime
) -> None:
    """Cancel a lesson and give back its teacher, room and students' time. A cancelled one stays so.

    Raises: Lesson.DoesNotExist, NotTheOffice, LessonHasChanged, JournalIsFilled. Records: LessonCancelled.
    """
    lesson = _locked(actor, lesson_id)
    if lesson.state == LessonState.CANCELLED:
        return
    _must_be_seen(lesson, version)
    _must_be_alone(lesson)
    if has_entries(lesson.pk):
        raise JournalIsFilled
    _keep_the_plan(lesson, actor, reason, at)
    Occupancy.objects.filter(school_id=lesson.school_id, lesson=lesson).delete()
    fact = LessonCancelled(thing_id=lesson.pk, day=lesson.day, slot=lesson.slot, reason=reason)
    _write(lesson, {"state": LessonState.CANCELLED, "held_with_id": None}, fact, actor, at)


@transaction.atomic
def replace_lesson(
    *,
    actor: Actor,
    lesson_id: UUID,
    replacement: Replacement,
    reason: str,
    version: int,
    has_entries: HasEntries,
    at: datetime,
) -> None:
    """Give a lesson another teacher, subject, room or slot of its day. The same again changes nothing.

    A lesson with marks or absences keeps its subject.
    Raises: Lesson.DoesNotExist, NotTheOffice, LessonHasChanged, IsCancelled, NotOfThisSchool, NoSuchSlot,
    JournalIsFilled, TeacherIsBusy, RoomIsTaken, StudentsAreBusy, TakenMeanwhile. Records: LessonReplaced.
    """
    lesson = _locked(actor, lesson_id)
    if lesson.state == LessonState.CANCELLED:
        raise IsCancelled
    if _as_held(lesson) == replacement and not lesson.held_with_id:
        return
    _must_be_seen(lesson, version)
    _must_be_alone(lesson)
    _must_be_of_the_school(lesson, replacement)
    if replacement.subject_id != lesson.subject_id and has_entries(lesson.pk):
        raise JournalIsFilled
    times = _times(lesson, replacement.slot)
    _keep_the_plan(lesson, actor, reason, at)
    changes = {
        "subject_id": replacement.subject_id,
        "teacher_id": replacement.teacher_id,
        "room_id": replacement.room_id,
        "slot": replacement.slot,
        "starts_at": times[0],
        "ends_at": times[1],
        "held_with_id": None,
    }
    fact = LessonReplaced(thing_id=lesson.pk, day=lesson.day, slot=lesson.slot, reason=reason)
    _write(lesson, changes, fact, actor, at)
    _take(lesson)


@transaction.atomic
def join_lesson(
    *, actor: Actor, lesson_id: UUID, other_id: UUID, reason: str, version: int, at: datetime
) -> None:
    """Let a lesson be held together with another one, in its room and by its teacher; each keeps its own journal.

    The same again changes nothing.
    Raises: Lesson.DoesNotExist, NotTheOffice, LessonHasChanged, IsCancelled, CannotBeJoined, OthersAreJoined,
    StudentsAreBusy, TakenMeanwhile. Records: LessonJoined.
    """
    both = {pk: _locked(actor, pk) for pk in sorted({lesson_id, other_id})}
    lesson, other = both[lesson_id], both[other_id]
    if lesson.held_with_id == other.pk:
        return
    _must_be_seen(lesson, version)
    _must_be_alone(lesson)
    if LessonState.CANCELLED in (lesson.state, other.state):
        raise IsCancelled
    if lesson is other or not other.teacher_id or other.held_with_id or lesson.starts_at != other.starts_at:
        raise CannotBeJoined
    _keep_the_plan(lesson, actor, reason, at)
    changes = {"teacher_id": other.teacher_id, "room_id": other.room_id, "held_with_id": other.pk}
    fact = LessonJoined(
        thing_id=lesson.pk, day=lesson.day, slot=lesson.slot, with_lesson=other.pk, reason=reason
    )
    _write(lesson, changes, fact, actor, at)
    _take(lesson)


@transaction.atomic
def restore_lesson(*, actor: Actor, lesson_id: UUID, version: int, at: datetime) -> None:
    """Bring a cancelled or replaced lesson back to what was planned.

    Raises: Lesson.DoesNotExist, NotTheOffice, NothingToRestore, LessonHasChanged, TeacherIsBusy, RoomIsTaken,
    StudentsAreBusy, TakenMeanwhile. Records: LessonRestored.
    """
    lesson = _locked(actor, lesson_id)
    plan = _standing_plan(lesson)
    if plan is None:
        raise NothingToRestore
    _must_be_seen(lesson, version)
    _must_be_alone(lesson)
    Substitution.objects.filter(pk=plan.pk).update(withdrawn_at=at)
    changes = {
        "state": LessonState.PLANNED,
        "subject_id": plan.planned_subject_id,
        "teacher_id": plan.planned_teacher_id,
        "room_id": plan.planned_room_id,
        "day": plan.planned_day,
        "slot": plan.planned_slot,
        "starts_at": plan.planned_starts_at,
        "ends_at": plan.planned_ends_at,
        "held_with_id": None,
    }
    fact = LessonRestored(thing_id=lesson.pk, day=plan.planned_day, slot=plan.planned_slot)
    _write(lesson, changes, fact, actor, at)
    _take(lesson)


def _locked(actor: Actor, lesson_id: UUID) -> Lesson:
    school_id = scoped_school()
    assert school_id is not None, "a lesson is changed within the scope of its school"
    lesson = Lesson.objects.select_for_update(no_key=True).get(school_id=school_id, pk=lesson_id)
    if not may_run_timetable(actor, school_id=lesson.school_id):
        raise NotTheOffice
    return lesson


def _must_be_seen(lesson: Lesson, version: int) -> None:
    if version != lesson.version:
        raise LessonHasChanged


def _must_be_alone(lesson: Lesson) -> None:
    if Lesson.objects.filter(school_id=lesson.school_id, held_with=lesson).exists():
        raise OthersAreJoined


def _as_held(lesson: Lesson) -> Replacement:
    return Replacement(lesson.subject_id, lesson.teacher_id, lesson.room_id, lesson.slot)


def _must_be_of_the_school(lesson: Lesson, wanted: Replacement) -> None:
    """Ask only about what is new: a foreign key does not see the second wall."""
    own = {"school_id": lesson.school_id}
    known = [
        wanted.subject_id == lesson.subject_id
        or Subject.objects.filter(**own, pk=wanted.subject_id).exists(),
        wanted.room_id in (None, lesson.room_id) or Room.objects.filter(**own, pk=wanted.room_id).exists(),
        wanted.teacher_id is None
        or wanted.teacher_id == lesson.teacher_id
        or teaches_here(school_id=lesson.school_id, person_id=wanted.teacher_id, day=lesson.day),
    ]
    if not all(known):
        raise NotOfThisSchool


def _times(lesson: Lesson, slot: int) -> tuple[datetime, datetime]:
    if slot == lesson.slot:
        return lesson.starts_at, lesson.ends_at
    times = bell_times(school_id=lesson.school_id, day=lesson.day).get(slot)
    if times is None:
        raise NoSuchSlot(slot=slot)
    return times


def _standing_plan(lesson: Lesson) -> Substitution | None:
    return Substitution.objects.filter(
        school_id=lesson.school_id, lesson=lesson, withdrawn_at__isnull=True
    ).first()


def _keep_the_plan(lesson: Lesson, actor: Actor, reason: str, at: datetime) -> None:
    """Write down what was planned: of an earlier change that stands its plan, else the lesson as it is."""
    standing = _standing_plan(lesson)
    if standing is not None:
        Substitution.objects.filter(pk=standing.pk).update(withdrawn_at=at)
    names = ("day", "slot", "starts_at", "ends_at", "subject_id", "teacher_id", "room_id")
    planned = {
        f"planned_{name}": getattr(standing, f"planned_{name}") if standing else getattr(lesson, name)
        for name in names
    }
    Substitution.objects.create(
        id=uuid7(),
        school_id=lesson.school_id,
        lesson=lesson,
        reason=reason,
        made_by_id=actor.person_id,
        made_at=at,
        **planned,
    )


def _write(lesson: Lesson, changes: dict[str, Any], fact: Happening, actor: Actor, at: datetime) -> None:
    students = students_of_group(school_id=lesson.school_id, group_id=lesson.group_id, day=lesson.day)
    for name, value in {**changes, "version": lesson.version + 1}.items():
        setattr(lesson, name, value)
    lesson.save(update_fields=[*changes, "version"])
    record([fact], school_id=lesson.school_id, actor_id=actor.person_id, at=at)
    raise_revisions(students, school_id=lesson.school_id)


def _take(lesson: Lesson) -> None:
    """Take teacher, room and students for the lesson's time, and no other time."""
    own = {"school_id": lesson.school_id, "lesson": lesson}
    wanted = resources_of(lesson)
    during = (lesson.starts_at, lesson.ends_at)
    busy = busy_with(school_id=lesson.school_id, during=during, but=lesson.pk)
    for kind, resource in wanted:
        if (kind, resource) in busy:
            raise _refusal(busy[kind, resource])
    Occupancy.objects.filter(**own).delete()
    try:
        with transaction.atomic():
            Occupancy.objects.bulk_create(
                Occupancy(id=uuid7(), **own, kind=kind, resource=resource, during=during)
                for kind, resource in wanted
            )
    except IntegrityError as fault:
        raise TakenMeanwhile from fault


def _refusal(busy: Busy) -> Refused:
    return BUSY[busy.kind](who=busy.who, group=busy.group, slot=busy.slot)
