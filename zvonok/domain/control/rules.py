"""What is wrong in the journal of one study group in one study period. Pure, decimal; the numbers are in the README."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from zvonok.domain.attestation.proposals import (
    FIGURES,
    UNGRADED,
    GroupRules,
    Inputs,
    Why,
    average_of,
    departs,
    propose,
)
from zvonok.domain.attestation.rules import Counted, weighted_average
from zvonok.domain.control.checks import USUAL, Check, Measures

LOW = Decimal(2)
Key = tuple[str, UUID, UUID, UUID | None, UUID | None]


@dataclass(frozen=True, slots=True)
class LessonInput:
    """A lesson of the period that is not cancelled; `is_over`: it has ended by the moment of asking."""

    id: UUID
    day: date
    teacher_id: UUID | None
    has_topic: bool
    has_homework: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class MarkInput:
    """A standing mark; `late_days` is how long after the lesson its first value was put.

    `is_exempt`: it says only that the student need not do the work.
    """

    lesson_id: UUID
    student_id: UUID
    points: Decimal | None
    weight: int
    counts: bool
    is_test: bool
    late_days: int
    is_exempt: bool = False


@dataclass(frozen=True, slots=True)
class PupilInput:
    """A stay of a student in the group, up to the day before `end`."""

    student_id: UUID
    first: date | None
    end: date | None

    def belongs_on(self, day: date) -> bool:
        """Say whether the student is in the group on a day."""
        return (self.first is None or self.first <= day) and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class PeriodMarkInput:
    """A period mark that stands, with the reason given for it."""

    student_id: UUID
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong: where, and by which numbers; `count` of `of` is told in words of the check."""

    check: Check
    group_id: UUID
    period_id: UUID
    lesson_id: UUID | None = None
    student_id: UUID | None = None
    day: date | None = None
    teacher_id: UUID | None = None
    count: int = 0
    of: int = 0
    value: str = ""

    @property
    def key(self) -> Key:
        """What makes it the same finding when it is looked for again."""
        return (str(self.check), self.group_id, self.period_id, self.lesson_id, self.student_id)


@dataclass
class Sheet:
    """The journal of a study group in a study period, as the checks see it; lessons in their order."""

    group_id: UUID
    period_id: UUID
    starts_on: date
    ends_on: date
    today: date
    rules: GroupRules
    is_marked: bool
    teacher_id: UUID | None = None
    lessons: list[LessonInput] = field(default_factory=list)
    pupils: list[PupilInput] = field(default_factory=list)
    marks: list[MarkInput] = field(default_factory=list)
    absences: set[tuple[UUID, UUID]] = field(default_factory=set)
    tests: list[UUID] = field(default_factory=list)
    period_marks: list[PeriodMarkInput] = field(default_factory=list)
    others: list[Finding] = field(default_factory=list)

    @cached_property
    def held(self) -> list[LessonInput]:
        """The lessons that have ended."""
        return [lesson for lesson in self.lessons if lesson.is_over]

    @cached_property
    def cells(self) -> dict[tuple[UUID, UUID], list[MarkInput]]:
        """The marks by lesson and student."""
        found: dict[tuple[UUID, UUID], list[MarkInput]] = defaultdict(list)
        for mark in self.marks:
            found[mark.lesson_id, mark.student_id].append(mark)
        return found

    @cached_property
    def stays(self) -> dict[UUID, list[PupilInput]]:
        """The stays of each student."""
        found: dict[UUID, list[PupilInput]] = defaultdict(list)
        for pupil in self.pupils:
            found[pupil.student_id].append(pupil)
        return found

    @cached_property
    def taught(self) -> dict[UUID, list[LessonInput]]:
        """The ended lessons that were each student's, in their order."""
        return {
            student: [one for one in self.held if any(stay.belongs_on(one.day) for stay in stays)]
            for student, stays in self.stays.items()
        }

    @cached_property
    def counted(self) -> dict[UUID, list[Counted]]:
        """What counts in each student's average."""
        found: dict[UUID, list[Counted]] = defaultdict(list)
        for mark in self.marks:
            if mark.counts and mark.points is not None:
                found[mark.student_id].append(Counted(mark.points, mark.weight))
        return found

    def inputs(self, student: UUID) -> Inputs:
        """Compute what a period mark of a student is proposed by."""
        own, terms = self.taught.get(student, []), self.counted.get(student, [])
        missed = sum((lesson.id, student) in self.absences for lesson in own)
        return Inputs(average_of(terms, self.rules), len(terms), lessons=len(own), missed=missed)

    def finding(
        self,
        check: Check,
        lesson: LessonInput | None = None,
        student: UUID | None = None,
        *,
        count: int = 0,
        of: int = 0,
        value: str = "",
    ) -> Finding:
        """Make a finding of this journal; a lesson's is its own teacher's."""
        teacher = (lesson.teacher_id if lesson else None) or self.teacher_id
        day = lesson.day if lesson else None
        return Finding(
            check,
            self.group_id,
            self.period_id,
            lesson.id if lesson else None,
            student,
            day,
            teacher,
            count,
            of,
            value,
        )


