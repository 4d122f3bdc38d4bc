"""The week of the diary, and a single day of it: lessons with all that concerns the student in them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from django.utils.translation import gettext as _

from zvonok.domain.access.models import Section
from zvonok.domain.attendance.selectors import absences_of_student
from zvonok.domain.files.selectors import FileLine, files_of
from zvonok.domain.homework.selectors import HomeworkLine, homework_of_student
from zvonok.domain.marks.announced import marks_and_tests_of_student, tests_of_student
from zvonok.domain.marks.selectors import MarkLine
from zvonok.domain.remarks.selectors import remarks_of_student
from zvonok.domain.schools.selectors import Place
from zvonok.domain.timetable.models import DayKind
from zvonok.domain.timetable.selectors import (
    LessonLine,
    SpecialDay,
    lessons_of_student,
    school_day_after,
    special_days,
)
from zvonok.kernel.days import days_between, monday_of
from zvonok.screens.diary.door import Visit
from zvonok.screens.diary.lines import (
    Entry,
    TaskView,
    absence_view,
    entry,
    mark_view,
    remark_view,
    task_view,
)
from zvonok.screens.diary.reading import at_school, some, whose, zone_of
from zvonok.screens.shell.wording import day_month, week_title

SATURDAY = 5
AHEAD_DAYS = 10


@dataclass(slots=True)
class Day:
    """A day of the diary: its lessons, what makes it special, and what is due without a lesson."""

    day: date
    entries: list[Entry] = field(default_factory=list)
    loose: list[TaskView] = field(default_factory=list)
    special: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether the day has a place in the book: weekends only when there is something in them."""
        return self.day.weekday() < SATURDAY or bool(self.entries or self.loose)


@dataclass(slots=True)
class Ahead:
    """What is to be done for the next day that homework is due on."""

    day: date
    tasks: list[TaskView]

    @property
    def minutes(self) -> int:
        """How long it should take, as far as the teachers have said."""
        return sum(task.minutes or 0 for task in self.tasks)


@dataclass(slots=True)
class Spread:
    """Some days of the diary; addresses are relative to the page."""

    first: date
    last: date
    title: str = ""
    whose: str = ""
    days: list[Day] = field(default_factory=list)
    ahead: Ahead | None = None
    news: int = 0
    missed: int = 0
    newest_at: datetime | None = None
    earlier: str = ""
    later: str = ""
    here: str = ""
    next_day: date | None = None
    start: date | None = None
    months: list[tuple[date, list[tuple[date, date]]]] = field(default_factory=list)

    @property
    def has_lessons(self) -> bool:
        """Whether there is anything to learn in these days."""
        return any(day.entries or day.loose for day in self.days)

    @property
    def pages(self) -> list[list[Day]]:
        """The days as two facing pages."""
        half = (len(self.days) + 1) // 2
        return [self.days[:half], self.days[half:]]

    @property
    def why_empty(self) -> str:
        """Name what keeps the school closed, if one thing does."""
        names = {day.special for day in self.days if day.special}
        return names.pop() if len(names) == 1 else ""


@dataclass(slots=True)
class _Read:
    """What one school has for some days."""

    place: Place
    lessons: list[LessonLine]
    homework: list[HomeworkLine]
    special: dict[date, SpecialDay]
    root: str
    files: dict[UUID, FileLine] = field(default_factory=dict)
    entries: dict[UUID, Entry] = field(default_factory=dict)
    put_at: list[datetime] = field(default_factory=list)
    news: int = 0
    missed: int = 0
    next_day: date | None = None

    def shown(self, task: HomeworkLine, visit: Visit) -> TaskView:
        """Show homework of this school."""
        return task_view(task, visit=visit, files=self.files, root=self.root)


