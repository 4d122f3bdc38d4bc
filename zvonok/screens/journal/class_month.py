"""The attendance sheet of a class: pupils down, the days of a month across, and what they add up to."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from zvonok.domain.attendance.rules import LETTERS, MISSED, MonthCount, day_missed, month_count, sum_of
from zvonok.domain.attendance.selectors import absences_of_students, lessons_by_day
from zvonok.domain.schools.selectors import Member, students_of_class
from zvonok.screens.journal.months import last_of

if TYPE_CHECKING:
    from zvonok.domain.schools.models import SchoolClass


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A pupil's day: lessons missed by kind, lateness too, and whether the whole day was missed."""

    by_kind: list[tuple[str, int]]
    is_missed: bool


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A pupil's month; None on a day without lessons, or before the pupil came or after the pupil left."""

    student_id: UUID
    name: str
    cells: list[SheetCell | None]
    count: MonthCount


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """A class's month. `totals` are the lessons missed of each day and the days missed whole."""

    days: list[date]
    rows: list[SheetRow]
    totals: list[tuple[int, int]]
    whole: MonthCount


def month_sheet(of: "SchoolClass", *, month: date, today: date) -> MonthSheet:
    """Read the sheet in three queries, however large the class is. Lessons of days to come do not count yet."""
    first, last = month, min(last_of(month), today)
    members = students_of_class(school_id=of.school_id, class_id=of.pk, first=first, last=last_of(month))
    ids = list(dict.fromkeys(member.student_id for member in members))
    held = lessons_by_day(school_id=of.school_id, student_ids=ids, first=first, last=last)
    absences: dict[UUID, list[tuple[date, int, str]]] = defaultdict(list)
    for line in absences_of_students(school_id=of.school_id, student_ids=ids, first=first, last=last):
        absences[line.student_id].append((line.day, line.slot, line.kind))
    days = sorted({day for lessons in held.values() for day in lessons})
    stays = {student: [one for one in members if one.student_id == student] for student in ids}
    rows = [_row(stays[student], days, held[student], absences[student]) for student in ids]
    return MonthSheet(
        days=days,
        rows=rows,
        totals=[_total([row.cells[index] for row in rows]) for index in range(len(days))],
        whole=sum_of(row.count for row in rows),
    )


def _row(
    stays: list[Member],
    days: list[date],
    held: dict[date, list[int]],
    absences: list[tuple[date, int, str]],
) -> SheetRow:
    own = {day: slots for day, slots in held.items() if any(stay.belongs_on(day) for stay in stays)}
    by_day: dict[date, list[tuple[int, str]]] = defaultdict(list)
    for day, slot, kind in absences:
        if slot in own.get(day, ()):
            by_day[day].append((slot, kind))
    cells = [_cell(own[day], by_day[day]) if day in own else None for day in days]
    return SheetRow(stays[0].student_id, stays[0].name, cells, month_count(own, absences))


def _cell(held: list[int], noted: list[tuple[int, str]]) -> SheetCell:
    counts = [(kind, sum(one == kind for _, one in noted)) for kind in LETTERS]
    missed = [slot for slot, kind in noted if kind in MISSED]
    return SheetCell([(kind, count) for kind, count in counts if count], day_missed(held, missed))


def _total(cells: list[SheetCell | None]) -> tuple[int, int]:
    own = [cell for cell in cells if cell]
    lessons = sum(count for cell in own for kind, count in cell.by_kind if kind in MISSED)
    return lessons, sum(cell.is_missed for cell in own)


def months_of(of: "SchoolClass", month: date) -> tuple[date | None, date | None]:
    """Find the months beside one within the year of a class."""
    earlier = (month - timedelta(days=1)).replace(day=1)
    later = last_of(month) + timedelta(days=1)
    starts, ends = of.year.starts_on, of.year.ends_on
    return (earlier if month > starts else None), (later if later <= ends else None)
