"""All that concerns a student in a lesson: what stands in the cell, by whom it was put, and what stood there before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.attendance.rules import LETTERS
from zvonok.domain.attendance.selectors import AbsenceLine, absences_of_lessons
from zvonok.domain.history.models import Fact
from zvonok.domain.history.selectors import facts_of_lesson
from zvonok.domain.marks.rules import POINT
from zvonok.domain.marks.selectors import MarkLine, marks_of_lessons
from zvonok.domain.marks.wording import work_title
from zvonok.domain.people.selectors import names_of
from zvonok.domain.schools.selectors import members, school
from zvonok.domain.timetable.policy import lessons_to_mark
from zvonok.domain.timetable.selectors import LessonLine, lesson_line
from zvonok.screens.shell.wording import day_month


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the cell, in words."""

    at: datetime
    who: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class CellPage:
    """A cell of the journal, and its history, the latest first."""

    student_id: UUID
    name: str
    lesson: LessonLine
    marks: list[MarkLine]
    absence: AbsenceLine | None
    events: list[Event]
    is_kept: bool
    zone: ZoneInfo


def cell_page(
    *, actor: Actor, school_id: UUID, group_id: UUID, lesson_id: UUID, student_id: UUID
) -> CellPage | None:
    """Read a cell and its history in eight queries; None when the student has none in that lesson of the group."""
    lesson = lesson_line(school_id=school_id, lesson_id=lesson_id)
    if lesson is None or lesson.group_id != group_id:
        return None
    pupils = members(school_id=school_id, group_id=group_id, first=lesson.day, last=lesson.day)
    pupil = next((one for one in pupils if one.student_id == student_id), None)
    if pupil is None:
        return None
    marks = marks_of_lessons(school_id=school_id, lesson_ids=[lesson_id])
    absences = absences_of_lessons(school_id=school_id, lesson_ids=[lesson_id])
    return CellPage(
        student_id=student_id,
        name=pupil.name,
        lesson=lesson,
        marks=[mark for mark in marks if mark.student_id == student_id],
        absence=next((one for one in absences if one.student_id == student_id), None),
        events=_events(facts_of_lesson(school_id=school_id, lesson_id=lesson_id, subject_id=student_id)),
        is_kept=lessons_to_mark(actor, school_id=school_id).filter(pk=lesson_id).exists(),
        zone=ZoneInfo(school(school_id=school_id).time_zone),
    )


def _events(facts: list[Fact]) -> list[Event]:
    """Say what happened to the cell, the latest first; other facts of the lesson are left out."""
    told = [fact for fact in facts if fact.kind in _WORDS]
    names = names_of({fact.actor_id for fact in told if fact.actor_id})
    return [
        Event(
            fact.at,
            names.get(fact.actor_id, "") if fact.actor_id else "",
            _WORDS[fact.kind](fact.data),
            fact.data.get("comment") or fact.data.get("reason", ""),
        )
        for fact in reversed(told)
    ]


def _work(data: dict[str, Any]) -> str:
    return work_title(data["work"], data.get("work_title", ""))


def _day(written: str) -> str:
    return day_month(date.fromisoformat(written))


def _mark_put(data: dict[str, Any]) -> str:
    work, value, before = _work(data), data["value"], data["instead_of"]
    if value == POINT and data.get("due_on"):
        return _("%(work)s: a point, a mark by %(day)s") % {"work": work, "day": _day(data["due_on"])}
    if before in (None, POINT):
        return _("%(work)s: mark %(value)s") % {"work": work, "value": value}
    if before == value:
        return _("%(work)s: another comment on the mark %(value)s") % {"work": work, "value": value}
    return _("%(work)s: corrected %(before)s → %(value)s") % {"work": work, "before": before, "value": value}


def _mark_withdrawn(data: dict[str, Any]) -> str:
    work = _work(data)
    if data["value"] == POINT:
        return _("%(work)s: the point was taken away") % {"work": work}
    return _("%(work)s: mark %(value)s taken back") % {"work": work, "value": data["value"]}


def _absence_put(data: dict[str, Any]) -> str:
    letter, before = LETTERS[data["absence"]], data["instead_of"]
    if before is None or before == data["absence"]:
        return _("Absence: %(letter)s") % {"letter": letter}
    return _("Absence: %(before)s → %(letter)s") % {"before": LETTERS[before], "letter": letter}


def _absence_withdrawn(data: dict[str, Any]) -> str:
    return _("Absence: %(letter)s taken back") % {"letter": LETTERS.get(data["absence"], "")}


_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "MarkPut": _mark_put,
    "MarkWithdrawn": _mark_withdrawn,
    "AbsencePut": _absence_put,
    "AbsenceWithdrawn": _absence_withdrawn,
}
