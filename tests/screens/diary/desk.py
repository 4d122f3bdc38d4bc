"""Anna at her desk: what a teacher does that the diary shows; and the page of an answer."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tests.world import MONDAY, NOON, World, lesson
from zvonok.domain.attendance.commands import AbsenceEdit, put_absences
from zvonok.domain.homework.commands import HomeworkEdit, set_homework
from zvonok.domain.marks.commands.put import MarkEdit, put_marks
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


@dataclass
class Desk:
    """Anna at her desk, with Vera before her."""

    world: World

    @property
    def scope(self) -> Any:
        """Work for the North school."""
        return school_scope(self.world.north.school.pk)

    def lesson(self, day: date = MONDAY, slot: int = 2) -> Lesson:
        """Put another algebra lesson of Anna's into the timetable."""
        with self.scope:
            return lesson(self.world.north, "Алгебра 7Б", day, slot, self.world.people["Anna"])

    def mark(self, value: str, *, at: datetime = NOON, on: Lesson | None = None, **more: Any) -> UUID:
        """Put a mark into Monday's algebra, or into another lesson."""
        target = on or self.world.algebra
        edit = MarkEdit(uuid7(), self.world.people["Vera"].pk, value, **more)
        with self.scope:
            (outcome,) = put_marks(actor=self.world.actor("Anna"), lesson_id=target.pk, edits=[edit], at=at)
        assert outcome.refusal is None
        return edit.id

    def miss(self, kind: str, *, minutes: int | None = None) -> None:
        """Note that Vera missed Monday's algebra."""
        edit = AbsenceEdit(uuid7(), self.world.people["Vera"].pk, kind, late_minutes=minutes)
        with self.scope:
            put_absences(
                actor=self.world.actor("Anna"), lesson_id=self.world.algebra.pk, edits=[edit], at=NOON
            )

    def task(self, text: str, *, due: date, minutes: int | None = None) -> None:
        """Set homework in Monday's algebra."""
        edit = HomeworkEdit(id=uuid7(), text=text, due_on=due, expected_minutes=minutes, seen=None)
        with self.scope:
            set_homework(actor=self.world.actor("Anna"), lesson_id=self.world.algebra.pk, edit=edit, at=NOON)


def page(answer: Any) -> str:
    """Read the page of an answer that must be one, with single blanks."""
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"[ \n]+", " ", answer.content.decode())
