"""Years, periods, subjects, classes and study groups: set to what a register of another program says.

A row is recognised by what makes it unique (a class by year and title), else by the row it came from.
Nothing is removed here: these have no days, and marks hang on them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from zvonok.domain.schools.commands.sources import Sources
from zvonok.domain.schools.models import (
    AcademicYear,
    School,
    SchoolClass,
    StudyGroup,
    StudyPeriod,
    Subgroup,
    Subject,
)
from zvonok.kernel.ids import uuid7

Row = Any


@dataclass(frozen=True, slots=True)
class Register:
    """A table, what makes a row of it unique within the school, and its first and last day if it has any."""

    kind: str
    model: type[models.Model]
    unique: tuple[str, ...]
    days: tuple[str, ...] = ()


YEARS = Register("year", AcademicYear, ("starts_on",), ("starts_on", "ends_on"))
PERIODS = Register("period", StudyPeriod, ("year_id", "system", "number"), ("starts_on", "ends_on"))
SUBJECTS = Register("subject", Subject, ("name",))
SUBGROUPS = Register("subgroup", Subgroup, ("year_id", "title"))
CLASSES = Register("class", SchoolClass, ("year_id", "title"))
GROUPS = Register("group", StudyGroup, ("year_id", "subject_id", "code"))


@dataclass(frozen=True, slots=True)
class Thing:
    """A row as the other program has it; `values` by the names of our columns."""

    source_id: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of it: `before` is None when the row is new, else it holds the columns that were changed."""

    thing: Thing
    id: UUID
    before: Mapping[str, Any] | None


def open_school(*, code: str, name: str) -> School:
    """Found a school."""
    return School.objects.create(id=uuid7(), code=code, name=name, short_name=name[:80])


def rename_school(school: School, *, name: str) -> None:
    """Give a school another name; its short name follows where it was made of the long one."""
    if school.short_name == school.name[:80]:
        school.short_name = name[:80]
    school.name = name
    school.save(update_fields=["name", "short_name"])


def lock_school(school: School) -> None:
    """Let one register at a time be taken into a school: wait until the other transaction has ended."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)


def settle(
    register: Register, things: Sequence[Thing], *, school_id: UUID, sources: Sources
) -> list[Settled]:
    """Add the rows that are new and change those that differ; three queries at most, four for days that move."""
    rows: dict[UUID, Row] = {row.pk: row for row in _rows(register, school_id)}
    by_key = {_key(register, row.__dict__): row for row in rows.values()}
    new: list[Row] = []
    settled: list[Settled] = []
    taken: set[UUID] = set()
    for thing in things:
        row = by_key.get(_key(register, thing.values)) or _origin(register, rows, thing, sources, taken)
        if row is None:
            row = register.model(id=uuid7(), school_id=school_id, **thing.values)
            new.append(row)
            settled.append(Settled(thing, row.pk, None))
        else:
            settled.append(Settled(thing, row.pk, _apply(row, thing, taken)))
        by_key[_key(register, thing.values)] = row
        taken.add(row.pk)
        sources.point(register.kind, thing.source_id, row.pk)
    register.model._default_manager.bulk_create(new, batch_size=2000)
    _update(register, [rows[one.id] for one in settled if one.before and one.id in rows], settled)
    return settled


def _rows(register: Register, school_id: UUID) -> Any:
    return register.model._default_manager.filter(school_id=school_id)


def _key(register: Register, values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(values[column] for column in register.unique)


def _origin(
    register: Register, rows: dict[UUID, Row], thing: Thing, sources: Sources, taken: set[UUID]
) -> Row:
    """Find the row by where it came from, unless it is another thing's already, or of another year.

    Programs use an id again in the next year; what was in the last one stays as it was.
    """
    row = rows.get(sources.target(register.kind, thing.source_id) or uuid7())
    if row is None or row.pk in taken:
        return None
    values = thing.values
    if register.days:
        first, last = register.days
        return row if getattr(row, first) <= values[last] and values[first] <= getattr(row, last) else None
    return row if values.get("year_id") == getattr(row, "year_id", None) else None


def _apply(row: Row, thing: Thing, taken: set[UUID]) -> dict[str, Any]:
    if row.pk in taken:
        return {}
    differing = {
        name: getattr(row, name) for name, value in thing.values.items() if getattr(row, name) != value
    }
    for name in differing:
        setattr(row, name, thing.values[name])
    return differing


def _update(register: Register, rows: list[Row], settled: list[Settled]) -> None:
    if not rows:
        return
    manager = register.model._default_manager
    if register.days:
        manager.bulk_update(_narrowed(register, rows, settled), register.days)
    names = sorted({name for one in settled for name in one.before or ()})
    manager.bulk_update(rows, names, batch_size=500)


def _narrowed(register: Register, rows: list[Row], settled: list[Settled]) -> list[Row]:
    """Give the rows with the days they have both before and after, so that none meets its neighbour on the way."""
    first, last = register.days
    before = {one.id: one.before for one in settled if one.before}
    narrow = []
    for row in rows:
        held = before[row.pk]
        begin = max(getattr(row, first), held.get(first, getattr(row, first)))
        end = min(getattr(row, last), held.get(last, getattr(row, last)))
        if begin < end:
            narrow.append(register.model(id=row.pk, school_id=row.school_id, **{first: begin, last: end}))
    return narrow
