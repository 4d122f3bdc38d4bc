"""Set homework, word it anew, take it back: the only way into the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.history.commands import record
from zvonok.domain.history.facts import Happening
from zvonok.domain.homework.facts import HomeworkBroughtIn, HomeworkSet, HomeworkWithdrawn
from zvonok.domain.homework.models import Homework
from zvonok.domain.schools.selectors import students_of_group
from zvonok.domain.timetable.commands.journal import EditIsUsed, OpenLesson, open_lesson
from zvonok.domain.timetable.selectors import next_lesson
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused


class DueTooEarly(Refused):
    """Homework is due on the day it is given, or before."""

    message = _("Homework is due on a later day than the lesson it is given in.")


class HomeworkHasChanged(Refused):
    """Somebody else has changed the homework since it was seen."""

    message = _(
        "Somebody has changed this homework since you opened the page. Look at it again before saving."
    )


@dataclass(frozen=True, slots=True)
class HomeworkEdit:
    """What a teacher wants done: a text, or "" for none. `seen` is the homework that stood there."""

    id: UUID
    text: str
    due_on: date | None = None
    expected_minutes: int | None = None
    seen: UUID | None = None


@transaction.atomic
def set_homework(*, actor: Actor, lesson_id: UUID, edit: HomeworkEdit, at: datetime) -> Homework | None:
    """Set what is to be done after a lesson; an empty text takes it back. Give the homework that stands now.

    Without `due_on` it is due at the group's next lesson, or in a week where none is planned yet.
    The same edit, and the same homework, twice change nothing.
    Raises: NotTheTeacher, LessonIsCancelled, PeriodIsClosed, DueTooEarly, HomeworkHasChanged, EditIsUsed.
    Records: HomeworkSet, HomeworkWithdrawn. Source: README.md of the app, rules W-1 to W-3.
    """
    lesson = open_lesson(actor=actor, lesson_id=lesson_id, at=at, ahead=None)
    given = Homework.objects.filter(school_id=lesson.school_id, issued_lesson_id=lesson.id)
    standing = given.filter(withdrawn_at=None).first()
    if given.filter(pk=edit.id).exists():
        return standing
    wanted = _worded(lesson, edit, actor=actor, at=at) if edit.text else None
    if _says(standing) == _says(wanted):
        return standing
    if (standing.pk if standing else None) != edit.seen:
        raise HomeworkHasChanged
    if standing:
        given.filter(pk=standing.pk).update(withdrawn_at=at)
    if wanted:
        _insert(wanted)
    _record(lesson, actor, standing, wanted, at=at)
    return wanted


def _worded(lesson: OpenLesson, edit: HomeworkEdit, *, actor: Actor, at: datetime) -> Homework:
    following = next_lesson(
        school_id=lesson.school_id, group_id=lesson.group_id, after=lesson.day, on=edit.due_on
    )
    due = edit.due_on or (following.day if following else lesson.day + timedelta(days=7))
    if due <= lesson.day:
        raise DueTooEarly
    return Homework(
        id=edit.id,
        school_id=lesson.school_id,
        group_id=lesson.group_id,
        issued_lesson_id=lesson.id,
        issued_on=lesson.day,
        due_lesson_id=following.id if following else None,
        due_on=due,
        text=edit.text,
        expected_minutes=edit.expected_minutes,
        put_by_id=actor.person_id,
        put_at=at,
    )


def _says(homework: Homework | None) -> tuple[str, date, int | None] | None:
    return (homework.text, homework.due_on, homework.expected_minutes) if homework else None


def _insert(homework: Homework) -> None:
    try:
        homework.save(force_insert=True)
    except IntegrityError as error:
        raise EditIsUsed from error


def _record(
    lesson: OpenLesson, actor: Actor, before: Homework | None, after: Homework | None, *, at: datetime
) -> None:
    fact: Happening
    if after:
        fact = HomeworkSet(
            thing_id=after.pk,
            group_id=lesson.group_id,
            subject=lesson.subject,
            issued_on=lesson.day,
            due_on=after.due_on,
            text=after.text,
            expected_minutes=after.expected_minutes,
            instead_of=before.text if before else None,
        )
    elif before:
        fact = HomeworkWithdrawn(
            thing_id=before.pk,
            group_id=lesson.group_id,
            subject=lesson.subject,
            due_on=before.due_on,
            text=before.text,
        )
    else:
        return
    record([fact], school_id=lesson.school_id, actor_id=actor.person_id, at=at)
    students: set[UUID] = set()
    for day in {
        homework.due_on for homework in (before, after) if homework
    }:  # it is seen on the day it is due
        students.update(students_of_group(school_id=lesson.school_id, group_id=lesson.group_id, day=day))
    raise_revisions(students, school_id=lesson.school_id)


@dataclass(frozen=True, slots=True)
class PastHomework:
    """Homework given in a lesson long ago, and the lesson it was due at."""

    group_id: UUID
    lesson_id: UUID
    issued_on: date
    due_lesson_id: UUID
    due_on: date
    text: str
    expected_minutes: int
    put_by: UUID
    put_at: datetime


@transaction.atomic
def bring_in_homework(
    tasks: Sequence[PastHomework], *, school_id: UUID, actor_id: UUID | None, at: datetime
) -> None:
    """Take over homework that was set before the school came to us: nobody is told of it.

    Revisions are raised with the marks and absences of the same taking over. Records: HomeworkBroughtIn.
    """
    rows = [
        Homework(
            id=uuid7(),
            school_id=school_id,
            group_id=past.group_id,
            issued_lesson_id=past.lesson_id,
            issued_on=past.issued_on,
            due_lesson_id=past.due_lesson_id,
            due_on=past.due_on,
            text=past.text,
            expected_minutes=past.expected_minutes,
            put_by_id=past.put_by,
            put_at=past.put_at,
        )
        for past in tasks
    ]
    Homework.objects.bulk_create(rows, batch_size=2000)
    fact = HomeworkBroughtIn(thing_id=school_id, count=len(rows))
    record([fact], school_id=school_id, actor_id=actor_id, at=at)
