"""Homework whose lesson was cancelled: it moves, stays on its day, or is taken back."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.history.commands import record
from zvonok.domain.history.facts import Happening
from zvonok.domain.homework.facts import HomeworkKept, HomeworkSet, HomeworkWithdrawn
from zvonok.domain.homework.file_commands import carry_files
from zvonok.domain.homework.models import Homework, HomeworkPupil
from zvonok.domain.schools.selectors import students_of_group
from zvonok.domain.timetable.commands.journal import NotTheTeacher
from zvonok.domain.timetable.models import Lesson
from zvonok.domain.timetable.policy import may_mark, may_run_timetable
from zvonok.domain.timetable.selectors import next_lesson
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import scoped_school


class Destination(models.TextChoices):
    """Where the homework of a cancelled lesson goes."""

    MOVE = "MOVE", _("to the group’s next lesson")
    KEEP = "KEEP", _("it stays due on that day")
    WITHDRAW = "WITHDRAW", _("it is taken back")


@transaction.atomic
def settle_homework(*, actor: Actor, lesson_id: UUID, destination: Destination, at: datetime) -> int:
    """Say where the homework that is due at a lesson goes, and give how many there were; none is left due at it.

    Without a next lesson it moves by a week.
    Raises: Lesson.DoesNotExist, NotTheTeacher (who neither runs the timetable nor keeps the journal).
    Records: HomeworkSet, HomeworkKept, HomeworkWithdrawn. Source: README.md of the app, rule W-7.
    """
    school_id = scoped_school()
    assert school_id is not None, "homework is settled within the scope of its school"
    lesson = Lesson.objects.select_for_update(no_key=True).get(school_id=school_id, pk=lesson_id)
    if not may_run_timetable(actor, school_id=school_id) and not may_mark(actor, lesson):
        raise NotTheTeacher
    due = Homework.objects.filter(school_id=school_id, due_lesson=lesson, withdrawn_at=None)
    tasks = list(due.select_related("group__subject").prefetch_related("pupils").order_by("id"))
    students = set(_students(tasks))
    if destination == Destination.KEEP:
        due.update(due_lesson=None)
        facts: list[Happening] = [HomeworkKept(thing_id=task.pk, due_on=task.due_on) for task in tasks]
    else:
        due.update(withdrawn_at=at)
        moves = destination == Destination.MOVE
        facts = [_moved(task, lesson, actor, at) if moves else _withdrawn(task) for task in tasks]
        students.update(_students(list(Homework.objects.filter(pk__in=[fact.thing_id for fact in facts]))))
    record(facts, school_id=school_id, actor_id=actor.person_id, at=at)
    raise_revisions(students, school_id=school_id)
    return len(tasks)


def _moved(task: Homework, lesson: Lesson, actor: Actor, at: datetime) -> Happening:
    following = next_lesson(school_id=task.school_id, group_id=task.group_id, after=lesson.day)
    chosen = _chosen(task)
    row = Homework.objects.get(pk=task.pk)
    row.pk, row.withdrawn_at, row.put_by_id, row.put_at = uuid7(), None, actor.person_id, at
    row.first_id = task.chain_id
    row.due_lesson_id = following.id if following else None
    row.due_on = following.day if following else task.due_on + timedelta(days=7)
    row.save(force_insert=True)
    HomeworkPupil.objects.bulk_create(
        HomeworkPupil(id=uuid7(), school_id=task.school_id, homework=row, student_id=student)
        for student in chosen
    )
    carry_files(task, row)
    return HomeworkSet(
        thing_id=row.pk,
        issued_on=row.issued_on,
        due_on=row.due_on,
        text=row.text,
        expected_minutes=row.expected_minutes,
        instead_of=row.text,
        student_ids=tuple(chosen),
        **_own(task),
    )


def _withdrawn(task: Homework) -> Happening:
    return HomeworkWithdrawn(thing_id=task.pk, due_on=task.due_on, text=task.text, **_own(task))


def _own(task: Homework) -> dict[str, Any]:
    return {"group_id": task.group_id, "subject": task.group.subject.name}


def _chosen(task: Homework) -> list[UUID]:
    return sorted(pupil.student_id for pupil in task.pupils.all())


def _students(tasks: Sequence[Homework]) -> Iterator[UUID]:
    for task in tasks:
        chosen = _chosen(task)
        about = {"school_id": task.school_id, "group_id": task.group_id}
        yield from chosen or students_of_group(**about, day=task.due_on)
