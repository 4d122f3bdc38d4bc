"""The journal page: students down, the lessons of some days across, averages and period marks at the right."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from zvonok.domain.access.actor import Actor
from zvonok.domain.attendance.selectors import AbsenceLine, absences_of_lessons
from zvonok.domain.attestation.columns import Column as PeriodColumn
from zvonok.domain.attestation.forecast import leads_to
from zvonok.domain.attestation.selectors import Averages, averages, counted, period_marks_of_group
from zvonok.domain.homework.selectors import HomeworkLine, homework_issued
from zvonok.domain.marks.selectors import (
    MarkLine,
    WorkColumn,
    correct_within,
    marks_of_lessons,
    works_of_lessons,
)
from zvonok.domain.schools.selectors import Member, members
from zvonok.domain.timetable.doors import Door, door_of
from zvonok.domain.timetable.policy import lessons_to_mark
from zvonok.domain.timetable.selectors import LessonLine, lessons_of_group
from zvonok.kernel.ids import short
from zvonok.screens.journal.spans import Span

if TYPE_CHECKING:
    from zvonok.domain.schools.models import StudyGroup

ANSWER = "ANSWER"
LONG_SCALES = ("HUNDRED", "CRITERIA")


@dataclass(frozen=True, slots=True)
class Column:
    """A work of a lesson; a lesson without works has one column all the same.

    In a long one a mark may have several digits, so that none of them says all there is to say.
    """

    lesson: LessonLine
    work: str
    label: str
    title: str
    weight: int
    is_opened: bool
    is_long: bool
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


@dataclass(frozen=True, slots=True)
class Sum:
    """A student's averages in a study period, and the figure that they lead to."""

    averages: Averages
    leads_to: str


NO_SUM = Sum(averages(()), "")


Ends = Callable[[UUID], list[tuple[Sum, str]]]


@dataclass(frozen=True, slots=True)
class Row:
    """A student's line of the journal; at its end the sums of each study period, and the period mark."""

    student_id: UUID
    name: str
    cells: list[Cell | None]
    sums: list[tuple[Sum, str]]

    @property
    def seen(self) -> str:
        """The short ids of what stands in the cells, one after the other: the mark of each, then its absence."""
        found = (thing for cell in self.cells if cell for thing in (cell.mark, cell.absence) if thing)
        return "".join(short(thing.id) for thing in found)


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A month, a study period or a year of a study group's journal."""

    columns: list[Column]
    periods: list[str]
    rows: list[Row]
    kept: set[UUID]
    has_lessons: bool
    correct_within: int | None

    @property
    def is_writable(self) -> bool:
        """Whether the reader may write in any cell."""
        return any(column.is_writable for column in self.columns)


def month_page(group: "StudyGroup", *, actor: Actor, span: Span, at: datetime) -> MonthPage:
    """Read the journal of some days, and of the study periods they lie in, in nine queries."""
    school, first, last = group.school_id, span.first, span.last
    today = at.astimezone(ZoneInfo(group.school.time_zone)).date()
    periods = span.periods
    lessons = _lessons(group, span)
    shown = [lesson for lesson in lessons if first <= lesson.day <= last]
    shown_ids = [lesson.id for lesson in shown]
    kept = _kept(group, actor=actor, span=span)
    works = works_of_lessons(school_id=school, lesson_ids=shown_ids)
    marks = marks_of_lessons(school_id=school, lesson_ids=[lesson.id for lesson in lessons])
    absences = absences_of_lessons(school_id=school, lesson_ids=shown_ids)
    pupils = members(school_id=school, group_id=group.pk, first=first, last=last)
    doors = [period.door for period in span.year]
    columns = list(_columns(shown, works, kept=kept, doors=doors, today=today))
    return MonthPage(
        columns=columns,
        periods=[period.title for period in periods],
        rows=_rows(pupils, columns, marks, absences, _ends(group, periods, marks)),
        kept=kept,
        has_lessons=bool(shown),
        correct_within=correct_within(school_id=school),
    )


