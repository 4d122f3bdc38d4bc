"""Registering people in bulk: persons, their accounts, and who stands for which child.

The school that brought a person in may correct what is written of them; another school only links to them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zvonok.domain.history.commands import record
from zvonok.domain.history.facts import Happening
from zvonok.domain.people.facts import GuardianshipSet, PersonCorrected, PersonRegistered
from zvonok.domain.people.models import Guardianship, Person, Sex
from zvonok.kernel.ids import uuid7
from zvonok.kernel.moves import plan_moves
from zvonok.kernel.span_rows import range_of, standing_rows, write_moves
from zvonok.kernel.spans import Move, Wanted, What
from zvonok.kernel.text import sort_key

_SORT_LENGTH = 800


@dataclass(frozen=True, slots=True)
class PersonData:
    """What a register says of somebody; None: it does not say."""

    last_name: str
    first_name: str
    middle_name: str
    sex: str | None = None
    birth_date: date | None = None
    master_id: str | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """A person and what was changed: `before` is None for somebody new; a linked person is never changed."""

    id: UUID
    before: Mapping[str, str] | None
    after: Mapping[str, str]
    is_linked: bool = False


def register_people(
    wanted: Mapping[str, PersonData],
    *,
    own: Mapping[str, UUID],
    linked: Mapping[str, UUID],
    school_id: UUID,
    actor_id: UUID | None,
    at: datetime,
) -> dict[str, Registered]:
    """Register people by the keys of another program's register, and correct those the school brought in.

    `own` are the persons that this school registered, `linked` those it only knows. Somebody new whose
    master id is known here already is linked. Five queries at most.
    Records: PersonRegistered, PersonCorrected.
    """
    known = Person.objects.in_bulk(list(own.values()))
    masters = _masters(wanted)
    new: list[Person] = []
    found: dict[str, Registered] = {}
    for key, data in wanted.items():
        elsewhere = linked.get(key) or masters.get(data.master_id or "")
        if key in own and own[key] in known:
            found[key] = _corrected(known[own[key]], data, masters)
        elif elsewhere:
            found[key] = Registered(elsewhere, {}, {}, is_linked=True)
        else:
            new.append(_person(data, at))
            found[key] = Registered(new[-1].pk, None, {})
        if data.master_id:
            masters.setdefault(data.master_id, found[key].id)
    Person.objects.bulk_create(new, batch_size=2000)
    changed = [known[one.id] for one in found.values() if one.before and one.id in known]
    Person.objects.bulk_update(
        changed, [*(field.name for field in fields(PersonData)), "sort_key"], batch_size=500
    )
    record(_facts(found), school_id=school_id, actor_id=actor_id, at=at)
    return found


def _masters(wanted: Mapping[str, PersonData]) -> dict[str, UUID]:
    ids = [data.master_id for data in wanted.values() if data.master_id]
    rows = Person.objects.filter(master_id__in=ids).values_list("master_id", "id")
    return {master_id: person for master_id, person in rows if master_id}


def _person(data: PersonData, at: datetime) -> Person:
    return Person(
        id=uuid7(),
        last_name=data.last_name,
        first_name=data.first_name,
        middle_name=data.middle_name,
        sort_key=_sort_key(data),
        sex=data.sex or Sex.UNKNOWN,
        birth_date=data.birth_date,
        master_id=data.master_id,
        created_at=at,
    )


def _sort_key(named: Person | PersonData) -> str:
    return sort_key(named.last_name, named.first_name, named.middle_name)[:_SORT_LENGTH]


def _corrected(person: Person, data: PersonData, masters: Mapping[str, UUID]) -> Registered:
    """Take over what the register says; a master id stays once it is given, and is nobody else's."""
    values: dict[str, Any] = {field.name: getattr(data, field.name) for field in fields(data)}
    if person.master_id or masters.get(data.master_id or "", person.pk) != person.pk:
        values["master_id"] = None
    differing = {
        name: value for name, value in values.items() if value is not None and getattr(person, name) != value
    }
    before = {name: str(getattr(person, name) or "") for name in differing}
    for name, value in differing.items():
        setattr(person, name, value)
    person.sort_key = _sort_key(person)
    return Registered(person.pk, before, {name: str(value) for name, value in differing.items()})


def _facts(found: Mapping[str, Registered]) -> list[Happening]:
    facts: list[Happening] = []
    for one in found.values():
        if one.before is None:
            facts.append(PersonRegistered(thing_id=one.id))
        elif one.before:
            facts.append(PersonCorrected(thing_id=one.id, before=dict(one.before), after=dict(one.after)))
    return facts


@dataclass(frozen=True, slots=True)
class Guardianships:
    """What became of each guardianship; `withdrawn` were taken away by hand and stay so."""

    moves: list[tuple[Move, UUID]]
    withdrawn: list[Wanted]


def settle_guardianships(
    wanted: Sequence[Wanted],
    *,
    closable: Collection[UUID],
    since: date,
    today: date,
    school_id: UUID,
    actor_id: UUID | None,
    at: datetime,
) -> Guardianships:
    """Add and end guardianships until they say what is wanted; `what` is guardian and child.

    One that was withdrawn by hand is not given again. Records: GuardianshipSet.
    """
    children = {_pair(one.what)[1] for one in wanted}
    concerned = Guardianship.objects.filter(child_id__in=children) | Guardianship.objects.filter(
        pk__in=closable
    )
    withdrawn = set(
        concerned.filter(withdrawn_at__isnull=False).values_list("guardian_id", "child_id", named=False)
    )
    standing = standing_rows(concerned.filter(withdrawn_at__isnull=True), "guardian_id", "child_id")
    withdrawn -= {row.what for row in standing if row.days.end > today}
    plan = plan_moves(
        standing,
        [one for one in wanted if one.what not in withdrawn],
        closable=closable,
        today=today,
        since=since,
        rivals=lambda what: what,
    )
    moves = write_moves(Guardianship, plan.moves, _guardianship)
    facts = [_guardianship_set(move, row_id) for move, row_id in moves if move.before != move.after]
    record(facts, school_id=school_id, actor_id=actor_id, at=at)
    return Guardianships(moves, [one for one in wanted if one.what in withdrawn])


def _guardianship(row_id: UUID, move: Move) -> Guardianship:
    assert move.after
    guardian, child = _pair(move.what)
    return Guardianship(id=row_id, guardian_id=guardian, child_id=child, valid_on=range_of(move.after))


def _guardianship_set(move: Move, row_id: UUID) -> GuardianshipSet:
    guardian, child = _pair(move.what)
    return GuardianshipSet(
        thing_id=row_id,
        subject_id=child,
        guardian_id=guardian,
        days=str(move.after or ""),
        instead_of=str(move.before or ""),
    )


def _pair(what: What) -> tuple[UUID, UUID]:
    guardian, child = what
    assert isinstance(guardian, UUID)
    assert isinstance(child, UUID)
    return guardian, child
