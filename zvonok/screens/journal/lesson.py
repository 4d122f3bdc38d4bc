"""The lesson page: topic, homework, and a line for each student of the group."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from zvonok.domain.access.actor import Actor
from zvonok.domain.attendance.selectors import (
    AbsenceLine,
    absences_of_lessons,
    announced_absences,
    announced_at,
    proposed_absences,
)
from zvonok.domain.homework.selectors import HomeworkLine, homework_due
from zvonok.domain.marks.selectors import (
    MarkLine,
    WorkKindLine,
    marking_of,
    marks_of_lessons,
    work_kinds,
    works_of_lessons,
)
from zvonok.domain.planning.selectors import NextTopic, next_topics, topic_of_lesson
from zvonok.domain.remarks.selectors import (
    NoteLine,
    RemarkLine,
    TemplateLine,
    own_notes,
    remark_templates,
    remarks_of_lesson,
)
from zvonok.domain.schools.selectors import Member, members
from zvonok.domain.timetable.doors import door_of, doors_of_group
from zvonok.domain.timetable.selectors import LessonLine, lesson_line
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.homework import HomeworkPart, homework_part
from zvonok.screens.journal.proposals import Proposal, proposals
from zvonok.screens.journal.wording import group_label

if TYPE_CHECKING:
    from zvonok.domain.timetable.models import Lesson

ANSWER = "ANSWER"
# What was typed and refused, by student and part of the row: the work of a mark, or "" for the presence.
Typed = Mapping[tuple[UUID, str], "TypedPart"]


@dataclass(frozen=True, slots=True)
class TypedPart:
    """What a teacher typed and what was wrong with it."""

    value: str
    note: str
    refusal: Refused


@dataclass(frozen=True, slots=True)
class WorkHead:
    """A work whose marks the page takes; one that is new chooses its weight."""

    work: str
    title: str
    weight: int
    is_new: bool
    scale: str
    criteria: list[str]


@dataclass(frozen=True, slots=True)
class Field:
    """What a field shows, and the token that goes with it: edit id, what was seen, and how it stood."""

    value: str
    note: str
    token: str
    refusal: Refused | None = None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A student's line."""

    student_id: UUID
    name: str
    presence: Field
    marks: list[tuple[WorkHead, Field]]

    @property
    def refusals(self) -> list[Refused]:
        """All that was wrong with the line."""
        fields = [self.presence, *(field for _, field in self.marks)]
        return [field.refusal for field in fields if field.refusal]


@dataclass(frozen=True, slots=True)
class LessonPage:
    """All that a lesson's page shows."""

    line: LessonLine
    group: str
    zone: tzinfo
    is_ahead: bool
    is_closed: bool
    topics: list[NextTopic]
    planned: NextTopic | None
    due_here: list[HomeworkLine]
    homework: HomeworkPart
    works: list[WorkHead]
    other_works: list[WorkKindLine]
    correct_within: int | None
    rows: list[SheetRow]
    proposals: list[Proposal]
    remarks: list[RemarkLine]
    templates: list[TemplateLine]
    notes: list[NoteLine]

    @property
    def is_writable(self) -> bool:
        """Whether topic and homework can be written."""
        return not self.is_closed and not self.line.is_cancelled

    @property
    def takes_marks(self) -> bool:
        """Whether marks, absences and remarks can be written."""
        return self.is_writable and not self.is_ahead

    @property
    def is_unsettled(self) -> bool:
        """Whether the lesson was cancelled with homework due at it."""
        return self.line.is_cancelled and any(task.due_lesson_id == self.line.id for task in self.due_here)

    @property
    def own_note(self) -> str:
        """What the reader has noted for this lesson."""
        return next((note.text for note in self.notes if note.lesson_id == self.line.id), "")

    @property
    def last_note(self) -> NoteLine | None:
        """What the reader noted at the last earlier lesson of the group."""
        return next((note for note in self.notes if note.lesson_id != self.line.id), None)

    def name_of(self, student_id: UUID) -> str:
        """Name a student of the lesson; somebody who has left the group since is not named."""
        return next((row.name for row in self.rows if row.student_id == student_id), "")

    def names_of(self, student_ids: Collection[UUID]) -> list[str]:
        """Name some students of the lesson, in the order of their lines."""
        return [row.name for row in self.rows if row.student_id in student_ids]


