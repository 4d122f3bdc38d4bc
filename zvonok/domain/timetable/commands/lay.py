"""Lay the weekly plan out over the days of a year: a row for each lesson of each day."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from zvonok.domain.schools.models import GroupSubgroup, School, StudyGroup
from zvonok.domain.timetable.models import (
    BellSlot,
    CalendarDay,
    Lesson,
    LessonHelper,
    LessonState,
    Occupancy,
    OccupancyKind,
    Substitution,
    WeeklyLesson,
    WeeklyPlan,
    WeeklyTeacher,
)
from zvonok.domain.timetable.rules import DayOfCalendar, week_of_turn, weekday_taught
from zvonok.kernel.days import days_between
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused

BATCH = 2000
STEP_DAYS = 28


class LessonsClash(Refused):
    """A teacher, room or subgroup would be in two lessons at once."""

    message = _("A teacher, a room or a subgroup would be in two lessons at once; nothing was changed.")


@dataclass(frozen=True, slots=True)
class Laid:
    """What became of the dated lessons. `kept` were to go, but something is written in them."""

    added: int
    changed: int
    removed: int
    kept: int


@dataclass(slots=True)
class _Plan:
    """The plan with all that dating needs, read once."""

    school: School
    plan: WeeklyPlan
    zone: ZoneInfo
    by_weekday: dict[tuple[int, int], list[WeeklyLesson]]
    teachers: dict[UUID, list[UUID]]
    subjects: dict[UUID, UUID]
    subgroups: dict[UUID, list[UUID]]
    bells: dict[tuple[bool, int], BellSlot]
    special: dict[date, DayOfCalendar]


@dataclass(frozen=True, slots=True)
class _Dated:
    """A lesson as it is to be on a day."""

    weekly: WeeklyLesson
    day: date
    starts_at: datetime
    ends_at: datetime


def lay_lessons(
    plan: WeeklyPlan, *, first: date, last: date, today: date, progress: Callable[[int, int], None]
) -> Laid:
    """Make the lessons from `first` to `last` what plan and calendar say; doing it again changes nothing.

    What lies before `today` is laid once, if nothing stands there yet, and never changed: it was taught by
    the plan of its time. A lesson that a substitution stands for, or in which something is written, stays.
    Raises: LessonsClash.
    """
    read = _read(plan)
    total = Laid(0, 0, 0, 0)
    if Lesson.objects.filter(school=read.school, day__gte=first, day__lt=today).exists():
        first = max(first, today)
    days = days_between(first, last)
    for start in range(0, len(days), STEP_DAYS):
        step = days[start : start + STEP_DAYS]
        try:
            with transaction.atomic():
                laid = _lay(read, step, today=today)
        except IntegrityError as error:
            raise LessonsClash from error
        total = Laid(
            total.added + laid.added,
            total.changed + laid.changed,
            total.removed + laid.removed,
            total.kept + laid.kept,
        )
        progress(min(start + STEP_DAYS, len(days)), len(days))
    return total


def _read(plan: WeeklyPlan) -> _Plan:
    own: dict[str, Any] = {"school_id": plan.school_id}
    by_weekday: dict[tuple[int, int], list[WeeklyLesson]] = defaultdict(list)
    for weekly in WeeklyLesson.objects.filter(plan=plan, **own).order_by("slot", "id"):
        by_weekday[weekly.week, weekly.weekday].append(weekly)
    teachers: dict[UUID, list[UUID]] = defaultdict(list)
    for row in WeeklyTeacher.objects.filter(**own).order_by("position"):
        teachers[row.weekly_id].append(row.teacher_id)
    subgroups: dict[UUID, list[UUID]] = defaultdict(list)
    for pair in GroupSubgroup.objects.filter(**own).order_by("subgroup_id"):
        subgroups[pair.group_id].append(pair.subgroup_id)
    school = School.objects.get(pk=plan.school_id)
    return _Plan(
        school=school,
        plan=plan,
        zone=ZoneInfo(school.time_zone),
        by_weekday=by_weekday,
        teachers=teachers,
        subjects=dict(StudyGroup.objects.filter(**own).values_list("id", "subject_id")),
        subgroups=subgroups,
        bells={(bell.shortened, bell.number): bell for bell in BellSlot.objects.filter(**own)},
        special={row.day: DayOfCalendar(row.kind, row.works_as) for row in CalendarDay.objects.filter(**own)},
    )


def _lay(read: _Plan, days: Sequence[date], *, today: date) -> Laid:
    wanted = {(dated.weekly.pk, dated.day): dated for day in days for dated in _dated(read, day)}
    lessons = Lesson.objects.filter(school=read.school, day__range=(days[0], days[-1]))
    standing = {(row.weekly_id, row.day): row for row in lessons if row.weekly_id}
    orphans = [row for row in lessons if row.weekly_id is None or (row.weekly_id, row.day) not in wanted]
    removed, kept = _remove([row for row in orphans if row.day >= today])
    changed = _change(read, standing, wanted, today=today)
    _add(read, [dated for key, dated in wanted.items() if key not in standing])
    return Laid(len(wanted.keys() - standing.keys()), changed, removed, kept)


def _dated(read: _Plan, day: date) -> Iterator[_Dated]:
    weekday = weekday_taught(day, read.special)
    if weekday is None:
        return
    week = week_of_turn(day, anchor=read.plan.anchor, weeks=read.plan.weeks)
    shortened = day in read.special and read.special[day].kind == "SHORTENED"
    for weekly in read.by_weekday[week, weekday]:
        bell = read.bells.get((shortened, weekly.slot)) or read.bells[False, weekly.slot]
        starts = datetime.combine(day, bell.starts_at, read.zone)
        ends = datetime.combine(day, bell.ends_at, read.zone)
        yield _Dated(weekly, day, starts, ends)


def _remove(rows: list[Lesson]) -> tuple[int, int]:
    """Remove lessons that are no longer planned; one in which something is written stays."""
    empty = [row.pk for row in rows if not row.topic]
    removed = len(empty) if _removed(empty) else sum(_removed([pk]) for pk in empty)
    return removed, len(rows) - removed


def _removed(lesson_ids: list[UUID]) -> bool:
    """Remove lessons with what they take; False, and nothing removed, when a row elsewhere needs one of them."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            Occupancy.objects.filter(lesson__in=lesson_ids).delete()
            LessonHelper.objects.filter(lesson__in=lesson_ids).delete()
            cursor.execute("DELETE FROM timetable_lesson WHERE id = ANY(%s)", [lesson_ids])
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        return False
    return True


