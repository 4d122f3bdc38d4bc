"""What a OneRoster set says, in typed rows. Ids are the other program's own (sourcedId).

Every stretch of days is half-open: `begin` belongs to it, `end` does not. `end_written` is what stood in
the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from zvonok.interop.oneroster.columns import Version
from zvonok.interop.report import Row


class Mode(StrEnum):
    """What a file holds: everything, only what has changed, or that it is not there."""

    BULK = "bulk"
    DELTA = "delta"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Org:
    id: str
    name: str
    kind: str
    identifier: str
    parent_id: str
    row: Row


@dataclass(frozen=True, slots=True)
class Session:
    """A school year or a part of one; `school_year` is the calendar year in which the school year ends."""

    id: str
    title: str
    kind: str
    begin: date
    end: date
    end_written: date
    parent_id: str
    school_year: int
    row: Row


@dataclass(frozen=True, slots=True)
class Course:
    id: str
    title: str
    code: str
    grades: tuple[str, ...]
    year_id: str
    org_id: str
    subjects: tuple[str, ...]
    subject_codes: tuple[str, ...]
    row: Row


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A homeroom (a school class) or a scheduled class (a study group of one subject)."""

    id: str
    title: str
    code: str
    kind: str
    grades: tuple[str, ...]
    course_id: str
    school_id: str
    term_ids: tuple[str, ...]
    location: str
    subjects: tuple[str, ...]
    subject_codes: tuple[str, ...]
    periods: tuple[str, ...]
    row: Row


@dataclass(frozen=True, slots=True)
class User:
    id: str
    enabled: bool
    username: str
    user_ids: tuple[str, ...]
    given_name: str
    family_name: str
    middle_name: str
    identifier: str
    email: str
    sms: str
    phone: str
    agent_ids: tuple[str, ...]
    grades: tuple[str, ...]
    password: str = field(repr=False)
    master_identifier: str = field(repr=False)
    primary_org_id: str
    org_ids: tuple[str, ...]
    row: Row


@dataclass(frozen=True, slots=True)
class RoleRow:
    """What a user is in an organisation; before 1.2 taken from the user's own row, a role for each org."""

    id: str
    user_id: str
    role: str
    primary: bool
    org_id: str
    begin: date | None
    end: date | None
    end_written: date | None
    row: Row


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """A student or a teacher in a class; without days it lasts as long as the class."""

    id: str
    class_id: str
    school_id: str
    user_id: str
    role: str
    primary: bool
    begin: date | None
    end: date | None
    end_written: date | None
    row: Row


@dataclass(frozen=True, slots=True)
class Demographic:
    user_id: str
    birth_date: date | None
    sex: str
    country_of_birth: str
    place_of_birth: str
    row: Row


@dataclass(frozen=True, slots=True)
class Guardian:
    """A parent or guardian of a student, whichever of the two rows named the other."""

    guardian_id: str
    student_id: str
    role: str
    row: Row


@dataclass(frozen=True, slots=True)
class Removal:
    """A row marked `tobedeleted`; `file` is the name without `.csv`."""

    file: str
    id: str
    row: Row


@dataclass(frozen=True, slots=True)
class Bundle:
    """A whole set. Rows with faults are not in it: a report with faults is not to be applied."""

    version: Version
    modes: Mapping[str, Mode]
    system: str
    orgs: tuple[Org, ...]
    sessions: tuple[Session, ...]
    courses: tuple[Course, ...]
    classes: tuple[ClassRow, ...]
    users: tuple[User, ...]
    roles: tuple[RoleRow, ...]
    enrolments: tuple[EnrolmentRow, ...]
    demographics: tuple[Demographic, ...]
    guardians: tuple[Guardian, ...]
    removed: tuple[Removal, ...]

    def mode(self, file: str) -> Mode:
        """Tell whether `file` (the name without `.csv`) holds all, only changes, or is not there.

        What a bulk file leaves out is closed; what a delta file leaves out stays as it is.
        """
        return self.modes.get(file, Mode.ABSENT)
