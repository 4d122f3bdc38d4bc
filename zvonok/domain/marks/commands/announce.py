"""Announce a test at a lesson, and take the announcement back."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.history.commands import record
from zvonok.domain.history.facts import Happening
from zvonok.domain.marks.facts import WorkAnnounced, WorkCalledOff
from zvonok.domain.marks.models import Assessment, Criterion, Mark, MarkScale, ScaleKind, WorkKind
from zvonok.domain.marks.selectors import SCALE_IN_USE
from zvonok.domain.schools.selectors import students_of_group
from zvonok.domain.timetable.commands.journal import OpenLesson, open_lesson
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused


class NotATest(Refused):
    """The kind of work is none of the school's tests."""

    message = _("Choose a kind of work that your school counts as a test.")


class HasBeenWritten(Refused):
    """Marks were put: the test was written."""

    message = _("Marks stand for this test, so it was written.")


@transaction.atomic
def announce_test(*, actor: Actor, lesson_id: UUID, work: str, title: str, at: datetime) -> None:
    """Announce a test at a lesson, or give one that is announced another title. The same again changes nothing.

    Two tests a day and too many tests are told on the page, never refused: rule M-15.
    Raises: NotTheTeacher, LessonIsCancelled, PeriodIsClosed, NotATest. Records: WorkAnnounced.
    """
    lesson = open_lesson(actor=actor, lesson_id=lesson_id, at=at, ahead=None)
    own = {"school_id": lesson.school_id}
    kind = WorkKind.objects.filter(code=work, is_test=True, in_use=True, **own).first()
    if kind is None:
        raise NotATest
    opened = Assessment.objects.filter(lesson=lesson.id, work=work, **own).first()
    if opened and opened.title == title:
        return
    if opened:
        Assessment.objects.filter(pk=opened.pk, **own).update(title=title)
    else:
        opened = Assessment(id=uuid7(), lesson_id=lesson.id, work=work, title=title, **own)
        opened.scale_id, opened.weight, opened.counts = _scale(lesson), kind.weight, kind.counts
        opened.save(force_insert=True)
    fact = WorkAnnounced(
        thing_id=opened.pk,
        lesson_id=lesson.id,
        day=lesson.day,
        subject=lesson.subject,
        work=work,
        title=title,
    )
    _tell(lesson, fact, actor, at)


@transaction.atomic
def withdraw_test(*, actor: Actor, lesson_id: UUID, work_id: UUID, at: datetime) -> None:
    """Take the announcement of a test back; one that is gone already stays so.

    Raises: NotTheTeacher, LessonIsCancelled, PeriodIsClosed, HasBeenWritten. Records: WorkCalledOff.
    """
    lesson = open_lesson(actor=actor, lesson_id=lesson_id, at=at, ahead=None)
    own = {"school_id": lesson.school_id}
    opened = Assessment.objects.filter(lesson=lesson.id, pk=work_id, **own).first()
    if opened is None:
        return
    if Mark.objects.filter(assessment=opened, **own).exists():
        raise HasBeenWritten
    Criterion.objects.filter(assessment=opened, **own).delete()
    Assessment.objects.filter(pk=opened.pk, **own).delete()
    fact = WorkCalledOff(
        thing_id=opened.pk,
        lesson_id=lesson.id,
        day=lesson.day,
        subject=lesson.subject,
        work=opened.work,
        title=opened.title,
    )
    _tell(lesson, fact, actor, at)


def _scale(lesson: OpenLesson) -> UUID:
    """Find the scale by which the group's new works are marked."""
    about = {"school": lesson.school_id, "group": lesson.group_id, "subject": lesson.subject_id}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {SCALE_IN_USE}", about)
        found: UUID | None = cursor.fetchone()[0]
    return found or MarkScale.objects.get(school_id=lesson.school_id, kind=ScaleKind.FIVE_POINT).pk


def _tell(lesson: OpenLesson, fact: Happening, actor: Actor, at: datetime) -> None:
    record([fact], school_id=lesson.school_id, actor_id=actor.person_id, at=at)
    students = students_of_group(school_id=lesson.school_id, group_id=lesson.group_id, day=lesson.day)
    raise_revisions(students, school_id=lesson.school_id)