def week_page(visit: Visit, *, day: date) -> Spread:
    """Load the week of `day`: seven queries for each school that keeps the diary, however full it is."""
    monday = monday_of(day)
    spread, places = _spread(visit, monday, monday + timedelta(days=6), root="../../")
    spread.days = [each for each in spread.days if each.is_shown]
    spread.title = week_title(spread.days[0].day, spread.days[-1].day)
    present = monday_of(visit.today)
    first = min(place.year_starts_on for place in places)
    last = max(place.year_ends_on for place in places)
    steps = (monday - timedelta(days=7), monday + timedelta(days=7))
    spread.earlier = f"../{steps[0]}/" if steps[0] >= monday_of(first) or monday > last else ""
    spread.later = f"../{steps[1]}/" if steps[1] <= last or monday < first else ""
    spread.here = f"../{present}/" if present != monday else ""
    spread.start = day if day != monday else _start(visit, spread)
    spread.months = _months(first, last)
    return spread


def day_page(visit: Visit, *, day: date) -> Spread:
    """Load one day: seven queries for each school that keeps the diary."""
    spread, _places = _spread(visit, day, day, root="../../")
    spread.title = day_month(day)
    spread.earlier, spread.later = (f"../{day + timedelta(days=step)}/" for step in (-1, 1))
    spread.here = f"../{visit.today}/" if day != visit.today else ""
    return spread


def _spread(visit: Visit, first: date, last: date, *, root: str) -> tuple[Spread, list[Place]]:
    spread = Spread(first, last)
    days = {day: Day(day) for day in days_between(first, last)}
    several = len(visit.asked.revisions) > 1
    reads = []
    for school_id in visit.asked.revisions:
        with at_school(visit, school_id, day=last) as place:
            if place is not None:
                reads.append(_read(visit, place, first, last, root=root, several=several))
    places = some([read.place for read in reads])
    for read in reads:
        _lay_out(visit, read, days)
    for day in days.values():
        day.entries.sort(key=lambda each: each.starts_at)
    spread.days = list(days.values())
    spread.whose = whose([place for place in places if place.is_enrolled] or places[-1:])
    spread.news = sum(read.news for read in reads)
    spread.missed = sum(read.missed for read in reads)
    spread.newest_at = max((at for read in reads for at in read.put_at), default=None)
    spread.next_day = min((read.next_day for read in reads if read.next_day), default=None)
    spread.ahead = _ahead(visit, reads) if first <= visit.today <= last else None
    return spread, places


def _read(visit: Visit, place: Place, first: date, last: date, *, root: str, several: bool) -> _Read:
    """Read one school: six queries, one more in place of three when there are no lessons, and one more for files."""
    about = {"school_id": place.school_id, "student_id": visit.asked.student_id}
    span = {"first": first, "last": last}
    lessons = lessons_of_student(**about, **span)  # type: ignore[arg-type]
    special = special_days(school_id=place.school_id, **span)
    homework: list[HomeworkLine] = []
    if visit.opens(Section.HOMEWORK):
        until = max(last, visit.today + timedelta(days=AHEAD_DAYS)) if first <= visit.today <= last else last
        homework = homework_of_student(**about, first=first, last=until)
    read = _Read(place, lessons, homework, special, root)
    read.files = files_of(school_id=place.school_id, file_ids=_file_ids(homework))
    if not lessons:
        read.next_day = school_day_after(**about, day=last)
        return read
    whole = visit.opens(Section.DIARY)
    for lesson in lessons:
        read.entries[lesson.id] = entry(
            lesson,
            zone=zone_of(place),
            school=place.school if several else "",
            topic=lesson.topic if whole else "",
        )
    _put_marks(visit, read, span, root=root)
    _put_absences(visit, read, span)
    if whole:
        _put_remarks(visit, read, span)
    return read


