"""All marks of a study period by subject, with averages that say what they are made of; and a single mark."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import parse_qs
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404
from django.utils.translation import gettext as _

from zvonok.domain.attestation.selectors import Averages, averages_by_subject, counted
from zvonok.domain.marks.selectors import (
    CriterionLine,
    MarkLine,
    marks_of_student,
    points_of_mark,
    versions_of_mark,
)
from zvonok.domain.schools.models import StudyPeriod
from zvonok.domain.schools.selectors import Place, periods_of
from zvonok.screens.diary.door import Visit
from zvonok.screens.diary.lines import MarkView, mark_view
from zvonok.screens.diary.reading import at_school, some, whose, zone_of
from zvonok.screens.shell.navigation import NavItem
from zvonok.screens.shell.sums import plain_sum, weighted_sum

WHOLE_YEAR = "year"


@dataclass(frozen=True, slots=True)
class DatedMark:
    """A mark, the day of its lesson, and whether it counts."""

    view: MarkView
    day: date
    counts: bool


@dataclass(frozen=True, slots=True)
class SubjectMarks:
    """A subject's marks of a period, and their averages."""

    subject: str
    marks: list[DatedMark]
    averages: Averages
    plain_sum: str
    weighted_sum: str

    @property
    def has_weights(self) -> bool:
        """Whether the two averages are made in different ways."""
        return any(mark.view.weight != 1 for mark in self.marks if mark.counts)


@dataclass(slots=True)
class SchoolMarks:
    """What one school has: its name when there are several, the period, the subjects."""

    school: str
    period: str
    subjects: list[SubjectMarks]


@dataclass(slots=True)
class MarksPage:
    """All marks of a period."""

    title: str
    whose: str
    newest_at: datetime | None
    choices: list[NavItem] = field(default_factory=list)
    schools: list[SchoolMarks] = field(default_factory=list)

    @property
    def has_marks(self) -> bool:
        """Whether there is a mark to show."""
        return any(school.subjects for school in self.schools)


@dataclass(slots=True)
class MarkPage:
    """A mark, and what stood in its place before."""

    title: str
    whose: str
    newest_at: datetime | None
    mark: MarkLine
    work: str
    points: list[CriterionLine]
    earlier: list[MarkLine]
    zone: ZoneInfo


def marks_page(visit: Visit) -> MarksPage:
    """Load the marks of the period asked for: three queries for each school that keeps the diary."""
    asked = parse_qs(visit.query).get("period", [""])[0]
    page = MarksPage(_("Marks"), "", None)
    places = []
    for school_id in visit.asked.revisions:
        with at_school(visit, school_id, day=visit.today) as place:
            if place is not None:
                _read(visit, page, place, asked)
                places.append(place)
    page.whose = whose([place for place in some(places) if place.is_enrolled] or places[-1:])
    if len(places) == 1:
        page.schools[0].school = ""
    return page


def _read(visit: Visit, page: MarksPage, place: Place, asked: str) -> None:
    periods = periods_of(school_id=place.school_id, year_id=place.year_id, system=place.period_system)
    period = _period(periods, asked, visit.today)
    first, last = (period.starts_on, period.ends_on) if period else (place.year_starts_on, place.year_ends_on)
    marks = marks_of_student(
        school_id=place.school_id, student_id=visit.asked.student_id, first=first, last=last
    )
    page.choices = page.choices or list(_choices(periods, period))
    newest = [mark.put_at for mark in marks] + ([page.newest_at] if page.newest_at else [])
    page.newest_at = max(newest, default=None)
    title = period.title if period else _("Whole year")
    page.schools.append(SchoolMarks(place.school, title, list(_subjects(visit, marks))))


def _period(periods: list[StudyPeriod], asked: str, today: date) -> StudyPeriod | None:
    """Choose the period asked for by its number, else the one that has begun last; None is the whole year."""
    if asked == WHOLE_YEAR:
        return None
    if asked:
        return next((period for period in periods if str(period.number) == asked), None) or _unknown()
    begun = [period for period in periods if period.starts_on <= today]
    return begun[-1] if begun else next(iter(periods), None)


def _unknown() -> StudyPeriod:
    raise Http404


def _choices(periods: list[StudyPeriod], chosen: StudyPeriod | None) -> Iterator[NavItem]:
    for period in periods:
        yield NavItem(period.title, f"?period={period.number}", current=period is chosen)
    yield NavItem(_("Whole year"), f"?period={WHOLE_YEAR}", current=chosen is None)


def _subjects(visit: Visit, marks: list[MarkLine]) -> Iterator[SubjectMarks]:
    averages = averages_by_subject(marks)
    by_subject: dict[tuple[str, UUID], list[MarkLine]] = defaultdict(list)
    for mark in marks:
        by_subject[(mark.subject, mark.subject_id)].append(mark)
    for (subject, subject_id), lines in sorted(by_subject.items()):
        terms = counted(lines)
        yield SubjectMarks(
            subject,
            [DatedMark(mark_view(mark, visit=visit, root="../"), mark.day, mark.counts) for mark in lines],
            averages[subject_id],
            plain_sum(terms),
            weighted_sum(terms),
        )


def mark_page(visit: Visit, *, mark: UUID) -> MarkPage:
    """Load a standing mark and its earlier values: two queries for each school, until it is found.

    One that was made of points by criteria asks one more.
    """
    for school_id in visit.asked.revisions:
        with at_school(visit, school_id, day=visit.today) as place:
            found = versions_of_mark(school_id=school_id, student_id=visit.asked.student_id, mark_id=mark)
            if found and place is not None:
                now, *earlier = found
                points = points_of_mark(school_id=school_id, mark_id=mark) if now.criteria else []
                return MarkPage(
                    now.subject,
                    whose([place]),
                    now.put_at,
                    now,
                    now.work_name,
                    points,
                    earlier,
                    zone_of(place),
                )
    raise Http404
