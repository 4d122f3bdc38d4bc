"""Absences that stand to reason, for the teacher to confirm at once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from zvonok.domain.attendance.selectors import Announced, ProposedAbsence
from zvonok.kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class Proposal:
    """A student who is probably absent; `token` is what the confirmation sends back.

    `slot` is the earlier lesson that says so; without one it was announced, and `is_certain` when it was accepted.
    """

    name: str
    kind: str
    token: str
    slot: int | None = None
    is_certain: bool = False


def proposals(
    found: Iterable[ProposedAbsence],
    announced: Mapping[UUID, Announced],
    *,
    names: Mapping[UUID, str],
    known: Collection[UUID],
) -> list[Proposal]:
    """Offer what was announced or else found of the students on the page, in their order.

    Of those who are `known`, by a mark or an absence of this lesson, nothing is offered.
    """
    missed = {one.student_id: one for one in found}
    offered = []
    for student, name in names.items():
        if student in known:
            continue
        if word := announced.get(student):
            offered.append(Proposal(name, word.kind, _token(student, word.kind), is_certain=word.is_certain))
        elif earlier := missed.get(student):
            offered.append(Proposal(name, earlier.kind, _token(student, earlier.kind), slot=earlier.slot))
    return offered


def _token(student: UUID, kind: str) -> str:
    return f"{uuid7()}|{student}|{kind}"
