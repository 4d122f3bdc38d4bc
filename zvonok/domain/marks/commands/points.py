"""Turn the points in whose place no mark was put in time, by the school's rule."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.history.commands import record
from zvonok.domain.history.facts import Happening
from zvonok.domain.marks import rules
from zvonok.domain.marks.facts import MarkPut, MarkWithdrawn
from zvonok.domain.marks.models import Mark, PointFate, WorkKind
from zvonok.domain.marks.selectors import point_terms
from zvonok.domain.schools.models import StudyPeriod
from zvonok.domain.schools.selectors import school
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.ids import uuid7


@transaction.atomic
def settle_points(*, school_id: UUID, at: datetime, period_id: UUID | None = None) -> int:
    """Turn the overdue points of a school into the lowest mark, or take them away; give how many there were.

    With a study period, all its points are overdue: it closes. Doing it again changes nothing, and a mark
    that a teacher puts at the same time stands: both lock the lesson.
    Records: MarkPut, MarkWithdrawn. Source: README.md of the app, rule M-16.
    """
    overdue = _overdue(school_id, at, period_id)
    lessons = set(overdue.values_list("lesson_id", flat=True))
    if not lessons:
        return 0
    locked = Lesson.objects.select_for_update(no_key=True).filter(school_id=school_id, pk__in=lessons)
    list(locked.order_by("pk").values_list("pk"))
    points = list(overdue.filter(lesson_id__in=lessons).select_related("assessment", "scale", "subject"))
    _days, fate = point_terms(school_id=school_id)
    put = [_lowest(point, at) for point in points if fate == PointFate.LOWEST]
    Mark.objects.filter(school_id=school_id, pk__in=[point.pk for point in points]).update(withdrawn_at=at)
    Mark.objects.bulk_create(put)
    record(_facts(points, put, school_id), school_id=school_id, actor_id=None, at=at)
    raise_revisions({point.student_id for point in points}, school_id=school_id)
    return len(points)


def _overdue(school_id: UUID, at: datetime, period_id: UUID | None) -> QuerySet[Mark]:
    today = at.astimezone(ZoneInfo(school(school_id=school_id).time_zone)).date()
    which = Q(due_on__lt=today)
    if period_id:
        period = StudyPeriod.objects.get(school_id=school_id, pk=period_id)
        which |= Q(
            lesson__group__year=period.year_id,
            lesson__group__period_system=period.system,
            day__range=(period.starts_on, period.ends_on),
        )
    standing = Mark.objects.filter(school_id=school_id, withdrawn_at=None, due_on__isnull=False)
    return standing.filter(which).order_by("pk")


def _lowest(point: Mark, at: datetime) -> Mark:
    """Make the mark that takes the place of a point; nobody put it."""
    value = rules.lowest(point.scale.kind)
    return Mark(
        id=uuid7(),
        school_id=point.school_id,
        assessment_id=point.assessment_id,
        scale_id=point.scale_id,
        lesson_id=point.lesson_id,
        student_id=point.student_id,
        subject_id=point.subject_id,
        day=point.day,
        value=value,
        points=rules.points_of(value, scale=point.scale.kind, bounds=point.scale.bounds),
        comment=_reason(point),
        put_at=at,
    )


def _reason(point: Mark) -> str:
    """Say in the school's language why it happened: the words stay with the mark."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("By the school’s rule: no mark was put here by %(day)s.") % {
            "day": f"{point.due_on:%d.%m.%Y}"
        }


def _facts(points: list[Mark], put: Iterable[Mark], school_id: UUID) -> list[Happening]:
    titles = dict(WorkKind.objects.filter(school_id=school_id).values_list("code", "title"))
    marks = {(mark.assessment_id, mark.student_id): mark for mark in put}
    return [
        _fact(point, marks.get((point.assessment_id, point.student_id)), titles[point.assessment.work])
        for point in points
    ]


def _fact(point: Mark, mark: Mark | None, title: str) -> Happening:
    work = point.assessment
    if mark is None:
        return MarkWithdrawn(
            thing_id=point.pk,
            subject_id=point.student_id,
            lesson_id=point.lesson_id,
            subject=point.subject.name,
            day=point.day,
            work=work.work,
            work_title=title,
            value=point.value,
            reason=_reason(point),
        )
    return MarkPut(
        thing_id=mark.pk,
        subject_id=mark.student_id,
        lesson_id=mark.lesson_id,
        subject=point.subject.name,
        day=mark.day,
        work=work.work,
        work_title=title,
        weight=work.weight,
        value=mark.value,
        comment=mark.comment,
        instead_of=point.value,
    )
