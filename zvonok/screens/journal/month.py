"""The journal page: students down, the lessons of a month across, averages and period marks at the right."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from zvonok.domain.access.actor import Actor
from zvonok.domain.attendance.selectors import AbsenceLine, absences_of_lessons
from zvonok.domain.attestation.selectors import Averages, averages, period_marks_of_group
from zvonok.domain.homework.selectors import HomeworkLine, homework_issued
from zvonok.domain.marks.selectors import (
    MarkLine,
    WorkColumn,
    correct_within,
    marks_of_lessons,
    works_of_lessons,
)
from zvonok.domain.schools.selectors import Member, members, periods_of
from zvonok.domain.timetable.doors import Door, door_of, doors_of_group
from zvonok.domain.timetable.policy import lessons_to_mark
from zvonok.domain.timetable.selectors import LessonLine, lessons_of_group
from zvonok.screens.journal.months import last_of

if TYPE_CHECKING:
    from zvonok.domain.schools.models import StudyGroup, StudyPeriod

ANSWER = "ANSWER"


@dataclass(frozen=True, slots=True)
class Column:
    """A work of a lesson; a lesson without works has one column all the same."""

    lesson: LessonLine
    work: str
    label: str
    weight: int
    is_test: bool
    is_today: bool
    is_writable: bool
    is_kept: bool
    takes_absence: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a column for a student; without a column's lesson in the membership there is no cell."""

    column: Column
    mark: MarkLine | None
    absence: AbsenceLine | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands here, as in most cells."""
        return self.mark is None and self.absence is None


@dataclass(frozen=True, slots=True)
class Sum:
    """A student's averages and mark of a study period."""

    averages: Averages
    mark: str


@dataclass(frozen=True, slots=True)
class Row:
    """A student's line of the journal."""

    student_id: UUID
    name: str
    cells: list[Cell | None]
    sums: list[Sum]


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A month of a study group's journal."""

    columns: list[Column]
    periods: list[str]
    rows: list[Row]
    lessons: list[LessonLine]
    homework: dict[UUID, HomeworkLine]
    kept: set[UUID]
    correct_within: int | None

    @property
    def is_writable(self) -> bool:
        """Whether the reader may write in any cell."""
        return any(column.is_writable for column in self.columns)


def month_page(group: "StudyGroup", *, actor: Actor, month: date, at: datetime) -> MonthPage:
    """Read the journal of a month, and the study periods it lies in, in eleven queries."""
    school, last = group.school_id, last_of(month)
    today = at.astimezone(ZoneInfo(group.school.time_zone)).date()
    periods = _periods(group, month, last)
    lessons = _lessons(group, periods, month, last)
    shown = [lesson for lesson in lessons if month <= lesson.day <= last]
    shown_ids = [lesson.id for lesson in shown]
    keepable = lessons_to_mark(actor, school_id=school).filter(group=group, day__range=(month, last))
    kept = set(keepable.values_list("pk", flat=True))
    works = works_of_lessons(school_id=school, lesson_ids=shown_ids)
    marks = marks_of_lessons(school_id=school, lesson_ids=[lesson.id for lesson in lessons])
    absences = absences_of_lessons(school_id=school, lesson_ids=shown_ids)
    pupils = members(school_id=school, group_id=group.pk, first=month, last=last)
    doors = doors_of_group(school_id=school, group_id=group.pk, at=at)
    columns = list(_columns(shown, works, kept=kept, doors=doors, today=today))
    return MonthPage(
        columns=columns,
        periods=[period.title for period in periods],
        rows=_rows(pupils, columns, marks, absences, _sums(group, periods, marks)),
        lessons=shown,
        homework=homework_issued(school_id=school, lesson_ids=shown_ids),
        kept=kept,
        correct_within=correct_within(school_id=school),
    )