def findings(sheet: Sheet, measures: Measures = USUAL) -> list[Finding]:
    """List all that is wrong in a journal, in the order of the checks, then of days."""
    found = [*of_lessons(sheet), *sheet.others]
    if sheet.is_marked and sheet.rules.scale != UNGRADED:
        for rule in OF_MARKS:
            found += rule(sheet, measures)
    order = {check: place for place, check in enumerate(Check)}
    return sorted(found, key=lambda one: (order[one.check], one.day or date.min))


def of_lessons(sheet: Sheet) -> Iterator[Finding]:
    """Find lessons without topic, homework, or anything at all. Rules L-1 to L-3.

    An unfilled lesson is not told of again for its topic and homework.
    """
    touched = {lesson for lesson, _student in [*sheet.cells, *sheet.absences]}
    asks_homework = sheet.is_marked and sheet.rules.scale != UNGRADED
    for lesson in sheet.held:
        if not lesson.has_topic and lesson.id not in touched:
            yield sheet.finding(Check.UNFILLED, lesson)
            continue
        if not lesson.has_topic:
            yield sheet.finding(Check.NO_TOPIC, lesson)
        if asks_homework and not lesson.has_homework and lesson.id not in sheet.tests:
            yield sheet.finding(Check.NO_HOMEWORK, lesson)


def of_cells(sheet: Sheet, _measures: Measures) -> Iterator[Finding]:
    """Find cells in which an absence and a mark stand; who is exempt may be absent. Rule C-1."""
    for lesson in sheet.lessons:
        for student in sheet.stays:
            cell = (lesson.id, student)
            if cell in sheet.absences and any(not mark.is_exempt for mark in sheet.cells.get(cell, ())):
                yield sheet.finding(Check.ABSENT_AND_MARKED, lesson, student)


def of_lateness(sheet: Sheet, measures: Measures) -> Iterator[Finding]:
    """Find lessons with marks that were put late; a test has longer. Rule M-1."""
    late: dict[UUID, list[int]] = defaultdict(list)
    for mark in sheet.marks:
        if not mark.is_exempt and mark.late_days > (
            measures.late_test_days if mark.is_test else measures.late_days
        ):
            late[mark.lesson_id].append(mark.late_days)
    for lesson in sheet.lessons:
        if days := late.get(lesson.id):
            yield sheet.finding(Check.LATE_MARK, lesson, count=len(days), of=max(days))


def of_tests(sheet: Sheet, measures: Measures) -> Iterator[Finding]:
    """Find tests that some who were there have no mark for, when the time to mark it is over. Rule M-2."""
    marked = {(mark.lesson_id, mark.student_id) for mark in sheet.marks if mark.is_test}
    last = sheet.today - timedelta(days=measures.late_test_days)
    for lesson in sheet.held:
        if lesson.id not in sheet.tests or lesson.day > last:
            continue
        there = [
            student
            for student, own in sheet.stays.items()
            if any(stay.belongs_on(lesson.day) for stay in own) and (lesson.id, student) not in sheet.absences
        ]
        missing = sum((lesson.id, student) not in marked for student in there)
        if missing:
            yield sheet.finding(Check.TEST_NOT_FOR_ALL, lesson, count=missing, of=len(there))


def of_numbers(sheet: Sheet, measures: Measures) -> Iterator[Finding]:
    """Find students with too few marks: for the lessons held so far, or for the period at its end. Rules N-1, N-2."""
    least, planned = sheet.rules.least_marks, len(sheet.lessons)
    at_end = sheet.ends_on - timedelta(days=measures.soon_days) <= sheet.today
    settled = {mark.student_id for mark in sheet.period_marks}
    for student, own in sheet.taught.items():
        if student in settled or not own or not _is_here(sheet, student):
            continue
        count, expected = len(sheet.counted.get(student, ())), least * len(own) // planned
        if at_end and count < least:
            yield sheet.finding(Check.FEW_FOR_PERIOD, student=student, count=count, of=least)
        elif count < expected:
            yield sheet.finding(Check.FEW_FOR_DAYS, student=student, count=count, of=expected)


