"""The journal of a study group as it is printed: students by lessons, and the lessons with their topics."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from zvonok.domain.attendance.rules import LETTERS
from zvonok.domain.attendance.selectors import AbsenceLine, absences_of_lessons
from zvonok.domain.attestation.columns import Column, columns_of_group
from zvonok.domain.attestation.selectors import PeriodMarkLine, inputs_of, year_lines
from zvonok.domain.homework.selectors import HomeworkLine, homework_issued
from zvonok.domain.marks.selectors import MarkLine, marks_of_lessons
from zvonok.domain.schools.selectors import Member, members, teachers_of_group
from zvonok.domain.timetable.selectors import LessonLine, lessons_of_group
from zvonok.screens.journal.print_spans import Span
from zvonok.screens.journal.wording import group_label

if TYPE_CHECKING:
    from zvonok.domain.schools.models import StudyGroup

KINDS = ("UNEXCUSED", "ILL", "EXCUSED", "LATE")
MISSED = KINDS[:3]


@dataclass(frozen=True, slots=True)
class Held:
    """A lesson that takes place, with its number in the journal and what was set for home."""

    number: int
    lesson: LessonLine
    homework: HomeworkLine | None


@dataclass(frozen=True, slots=True)
class PrintRow:
    """A student's line: a text for each lesson, None where the student was not in the group."""

    name: str
    cells: list[str | None]
    absences: Counter[str]
    average: Decimal | None
    marks: list[str]

    @property
    def missed(self) -> int:
        """How many lessons the student missed; coming late is not missing."""
        return sum(self.absences[kind] for kind in MISSED)


@dataclass(frozen=True, slots=True)
class JournalPrint:
    """A study group's journal of some days; `columns` names the period marks at the right."""

    school: str
    subject: str
    group: str
    teachers: list[str]
    span: Span
    lessons: list[Held]
    columns: list[str]
    rows: list[PrintRow]


def journal_print(group: "StudyGroup", span: Span, *, at: datetime) -> JournalPrint:
    """Read the journal of some days in eight queries, however long they are."""
    school, days = group.school_id, {"first": span.first, "last": span.last}
    found = lessons_of_group(school_id=school, group_id=group.pk, **days)
    lessons = [lesson for lesson in found if not lesson.is_cancelled]
    ids = [lesson.id for lesson in lessons]
    homework = homework_issued(school_id=school, lesson_ids=ids)
    pupils = members(school_id=school, group_id=group.pk, **days)
    all_columns = columns_of_group(school_id=school, group_id=group.pk, at=at)
    columns = [column for column in all_columns if span.first <= column.last <= span.last]
    lines = year_lines(group, student_ids=[pupil.student_id for pupil in pupils])
    return JournalPrint(
        school=group.school.name,
        subject=group.subject.name,
        group=group_label(group.title, group.subject.name),
        teachers=teachers_of_group(school_id=school, group_id=group.pk, **days),
        span=span,
        lessons=[Held(number, lesson, homework.get(lesson.id)) for number, lesson in enumerate(lessons, 1)],
        columns=[column.title for column in columns],
        rows=_rows(
            pupils,
            lessons,
            _By(
                marks_of_lessons(school_id=school, lesson_ids=ids),
                absences_of_lessons(school_id=school, lesson_ids=ids),
                lines,
            ),
            columns,
            _averaged_by(all_columns, span),
        ),
    )


class _By:
    """What was read, by student."""

    def __init__(
        self, marks: Iterable[MarkLine], absences: Iterable[AbsenceLine], lines: Iterable[PeriodMarkLine]
    ) -> None:
        self.marks: dict[UUID, list[MarkLine]] = defaultdict(list)
        self.absences: dict[UUID, list[AbsenceLine]] = defaultdict(list)
        self.lines = {(line.student_id, line.kind, line.period_id): line.value for line in lines}
        for mark in marks:
            self.marks[mark.student_id].append(mark)
        for absence in absences:
            self.absences[absence.student_id].append(absence)


def _averaged_by(columns: Sequence[Column], span: Span) -> Column | None:
    """Choose the column whose rules average the marks of some days: the last that has begun in them."""
    begun = [column for column in columns if column.first <= span.last]
    return begun[-1] if begun else None


def _rows(
    pupils: list[Member],
    lessons: list[LessonLine],
    by: _By,
    columns: list[Column],
    averaged_by: Column | None,
) -> list[PrintRow]:
    """Lay the journal out by student; whoever was in the group twice has one row."""
    stays: dict[UUID, list[Member]] = defaultdict(list)
    for pupil in pupils:
        stays[pupil.student_id].append(pupil)
    return [
        PrintRow(
            name=of_student[0].name,
            cells=_cells(of_student, lessons, by.marks[student], by.absences[student]),
            absences=Counter(absence.kind for absence in by.absences[student]),
            average=inputs_of(by.marks[student], averaged_by.rules).average if averaged_by else None,
            marks=[by.lines.get((student, column.kind, column.period_id), "") for column in columns],
        )
        for student, of_student in stays.items()
    ]


def _cells(
    stays: list[Member], lessons: list[LessonLine], marks: list[MarkLine], absences: list[AbsenceLine]
) -> list[str | None]:
    """Write what stands in each lesson: the letter of an absence, then the marks, as paper journals do."""
    written: dict[UUID, list[str]] = defaultdict(list)
    for absence in absences:
        written[absence.lesson_id].append(LETTERS[absence.kind])
    for mark in marks:
        written[mark.lesson_id].append(mark.value)
    return [
        "/".join(written[lesson.id]) if any(stay.belongs_on(lesson.day) for stay in stays) else None
        for lesson in lessons
    ]
