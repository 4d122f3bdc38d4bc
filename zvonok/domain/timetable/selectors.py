"""Lessons as pages show them: of a student, of a teacher, of a study group, of a whole school's day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Exists, Q

from zvonok.domain.people.selectors import short_name
from zvonok.domain.schools.models import GroupSubgroup, School
from zvonok.domain.timetable.models import (
    BellSlot,
    CalendarDay,
    DayKind,
    Lesson,
    LessonHelper,
    LessonState,
    OccupancyKind,
    Room,
)


@dataclass(frozen=True, slots=True)
class PlannedInstead:
    """What had been planned for a lesson that was cancelled, replaced or moved."""

    subject: str
    teacher: str
    room: str
    day: date
    slot: int
    starts_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A lesson with the names that stand beside it."""

    id: UUID
    day: date
    slot: int
    starts_at: datetime
    ends_at: datetime
    group_id: UUID
    group: str
    subject_id: UUID
    subject: str
    teacher_id: UUID | None
    teacher: str
    room: str
    state: str
    topic: str
    version: int
    planned: PlannedInstead | None
    held_with: UUID | None

    @property
    def is_cancelled(self) -> bool:
        """Whether the lesson does not take place."""
        return self.state == LessonState.CANCELLED


_COLUMNS = f"""
    l.id, l.day, l.slot, l.starts_at, l.ends_at, l.group_id, g.title, l.subject_id, s.name,
    l.teacher_id, {short_name("t")}, coalesce(r.name, ''), l.state, l.topic, l.version,
    ps.name, {short_name("pt")}, coalesce(pr.name, ''), x.planned_day, x.planned_slot, x.planned_starts_at, x.reason,
    l.held_with_id
"""
_JOINS = """
    JOIN schools_studygroup g ON g.id = l.group_id
    JOIN schools_subject s ON s.id = l.subject_id
    LEFT JOIN people_person t ON t.id = l.teacher_id
    LEFT JOIN timetable_room r ON r.id = l.room_id
    LEFT JOIN timetable_substitution x
        ON x.school_id = l.school_id AND x.lesson_id = l.id AND x.withdrawn_at IS NULL
    LEFT JOIN schools_subject ps ON ps.id = x.planned_subject_id
    LEFT JOIN people_person pt ON pt.id = x.planned_teacher_id
    LEFT JOIN timetable_room pr ON pr.id = x.planned_room_id
"""


def lessons_of_student(*, school_id: UUID, student_id: UUID, first: date, last: date) -> list[LessonLine]:
    """List a student's lessons from `first` to `last`, those of the days of membership only; one query."""
    return _lines(
        f"""
        SELECT {_COLUMNS} FROM schools_groupmembership m
        JOIN timetable_lesson l ON l.school_id = m.school_id AND l.group_id = m.group_id AND m.valid_on @> l.day
        {_JOINS}
        WHERE m.school_id = %s AND m.student_id = %s AND l.day BETWEEN %s AND %s
        ORDER BY l.day, l.slot, l.starts_at, s.name
        """,
        [school_id, student_id, first, last],
    )


def lessons_of_teacher(*, school_id: UUID, teacher_id: UUID, first: date, last: date) -> list[LessonLine]:
    """List the lessons that a teacher holds or helps in; one query."""
    return _lines(
        f"""
        SELECT {_COLUMNS} FROM timetable_lesson l {_JOINS}
        WHERE l.school_id = %s AND l.day BETWEEN %s AND %s AND (
            l.teacher_id = %s OR EXISTS (
                SELECT FROM timetable_lessonhelper h
                WHERE h.school_id = l.school_id AND h.lesson_id = l.id AND h.teacher_id = %s
            )
        )
        ORDER BY l.day, l.slot, l.starts_at, s.name
        """,
        [school_id, first, last, teacher_id, teacher_id],
    )


def lessons_of_group(*, school_id: UUID, group_id: UUID, first: date, last: date) -> list[LessonLine]:
    """List the lessons of a study group; one query."""
    return _lines(
        f"""
        SELECT {_COLUMNS} FROM timetable_lesson l {_JOINS}
        WHERE l.school_id = %s AND l.group_id = %s AND l.day BETWEEN %s AND %s
        ORDER BY l.day, l.slot, l.starts_at
        """,
        [school_id, group_id, first, last],
    )


def lessons_of_day(*, school_id: UUID, day: date) -> list[LessonLine]:
    """List every lesson of a school's day, by slot and group; one query."""
    return _lines(
        f"""
        SELECT {_COLUMNS} FROM timetable_lesson l {_JOINS}
        WHERE l.school_id = %s AND l.day = %s ORDER BY l.slot, g.title, s.name
        """,
        [school_id, day],
    )


