"""The weekly plan: set to what a timetable says."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zvonok.domain.schools.models import GroupSubgroup
from zvonok.domain.timetable.models import Room, WeeklyLesson, WeeklyPlan, WeeklyTeacher
from zvonok.kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class PlannedLesson:
    """A class period of the plan; the first of the teachers keeps the journal."""

    group_id: UUID
    week: int
    weekday: int
    slot: int
    teacher_ids: tuple[UUID, ...]
    room_id: UUID | None

    @property
    def place(self) -> tuple[UUID, int, int, int]:
        """What makes it one: a group has one lesson at a time."""
        return self.group_id, self.week, self.weekday, self.slot


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """What became of the plan's lessons."""

    added: list[PlannedLesson]
    changed: list[PlannedLesson]
    removed: list[PlannedLesson]


def set_plan(
    lessons: Sequence[PlannedLesson], *, school_id: UUID, year_id: UUID, title: str, weeks: int, anchor: date
) -> tuple[WeeklyPlan, PlanChanges]:
    """Set the weekly plan of a year; lessons that stay keep their rows, and so their dated lessons.

    `weeks` is 1 or 2; the first week of the turn is the one that holds `anchor`.
    """
    plan, _ = WeeklyPlan.objects.update_or_create(
        school_id=school_id,
        year_id=year_id,
        defaults={"title": title, "weeks": weeks, "anchor": anchor},
        create_defaults={"id": uuid7(), "title": title, "weeks": weeks, "anchor": anchor},
    )
    rows, standing = _standing(plan)
    wanted = {lesson.place: lesson for lesson in lessons}
    added = [lesson for place, lesson in wanted.items() if place not in standing]
    changed = [lesson for place, lesson in wanted.items() if standing.get(place, lesson) != lesson]
    removed = [lesson for place, lesson in standing.items() if place not in wanted]
    _remove(rows[lesson.place] for lesson in removed)
    _move(plan, [(rows[lesson.place], lesson) for lesson in changed])
    _add(plan, added)
    return plan, PlanChanges(added, changed, removed)


Place = tuple[UUID, int, int, int]


def _standing(plan: WeeklyPlan) -> tuple[dict[Place, WeeklyLesson], dict[Place, PlannedLesson]]:
    teachers: dict[UUID, list[UUID]] = {}
    for row in WeeklyTeacher.objects.filter(school_id=plan.school_id).order_by("position"):
        teachers.setdefault(row.weekly_id, []).append(row.teacher_id)
    rows = {}
    for weekly in WeeklyLesson.objects.filter(school_id=plan.school_id, plan=plan):
        rows[weekly.group_id, weekly.week, weekly.weekday, weekly.slot] = weekly
    planned = {
        place: PlannedLesson(*place, tuple(teachers.get(row.pk, ())), row.room_id)
        for place, row in rows.items()
    }
    return rows, planned


def _remove(rows: Iterable[WeeklyLesson]) -> None:
    WeeklyLesson.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _move(plan: WeeklyPlan, changed: Sequence[tuple[WeeklyLesson, PlannedLesson]]) -> None:
    for row, lesson in changed:
        row.room_id = lesson.room_id
    WeeklyLesson.objects.bulk_update([row for row, _ in changed], ["room"], batch_size=500)
    WeeklyTeacher.objects.filter(school_id=plan.school_id, weekly__in=[row for row, _ in changed]).delete()
    _teach(plan, changed)


def _add(plan: WeeklyPlan, added: Sequence[PlannedLesson]) -> None:
    rows = [
        WeeklyLesson(
            id=uuid7(),
            school_id=plan.school_id,
            plan=plan,
            group_id=lesson.group_id,
            room_id=lesson.room_id,
            week=lesson.week,
            weekday=lesson.weekday,
            slot=lesson.slot,
        )
        for lesson in added
    ]
    WeeklyLesson.objects.bulk_create(rows, batch_size=2000)
    _teach(plan, list(zip(rows, added, strict=True)))


def _teach(plan: WeeklyPlan, lessons: Sequence[tuple[WeeklyLesson, PlannedLesson]]) -> None:
    WeeklyTeacher.objects.bulk_create(
        [
            WeeklyTeacher(
                id=uuid7(), school_id=plan.school_id, weekly=row, teacher_id=teacher, position=position
            )
            for row, lesson in lessons
            for position, teacher in enumerate(lesson.teacher_ids)
        ],
        batch_size=2000,
    )


def set_rooms(rooms: Collection[tuple[str, int | None]], *, school_id: UUID) -> dict[str, UUID]:
    """Make the rooms that are not there yet, by name and capacity; give the ids of all of them by name."""
    known = dict(Room.objects.filter(school_id=school_id).values_list("name", "id"))
    new = [
        Room(id=uuid7(), school_id=school_id, name=name, capacity=capacity)
        for name, capacity in rooms
        if name not in known
    ]
    Room.objects.bulk_create(new, batch_size=2000)
    return known | {room.name: room.pk for room in new}


def set_subgroups(subgroups: Collection[tuple[UUID, UUID]], *, school_id: UUID) -> None:
    """Add which subgroups study groups take: pairs of group and subgroup; pairs that stand stay."""
    GroupSubgroup.objects.bulk_create(
        [
            GroupSubgroup(id=uuid7(), school_id=school_id, group_id=group, subgroup_id=subgroup)
            for group, subgroup in subgroups
        ],
        ignore_conflicts=True,
        batch_size=2000,
    )
