"""What the demo writes into the journals of a school before it is brought in."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from zvonok.domain.attendance.commands import PastAbsence
from zvonok.domain.homework.commands import PastHomework
from zvonok.domain.marks.commands.past import PastWork
from zvonok.domain.remarks.commands import PastRemark


@dataclass(slots=True)
class Taught:
    """A lesson that was held."""

    id: UUID
    day: date
    group_id: UUID
    subject_id: UUID
    teacher_id: UUID
    ends_at: datetime


@dataclass(slots=True)
class Filled:
    """What is to be brought in; `reciting` is the school's own kind of work, if it has one."""

    reciting: str = ""
    topics: dict[UUID, str] = field(default_factory=dict)
    taught: dict[UUID, UUID] = field(default_factory=dict)
    works: list[PastWork] = field(default_factory=list)
    absences: list[PastAbsence] = field(default_factory=list)
    homework: list[PastHomework] = field(default_factory=list)
    remarks: list[PastRemark] = field(default_factory=list)
