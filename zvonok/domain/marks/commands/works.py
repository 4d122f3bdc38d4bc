"""Say how a work of a lesson is marked before its first mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.history.commands import record
from zvonok.domain.marks.commands.put import WorkNotInUse
from zvonok.domain.marks.facts import WorkOpened
from zvonok.domain.marks.models import Assessment, Criterion, Mark, MarkScale, ScaleKind, WorkKind
from zvonok.domain.timetable.commands.journal import open_lesson
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused

FEWEST_CRITERIA, MOST_CRITERIA, MOST_POINTS = 2, 5, 100


class WorkHasMarks(Refused):
    """Marks were put already: their scale is that of the work."""

    message = _("Marks were put for this work already, so its scale stays as it is.")


class CriteriaOdd(Refused):
    """A work is marked by two to five criteria, each with its name and its points."""

    message = _("A work has two to five criteria, each with a name and 1 to 100 points.")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a work is marked for, and the points that it can bring."""

    title: str
    most: int


@transaction.atomic
def open_work(
    *, actor: Actor, lesson_id: UUID, work: str, scale: str, criteria: Sequence[Measure] = (), at: datetime
) -> None:
    """Open a work of a lesson by a scale, or give one that has no marks yet another; criteria for that scale only.

    The same again changes nothing.
    Raises: NotTheTeacher, LessonIsCancelled, PeriodIsClosed, WorkNotInUse, WorkHasMarks, CriteriaOdd.
    Records: WorkOpened. Source: README.md of the app, rules M-7 and M-10.
    """
    lesson = open_lesson(actor=actor, lesson_id=lesson_id, at=at, ahead=None)
    own = {"school_id": lesson.school_id}
    criteria = criteria if scale == ScaleKind.CRITERIA else ()
    _check_criteria(scale, criteria)
    kind = WorkKind.objects.filter(code=work, **own).first()
    opened = Assessment.objects.filter(lesson=lesson.id, work=work, **own).select_related("scale").first()
    if kind is None or not (opened or kind.in_use):
        raise WorkNotInUse
    before = (opened.scale.kind, _measures(opened)) if opened else None
    if before == (scale, list(criteria)):
        return
    if opened and Mark.objects.filter(assessment=opened, **own).exists():
        raise WorkHasMarks
    chosen = MarkScale.objects.get(kind=scale, **own)
    if opened is None:
        opened = Assessment(
            id=uuid7(), lesson_id=lesson.id, work=work, weight=kind.weight, counts=kind.counts, **own
        )
    opened.scale = chosen
    opened.save()
    _write_criteria(opened, criteria)
    fact = WorkOpened(
        thing_id=opened.pk,
        lesson_id=lesson.id,
        work=work,
        work_title=kind.title,
        scale=scale,
        criteria=tuple(f"{one.title}: {one.most}" for one in criteria),
    )
    record([fact], school_id=lesson.school_id, actor_id=actor.person_id, at=at)


def _check_criteria(scale: str, criteria: Sequence[Measure]) -> None:
    if scale != ScaleKind.CRITERIA:
        return
    number_fits = FEWEST_CRITERIA <= len(criteria) <= MOST_CRITERIA
    if not number_fits or not all(one.title and 1 <= one.most <= MOST_POINTS for one in criteria):
        raise CriteriaOdd


def _measures(work: Assessment) -> list[Measure]:
    rows = work.criteria.order_by("position").values_list("title", "most")
    return [Measure(title, most) for title, most in rows]


def _write_criteria(work: Assessment, criteria: Sequence[Measure]) -> None:
    Criterion.objects.filter(school_id=work.school_id, assessment=work).delete()
    Criterion.objects.bulk_create(
        Criterion(
            id=uuid7(),
            school_id=work.school_id,
            assessment=work,
            position=position,
            title=one.title,
            most=one.most,
        )
        for position, one in enumerate(criteria, start=1)
    )
