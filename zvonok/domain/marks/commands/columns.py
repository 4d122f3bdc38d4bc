"""Open a work of a lesson, and change what it is after marks were put for it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.history.commands import record
from zvonok.domain.marks.commands.put import WorkNotInUse
from zvonok.domain.marks.facts import WorkChanged, WorkOpened
from zvonok.domain.marks.models import Assessment, Mark, MarkScale, WorkKind
from zvonok.domain.marks.selectors import marking_of
from zvonok.domain.timetable.commands.journal import OpenLesson, open_lesson
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused


class WorkIsThere(Refused):
    """The lesson has a work of that kind already."""

    message = _("This lesson has marks for that kind of work already: it can have one of each kind.")


class WorkHasChanged(Refused):
    """Somebody else changed the work since it was seen."""

    message = _("Somebody has changed this work since you opened it. Look at it again before saving.")


@dataclass(frozen=True, slots=True)
class WorkTerms:
    """What a work is: its kind, its own title, its weight from 1 to 5, and whether it counts in averages."""

    work: str
    title: str
    weight: int
    counts: bool


@transaction.atomic
def change_work(
    *, actor: Actor, lesson_id: UUID, seen: WorkTerms, wanted: WorkTerms, at: datetime
) -> WorkTerms:
    """Change the kind, title and weight of a lesson's work, or whether it counts; its marks stay.

    `seen` is what the teacher saw; the same again changes nothing.
    Raises: NotTheTeacher, LessonIsCancelled, PeriodIsClosed, WorkNotInUse, WorkIsThere, WorkHasChanged.
    Records: WorkChanged. Source: README.md of the app, rule M-12.
    """
    lesson = open_lesson(actor=actor, lesson_id=lesson_id, at=at, ahead=None)
    works = {one.work: one for one in Assessment.objects.filter(school_id=lesson.school_id, lesson=lesson.id)}
    there = works.get(wanted.work)
    if there and _terms(there) == wanted:
        return wanted
    changed = works.get(seen.work)
    if changed is None or _terms(changed) != seen:
        raise WorkHasChanged
    if there and there is not changed:
        raise WorkIsThere
    kinds = WorkKind.objects.filter(school_id=lesson.school_id, code=wanted.work)
    if wanted.work != seen.work and not kinds.filter(in_use=True).exists():
        raise WorkNotInUse
    works_of_lesson = Assessment.objects.filter(school_id=lesson.school_id, pk=changed.pk)
    works_of_lesson.update(**asdict(wanted))
    _tell(lesson, changed.pk, seen=seen, wanted=wanted, actor=actor, at=at)
    return wanted


@transaction.atomic
def begin_work(
    *, actor: Actor, lesson_id: UUID, work: str, title: str, weight: int | None, at: datetime
) -> None:
    """Open a work of a kind before its first mark, by the scale in use; without a weight it takes the kind's.

    Raises: NotTheTeacher, LessonIsCancelled, PeriodIsClosed, WorkNotInUse, WorkIsThere.
    Records: WorkOpened. Source: README.md of the app, rule M-12.
    """
    lesson = open_lesson(actor=actor, lesson_id=lesson_id, at=at, ahead=None)
    own = {"school_id": lesson.school_id}
    kind = WorkKind.objects.filter(code=work, in_use=True, **own).first()
    if kind is None:
        raise WorkNotInUse
    if Assessment.objects.filter(lesson=lesson.id, work=work, **own).exists():
        raise WorkIsThere
    usual = marking_of(school_id=lesson.school_id, group_id=lesson.group_id, subject_id=lesson.subject_id)
    begun = Assessment.objects.create(
        id=uuid7(),
        lesson_id=lesson.id,
        scale=MarkScale.objects.get(kind=usual.scale, **own),
        work=work,
        title=title,
        weight=weight or kind.weight,
        counts=kind.counts,
        **own,
    )
    fact = WorkOpened(
        thing_id=begun.pk,
        lesson_id=lesson.id,
        work=work,
        work_title=kind.title,
        scale=usual.scale,
        criteria=(),
    )
    record([fact], school_id=lesson.school_id, actor_id=actor.person_id, at=at)


def _terms(work: Assessment) -> WorkTerms:
    return WorkTerms(work.work, work.title, work.weight, work.counts)


def _tell(
    lesson: OpenLesson, work_id: UUID, *, seen: WorkTerms, wanted: WorkTerms, actor: Actor, at: datetime
) -> None:
    fact = WorkChanged(
        thing_id=work_id, lesson_id=lesson.id, day=lesson.day, was=asdict(seen), now=asdict(wanted)
    )
    record([fact], school_id=lesson.school_id, actor_id=actor.person_id, at=at)
    marked = Mark.objects.filter(school_id=lesson.school_id, assessment=work_id, withdrawn_at=None)
    raise_revisions(set(marked.values_list("student_id", flat=True)), school_id=lesson.school_id)
