"""Who belongs where on which days: classes, study groups, teaching, staff roles; set to what a register says."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import models

from zvonok.domain.history.commands import record
from zvonok.domain.history.facts import Happening
from zvonok.domain.schools.facts import EnrolmentSet, StaffRoleSet
from zvonok.domain.schools.models import Enrolment, GroupMembership, StaffRole, TeachingAssignment
from zvonok.kernel.moves import plan_moves
from zvonok.kernel.span_rows import range_of, standing_rows, write_moves
from zvonok.kernel.spans import Move, Wanted, What


@dataclass(frozen=True, slots=True)
class Places:
    """A table of places with days: its columns, the part of them that has one place a day, its fact."""

    model: type[models.Model]
    columns: tuple[str, ...]
    rivals: Callable[[What], What]
    fact: Callable[[Move, UUID], Happening] | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of each row, and what found no room."""

    moves: list[tuple[Move, UUID]]
    left_out: list[Wanted]


def _enrolment(move: Move, row_id: UUID) -> Happening:
    student, school_class = _ids(move)
    return EnrolmentSet(
        thing_id=row_id,
        subject_id=student,
        class_id=school_class,
        days=_after(move),
        instead_of=_before(move),
    )


def _staff_role(move: Move, row_id: UUID) -> Happening:
    person, role, school_class = move.what
    assert isinstance(person, UUID)
    assert school_class is None or isinstance(school_class, UUID)
    return StaffRoleSet(
        thing_id=row_id,
        person_id=person,
        role=str(role),
        class_id=school_class,
        days=_after(move),
        instead_of=_before(move),
    )


ENROLMENTS = Places(Enrolment, ("student_id", "school_class_id"), lambda what: what[:1], _enrolment)
MEMBERSHIPS = Places(GroupMembership, ("student_id", "group_id"), lambda what: what)
ASSIGNMENTS = Places(TeachingAssignment, ("teacher_id", "group_id"), lambda what: what)
STAFF_ROLES = Places(StaffRole, ("person_id", "role", "school_class_id"), lambda what: what, _staff_role)


def settle_places(
    places: Places,
    wanted: Sequence[Wanted],
    *,
    school_id: UUID,
    closable: Collection[UUID],
    since: date,
    today: date,
    actor_id: UUID | None,
    at: datetime,
) -> Settlement:
    """Add, move and end rows until they say what is wanted; rows outside `closable` are never ended.

    Records: EnrolmentSet, StaffRoleSet.
    """
    rows = places.model._default_manager.filter(school_id=school_id)
    plan = plan_moves(
        standing_rows(rows, *places.columns),
        wanted,
        closable=closable,
        today=today,
        since=since,
        rivals=places.rivals,
    )
    moves = write_moves(places.model, plan.moves, partial(_row, places, school_id))
    if places.fact:
        facts = [places.fact(move, row_id) for move, row_id in moves if move.before != move.after]
        record(facts, school_id=school_id, actor_id=actor_id, at=at)
    return Settlement(moves, plan.left_out)


def _row(places: Places, school_id: UUID, row_id: UUID, move: Move) -> models.Model:
    assert move.after
    values: dict[str, Any] = dict(zip(places.columns, move.what, strict=True))
    return places.model(id=row_id, school_id=school_id, valid_on=range_of(move.after), **values)


def _ids(move: Move) -> list[UUID]:
    return [part for part in move.what if isinstance(part, UUID)]


def _after(move: Move) -> str:
    return str(move.after or "")


def _before(move: Move) -> str:
    return str(move.before or "")
