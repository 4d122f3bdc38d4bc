"""What pupils have handed in for a homework: the list, and one pupil's work with its neighbours."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404
from django.urls import reverse

from zvonok.domain.access.actor import Actor
from zvonok.domain.files.selectors import FileLine, files_of
from zvonok.domain.marks.models import Work as MarkedWork
from zvonok.domain.marks.selectors import MarkLine, marks_of_lessons
from zvonok.domain.submissions.policy import homework_to_look_at
from zvonok.domain.submissions.rules import Standing, is_late, standing
from zvonok.domain.submissions.selectors import PupilLine, Task, Work, pupils_of, task, works_of
from zvonok.domain.timetable.selectors import next_lesson
from zvonok.kernel.scope import school_scope
from zvonok.screens.journal.door import JOURNAL_ROLES
from zvonok.screens.shell.files import FileView, file_view

if TYPE_CHECKING:
    from zvonok.kernel.refusals import Refused


@dataclass(frozen=True, slots=True)
class PupilRow:
    """A pupil of the list."""

    line: PupilLine
    standing: Standing
    late: bool

    @property
    def is_waiting(self) -> bool:
        """Whether the work waits for the teacher."""
        return self.standing == Standing.SENT


@dataclass(frozen=True, slots=True)
class SubmissionsPage:
    """All pupils of a homework, and how many stand where."""

    task: Task
    zone: ZoneInfo
    today: date
    rows: list[PupilRow]

    def count(self, *states: str) -> int:
        """Count the pupils who stand in one of some states."""
        return sum(row.standing in states for row in self.rows)

    @property
    def late(self) -> int:
        """How many works came late."""
        return sum(row.late for row in self.rows)

    @property
    def opened(self) -> int:
        """How many families have opened the homework."""
        return sum(row.line.opened_at is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version of the work with its files."""

    work: Work
    files: list[tuple[FileLine, FileView]]
    late: bool


@dataclass(frozen=True, slots=True)
class MarkPlace:
    """Where a mark for the work goes: the lesson the homework is due at, from its day on."""

    lesson_id: UUID
    day: date
    is_open: bool
    mark: MarkLine | None


@dataclass(frozen=True, slots=True)
class WorkPage:
    """One pupil's work, and the pupils before and after among those who have handed in."""

    task: Task
    zone: ZoneInfo
    today: date
    row: PupilRow
    versions: list[VersionView]
    earlier: UUID | None
    later: UUID | None
    position: int
    of: int
    place: MarkPlace | None

    @property
    def current(self) -> VersionView | None:
        """The version that stands."""
        return next((one for one in self.versions if one.work.withdrawn_at is None), None)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the answer where it was refused, and why."""

    reply: str
    value: str
    comment: str
    refusals: "Sequence[Refused]"


@contextmanager
def homework_to_look(actor: Actor, homework_id: UUID) -> Iterator[Task]:
    """Open the school of a homework whose works the actor looks at; two queries for each school tried.

    Raises: Http404.
    """
    for school_id in actor.schools_as(*JOURNAL_ROLES):
        with school_scope(school_id):
            found = task(school_id=school_id, homework_id=homework_id)
            if found and homework_to_look_at(actor, school_id=school_id).filter(pk=found.id).exists():
                yield found
                return
    raise Http404


def submissions_page(asked: Task, *, at: datetime) -> SubmissionsPage:
    """Read the list in one query, however many pupils there are."""
    zone = ZoneInfo(asked.time_zone)
    rows = [_row(line, asked, at) for line in pupils_of(task=asked)]
    return SubmissionsPage(asked, zone, at.astimezone(zone).date(), rows)


def work_page(asked: Task, student_id: UUID, *, at: datetime) -> WorkPage:
    """Read one pupil's work in five queries. Raises: Http404 when the homework is not the pupil's."""
    page = submissions_page(asked, at=at)
    row = next((row for row in page.rows if row.line.student_id == student_id), None)
    if row is None:
        raise Http404
    works = works_of(task=asked, student_id=student_id)
    files = files_of(school_id=asked.school_id, file_ids=[key for work in works for key in work.file_ids])
    ids = [one.line.student_id for one in page.rows if one.line.state or one is row]
    position = ids.index(student_id)
    return WorkPage(
        task=asked,
        zone=page.zone,
        today=page.today,
        row=row,
        versions=[_version(work, files, asked) for work in works],
        earlier=ids[position - 1] if position else None,
        later=ids[position + 1] if position + 1 < len(ids) else None,
        position=position + 1,
        of=len(ids),
        place=_place(asked, student_id, page.today),
    )


def next_waiting(asked: Task, student_id: UUID, *, at: datetime) -> UUID | None:
    """Find the next pupil whose work waits, from the one given on and around; one query."""
    rows = submissions_page(asked, at=at).rows
    ids = [row.line.student_id for row in rows]
    here = ids.index(student_id) + 1 if student_id in ids else 0
    around = [*rows[here:], *rows[:here]]
    return next((row.line.student_id for row in around if row.is_waiting and not row.line.looked_at), None)


def file_of_work(asked: Task, student_id: UUID, file_id: UUID) -> FileLine:
    """Find a file of a pupil's work, of any version. Raises: Http404."""
    if not any(file_id in work.file_ids for work in works_of(task=asked, student_id=student_id)):
        raise Http404
    return files_of(school_id=asked.school_id, file_ids=[file_id])[file_id]


def _row(line: PupilLine, asked: Task, at: datetime) -> PupilRow:
    late = line.put_at is not None and is_late(put_at=line.put_at, deadline=asked.deadline)
    return PupilRow(line, standing(state=line.state, at=at, deadline=asked.deadline), late)


def _version(work: Work, files: dict[UUID, FileLine], asked: Task) -> VersionView:
    views = [
        (
            files[key],
            file_view(files[key], reverse("journal:work_file", args=[asked.id, work.student_id, key])),
        )
        for key in work.file_ids
    ]
    return VersionView(work, views, is_late(put_at=work.put_at, deadline=asked.deadline))


def _place(asked: Task, student_id: UUID, today: date) -> MarkPlace | None:
    eve = asked.due_on - timedelta(days=1)
    found = next_lesson(school_id=asked.school_id, group_id=asked.group_id, after=eve, on=asked.due_on)
    if found is None:
        return None
    marks = marks_of_lessons(school_id=asked.school_id, lesson_ids=[found.id])
    own = (mark for mark in marks if mark.student_id == student_id and mark.work == MarkedWork.HOMEWORK)
    return MarkPlace(found.id, found.day, found.day <= today, next(own, None))
