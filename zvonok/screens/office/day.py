"""The school day in the office: every dated lesson, and what may be changed in one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from zvonok.domain.homework.selectors import HomeworkLine, homework_due_at
from zvonok.domain.schools.models import SchoolClass
from zvonok.domain.schools.selectors import (
    classes_of_day,
    school,
    subjects_of_school,
    teachers_of_school,
)
from zvonok.domain.timetable.selectors import (
    Busy,
    LessonLine,
    SpecialDay,
    bell_times,
    busy_with,
    groups_of_class,
    lesson_line,
    lessons_of_day,
    lessons_to_join,
    rooms_of_school,
    special_days,
)

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Slot:
    """The lessons of one number."""

    number: int
    lessons: list[LessonLine]


@dataclass(frozen=True, slots=True)
class OfficeDay:
    """A day of a school, less what the filter leaves out."""

    day: date
    school: str
    zone: ZoneInfo
    slots: list[Slot]
    shown: int
    total: int
    changed: int
    special: SpecialDay | None
    classes: list[SchoolClass]
    teachers: list[tuple[UUID, str]]

    @property
    def earlier(self) -> date:
        """The day before."""
        return self.day - timedelta(days=1)

    @property
    def later(self) -> date:
        """The day after."""
        return self.day + timedelta(days=1)


def office_day(*, school_id: UUID, day: date, class_id: UUID | None, teacher_id: UUID | None) -> OfficeDay:
    """Gather a school's day in at most seven queries; by class and by teacher, if they are given."""
    lessons = lessons_of_day(school_id=school_id, day=day)
    shown = list(_filtered(lessons, school_id=school_id, class_id=class_id, teacher_id=teacher_id))
    own = school(school_id=school_id)
    return OfficeDay(
        day=day,
        school=own.short_name,
        zone=ZoneInfo(own.time_zone),
        slots=[Slot(number, list(group)) for number, group in groupby(shown, key=lambda lesson: lesson.slot)],
        shown=len(shown),
        total=len(lessons),
        changed=sum(1 for lesson in lessons if lesson.planned is not None),
        special=special_days(school_id=school_id, first=day, last=day).get(day),
        classes=classes_of_day(school_id=school_id, day=day),
        teachers=teachers_of_school(school_id=school_id, day=day),
    )


def _filtered(
    lessons: list[LessonLine], *, school_id: UUID, class_id: UUID | None, teacher_id: UUID | None
) -> Iterable[LessonLine]:
    groups = groups_of_class(school_id=school_id, class_id=class_id) if class_id else None
    for lesson in lessons:
        if (groups is None or lesson.group_id in groups) and teacher_id in (None, lesson.teacher_id):
            yield lesson


@dataclass(frozen=True, slots=True)
class OfficeLesson:
    """A lesson, and from what its replacement is chosen; what is busy at its time says so."""

    lesson: LessonLine
    zone: ZoneInfo
    room_id: UUID | None
    teachers: list[Choice]
    subjects: list[Choice]
    rooms: list[Choice]
    slots: list[Choice]
    others: list[Choice]
    due: list[HomeworkLine]


def office_lesson(*, school_id: UUID, lesson_id: UUID) -> OfficeLesson | None:
    """Gather what the page of a lesson in the office asks for, in ten queries; None: there is no such lesson."""
    lesson = lesson_line(school_id=school_id, lesson_id=lesson_id)
    if lesson is None:
        return None
    busy = busy_with(school_id=school_id, during=(lesson.starts_at, lesson.ends_at), but=lesson.id)
    rooms = rooms_of_school(school_id=school_id)
    return OfficeLesson(
        lesson=lesson,
        zone=ZoneInfo(school(school_id=school_id).time_zone),
        room_id=next((key for key, name in rooms if name == lesson.room), None),
        teachers=_choices("TEACHER", teachers_of_school(school_id=school_id, day=lesson.day), busy),
        subjects=[(str(key), name) for key, name in subjects_of_school(school_id=school_id)],
        rooms=_choices("ROOM", rooms, busy),
        slots=[
            (str(number), f"{number} · {starts:%H:%M}–{ends:%H:%M}")
            for number, (starts, ends) in bell_times(school_id=school_id, day=lesson.day).items()
        ],
        others=[
            (str(other.id), f"{other.group} — {other.teacher}")
            for other in lessons_to_join(school_id=school_id, lesson=lesson)
        ],
        due=homework_due_at(school_id=school_id, lesson_id=lesson_id),
    )


def _choices(kind: str, things: list[tuple[UUID, str]], busy: dict[tuple[str, UUID], Busy]) -> list[Choice]:
    """Name the things, the free ones first, the busy ones with where they are."""
    free = [(str(key), name) for key, name in things if (kind, key) not in busy]
    taken = [(str(key), f"{name} — {busy[kind, key].group}") for key, name in things if (kind, key) in busy]
    return [("", "—"), *free, *taken]
