"""Set how a school marks: its kinds of work, the scales in use, their bounds, the terms of corrections."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.history.commands import record
from zvonok.domain.marks import rules
from zvonok.domain.marks.facts import MarkingSet, Setting
from zvonok.domain.marks.models import (
    MarkingTerms,
    MarkScale,
    PointFate,
    ScaleKind,
    ScaleUse,
    ScaleValue,
    Work,
    WorkKind,
)
from zvonok.domain.marks.policy import may_set_marking
from zvonok.domain.marks.selectors import point_terms
from zvonok.domain.schools.models import Subject
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused

MOST_KINDS = 40


class NotYoursToSet(Refused):
    """The actor does not set how the school marks."""

    message = _("How a school marks is set by its deputy heads, its head and its administrator.")


class KindIsThere(Refused):
    """Another kind of work has this title."""

    message = _("There is a kind of work with this name already.")


class KindHasNoName(Refused):
    """A kind of work of the school's own needs a name and a short one."""

    message = _("Give it a name, and a short one for narrow columns.")


class AnswerStays(Refused):
    """An empty column of the journal is for work in class, so that kind stays in use."""

    message = _("This kind stays in use: a lesson’s empty column is for it. You can rename it.")


class TooManyKinds(Refused):
    """A teacher could not find the right one any more."""

    message = _("There are %(most)s kinds of work already. Rename one that is retired.")


class BoundsOdd(Refused):
    """The bounds of a conversion do not go down, or leave the hundred."""

    message = _("Each mark begins below the one above it: 100 ≥ 5 > 4 > 3 ≥ 1, in whole per cents.")