def month_sums(group: "StudyGroup", *, span: Span) -> dict[UUID, list[Sum]]:
    """Sum up the study periods of some days for each student with marks, in two queries."""
    lessons = _lessons(group, span)
    marks = marks_of_lessons(school_id=group.school_id, lesson_ids=[lesson.id for lesson in lessons])
    return _summed(marks, span.periods)


@dataclass(frozen=True, slots=True)
class TaughtLessons:
    """The lessons of some days, what was set in them, and those whose journal the reader keeps."""

    lessons: list[LessonLine]
    homework: dict[UUID, HomeworkLine]
    kept: set[UUID]


def taught_lessons(group: "StudyGroup", *, actor: Actor, span: Span) -> TaughtLessons:
    """Read the lessons of some days with their topics and homework, in three queries."""
    school = group.school_id
    lessons = lessons_of_group(school_id=school, group_id=group.pk, first=span.first, last=span.last)
    homework = homework_issued(school_id=school, lesson_ids=[lesson.id for lesson in lessons])
    return TaughtLessons(lessons, homework, _kept(group, actor=actor, span=span))


def _kept(group: "StudyGroup", *, actor: Actor, span: Span) -> set[UUID]:
    lessons = lessons_to_mark(actor, school_id=group.school_id)
    return set(lessons.filter(group=group, day__range=(span.first, span.last)).values_list("pk", flat=True))


def _lessons(group: "StudyGroup", span: Span) -> list[LessonLine]:
    """List the lessons of the days, and the others of their study periods, which the averages need."""
    return lessons_of_group(
        school_id=group.school_id,
        group_id=group.pk,
        first=min([span.first, *(period.first for period in span.periods)]),
        last=max([span.last, *(period.last for period in span.periods)]),
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
                label=_label(work) if work else "",
                title=(work.title or work.short) if work else "",
                weight=weight,
                is_opened=work is not None,
                is_long=work is not None and work.scale in LONG_SCALES,
                is_test=work is not None and work.is_test,
                is_today=lesson.day == today,
                is_writable=is_open and lesson.id in kept,
                is_kept=lesson.id in kept,
                takes_absence=place == 0,
            )


def _label(work: WorkColumn) -> str:
    """Say at the head of a column what its marks are for, and how much they count."""
    weight = f"×{work.weight}" if work.weight != 1 else ""
    return " ".join(filter(None, [work.short, weight if work.counts else "×0"]))


def _ends(group: "StudyGroup", periods: list[PeriodColumn], marks: list[MarkLine]) -> Ends:
    """Tell what stands at the end of a student's line: the sums of each period, and its mark; one query."""
    keys = [key for period in periods if (key := period.period_id)]
    lines = period_marks_of_group(school_id=group.school_id, group_id=group.pk, period_ids=keys)
    set_marks = {(line.student_id, line.period_id): line.value for line in lines}
    sums, none = _summed(marks, periods), [NO_SUM] * len(periods)
    return lambda student: [
        (one, set_marks.get((student, period), ""))
        for one, period in zip(sums.get(student, none), keys, strict=True)
    ]


def _summed(marks: list[MarkLine], periods: list[PeriodColumn]) -> dict[UUID, list[Sum]]:
    by_period = [(period, _by_student(marks, period)) for period in periods]
    return {
        student: [_sum(of.get(student, []), period) for period, of in by_period]
        for student in {mark.student_id for mark in marks}
    }


def _sum(marks: list[MarkLine], period: PeriodColumn) -> Sum:
    return Sum(averages(marks), leads_to(counted(marks), period.rules))


def _by_student(marks: list[MarkLine], period: PeriodColumn) -> dict[UUID, list[MarkLine]]:
    found: dict[UUID, list[MarkLine]] = defaultdict(list)
    for mark in marks:
        if period.first <= mark.day <= period.last:
            found[mark.student_id].append(mark)
    return found


def _rows(
    pupils: list[Member],
    columns: list[Column],
    marks: list[MarkLine],
    absences: list[AbsenceLine],
    ends: Ends,
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
        rows.append(Row(student, of_student[0].name, cells, ends(student)))
    return rows
