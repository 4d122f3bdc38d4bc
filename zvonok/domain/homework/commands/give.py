"""Set homework, word it anew, take it back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.history.commands import record
from zvonok.domain.history.facts import Happening
from zvonok.domain.homework.facts import HomeworkSet, HomeworkWithdrawn
from zvonok.domain.homework.file_commands import carry_files
from zvonok.domain.homework.models import Audience, Homework, HomeworkPupil
from zvonok.domain.schools.selectors import students_of_group
from zvonok.domain.timetable.commands.journal import EditIsUsed, NotInTheGroup, OpenLesson, open_lesson
from zvonok.domain.timetable.selectors import next_lesson
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused


class DueTooEarly(Refused):
    """Homework is due on the day it is given, or before."""

    message = _("Homework is due on a later day than the lesson it is given in.")


class HomeworkHasChanged(Refused):
    """Somebody else has changed the homework since it was seen."""

    message = _(
        "Somebody has changed this homework since you opened the page. Look at it again before saving."
    )


@dataclass(frozen=True, slots=True)
class HomeworkEdit:
    """What a teacher wants done: a text, or "" for none; by the whole group, or by the pupils named.

    `seen` is the homework that it is to stand instead of.
    """

    id: UUID
    text: str
    due_on: date | None = None
    expected_minutes: int | None = None
    seen: UUID | None = None
    student_ids: tuple[UUID, ...] = ()
    links: tuple[str, ...] = ()
    hand_in: bool = False


@transaction.atomic
def set_homework(*, actor: Actor, lesson_id: UUID, edit: HomeworkEdit, at: datetime) -> Homework | None:
    """Set what is to be done after a lesson; an empty text takes it back. Give the homework that stands now.

    Without `due_on` it is due at the group's next lesson, or in a week where none is planned yet.
    The same edit, and the same homework, twice change nothing.
    Raises: NotTheTeacher, LessonIsCancelled, PeriodIsClosed, DueTooEarly, NotInTheGroup, HomeworkHasChanged,
    EditIsUsed. Records: HomeworkSet, HomeworkWithdrawn. Source: README.md of the app, rules W-1 to W-3.
    """
    lesson = open_lesson(actor=actor, lesson_id=lesson_id, at=at, ahead=None)
    given = Homework.objects.filter(school_id=lesson.school_id, issued_lesson_id=lesson.id)
    standing = _Task.found(given, edit)
    if given.filter(pk=edit.id).exists():
        return standing.row
    wanted = _worded(lesson, edit, standing.row, actor=actor, at=at) if edit.text else _Task()
    if standing.says == wanted.says:
        return standing.row
    if (standing.row.pk if standing.row else None) != edit.seen or _is_in_the_way(given, wanted, standing):
        raise HomeworkHasChanged
    if standing.row:
        given.filter(pk=standing.row.pk).update(withdrawn_at=at)
    if wanted.row:
        _insert(wanted.row, wanted.students)
    if standing.row and wanted.row:
        carry_files(standing.row, wanted.row)
    _record(lesson, actor, standing, wanted, at=at)
    return wanted.row


@dataclass(frozen=True, slots=True)
class _Task:
    """A homework and the pupils chosen for it; or none."""

    row: Homework | None = None
    students: frozenset[UUID] = frozenset()

    @classmethod
    def found(cls, given: QuerySet[Homework], edit: HomeworkEdit) -> "_Task":
        """Find what stands: what was seen, or else what is for all if the edit is."""
        standing = given.filter(withdrawn_at=None)
        if edit.seen:
            row = standing.filter(pk=edit.seen).first()
        else:
            row = None if edit.student_ids else standing.filter(audience=Audience.ALL).first()
        chosen = row.pupils.values_list("student_id", flat=True) if row else ()
        return cls(row, frozenset(chosen))

    @property
    def says(self) -> tuple[object, ...] | None:
        """What it says, all but who put it and when."""
        if self.row is None:
            return None
        row = self.row
        return row.text, row.due_on, row.expected_minutes, tuple(row.links), row.hand_in, self.students


def _is_in_the_way(given: QuerySet[Homework], wanted: _Task, standing: _Task) -> bool:
    """Say whether another homework for all stands where this one is to be for all."""
    if wanted.row is None or wanted.students:
        return False
    for_all = given.filter(withdrawn_at=None, audience=Audience.ALL)
    return any(other != standing.row for other in for_all)


def _worded(
    lesson: OpenLesson, edit: HomeworkEdit, standing: Homework | None, *, actor: Actor, at: datetime
) -> _Task:
    following = next_lesson(
        school_id=lesson.school_id, group_id=lesson.group_id, after=lesson.day, on=edit.due_on
    )
    due = edit.due_on or (following.day if following else lesson.day + timedelta(days=7))
    if due <= lesson.day:
        raise DueTooEarly
    chosen = frozenset(edit.student_ids)
    if chosen and not chosen <= {*_group_on(lesson, lesson.day), *_group_on(lesson, due)}:
        raise NotInTheGroup
    row = Homework(
        id=edit.id,
        school_id=lesson.school_id,
        group_id=lesson.group_id,
        issued_lesson_id=lesson.id,
        issued_on=lesson.day,
        due_lesson_id=following.id if following else None,
        due_on=due,
        text=edit.text,
        expected_minutes=edit.expected_minutes,
        audience=Audience.CHOSEN if chosen else Audience.ALL,
        links=list(edit.links),
        hand_in=edit.hand_in,
        first_id=standing.chain_id if standing else None,
        put_by_id=actor.person_id,
        put_at=at,
    )
    return _Task(row, chosen)


def _group_on(lesson: OpenLesson, day: date) -> list[UUID]:
    return students_of_group(school_id=lesson.school_id, group_id=lesson.group_id, day=day)


def _insert(homework: Homework, students: Collection[UUID]) -> None:
    try:
        homework.save(force_insert=True)
    except IntegrityError as error:
        raise EditIsUsed from error
    HomeworkPupil.objects.bulk_create(
        HomeworkPupil(id=uuid7(), school_id=homework.school_id, homework=homework, student_id=student)
        for student in sorted(students)
    )


def _record(lesson: OpenLesson, actor: Actor, before: _Task, after: _Task, *, at: datetime) -> None:
    fact: Happening
    own: dict[str, Any] = {"group_id": lesson.group_id, "subject": lesson.subject}
    if after.row:
        fact = HomeworkSet(
            thing_id=after.row.pk,
            issued_on=lesson.day,
            due_on=after.row.due_on,
            text=after.row.text,
            expected_minutes=after.row.expected_minutes,
            instead_of=before.row.text if before.row else None,
            student_ids=tuple(sorted(after.students)),
            **own,
        )
    elif before.row:
        fact = HomeworkWithdrawn(
            thing_id=before.row.pk, due_on=before.row.due_on, text=before.row.text, **own
        )
    else:
        return
    record([fact], school_id=lesson.school_id, actor_id=actor.person_id, at=at)
    students: set[UUID] = set()
    for task in (before, after):
        if task.row:  # it is seen on the day it is due
            students.update(task.students or _group_on(lesson, task.row.due_on))
    raise_revisions(students, school_id=lesson.school_id)