def month_averages(group: "StudyGroup", *, month: date) -> dict[UUID, list[Averages]]:
    """Compute the averages of a month's study periods for each student with marks, in three queries."""
    last = last_of(month)
    periods = _periods(group, month, last)
    lessons = _lessons(group, periods, month, last)
    marks = marks_of_lessons(school_id=group.school_id, lesson_ids=[lesson.id for lesson in lessons])
    students = {mark.student_id for mark in marks}
    by_period = [_by_student(marks, period) for period in periods]
    return {student: [averages(of.get(student, ())) for of in by_period] for student in students}


def _periods(group: "StudyGroup", first: date, last: date) -> "list[StudyPeriod]":
    periods = periods_of(school_id=group.school_id, year_id=group.year_id, system=group.period_system)
    return [period for period in periods if period.starts_on <= last and first <= period.ends_on]


def _lessons(group: "StudyGroup", periods: "list[StudyPeriod]", first: date, last: date) -> list[LessonLine]:
    return lessons_of_group(
        school_id=group.school_id,
        group_id=group.pk,
        first=min([first, *(period.starts_on for period in periods)]),
        last=max([last, *(period.ends_on for period in periods)]),
    )


def _columns(
    lessons: Iterable[LessonLine],
    works: dict[UUID, list[WorkColumn]],
    *,
    kept: set[UUID],
    doors: list[Door],
    today: date,
) -> Iterable[Column]:
    for lesson in lessons:
        if lesson.is_cancelled:
            continue
        door = door_of(doors, lesson.day)
        is_open = lesson.day <= today and (door is None or door.takes_any())
        for place, work in enumerate(works.get(lesson.id, ()) or [None]):
            weight = work.weight if work else 1
            yield Column(
                lesson=lesson,
                work=work.work if work else ANSWER,
                label=" ".join(
                    [*([work.short] if work else []), *([f"×{weight}"] if weight != 1 else [])]
                ).strip(),
                weight=weight,
                is_test=work is not None and work.is_test,
                is_today=lesson.day == today,
                is_writable=is_open and lesson.id in kept,
                is_kept=lesson.id in kept,
                takes_absence=place == 0,
            )


def _sums(group: "StudyGroup", periods: "list[StudyPeriod]", marks: list[MarkLine]) -> dict[UUID, list[Sum]]:
    """Compute the averages of each period, and set the period's marks beside them; one query."""
    set_marks = {
        (line.student_id, line.period_id): line.value
        for line in period_marks_of_group(
            school_id=group.school_id, group_id=group.pk, period_ids=[period.pk for period in periods]
        )
    }
    by_period = [(period.pk, _by_student(marks, period)) for period in periods]
    students = {mark.student_id for mark in marks} | {student for student, _ in set_marks}
    return {
        student: [
            Sum(averages(of.get(student, ())), set_marks.get((student, period), ""))
            for period, of in by_period
        ]
        for student in students
    }


def _by_student(marks: list[MarkLine], period: "StudyPeriod") -> dict[UUID, list[MarkLine]]:
    found: dict[UUID, list[MarkLine]] = defaultdict(list)
    for mark in marks:
        if period.starts_on <= mark.day <= period.ends_on:
            found[mark.student_id].append(mark)
    return found


def _rows(
    pupils: list[Member],
    columns: list[Column],
    marks: list[MarkLine],
    absences: list[AbsenceLine],
    sums: dict[UUID, list[Sum]],
) -> list[Row]:
    """Lay the month out by student; whoever was in the group twice has one row."""
    stays: dict[UUID, list[Member]] = defaultdict(list)
    for pupil in pupils:
        stays[pupil.student_id].append(pupil)
    mark_in = {(mark.student_id, mark.lesson_id, mark.work): mark for mark in marks}
    absence_in = {(absence.student_id, absence.lesson_id): absence for absence in absences}
    rows = []
    for student, of_student in stays.items():
        cells = [
            Cell(
                column,
                mark_in.get((student, column.lesson.id, column.work)),
                absence_in.get((student, column.lesson.id)) if column.takes_absence else None,
            )
            if any(stay.belongs_on(column.lesson.day) for stay in of_student)
            else None
            for column in columns
        ]
        rows.append(Row(student, of_student[0].name, cells, sums.get(student, [])))
    return rows
