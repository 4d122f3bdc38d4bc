"""The page of one homework: the task, what was handed in, the teacher's answer, and the form to hand in."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404

from zvonok.domain.files.selectors import FileLine, files_of
from zvonok.domain.homework.selectors import homework_of_student
from zvonok.domain.schools.selectors import place_of
from zvonok.domain.submissions import rules
from zvonok.domain.submissions.policy import hands_in
from zvonok.domain.submissions.rules import Standing, standing
from zvonok.domain.submissions.selectors import Task, TickedLine, Work, is_for, task, tick_of, works_of
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import school_scope
from zvonok.screens.diary.door import Visit
from zvonok.screens.diary.reading import whose
from zvonok.screens.shell.files import FileView, file_view


@dataclass(frozen=True, slots=True)
class WorkView:
    """A version of the work with its files."""

    work: Work
    files: list[FileView]
    late: bool


@dataclass(frozen=True, slots=True)
class HomeworkPage:
    """The read model of the page. `works` begins with the version that stands, if one does."""

    task: Task
    whose: str
    zone: ZoneInfo
    today: date
    files: list[FileView]
    standing: Standing
    current: WorkView | None
    earlier: list[WorkView]
    tick: TickedLine | None
    hands_in: bool
    may_hand_in: bool
    may_take_back: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """What a refused form holds: the files that came, and why it was refused."""

    kept: Sequence[FileLine] = ()
    refusals: Sequence[tuple[str, Refused]] = ()


@contextmanager
def homework_of(visit: Visit, homework_id: UUID) -> Iterator[Task]:
    """Open the school of a homework that is for the student; two queries for each school tried.

    Raises: Http404.
    """
    for school_id in visit.asked.revisions:
        with school_scope(school_id):
            found = task(school_id=school_id, homework_id=homework_id)
            if found is not None and is_for(found, visit.asked.student_id):
                yield found
                return
    raise Http404


def homework_page(visit: Visit, asked: Task) -> HomeworkPage:
    """Read the page in six queries, however much was handed in."""
    student = visit.asked.student_id
    works = works_of(task=asked, student_id=student)
    own = homework_of_student(
        school_id=asked.school_id, student_id=student, first=asked.due_on, last=asked.due_on
    )
    beside = next((line.file_ids for line in own if line.id == asked.id), [])
    keys = [*beside, *(key for work in works for key in work.file_ids)]
    files = files_of(school_id=asked.school_id, file_ids=keys)
    place = place_of(school_id=asked.school_id, student_id=student, day=visit.today)
    current = next((work for work in works if work.withdrawn_at is None), None)
    root = f"/diary/{visit.asked.link_id}"
    views = [_work(work, files, f"{root}/homework/{asked.id}/files/", asked) for work in works]
    state, family = current.state if current else None, hands_in(visit.asked.grant)
    about = {"state": state, "at": visit.at, "deadline": asked.deadline}
    looked = current is not None and current.looked_at is not None
    return HomeworkPage(
        task=asked,
        whose=whose([place]) if place else "",
        zone=ZoneInfo(asked.time_zone),
        today=visit.today,
        files=[file_view(files[key], f"{root}/files/{key}/") for key in beside],
        standing=standing(**about),  # type: ignore[arg-type]
        current=next((view for view in views if view.work.withdrawn_at is None), None),
        earlier=[view for view in views if view.work.withdrawn_at is not None],
        tick=None if asked.hand_in else tick_of(task=asked, student_id=student),
        hands_in=family,
        may_hand_in=family and asked.hand_in and rules.may_hand_in(**about),  # type: ignore[arg-type]
        may_take_back=family and rules.may_take_back(looked=looked, **about),  # type: ignore[arg-type]
        is_over=rules.is_late(put_at=visit.at, deadline=asked.deadline),
    )


def _work(work: Work, files: Mapping[UUID, FileLine], root: str, asked: Task) -> WorkView:
    shown = [file_view(files[key], f"{root}{key}/") for key in work.file_ids]
    return WorkView(work, shown, rules.is_late(put_at=work.put_at, deadline=asked.deadline))


def work_file(visit: Visit, homework_id: UUID, file_id: UUID) -> FileLine:
    """Find a file of the student's own work, of any version. Raises: Http404."""
    with homework_of(visit, homework_id) as asked:
        works = works_of(task=asked, student_id=visit.asked.student_id)
        if not any(file_id in work.file_ids for work in works):
            raise Http404
        return files_of(school_id=asked.school_id, file_ids=[file_id])[file_id]