class DefaultStays(Refused):
    """The scale of all subjects and grades can be changed, but not left open."""

    message = _("This line says what holds where nothing else does: change its scale instead.")


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of work is to be. Without a title it is called as every school calls it."""

    title: str
    short: str
    weight: int
    counts: bool
    is_test: bool
    in_use: bool = True


@transaction.atomic
def add_kind(*, actor: Actor, school_id: UUID, kind: Kind, at: datetime) -> str:
    """Add a kind of work behind the others; give its code.

    Raises: NotYoursToSet, KindHasNoName, KindIsThere, TooManyKinds. Records: MarkingSet.
    """
    kinds = _kinds(actor, school_id)
    if len(kinds) >= MOST_KINDS:
        raise TooManyKinds(most=MOST_KINDS)
    numbers = [int(one.code[3:]) for one in kinds if one.code.startswith("OWN")]
    row = WorkKind(id=uuid7(), school_id=school_id, code=f"OWN{max(numbers, default=0) + 1}")
    row.position = max((one.position for one in kinds), default=0) + 1
    _check_name(row.code, kind, kinds)
    _write_kind(row, kind)
    row.save(force_insert=True)
    _record(actor, school_id, at, "KIND", kind.title, {}, asdict(kind))
    return row.code


@transaction.atomic
def change_kind(*, actor: Actor, school_id: UUID, code: str, kind: Kind, at: datetime) -> None:
    """Rename, weigh, retire a kind of work or take it back; the works that are opened keep what they have.

    Raises: NotYoursToSet, KindHasNoName, KindIsThere, AnswerStays, WorkKind.DoesNotExist. Records: MarkingSet.
    """
    kinds = _kinds(actor, school_id)
    row = _one(kinds, code)
    if code == Work.ANSWER and not kind.in_use:
        raise AnswerStays
    _check_name(code, kind, kinds)
    before = Kind(row.title, row.short, row.weight, row.counts, row.is_test, row.in_use)
    if before == kind:
        return
    _write_kind(row, kind)
    row.save(force_update=True)
    _record(
        actor,
        school_id,
        at,
        "KIND",
        row.title or before.title or code,
        *_differ(asdict(before), asdict(kind)),
    )


@transaction.atomic
def move_kind(*, actor: Actor, school_id: UUID, code: str, places: int, at: datetime) -> None:
    """Move a kind of work down among the others, or up by a negative number; beyond the ends it stays.

    Raises: NotYoursToSet, WorkKind.DoesNotExist. Records: MarkingSet.
    """
    kinds = _kinds(actor, school_id)
    row = _one(kinds, code)
    place = kinds.index(row)
    wanted = min(max(place + places, 0), len(kinds) - 1)
    if wanted == place:
        return
    kinds.insert(wanted, kinds.pop(place))
    for position, one in enumerate(kinds, start=1):
        one.position = position
    WorkKind.objects.bulk_update(kinds, ["position"])
    _record(actor, school_id, at, "PLACE", row.title or code, {"place": place + 1}, {"place": wanted + 1})


@transaction.atomic
def use_scale(
    *, actor: Actor, school_id: UUID, subject_id: UUID | None, grade: int | None, scale: str, at: datetime
) -> None:
    """Mark new works of a subject in a grade by a scale; None stands for all of them.

    Raises: NotYoursToSet. Records: MarkingSet.
    """
    _enter(actor, school_id)
    chosen = MarkScale.objects.get(school_id=school_id, kind=scale)
    standing = _use(school_id, subject_id, grade)
    if standing and standing.scale_id == chosen.pk:
        return
    about = _about(school_id, subject_id, grade)
    was = {"scale": standing.scale.kind} if standing else {}
    if standing:
        ScaleUse.objects.filter(school_id=school_id, pk=standing.pk).update(scale=chosen)
    else:
        ScaleUse.objects.create(
            id=uuid7(), school_id=school_id, subject_id=subject_id, grade=grade, scale=chosen
        )
    _record(actor, school_id, at, "SCALE", about, was, {"scale": scale})


@transaction.atomic
def leave_scale(
    *, actor: Actor, school_id: UUID, subject_id: UUID | None, grade: int | None, at: datetime
) -> None:
    """Leave a subject in a grade to the more general lines; a line that is not there is left already.

    Raises: NotYoursToSet, DefaultStays. Records: MarkingSet.
    """
    _enter(actor, school_id)
    if subject_id is None and grade is None:
        raise DefaultStays
    standing = _use(school_id, subject_id, grade)
    if standing is None:
        return
    about = _about(school_id, subject_id, grade)
    ScaleUse.objects.filter(school_id=school_id, pk=standing.pk).delete()
    _record(actor, school_id, at, "SCALE", about, {"scale": standing.scale.kind}, {})


@transaction.atomic
def set_bounds(*, actor: Actor, school_id: UUID, scale: str, bounds: Sequence[int], at: datetime) -> None:
    """Set from which per cents 5, 4 and 3 begin; marks that were put keep what they counted for.

    Raises: NotYoursToSet, BoundsOdd. Records: MarkingSet. Source: README.md of the app, rule M-8.
    """
    _enter(actor, school_id)
    if not rules.are_bounds(bounds):
        raise BoundsOdd
    row = MarkScale.objects.get(school_id=school_id, kind=scale)
    was = list(row.bounds or ())
    if was == list(bounds):
        return
    MarkScale.objects.filter(school_id=school_id, pk=row.pk).update(bounds=list(bounds))
    if scale == ScaleKind.HUNDRED:
        points = rules.values_of(scale, bounds=bounds)
        values = list(ScaleValue.objects.filter(school_id=school_id, scale=row, value__in=points))
        for value in values:
            value.points = points[value.value]
        ScaleValue.objects.bulk_update(values, ["points"])
    _record(actor, school_id, at, "BOUNDS", scale, {"bounds": was}, {"bounds": list(bounds)})


@transaction.atomic
def set_terms(*, actor: Actor, school_id: UUID, correct_within: int | None, at: datetime) -> None:
    """Set for how many days a mark is corrected without saying why; None: until the study period closes.

    Raises: NotYoursToSet. Records: MarkingSet. Source: README.md of the app, rule M-9.
    """
    _enter(actor, school_id)
    standing = MarkingTerms.objects.filter(school_id=school_id).first()
    was = standing.correct_within if standing else None
    if was == correct_within:
        return
    MarkingTerms.objects.update_or_create(
        school_id=school_id,
        defaults={"correct_within": correct_within},
        create_defaults={"id": uuid7(), "correct_within": correct_within},
    )
    _record(actor, school_id, at, "TERMS", "", {"days": was}, {"days": correct_within})


@transaction.atomic
def set_points(*, actor: Actor, school_id: UUID, days: int, fate: PointFate, at: datetime) -> None:
    """Set how long a point waits for its mark, and what becomes of it then; points that stand keep their day.

    Raises: NotYoursToSet. Records: MarkingSet. Source: README.md of the app, rule M-16.
    """
    _enter(actor, school_id)
    was = dict(zip(("days", "fate"), point_terms(school_id=school_id), strict=True))
    now = {"days": days, "fate": str(fate)}
    if was == now:
        return
    wanted: dict[str, Any] = {"point_days": days, "point_fate": fate}
    MarkingTerms.objects.update_or_create(
        school_id=school_id, defaults=wanted, create_defaults={"id": uuid7(), **wanted}
    )
    _record(actor, school_id, at, "POINTS", "", was, now)


def _enter(actor: Actor, school_id: UUID) -> None:
    """Let nobody in who may not, and one at a time; what is read after this is what stands."""
    if not may_set_marking(actor, school_id=school_id):
        raise NotYoursToSet
    first = WorkKind.objects.select_for_update(no_key=True).filter(school_id=school_id, code=Work.ANSWER)
    first.values_list("pk").first()


def _kinds(actor: Actor, school_id: UUID) -> list[WorkKind]:
    _enter(actor, school_id)
    return list(WorkKind.objects.filter(school_id=school_id).order_by("position", "code"))


def _use(school_id: UUID, subject_id: UUID | None, grade: int | None) -> ScaleUse | None:
    uses = ScaleUse.objects.select_related("scale").filter(school_id=school_id)
    return uses.filter(subject=subject_id, grade=grade).first()


def _one(kinds: list[WorkKind], code: str) -> WorkKind:
    row = next((one for one in kinds if one.code == code), None)
    if row is None:
        raise WorkKind.DoesNotExist
    return row


def _check_name(code: str, kind: Kind, kinds: list[WorkKind]) -> None:
    if code not in Work.values and not (kind.title and kind.short):
        raise KindHasNoName
    if kind.title and any(
        one.title.casefold() == kind.title.casefold() and one.code != code for one in kinds
    ):
        raise KindIsThere


def _write_kind(row: WorkKind, kind: Kind) -> None:
    for name, value in asdict(kind).items():
        setattr(row, name, value)


def _about(school_id: UUID, subject_id: UUID | None, grade: int | None) -> str:
    """Name a subject in a grade for the history: `Алгебра|7`, an empty part for all."""
    subject = Subject.objects.get(school_id=school_id, pk=subject_id).name if subject_id else ""
    return f"{subject}|{'' if grade is None else grade}"


def _differ(was: dict[str, Any], now: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    changed = [name for name in now if was[name] != now[name]]
    return {name: was[name] for name in changed}, {name: now[name] for name in changed}


def _record(
    actor: Actor,
    school_id: UUID,
    at: datetime,
    setting: Setting,
    of: str,
    was: dict[str, Any],
    now: dict[str, Any],
) -> None:
    fact = MarkingSet(thing_id=school_id, setting=setting, of=of, was=was, now=now)
    record([fact], school_id=school_id, actor_id=actor.person_id, at=at)
