"""The one answer to "may this person see this student's diary, on what basis, in which sections"."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from zvonok.domain.access.models import Section

ALL_SECTIONS = tuple(sorted(Section.values))


class Basis(StrEnum):
    """Why somebody may read a diary."""

    OWN = "OWN"
    GUARDIAN = "GUARDIAN"
    TRUSTED = "TRUSTED"


@dataclass(frozen=True, slots=True)
class Grant:
    """A right to read a student's diary, as it stands today."""

    student_id: UUID
    basis: Basis
    sections: tuple[str, ...] = ALL_SECTIONS  # in order: every process names a page's version alike

    def opens(self, section: Section) -> bool:
        """Say whether the grant reaches a section of the diary."""
        return section in self.sections