def _change(
    read: _Plan, standing: dict[Any, Lesson], wanted: dict[tuple[UUID, date], _Dated], *, today: date
) -> int:
    replaced = set(
        Substitution.objects.filter(school=read.school, withdrawn_at=None).values_list("lesson_id", flat=True)
    )
    changed = []
    for key, dated in wanted.items():
        row = standing.get(key)
        if row is None or row.day < today or row.pk in replaced or row.state != LessonState.PLANNED:
            continue
        values = _values(read, dated)
        if any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append((row, dated))
    rows = [row for row, _ in changed]
    Lesson.objects.bulk_update(
        rows, ["slot", "starts_at", "ends_at", "subject", "teacher", "room"], batch_size=BATCH
    )
    LessonHelper.objects.filter(school=read.school, lesson__in=rows).delete()
    Occupancy.objects.filter(school=read.school, lesson__in=rows).delete()
    _take(read, changed)
    return len(changed)


def _values(read: _Plan, dated: _Dated) -> dict[str, Any]:
    weekly = dated.weekly
    teachers = read.teachers[weekly.pk]
    return {
        "slot": weekly.slot,
        "starts_at": dated.starts_at,
        "ends_at": dated.ends_at,
        "subject_id": read.subjects[weekly.group_id],
        "teacher_id": teachers[0] if teachers else None,
        "room_id": weekly.room_id,
    }


def _add(read: _Plan, new: Sequence[_Dated]) -> None:
    rows = [
        Lesson(
            id=uuid7(),
            school=read.school,
            day=dated.day,
            group_id=dated.weekly.group_id,
            weekly=dated.weekly,
            **_values(read, dated),
        )
        for dated in new
    ]
    Lesson.objects.bulk_create(rows, batch_size=BATCH)
    _take(read, list(zip(rows, new, strict=True)))


def _take(read: _Plan, lessons: Sequence[tuple[Lesson, _Dated]]) -> None:
    """Give the lessons their second teachers, and take teachers, rooms and subgroups for their time."""
    LessonHelper.objects.bulk_create(
        [
            LessonHelper(id=uuid7(), school=read.school, lesson=row, teacher_id=teacher)
            for row, dated in lessons
            for teacher in read.teachers[dated.weekly.pk][1:]
        ],
        batch_size=BATCH,
    )
    Occupancy.objects.bulk_create(
        [
            Occupancy(
                id=uuid7(),
                school=read.school,
                lesson=row,
                kind=kind,
                resource=resource,
                during=DateTimeTZRange(dated.starts_at, dated.ends_at),
            )
            for row, dated in lessons
            for kind, resource in _resources(read, dated.weekly)
        ],
        batch_size=BATCH,
    )


def _resources(read: _Plan, weekly: WeeklyLesson) -> Iterator[tuple[str, UUID]]:
    yield from ((OccupancyKind.TEACHER, teacher) for teacher in read.teachers[weekly.pk])
    yield from ((OccupancyKind.SUBGROUP, subgroup) for subgroup in read.subgroups[weekly.group_id])
    if weekly.room_id:
        yield OccupancyKind.ROOM, weekly.room_id
