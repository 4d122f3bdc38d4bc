"""Final marks: subjects down, the study periods of the class across."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from zvonok.domain.attestation.columns import WHOLE_YEAR
from zvonok.domain.attestation.selectors import PeriodMarkLine, year_marks_of_student
from zvonok.domain.schools.models import StudyPeriod
from zvonok.domain.schools.selectors import Place, periods_of, subjects_of_student
from zvonok.screens.diary.door import Visit
from zvonok.screens.diary.reading import at_school, some, whose


@dataclass(frozen=True, slots=True)
class FinalMark:
    """A mark with what it was computed from; `departs`: it is not what was proposed, and why."""

    line: PeriodMarkLine

    @property
    def departs(self) -> bool:
        """Whether the teacher decided otherwise than the rules proposed."""
        return bool(self.line.proposed) and self.line.proposed != self.line.value


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A subject and its mark in each column; None where it has not been set."""

    subject: str
    marks: list[FinalMark | None]


@dataclass(slots=True)
class SchoolFinals:
    """What one school has set so far."""

    school: str
    periods: list[StudyPeriod]
    columns: list[str]
    rows: list[SubjectRow]

    @property
    def has_marks(self) -> bool:
        """Whether any mark has been set."""
        return any(any(row.marks) for row in self.rows)

    def comes_on(self, today: date) -> date | None:
        """Tell when the next final marks are due: at the end of the period that runs or comes."""
        return min((period.ends_on for period in self.periods if period.ends_on >= today), default=None)


@dataclass(slots=True)
class FinalMarksPage:
    """Final marks of the year."""

    title: str
    whose: str
    newest_at: datetime | None = None
    schools: list[SchoolFinals] = field(default_factory=list)


def final_marks_page(visit: Visit) -> FinalMarksPage:
    """Load the final marks of the year: four queries for each school that keeps the diary."""
    page = FinalMarksPage(_("Final marks"), "")
    places = []
    for school_id in visit.asked.revisions:
        with at_school(visit, school_id, day=visit.today) as place:
            if place is not None:
                page.schools.append(_read(visit, place))
                places.append(place)
    page.whose = whose([place for place in some(places) if place.is_enrolled] or places[-1:])
    if len(places) == 1:
        page.schools[0].school = ""
    return page


def _read(visit: Visit, place: Place) -> SchoolFinals:
    about = {"school_id": place.school_id, "student_id": visit.asked.student_id}
    periods = periods_of(school_id=place.school_id, year_id=place.year_id, system=place.period_system)
    marks: dict[UUID, dict[UUID | str, FinalMark]] = defaultdict(dict)
    names = dict(subjects_of_student(**about, first=place.year_starts_on, last=place.year_ends_on))
    for line in year_marks_of_student(**about, year_id=place.year_id):
        marks[line.subject_id][line.period_id or line.kind] = FinalMark(line)
        names[line.subject_id] = line.subject
    given = {key for row in marks.values() for key in row}
    kinds = [kind for kind in WHOLE_YEAR if kind in given]
    keys: list[UUID | str] = [*(period.pk for period in periods), *kinds]
    rows = [
        SubjectRow(name, [marks.get(key, {}).get(column) for column in keys])
        for key, name in sorted(names.items(), key=lambda pair: pair[1])
    ]
    titles = [*(period.title for period in periods), *(str(kind.label) for kind in kinds)]
    return SchoolFinals(place.school, periods, titles, rows)
