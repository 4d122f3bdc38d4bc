"""What a student missed without a reason, and what the family has written about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from zvonok.domain.access.grant import Basis
from zvonok.domain.attendance.policy import students_to_excuse
from zvonok.domain.attendance.rules import has_begun, may_be_withdrawn
from zvonok.domain.attendance.selectors import (
    MissedLine,
    NoteLine,
    begun_lessons,
    notes_about,
    unexplained_absences,
)
from zvonok.domain.schools.selectors import Place
from zvonok.screens.diary.door import Visit
from zvonok.screens.diary.reading import at_school, some, whose

PAGE = 20


@dataclass(frozen=True, slots=True)
class MissedDay:
    """A day with lessons that were missed without a reason."""

    day: date
    lessons: list[MissedLine]

    @property
    def is_noted(self) -> bool:
        """Whether the family has written about all of it."""
        return all(lesson.is_noted for lesson in self.lessons)

    @property
    def explaining(self) -> str:
        """The query that fills the form in."""
        return f"?day={self.day}&from_slot={self.lessons[0].slot}&to_slot={self.lessons[-1].slot}"


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note, whether the reader has sent it, and whether it can be taken back."""

    line: NoteLine
    is_own: bool
    is_withdrawable: bool


@dataclass(slots=True)
class AttendancePage:
    """Absences to explain, notes, and who may write them."""

    may_write: bool
    reads_notes: bool
    places: list[Place] = field(default_factory=list)
    days: list[MissedDay] = field(default_factory=list)
    notes: list[NoteView] = field(default_factory=list)
    earlier: str = ""

    @property
    def whose(self) -> str:
        """Class and school, as of today or as they were last."""
        return whose(self.enrolled or self.places[-1:])

    @property
    def enrolled(self) -> list[Place]:
        """Where a note can be sent."""
        return [place for place in self.places if place.is_enrolled]


def attendance_page(visit: Visit, *, before: datetime | None) -> AttendancePage:
    """Read the page: one query, and four for each school that keeps the diary.

    A trusted person sees what was missed, and not what the family writes.
    """
    student = visit.asked.student_id
    speaks = students_to_excuse(visit.asked.actor).filter(pk=student).exists()
    page = AttendancePage(may_write=speaks, reads_notes=visit.asked.grant.basis != Basis.TRUSTED)
    notes: list[NoteView] = []
    for school_id in visit.asked.revisions:
        with at_school(visit, school_id, day=visit.today) as place:
            if place is not None:
                page.places.append(place)
                page.days += _missed(visit, place)
                notes += _notes(visit, school_id, before, speaks) if page.reads_notes else []
    some(page.places)
    notes.sort(key=lambda note: note.line.sent_at, reverse=True)
    page.notes = notes[:PAGE]
    page.earlier = page.notes[-1].line.sent_at.isoformat() if len(notes) > PAGE else ""
    return page


def _missed(visit: Visit, place: Place) -> Iterable[MissedDay]:
    lines = unexplained_absences(
        school_id=place.school_id,
        student_ids=[visit.asked.student_id],
        first=place.year_starts_on,
        last=visit.today,
    )
    for day, lessons in groupby(lines, key=lambda line: line.day):
        yield MissedDay(day, list(lessons))


def _notes(visit: Visit, school_id: UUID, before: datetime | None, speaks: bool) -> list[NoteView]:
    student = visit.asked.student_id
    begun = begun_lessons(school_id=school_id, student_id=student, day=visit.today, at=visit.at)
    lines = notes_about(school_id=school_id, student_ids=[student], before=before, most=PAGE + 1)
    return [
        NoteView(
            line,
            is_own=line.sent_by_id == visit.asked.actor.person_id,
            is_withdrawable=speaks
            and may_be_withdrawn(
                kind=line.kind,
                state=line.state,
                has_begun=has_begun(line.reach, today=visit.today, begun=begun),
            ),
        )
        for line in lines
    ]
