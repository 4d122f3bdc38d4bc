"""The board of a class: who is away today, what waits for an answer, and who needs a word."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from zvonok.domain.attendance.selectors import (
    Announced,
    MissedLine,
    NoteLine,
    WholeDayLine,
    absences_of_students,
    announced_absences,
    announced_at,
    lessons_by_day,
    unexplained_absences,
    waiting_notes,
    whole_days,
)
from zvonok.domain.attestation.rules import Fall, fall
from zvonok.domain.attestation.selectors import DatedMark, marks_that_count
from zvonok.domain.notices.selectors import Unread, unread_notices
from zvonok.domain.remarks.selectors import RemarkLine, remarks_of_students
from zvonok.domain.schools.selectors import FamilyAccount, accounts_of_class

if TYPE_CHECKING:
    from zvonok.domain.schools.models import SchoolClass

# A present stretch of three weeks is held against the six before it; within three days one may not have read.
NOW, BEFORE = timedelta(weeks=3), timedelta(weeks=6)
REMARKED, UNREAD = timedelta(weeks=2), timedelta(days=3)
SHOWN = 15


@dataclass(frozen=True, slots=True)
class DayCell:
    """A pupil's lesson of today: what stands there, or what has been announced."""

    slot: int
    missed: MissedLine | None
    announced: Announced | None


@dataclass(frozen=True, slots=True)
class DayRow:
    """A pupil's today; None where there is no lesson."""

    student_id: UUID
    name: str
    cells: list[DayCell | None]


@dataclass(frozen=True, slots=True)
class UnexplainedDay:
    """Lessons of a day that a pupil missed without a reason."""

    day: date
    student_id: UUID
    name: str
    lessons: list[MissedLine]

    @property
    def is_noted(self) -> bool:
        """Whether the family has written about all of them."""
        return all(lesson.is_noted for lesson in self.lessons)


@dataclass(frozen=True, slots=True)
class FallLine:
    """A pupil's average that has fallen."""

    student_id: UUID
    name: str
    subject: str
    fall: Fall


@dataclass(frozen=True, slots=True)
class Absentee:
    """Somebody of a pupil's family who has never signed in; the pupil too."""

    student_id: UUID
    name: str
    child: str


@dataclass(slots=True)
class Board:
    """All that the board shows."""

    pupils: dict[UUID, str]
    slots: list[int]
    today: list[DayRow]
    unexplained: list[UnexplainedDay]
    unexplained_before: date | None
    notes: list[NoteLine]
    whole_days: list[WholeDayLine]
    falls: list[FallLine]
    remarks: list[RemarkLine]
    remarks_before: datetime | None
    unread: list[Unread]
    never_in: list[Absentee]


@dataclass(frozen=True, slots=True)
class Turned:
    """How far the reader has turned the lists that grow."""

    absent_before: date | None = None
    remarked_before: datetime | None = None


def board(of: "SchoolClass", *, today: date, at: datetime, turned: Turned) -> Board:
    """Read the board of a class in eleven queries, however large it is."""
    accounts = accounts_of_class(school_id=of.school_id, class_id=of.pk, day=today)
    pupils = {account.student_id: account.name for account in accounts if account.is_student}
    ids, school = list(pupils), of.school_id
    slots, rows = _today(school, pupils, today)
    last = min(today, turned.absent_before - timedelta(days=1)) if turned.absent_before else today
    missed = unexplained_absences(school_id=school, student_ids=ids, first=of.year.starts_on, last=last)
    unexplained = _by_day(missed, pupils)
    shown = _whole_days_of(unexplained)
    remarks = remarks_of_students(
        school_id=school,
        student_ids=ids,
        first=today - REMARKED,
        before=turned.remarked_before,
        most=SHOWN + 1,
    )
    marks = marks_that_count(school_id=school, student_ids=ids, first=today - NOW - BEFORE, last=today)
    return Board(
        pupils=pupils,
        slots=slots,
        today=rows,
        unexplained=shown,
        unexplained_before=shown[-1].day if len(shown) < len(unexplained) else None,
        notes=waiting_notes(school_id=school, student_ids=ids),
        whole_days=whole_days(school_id=school, student_ids=ids, since=today),
        falls=_falls(marks, pupils, today),
        remarks=remarks[:SHOWN],
        remarks_before=remarks[SHOWN - 1].put_at if len(remarks) > SHOWN else None,
        unread=unread_notices(school_id=school, student_ids=ids, before=at - UNREAD),
        never_in=[_absentee(account, pupils) for account in accounts if not account.has_entered],
    )


def _today(school_id: UUID, pupils: dict[UUID, str], today: date) -> tuple[list[int], list[DayRow]]:
    """Lay today out: those who miss something or are announced, against the lessons of the class."""
    ids = list(pupils)
    lessons = lessons_by_day(school_id=school_id, student_ids=ids, first=today, last=today)
    standing = absences_of_students(school_id=school_id, student_ids=ids, first=today, last=today)
    missed = {(line.student_id, line.slot): line for line in standing}
    found = announced_absences(school_id=school_id, student_ids=ids, day=today)
    slots = sorted({slot for days in lessons.values() for slot in days.get(today, ())})
    announced = {slot: announced_at(found, day=today, slot=slot) for slot in slots}
    rows = []
    for student, name in pupils.items():
        held = lessons[student].get(today, [])
        cells = [
            DayCell(slot, missed.get((student, slot)), announced[slot].get(student)) if slot in held else None
            for slot in slots
        ]
        if any(cell and (cell.missed or cell.announced) for cell in cells):
            rows.append(DayRow(student, name, cells))
    return slots, rows


def _by_day(lines: Sequence[MissedLine], pupils: dict[UUID, str]) -> list[UnexplainedDay]:
    found = []
    for day, of_day in groupby(lines, key=lambda line: line.day):
        by_student: dict[UUID, list[MissedLine]] = defaultdict(list)
        for line in of_day:
            by_student[line.student_id].append(line)
        found += [
            UnexplainedDay(day, student, name, by_student[student])
            for student, name in pupils.items()
            if student in by_student
        ]
    return found


def _whole_days_of(unexplained: list[UnexplainedDay]) -> list[UnexplainedDay]:
    """Take the first days, each of them whole, so that the next page begins with another day."""
    if len(unexplained) <= SHOWN:
        return unexplained
    last = unexplained[SHOWN - 1].day
    return [one for one in unexplained if one.day >= last]


def _falls(marks: Sequence[DatedMark], pupils: dict[UUID, str], today: date) -> list[FallLine]:
    border = today - NOW
    by_subject: dict[tuple[UUID, str], list[DatedMark]] = defaultdict(list)
    for mark in marks:
        by_subject[mark.student_id, mark.subject].append(mark)
    found = []
    for (student, subject), own in by_subject.items():
        fell = fall(
            [mark.counted for mark in own if mark.day <= border],
            [mark.counted for mark in own if mark.day > border],
        )
        if fell:
            found.append(FallLine(student, pupils[student], subject, fell))
    return sorted(found, key=lambda line: (-line.fall.depth, line.name, line.subject))


def _absentee(account: FamilyAccount, pupils: dict[UUID, str]) -> Absentee:
    child = "" if account.is_student else pupils.get(account.student_id, "")
    return Absentee(account.student_id, account.name, child)
