"""The administrator's home: how large the school is, who has entered, what was imported last."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zvonok.domain.access.selectors import EntryNumbers, entry_numbers
from zvonok.domain.schools.models import ImportRun, School, SchoolClass
from zvonok.domain.schools.selectors import SchoolNumbers, classes_of_day, import_runs, school, school_numbers
from zvonok.domain.timetable.selectors import lesson_count

LATEST_IMPORTS = 5


@dataclass(frozen=True, slots=True)
class Office:
    """What the administrator sees first."""

    school: School
    numbers: SchoolNumbers
    entries: EntryNumbers
    lessons: int
    classes: list[SchoolClass]
    imports: list[ImportRun]


def office(*, school_id: UUID, day: date) -> Office:
    """Gather the administrator's home in seven queries."""
    return Office(
        school=school(school_id=school_id),
        numbers=school_numbers(school_id=school_id, day=day),
        entries=entry_numbers(school_id=school_id, day=day),
        lessons=lesson_count(school_id=school_id, day=day),
        classes=classes_of_day(school_id=school_id, day=day),
        imports=import_runs(school_id=school_id, limit=LATEST_IMPORTS),
    )