def lesson_page(
    lesson: "Lesson", *, actor: Actor, at: datetime, wished_work: str = "", typed: Typed | None = None
) -> LessonPage:
    """Read a lesson's page in twenty-two queries, however large the group is."""
    school, zone = lesson.school_id, ZoneInfo(lesson.school.time_zone)
    line = lesson_line(school_id=school, lesson_id=lesson.pk)
    if line is None:
        raise LookupError(lesson.pk)
    heads, others, correct_within = _works(lesson, wished_work)
    pupils = members(school_id=school, group_id=lesson.group_id, first=lesson.day, last=lesson.day)
    marks, absences = _marks(lesson), _absences(lesson)
    return LessonPage(
        line=line,
        group=group_label(line.group, line.subject),
        zone=zone,
        is_ahead=lesson.day > at.astimezone(zone).date(),
        is_closed=_is_closed(lesson, at),
        topics=next_topics(school_id=school, group_id=lesson.group_id, most=3),
        planned=topic_of_lesson(school_id=school, lesson_id=lesson.pk),
        due_here=homework_due(school_id=school, group_id=lesson.group_id, day=lesson.day),
        homework=homework_part(lesson, teacher_id=actor.person_id),
        works=heads,
        other_works=others,
        correct_within=correct_within,
        rows=[_row(pupil, heads, marks, absences, typed or {}) for pupil in pupils],
        proposals=_proposals(lesson, pupils, known={student for student, _ in marks} | set(absences)),
        remarks=remarks_of_lesson(school_id=school, lesson_id=lesson.pk),
        templates=remark_templates(school_id=school, teacher_id=actor.person_id),
        notes=own_notes(school_id=school, author_id=actor.person_id, lesson_id=lesson.pk),
    )


def _proposals(lesson: "Lesson", pupils: list[Member], *, known: set[UUID]) -> list[Proposal]:
    own = {"school_id": lesson.school_id}
    announced = announced_absences(**own, student_ids=[one.student_id for one in pupils], day=lesson.day)
    return proposals(
        proposed_absences(**own, lesson_id=lesson.pk),
        announced_at(announced, day=lesson.day, slot=lesson.slot),
        names={pupil.student_id: pupil.name for pupil in pupils},
        known=known,
    )


def mark_token(seen: UUID | None, value: str, comment: str) -> str:
    """Make the token of a mark's field: with it a form says what it wants changed, and only that."""
    return f"{uuid7()}|{seen or ''}|{value}|{comment}"


def _is_closed(lesson: "Lesson", at: datetime) -> bool:
    doors = doors_of_group(school_id=lesson.school_id, group_id=lesson.group_id, at=at)
    door = door_of(doors, lesson.day)
    return door is not None and not door.takes_any()


def _marks(lesson: "Lesson") -> dict[tuple[UUID, str], MarkLine]:
    lines = marks_of_lessons(school_id=lesson.school_id, lesson_ids=[lesson.pk])
    return {(mark.student_id, mark.work): mark for mark in lines}


def _absences(lesson: "Lesson") -> dict[UUID, AbsenceLine]:
    lines = absences_of_lessons(school_id=lesson.school_id, lesson_ids=[lesson.pk])
    return {absence.student_id: absence for absence in lines}


def _works(lesson: "Lesson", wished: str) -> tuple[list[WorkHead], list[WorkKindLine], int | None]:
    """List the works of the lesson and the kinds that can join them, and the days of corrections; three queries.

    The wished work stands among the first if the school marks it; without any work, that in class does.
    """
    school = lesson.school_id
    kinds = {kind.code: kind for kind in work_kinds(school_id=school)}
    marking = marking_of(school_id=school, group_id=lesson.group_id, subject_id=lesson.subject_id)
    heads = [
        WorkHead(work.work, kinds[work.work].title, work.weight, False, work.scale, work.criteria)
        for work in works_of_lessons(school_id=school, lesson_ids=[lesson.pk])[lesson.pk]
    ]
    standing = {head.work for head in heads}
    kind = kinds.get(wished or ("" if heads else ANSWER))
    if kind and kind.in_use and kind.code not in standing:
        heads.append(WorkHead(kind.code, kind.title, kind.weight, True, marking.scale, []))
        standing.add(kind.code)
    others = [kind for kind in kinds.values() if kind.in_use and kind.code not in standing]
    return heads, others, marking.correct_within


def _row(
    pupil: Member,
    heads: list[WorkHead],
    marks: dict[tuple[UUID, str], MarkLine],
    absences: dict[UUID, AbsenceLine],
    typed: Typed,
) -> SheetRow:
    student = pupil.student_id
    return SheetRow(
        student,
        pupil.name,
        _presence(absences.get(student), typed.get((student, ""))),
        [(head, _mark(marks.get((student, head.work)), typed.get((student, head.work)))) for head in heads],
    )


def _presence(standing: AbsenceLine | None, typed: TypedPart | None) -> Field:
    kind, minutes = (standing.kind, str(standing.late_minutes or "")) if standing else ("", "")
    token = mark_token(standing.id if standing else None, kind, minutes)
    return Field(typed.value, typed.note, token, typed.refusal) if typed else Field(kind, minutes, token)


def _mark(standing: MarkLine | None, typed: TypedPart | None) -> Field:
    value, comment = (standing.typed, standing.comment) if standing else ("", "")
    token = mark_token(standing.id if standing else None, value, comment)
    return Field(typed.value, typed.note, token, typed.refusal) if typed else Field(value, comment, token)
