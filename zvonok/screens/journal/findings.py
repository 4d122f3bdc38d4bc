"""What is missing in a journal, and in all of a teacher's journals; the deputy head's notes about them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from zvonok.domain.access.actor import Actor
from zvonok.domain.control.checks import Check, Place, gravity, place
from zvonok.domain.control.inputs import Scope
from zvonok.domain.control.rules import Finding
from zvonok.domain.control.selectors import NoteLine, findings_of, names_of, open_notes
from zvonok.domain.control.wording import mending, words
from zvonok.domain.schools.selectors import groups_taught
from zvonok.domain.timetable.policy import lessons_to_mark
from zvonok.kernel.scope import school_scope
from zvonok.screens.journal.wording import group_label

if TYPE_CHECKING:
    from zvonok.domain.schools.models import StudyGroup


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding as the teacher reads it: what, where, and the one link to where it is mended."""

    finding: Finding
    title: str
    words: str
    student: str
    gravity: str
    mending: str
    url: str


@dataclass(frozen=True, slots=True)
class GroupFindings:
    """How much is missing in one of a teacher's journals."""

    group_id: UUID
    label: str
    subject: str
    wrong: int
    all: int


@dataclass(frozen=True, slots=True)
class NoteOfTeacher:
    """A note that waits for the teacher."""

    line: NoteLine
    title: str
    words: str
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class TeacherFindings:
    """What waits for a teacher in one school."""

    notes: list[NoteOfTeacher]
    groups: list[GroupFindings]


def group_findings(
    group: "StudyGroup", *, actor: Actor, day: date, lesson_id: UUID | None, at: datetime
) -> list[FindingLine]:
    """List what is missing in a journal, in the study period of a day, or in one lesson; eleven queries at most."""
    scope = Scope(group.school_id, day=day, group_ids=[group.pk])
    found = findings_of(scope, at=at)
    if lesson_id is not None:
        found = [finding for finding in found if finding.lesson_id == lesson_id]
    if not found:
        return []
    people = names_of(found, school_id=group.school_id).people
    keepable = lessons_to_mark(actor, school_id=group.school_id).filter(
        pk__in={finding.lesson_id for finding in found if finding.lesson_id}
    )
    kept = set(keepable.values_list("pk", flat=True))
    return [_line(finding, people, kept) for finding in found]


def teacher_findings(actor: Actor, *, school_id: UUID, day: date, at: datetime) -> TeacherFindings:
    """Count what is missing in a teacher's journals of a school, and list the notes; one query more than
    `open_notes` and `findings_of` ask."""
    with school_scope(school_id):
        groups = groups_taught(school_id=school_id, teacher_id=actor.person_id, day=day)
        scope = Scope(school_id, day=day, group_ids=[group.id for group in groups])
        found = findings_of(scope, at=at) if groups else []
        notes = open_notes(school_id=school_id, teacher_id=actor.person_id, at=at)
    wrong = Counter(finding.group_id for finding in found if gravity(finding.check) == "WRONG")
    all_found = Counter(finding.group_id for finding in found)
    return TeacherFindings(
        notes=[_note(note) for note in notes if note.finding],
        groups=[
            GroupFindings(
                group.id,
                group_label(group.title, group.subject),
                group.subject,
                wrong[group.id],
                all_found[group.id],
            )
            for group in groups
            if all_found[group.id]
        ],
    )


def mending_url(finding: Finding, *, kept: Iterable[UUID]) -> str:
    """Find the page where a finding is mended, for those who keep its lesson; for others, where it is seen."""
    where, lesson = place(finding.check), finding.lesson_id
    if where == Place.PERIOD_MARK:
        return reverse("journal:period_marks", args=[finding.group_id])
    if lesson is None or finding.day is None:
        return reverse("journal:group", args=[finding.group_id])
    if lesson not in kept:
        return reverse("journal:month", args=[finding.group_id, finding.day])
    anchor = {Place.TOPIC: "#id_topic", Place.HOMEWORK: "#id_text"}.get(where, "")
    if where == Place.CELL:
        anchor = f"#name-{finding.student_id}"
    return reverse("journal:lesson", args=[lesson]) + anchor


def _line(finding: Finding, people: dict[UUID, str], kept: set[UUID]) -> FindingLine:
    return FindingLine(
        finding=finding,
        title=str(finding.check.label),
        words=words(finding),
        student=people.get(finding.student_id, "") if finding.student_id else "",
        gravity=gravity(finding.check),
        mending=mending(finding),
        url=mending_url(finding, kept=kept),
    )


def _note(note: NoteLine) -> NoteOfTeacher:
    assert note.finding is not None
    lesson = note.finding.lesson_id
    return NoteOfTeacher(
        line=note,
        title=str(Check(note.check).label),
        words=words(note.finding),
        url=mending_url(note.finding, kept=[lesson] if lesson else []),
        label=group_label(note.group, note.subject),
    )