def _is_here(sheet: Sheet, student: UUID) -> bool:
    day = min(sheet.today, sheet.ends_on)
    return any(stay.belongs_on(day) for stay in sheet.stays[student])


def of_low_marks(sheet: Sheet, measures: Measures) -> Iterator[Finding]:
    """Find “2”s right after an absence, at the edges of the period, or not mended. Rules T-1 to T-3."""
    ids = [lesson.id for lesson in sheet.lessons]
    edges = {*ids[: measures.edge_lessons], *ids[-measures.edge_lessons :]}
    for student, own in sheet.taught.items():
        for place, lesson in enumerate(own):
            if not any(_is_low(mark) for mark in sheet.cells.get((lesson.id, student), ())):
                continue
            if place and (own[place - 1].id, student) in sheet.absences:
                yield sheet.finding(Check.LOW_AFTER_ABSENCE, lesson, student)
            if lesson.id in edges:
                yield sheet.finding(Check.LOW_AT_EDGE, lesson, student)
            passed = _lessons_without_better(sheet, student, own[place:])
            if passed is not None and passed >= measures.mend_lessons:
                yield sheet.finding(Check.LOW_NOT_MENDED, lesson, student, count=passed)


def _is_low(mark: MarkInput) -> bool:
    return mark.counts and mark.points is not None and mark.points <= LOW


def _lessons_without_better(sheet: Sheet, student: UUID, own: list[LessonInput]) -> int | None:
    """Count the lessons attended since a “2”, the first of `own`; None: a better mark has come."""
    passed = 0
    for place, lesson in enumerate(own):
        cell = (lesson.id, student)
        marks = sheet.cells.get(cell, ())
        if any(mark.points is not None and mark.points > LOW for mark in marks):
            return None
        passed += place > 0 and cell not in sheet.absences
    return passed


def of_period_marks(sheet: Sheet, _measures: Measures) -> Iterator[Finding]:
    """Find period marks that do not follow from the marks. Rules P-1 to P-3.

    One that departs from the average with its reason is a decision, not a finding.
    """
    for mark in sheet.period_marks:
        if mark.value not in FIGURES:
            continue
        inputs = sheet.inputs(mark.student_id)
        proposal = propose(inputs, sheet.rules)
        least, student = sheet.rules.least_marks, mark.student_id
        if proposal.why == Why.MISSED:
            yield sheet.finding(
                Check.PERIOD_MISSED,
                student=student,
                value=mark.value,
                count=inputs.missed,
                of=inputs.lessons,
            )
        if inputs.count < least:
            yield sheet.finding(
                Check.PERIOD_TOO_FEW, student=student, value=mark.value, count=inputs.count, of=least
            )
        elif proposal.why == Why.AVERAGE and departs(mark.value, proposal) and not mark.reason:
            yield sheet.finding(Check.PERIOD_NOT_ROUNDED, student=student, value=f"{inputs.average}")


def of_group(sheet: Sheet, measures: Measures) -> Iterator[Finding]:
    """Find what the whole group lies beyond: absences, average, lessons without marks. Rules G-1 to G-3."""
    if len(sheet.held) < measures.lessons_to_judge:
        return
    seats = sum(len(own) for own in sheet.taught.values())
    held = {lesson.id for lesson in sheet.held}
    missed = sum(lesson in held and student in sheet.taught for lesson, student in sheet.absences)
    if seats and 100 * missed > measures.absent_percent * seats:
        yield sheet.finding(Check.GROUP_ABSENCE, count=100 * missed // seats, of=int(measures.absent_percent))
    average = weighted_average([term for terms in sheet.counted.values() for term in terms])
    if average is not None and average < measures.least_average:
        yield sheet.finding(Check.GROUP_AVERAGE, value=f"{average}")
    with_marks = len({mark.lesson_id for mark in sheet.marks} & held)
    if 100 * with_marks < measures.density_percent * len(held):
        yield sheet.finding(Check.GROUP_DENSITY, count=with_marks, of=len(held))


OF_MARKS: tuple[Callable[[Sheet, Measures], Iterator[Finding]], ...] = (
    of_cells,
    of_lateness,
    of_tests,
    of_numbers,
    of_low_marks,
    of_period_marks,
    of_group,
)