def _put_marks(visit: Visit, read: _Read, span: dict[str, date], *, root: str) -> None:
    """Put marks, and the tests that are announced; one query for both."""
    about = {"school_id": read.place.school_id, "student_id": visit.asked.student_id}
    marks: list[MarkLine] = []
    if visit.opens(Section.MARKS):
        marks, tests = marks_and_tests_of_student(**about, **span)  # type: ignore[arg-type]
    elif visit.opens(Section.DIARY):
        tests = tests_of_student(**about, **span)  # type: ignore[arg-type]
    else:
        return
    for mark in marks:
        if line := read.entries.get(mark.lesson_id):
            line.marks.append(mark_view(mark, visit=visit, root=root))
            read.news += visit.is_new(mark.put_at)
            read.put_at.append(mark.put_at)
    for test in tests if visit.opens(Section.DIARY) else ():
        if line := read.entries.get(test.lesson_id):
            line.badges.append((test.words, "test"))


def _put_absences(visit: Visit, read: _Read, span: dict[str, date]) -> None:
    if not visit.opens(Section.ATTENDANCE):
        return
    for absence in absences_of_student(
        school_id=read.place.school_id, student_id=visit.asked.student_id, **span
    ):
        if line := read.entries.get(absence.lesson_id):
            line.absent = absence_view(absence)
            read.missed += absence.kind != "LATE"
            read.put_at.append(absence.put_at)


def _put_remarks(visit: Visit, read: _Read, span: dict[str, date]) -> None:
    for remark in remarks_of_student(
        school_id=read.place.school_id, student_id=visit.asked.student_id, **span
    ):
        if line := read.entries.get(remark.lesson_id):
            line.remarks.append(remark_view(remark))
            read.put_at.append(remark.put_at)


def _lay_out(visit: Visit, read: _Read, days: dict[date, Day]) -> None:
    """Put lessons on their days, homework at its lesson or else at the foot of its day."""
    at_group: dict[tuple[date, UUID], Entry] = {}
    for lesson in read.lessons:
        line = read.entries[lesson.id]
        days[lesson.day].entries.append(line)
        if not lesson.is_cancelled:
            at_group.setdefault((lesson.day, lesson.group_id), line)
    for task in read.homework:
        if task.due_on not in days:
            continue
        found = read.entries.get(task.due_lesson_id) if task.due_lesson_id else None
        found = found or at_group.get((task.due_on, task.group_id))
        (found.tasks if found else days[task.due_on].loose).append(read.shown(task, visit))
        read.put_at.append(task.put_at)
    for day, calendar in read.special.items():
        days[day].special = days[day].special or _special(calendar)


def _file_ids(homework: list[HomeworkLine]) -> list[UUID]:
    return [key for task in homework for key in task.file_ids]


def _special(day: SpecialDay) -> str:
    """Say what makes a day special: its own name, else what kind of day it is."""
    name = day.title or str(DayKind(day.kind).label)
    if day.kind == DayKind.WORKING and day.works_as:
        return _("%(name)s: lessons as on %(day)s") % {"name": name, "day": day_month(day.works_as)}
    return name[:1].upper() + name[1:]


def _ahead(visit: Visit, reads: Iterable[_Read]) -> Ahead | None:
    due: dict[date, list[TaskView]] = defaultdict(list)
    for read in reads:
        for task in read.homework:
            if task.due_on > visit.today:
                due[task.due_on].append(read.shown(task, visit))
    return Ahead(min(due), due[min(due)]) if due else None


def _start(visit: Visit, spread: Spread) -> date:
    """Choose the day at which a phone opens the week: today, else the next with lessons, else the first."""
    busy = [each.day for each in spread.days if each.entries and each.day >= visit.today]
    return busy[0] if busy and spread.first <= visit.today <= spread.last else spread.days[0].day


@lru_cache(maxsize=256)
def _months(first: date, last: date) -> list[tuple[date, list[tuple[date, date]]]]:
    """List the weeks of a year by the month in which they begin, each by its Monday and Saturday."""
    months: dict[date, list[tuple[date, date]]] = defaultdict(list)
    monday = monday_of(first)
    while monday <= last:
        months[monday.replace(day=1)].append((monday, monday + timedelta(days=SATURDAY)))
        monday += timedelta(days=7)
    return list(months.items())