def lessons_to_join(*, school_id: UUID, lesson: LessonLine) -> list[LessonLine]:
    """List the lessons of the same time that another one can be held together with; one query."""
    return _lines(
        f"""
        SELECT {_COLUMNS} FROM timetable_lesson l {_JOINS}
        WHERE l.school_id = %s AND l.day = %s AND l.starts_at = %s AND l.id <> %s AND l.held_with_id IS NULL
            AND l.teacher_id IS NOT NULL AND l.state <> 'CANCELLED'
        ORDER BY s.name <> %s, s.name, g.title
        """,
        [school_id, lesson.day, lesson.starts_at, lesson.id, lesson.subject],
    )


def lesson_line(*, school_id: UUID, lesson_id: UUID) -> LessonLine | None:
    """Load one lesson with its names; one query."""
    lines = _lines(
        f"SELECT {_COLUMNS} FROM timetable_lesson l {_JOINS} WHERE l.school_id = %s AND l.id = %s",
        [school_id, lesson_id],
    )
    return lines[0] if lines else None


def _lines(statement: str, values: list[Any]) -> list[LessonLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [_line(row) for row in cursor.fetchall()]


def _line(row: tuple[Any, ...]) -> LessonLine:
    planned = PlannedInstead(*row[15:22]) if row[15] is not None else None
    return LessonLine(*(*row[:15], planned, row[22]))


@dataclass(frozen=True, slots=True)
class NextLesson:
    """When a study group meets again."""

    id: UUID
    day: date


def next_lesson(*, school_id: UUID, group_id: UUID, after: date, on: date | None = None) -> NextLesson | None:
    """Find the group's first lesson after a day that is not cancelled, or its first on the day `on`; one query."""
    statement = """
        SELECT id, day FROM timetable_lesson
        WHERE school_id = %s AND group_id = %s AND state <> 'CANCELLED'
          AND day > %s AND (%s::date IS NULL OR day = %s::date)
        ORDER BY day, slot LIMIT 1
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, group_id, after, on, on])
        row = cursor.fetchone()
    return NextLesson(*row) if row else None


@dataclass(frozen=True, slots=True)
class ComingLesson:
    """The lesson that a student goes to next."""

    student_id: UUID
    day: date
    starts_at: datetime
    subject: str
    room: str


def coming_lessons(*, school_id: UUID, student_ids: list[UUID], at: datetime) -> dict[UUID, ComingLesson]:
    """Find the next lesson of each student that begins after `at` and is not cancelled; one query."""
    statement = """
        SELECT asked.student, n.day, n.starts_at, n.subject, n.room FROM unnest(%s::uuid[]) AS asked(student)
        CROSS JOIN LATERAL (
            SELECT l.day, l.starts_at, s.name AS subject, coalesce(r.name, '') AS room
            FROM schools_groupmembership m
            JOIN timetable_lesson l
                ON l.school_id = m.school_id AND l.group_id = m.group_id AND m.valid_on @> l.day
            JOIN schools_subject s ON s.id = l.subject_id
            LEFT JOIN timetable_room r ON r.id = l.room_id
            WHERE m.school_id = %s AND m.student_id = asked.student AND l.starts_at > %s
              AND l.day >= %s::date AND l.state <> 'CANCELLED'
            ORDER BY l.starts_at LIMIT 1
        ) n
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [student_ids, school_id, at, at.date() - timedelta(days=1)])
        return {row[0]: ComingLesson(*row) for row in cursor.fetchall()}


def school_day_after(*, school_id: UUID, student_id: UUID, day: date) -> date | None:
    """Find the first day after `day` on which a student has lessons; one query."""
    statement = """
        SELECT min(l.day) FROM schools_groupmembership m
        JOIN timetable_lesson l
            ON l.school_id = m.school_id AND l.group_id = m.group_id AND m.valid_on @> l.day
        WHERE m.school_id = %s AND m.student_id = %s AND l.day > %s
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, student_id, day])
        found: date | None = cursor.fetchone()[0]
        return found


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not what its weekday says."""

    kind: str
    title: str
    works_as: date | None


def special_days(*, school_id: UUID, first: date, last: date) -> dict[date, SpecialDay]:
    """List the days from `first` to `last` that are not what their weekday says; one query."""
    statement = """
        SELECT day, kind, title, works_as FROM timetable_calendarday
        WHERE school_id = %s AND day BETWEEN %s AND %s
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, first, last])
        return {day: SpecialDay(*rest) for day, *rest in cursor.fetchall()}


def teaching_day_after(*, school_id: UUID, teacher_id: UUID, day: date) -> date | None:
    """Find the next day on which a teacher holds a lesson; one query."""
    statement = """
        SELECT min(day) FROM timetable_lesson
        WHERE school_id = %s AND teacher_id = %s AND day > %s AND state <> 'CANCELLED'
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, teacher_id, day])
        found: date | None = cursor.fetchone()[0]
    return found


@dataclass(frozen=True, slots=True)
class Busy:
    """A teacher, room or subgroup that a lesson has taken: who it is, and where."""

    kind: str
    resource: UUID
    who: str
    group: str
    slot: int


