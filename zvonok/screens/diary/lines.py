"""A lesson of the diary with all that concerns the student in it, in the words of the page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from functools import lru_cache
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.translation import gettext as _

from zvonok.domain.attendance.selectors import AbsenceLine
from zvonok.domain.files.selectors import FileLine
from zvonok.domain.homework.selectors import HomeworkLine
from zvonok.domain.marks.selectors import MarkLine
from zvonok.domain.remarks.models import RemarkKind
from zvonok.domain.remarks.selectors import RemarkLine
from zvonok.domain.timetable.selectors import LessonLine, PlannedInstead
from zvonok.screens.diary.door import Visit
from zvonok.screens.shell.files import FileView, file_view
from zvonok.screens.shell.language import spoken
from zvonok.screens.shell.wording import clock, day_month


@dataclass(frozen=True, slots=True)
class MarkView:
    """A mark as it stands in a line; `href` is relative to the page."""

    value: str
    weight: int
    note: str
    was: str
    fresh: bool
    href: str
    work: str
    worth: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class TaskView:
    """Homework as it stands in a line."""

    subject: str
    text: str
    minutes: int | None
    fresh: bool
    files: tuple[FileView, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    hand_in: bool = False
    personal: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """An absence as it stands in a line."""

    kind: str
    minutes: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class RemarkView:
    """A remark as it stands in a line."""

    text: str
    praise: bool


@dataclass(slots=True)
class Entry:
    """One line of the diary."""

    lesson_id: UUID
    slot: int
    subject: str
    details: str
    topic: str
    state: str
    starts_at: datetime
    badges: list[tuple[str, str]]
    marks: list[MarkView] = field(default_factory=list)
    tasks: list[TaskView] = field(default_factory=list)
    remarks: list[RemarkView] = field(default_factory=list)
    absent: AbsenceView | None = None


def entry(lesson: LessonLine, *, zone: tzinfo, school: str, topic: str) -> Entry:
    """Write the line of a lesson; `school` is named when the student has more than one."""
    details = [
        clock(lesson.starts_at, zone),
        room_words(lesson.room),
        lesson.teacher.replace(" ", "\u00a0"),
        school,
    ]
    return Entry(
        lesson_id=lesson.id,
        slot=lesson.slot,
        subject=lesson.subject,
        details=" · ".join(word for word in details if word),
        topic=topic,
        state=lesson.state,
        starts_at=lesson.starts_at,
        badges=[(text, "change") for text in _changes(lesson, zone)],
    )


def room_words(room: str) -> str:
    """Say where: a number is called a room, a name speaks for itself."""
    return _room(room, spoken()) if room[:1].isdigit() else room


@lru_cache(maxsize=4096)
def _room(room: str, language: str) -> str:
    return _("room %(room)s") % {"room": room}


def mark_view(mark: MarkLine, *, visit: Visit, root: str) -> MarkView:
    """Show a mark; `root` leads from the page to the diary's own address."""
    return MarkView(
        value=mark.value,
        weight=mark.weight,
        note=mark.comment,
        was=mark.earlier,
        fresh=visit.is_new(mark.put_at),
        href=f"{root}marks/{mark.id}/",
        work=mark.work_name,
        worth=mark.five_point,
        due=mark.due_on,
    )


def task_view(task: HomeworkLine, *, visit: Visit, files: Mapping[UUID, FileLine], root: str) -> TaskView:
    """Show homework with its files; `root` leads from the page to the diary's own address."""
    return TaskView(
        task.subject,
        task.text,
        task.expected_minutes,
        visit.is_new(task.put_at),
        tuple(_files(task, files, root)),
        links=tuple((link, urlsplit(link).netloc) for link in task.links),
        hand_in=task.hand_in,
        personal=bool(task.student_ids),
        href=f"{root}homework/{task.id}/",
    )


def _files(task: HomeworkLine, files: Mapping[UUID, FileLine], root: str) -> Iterator[FileView]:
    """Show what can be opened, now or once the scanner has looked; what was destroyed is the teacher's to mend."""
    for key in task.file_ids:
        if files[key].is_clean or files[key].is_waiting:
            yield file_view(files[key], f"{root}files/{key}/")


def absence_view(absence: AbsenceLine) -> AbsenceView:
    """Show an absence."""
    return AbsenceView(absence.kind, absence.late_minutes, absence.reason)


def remark_view(remark: RemarkLine) -> RemarkView:
    """Show a remark."""
    return RemarkView(remark.text, remark.kind == RemarkKind.PRAISE)


def _changes(lesson: LessonLine, zone: tzinfo) -> Iterator[str]:
    planned = lesson.planned
    if lesson.is_cancelled:
        reason = planned.reason if planned else ""
        yield _("✕ cancelled: %(reason)s") % {"reason": reason} if reason else _("✕ cancelled")
        return
    if planned is None:
        return
    yield from _replacements(lesson, planned)
    if (planned.day, planned.slot) != (lesson.day, lesson.slot):
        moved = {"day": day_month(planned.day), "time": clock(planned.starts_at, zone)}
        yield _("moved from %(day)s, %(time)s") % moved
    if planned.reason:
        yield planned.reason


def _replacements(lesson: LessonLine, planned: PlannedInstead) -> Iterator[str]:
    if planned.subject != lesson.subject:
        yield _("replaced: instead of %(subject)s") % {"subject": planned.subject}
    if planned.teacher != lesson.teacher:
        names = {"teacher": lesson.teacher or _("no teacher"), "instead": planned.teacher}
        yield (
            _("replaced: %(teacher)s instead of %(instead)s") % names
            if planned.teacher
            else _("replaced: %(teacher)s") % names
        )
    if planned.room != lesson.room and planned.room:
        rooms = {"room": room_words(lesson.room) or _("no room"), "instead": room_words(planned.room)}
        yield _("%(room)s instead of %(instead)s") % rooms
