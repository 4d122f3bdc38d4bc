"""Take over homework of an earlier time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zvonok.domain.history.commands import record
from zvonok.domain.homework.facts import HomeworkBroughtIn
from zvonok.domain.homework.models import Homework
from zvonok.kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class PastHomework:
    """Homework given in a lesson long ago, and the lesson it was due at."""

    group_id: UUID
    lesson_id: UUID
    issued_on: date
    due_lesson_id: UUID
    due_on: date
    text: str
    expected_minutes: int
    put_by: UUID
    put_at: datetime


@transaction.atomic
def bring_in_homework(
    tasks: Sequence[PastHomework], *, school_id: UUID, actor_id: UUID | None, at: datetime
) -> None:
    """Take over homework that was set before the school came to us: nobody is told of it.

    Revisions are raised with the marks and absences of the same taking over. Records: HomeworkBroughtIn.
    """
    rows = [
        Homework(
            id=uuid7(),
            school_id=school_id,
            group_id=past.group_id,
            issued_lesson_id=past.lesson_id,
            issued_on=past.issued_on,
            due_lesson_id=past.due_lesson_id,
            due_on=past.due_on,
            text=past.text,
            expected_minutes=past.expected_minutes,
            put_by_id=past.put_by,
            put_at=past.put_at,
        )
        for past in tasks
    ]
    Homework.objects.bulk_create(rows, batch_size=2000)
    fact = HomeworkBroughtIn(thing_id=school_id, count=len(rows))
    record([fact], school_id=school_id, actor_id=actor_id, at=at)
