"""Make remarks and take them back, keep words to use again, write notes to oneself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.history.commands import record
from zvonok.domain.remarks.facts import RemarkMade, RemarksBroughtIn, RemarkWithdrawn
from zvonok.domain.remarks.models import OwnNote, Remark, RemarkKind, RemarkTemplate
from zvonok.domain.schools.selectors import students_of_group
from zvonok.domain.timetable.commands.journal import (
    EditIsUsed,
    LessonIsAhead,
    NotInTheGroup,
    NotTheTeacher,
    open_lesson,
)
from zvonok.domain.timetable.models import Lesson
from zvonok.domain.timetable.policy import may_mark
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import scoped_school


class RemarkSaysNothing(Refused):
    """A remark without words, or of an unknown kind."""

    message = _("Write what you would like to say.")


@transaction.atomic
def make_remark(
    *, actor: Actor, lesson_id: UUID, edit_id: UUID, student_id: UUID, kind: str, text: str, at: datetime
) -> Remark:
    """Write a remark or a praise to a student of a lesson. The same edit twice changes nothing.

    Raises: NotTheTeacher, LessonIsCancelled, LessonIsAhead, PeriodIsClosed, NotInTheGroup,
    RemarkSaysNothing, EditIsUsed. Records: RemarkMade.
    """
    lesson = open_lesson(actor=actor, lesson_id=lesson_id, at=at, ahead=LessonIsAhead)
    made = Remark.objects.filter(school_id=lesson.school_id, lesson_id=lesson.id, pk=edit_id).first()
    if made:
        return made
    if not text or kind not in RemarkKind.values:
        raise RemarkSaysNothing
    if student_id not in students_of_group(
        school_id=lesson.school_id, group_id=lesson.group_id, day=lesson.day
    ):
        raise NotInTheGroup
    remark = Remark(
        id=edit_id,
        school_id=lesson.school_id,
        lesson_id=lesson.id,
        student_id=student_id,
        day=lesson.day,
        kind=kind,
        text=text,
        put_by_id=actor.person_id,
        put_at=at,
    )
    try:
        remark.save(force_insert=True)
    except IntegrityError as error:
        raise EditIsUsed from error
    fact = RemarkMade(
        thing_id=edit_id, subject_id=student_id, lesson_id=lesson.id, day=lesson.day, remark=kind, text=text
    )
    record([fact], school_id=lesson.school_id, actor_id=actor.person_id, at=at)
    raise_revisions([student_id], school_id=lesson.school_id)
    return remark


@transaction.atomic
def withdraw_remark(*, actor: Actor, lesson_id: UUID, remark_id: UUID, at: datetime) -> None:
    """Take a remark back; one that was taken back already stays so.

    Raises: NotTheTeacher, LessonIsCancelled, PeriodIsClosed. Records: RemarkWithdrawn.
    """
    lesson = open_lesson(actor=actor, lesson_id=lesson_id, at=at, ahead=None)
    standing = Remark.objects.filter(
        school_id=lesson.school_id, lesson_id=lesson.id, pk=remark_id, withdrawn_at=None
    )
    remark = standing.first()
    if remark is None:
        return
    standing.update(withdrawn_at=at)
    fact = RemarkWithdrawn(
        thing_id=remark.pk,
        subject_id=remark.student_id,
        lesson_id=lesson.id,
        day=lesson.day,
        text=remark.text,
    )
    record([fact], school_id=lesson.school_id, actor_id=actor.person_id, at=at)
    raise_revisions([remark.student_id], school_id=lesson.school_id)


MOST_TEMPLATES = 50


class TooManyTemplates(Refused):
    """A teacher keeps more words than anybody could choose from."""

    message = _("You keep %(most)s templates already. Delete one that you no longer use.")


@transaction.atomic
def keep_template(*, actor: Actor, school_id: UUID, kind: str, text: str) -> None:
    """Keep words to use again, among the actor's own. The same again changes nothing.

    Raises: RemarkSaysNothing, TooManyTemplates.
    """
    if not text or kind not in RemarkKind.values:
        raise RemarkSaysNothing
    own = RemarkTemplate.objects.filter(school_id=school_id, teacher_id=actor.person_id)
    if own.count() >= MOST_TEMPLATES:
        raise TooManyTemplates(most=MOST_TEMPLATES)
    row = RemarkTemplate(id=uuid7(), school_id=school_id, teacher_id=actor.person_id, kind=kind, text=text)
    RemarkTemplate.objects.bulk_create([row], ignore_conflicts=True)


def drop_template(*, actor: Actor, school_id: UUID, template_id: UUID) -> None:
    """Throw away words of the actor's own; those of others, and those that are gone, are left alone."""
    own = RemarkTemplate.objects.filter(school_id=school_id, teacher_id=actor.person_id)
    own.filter(pk=template_id).delete()


@transaction.atomic
def write_note(*, actor: Actor, lesson_id: UUID, text: str) -> None:
    """Write a note to oneself at a lesson, over the one that stood there; an empty one removes it.

    Nobody else reads it, so it leaves no fact. Raises: Lesson.DoesNotExist, NotTheTeacher.
    """
    school_id = scoped_school()
    assert school_id is not None, "a note is written within the scope of a school"
    lesson = Lesson.objects.get(school_id=school_id, pk=lesson_id)
    if not may_mark(actor, lesson):
        raise NotTheTeacher
    own = {"school_id": lesson.school_id, "lesson_id": lesson.pk, "author_id": actor.person_id}
    if text:
        OwnNote.objects.update_or_create(
            **own, defaults={"text": text}, create_defaults={"id": uuid7(), "text": text}
        )
    else:
        OwnNote.objects.filter(**own).delete()


@dataclass(frozen=True, slots=True)
class PastRemark:
    """A remark of a lesson long ago."""

    lesson_id: UUID
    student_id: UUID
    day: date
    kind: str
    text: str
    put_by: UUID
    put_at: datetime


@transaction.atomic
def bring_in_remarks(
    remarks: Sequence[PastRemark], *, school_id: UUID, actor_id: UUID | None, at: datetime
) -> None:
    """Take over remarks that were made before the school came to us. Records: RemarksBroughtIn."""
    rows = [
        Remark(
            id=uuid7(),
            school_id=school_id,
            lesson_id=past.lesson_id,
            student_id=past.student_id,
            day=past.day,
            kind=past.kind,
            text=past.text,
            put_by_id=past.put_by,
            put_at=past.put_at,
        )
        for past in remarks
    ]
    Remark.objects.bulk_create(rows, batch_size=2000)
    fact = RemarksBroughtIn(thing_id=school_id, count=len(rows))
    record([fact], school_id=school_id, actor_id=actor_id, at=at)
