"""Absences that stand to reason, for the teacher to confirm at once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from zvonok.domain.attendance.selectors import ProposedAbsence
from zvonok.kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class Proposal:
    """A student who is probably absent; `token` is what the confirmation sends back."""

    name: str
    kind: str
    slot: int
    token: str


def proposals(
    found: Iterable[ProposedAbsence], *, names: Mapping[UUID, str], present: Collection[UUID]
) -> list[Proposal]:
    """Offer what was found of the students on the page, in their order, but those who have a mark here."""
    by_student = {one.student_id: one for one in found}
    return [
        Proposal(name, one.kind, one.slot, f"{uuid7()}|{student}|{one.kind}")
        for student, name in names.items()
        if student not in present and (one := by_student.get(student))
    ]