def busy_with(
    *, school_id: UUID, during: tuple[datetime, datetime], but: UUID
) -> dict[tuple[str, UUID], Busy]:
    """Tell who and what is taken at a time by other lessons than one; one query."""
    statement = f"""
        SELECT o.kind, o.resource, coalesce(nullif({short_name("p")}, ''), r.name, sg.title, ''), g.title, l.slot
        FROM timetable_occupancy o
        JOIN timetable_lesson l ON l.id = o.lesson_id
        JOIN schools_studygroup g ON g.id = l.group_id
        LEFT JOIN people_person p ON o.kind = 'TEACHER' AND p.id = o.resource
        LEFT JOIN timetable_room r ON o.kind = 'ROOM' AND r.id = o.resource
        LEFT JOIN schools_subgroup sg ON o.kind = 'SUBGROUP' AND sg.id = o.resource
        WHERE o.school_id = %s AND o.during && tstzrange(%s, %s) AND o.lesson_id <> %s
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, *during, but])
        found = [Busy(*row) for row in cursor.fetchall()]
    return {(busy.kind, busy.resource): busy for busy in found}


def resources_of(lesson: Lesson) -> list[tuple[str, UUID]]:
    """List what a lesson takes for its time: its teachers, its room, its smallest sets of students; two queries.

    One that is held with another takes its students alone: that one has taken the teacher and the room.
    """
    own = {"school_id": lesson.school_id}
    helpers = LessonHelper.objects.filter(**own, lesson=lesson).exclude(teacher=lesson.teacher_id)
    subgroups = GroupSubgroup.objects.filter(**own, group=lesson.group_id)
    taken = [(OccupancyKind.SUBGROUP, subgroup) for subgroup in subgroups.values_list("subgroup", flat=True)]
    if lesson.held_with_id:
        return [(str(kind), resource) for kind, resource in taken]
    taken += [(OccupancyKind.TEACHER, teacher) for teacher in helpers.values_list("teacher", flat=True)]
    taken += [(OccupancyKind.TEACHER, lesson.teacher_id)] if lesson.teacher_id else []
    taken += [(OccupancyKind.ROOM, lesson.room_id)] if lesson.room_id else []
    return [(str(kind), resource) for kind, resource in taken]


def bell_times(*, school_id: UUID, day: date) -> dict[int, tuple[datetime, datetime]]:
    """Tell when each numbered lesson of a day begins and ends; two queries.

    On a shortened day the shortened bell of a number rings, where the school has set one.
    """
    zone = ZoneInfo(School.objects.get(pk=school_id).time_zone)
    shortened_day = CalendarDay.objects.filter(school_id=school_id, day=day, kind=DayKind.SHORTENED)
    bells = BellSlot.objects.filter(Q(shortened=False) | Exists(shortened_day), school_id=school_id)
    rows = bells.order_by("number", "shortened").values_list("number", "starts_at", "ends_at")
    return {  # of one number the shortened bell comes last, and so rings
        number: (datetime.combine(day, starts, zone), datetime.combine(day, ends, zone))
        for number, starts, ends in rows
    }


def lesson_count(*, school_id: UUID, day: date) -> int:
    """Count the lessons of a school's day that take place; one query."""
    lessons = Lesson.objects.filter(school_id=school_id, day=day)
    return lessons.exclude(state=LessonState.CANCELLED).count()


def groups_of_class(*, school_id: UUID, class_id: UUID) -> set[UUID]:
    """List the study groups in which students of a class are taught; one query."""
    statement = """
        SELECT g.id FROM schools_studygroup g WHERE g.school_id = %(school)s AND (
            g.school_class_id = %(class)s OR EXISTS (
                SELECT FROM schools_groupsubgroup gs JOIN schools_subgroup s ON s.id = gs.subgroup_id
                WHERE gs.school_id = g.school_id AND gs.group_id = g.id AND s.school_class_id = %(class)s
            )
        )
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, {"school": school_id, "class": class_id})
        return {row[0] for row in cursor.fetchall()}


def lowest_grade(*, school_id: UUID, group_id: UUID) -> int | None:
    """Find the lowest grade that a study group teaches; None: its students belong to no class. One query."""
    statement = """
        SELECT min(c.grade) FROM schools_schoolclass c WHERE c.school_id = %(school)s AND (
            c.id = (SELECT g.school_class_id FROM schools_studygroup g WHERE g.id = %(group)s) OR c.id IN (
                SELECT s.school_class_id FROM schools_groupsubgroup gs
                JOIN schools_subgroup s ON s.id = gs.subgroup_id
                WHERE gs.school_id = %(school)s AND gs.group_id = %(group)s
            )
        )
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, {"school": school_id, "group": group_id})
        grade: int | None = cursor.fetchone()[0]
    return grade


def rooms_of_school(*, school_id: UUID) -> list[tuple[UUID, str]]:
    """List the rooms of a school, by name; one query."""
    return list(Room.objects.filter(school_id=school_id).order_by("name").values_list("id", "name"))
