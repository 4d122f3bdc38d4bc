"""What all steps of taking a timetable into a school share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from uuid import UUID

from zvonok.domain.schools.commands.places import Places, settle_places
from zvonok.domain.schools.commands.registers import Register, Thing, settle
from zvonok.domain.schools.commands.sources import Sources
from zvonok.domain.schools.models import AcademicYear, School
from zvonok.interop.fet.classes import classes_by_set
from zvonok.interop.fet.model import Activity, Timetable
from zvonok.interop.naming import NAME_LENGTH
from zvonok.interop.report import Action, Change, Report
from zvonok.kernel.spans import Wanted, What

Key = tuple[str, str]
_MARK_LENGTH = 16


@dataclass
class Applying:
    """A timetable on its way into one school's year."""

    timetable: Timetable
    report: Report
    school: School
    year: AcademicYear
    sources: Sources
    actor_id: UUID | None
    at: datetime

    @cached_property
    def class_of(self) -> dict[str, str]:
        """Name for each students set the class it is, or is a part of."""
        return classes_by_set(self.timetable)

    def settle(self, register: Register, things: Iterable[Thing]) -> dict[str, UUID]:
        """Settle things of a register; give our ids by theirs, and note what is new."""
        settled = settle(register, list(things), school_id=self.school.pk, sources=self.sources)
        for one in settled:
            if one.before is None and register.kind in ("subject", "class", "group"):
                label = str(one.thing.values.get("title") or one.thing.values.get("name"))
                self.report.changes.append(Change(register.kind, Action.ADDED, label))
        return {one.thing.source_id: one.id for one in settled}

    def place(self, places: Places, kind: str, what: Iterable[What], label: Callable[[What], str]) -> None:
        """Add places from the first day of the year; none is ended here."""
        wanted = [Wanted("", one, self.year.starts_on) for one in what]
        settlement = settle_places(
            places,
            wanted,
            school_id=self.school.pk,
            closable=(),
            since=self.year.starts_on,
            today=self.at.date(),
            actor_id=self.actor_id,
            at=self.at,
        )
        self.report.changes += [
            Change(kind, Action.ADDED, label(move.what)) for move, _row_id in settlement.moves
        ]


def key_of(activity: Activity) -> Key:
    """Tell which study group an activity is of: its subject and its students sets.

    A meeting without students is told apart by its teachers, and one without anybody by its number.
    """
    teachers = tuple(f"({teacher})" for teacher in activity.teachers)
    names = activity.students or teachers or (f"(№ {activity.id})",)
    return activity.subject, _fitted("+".join(sorted(set(names))))


def _fitted(code: str) -> str:
    """Keep a code of very many sets within its column, and still unlike every other."""
    if len(code) <= NAME_LENGTH:
        return code
    mark = sha256(code.encode()).hexdigest()[:_MARK_LENGTH]
    return f"{code[: NAME_LENGTH - _MARK_LENGTH - 1]}…{mark}"
