"""The administrator's home: how large the school is, who has entered, what was imported last."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from zvonok.domain.access.selectors import EntryNumbers, entry_numbers
from zvonok.domain.files.selectors import FilesNumbers, files_numbers
from zvonok.domain.people.selectors import names_of
from zvonok.domain.schools.models import ImportRun, School, SchoolClass
from zvonok.domain.schools.selectors import SchoolNumbers, classes_of_day, import_runs, school, school_numbers
from zvonok.domain.timetable.selectors import lesson_count

LATEST_IMPORTS = 5
VIRUSES_TOLD, MOST_VIRUSES = timedelta(days=30), 10


@dataclass(frozen=True, slots=True)
class Office:
    """What the administrator sees first."""

    school: School
    numbers: SchoolNumbers
    entries: EntryNumbers
    lessons: int
    classes: list[SchoolClass]
    imports: list[ImportRun]
    files: FilesNumbers
    uploaders: dict[UUID, str]


def office(*, school_id: UUID, day: date, at: datetime) -> Office:
    """Gather the administrator's home in eleven queries at most."""
    files = files_numbers(school_id=school_id, since=at - VIRUSES_TOLD, most=MOST_VIRUSES)
    return Office(
        school=school(school_id=school_id),
        numbers=school_numbers(school_id=school_id, day=day),
        entries=entry_numbers(school_id=school_id, day=day),
        lessons=lesson_count(school_id=school_id, day=day),
        classes=classes_of_day(school_id=school_id, day=day),
        imports=import_runs(school_id=school_id, limit=LATEST_IMPORTS),
        files=files,
        uploaders=names_of({line.uploader_id for line in files.viruses}),
    )
