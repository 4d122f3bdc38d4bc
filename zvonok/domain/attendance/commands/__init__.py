"""What changes in absences, and in the words of families about them."""

from zvonok.domain.attendance.commands.put import (
    AbsenceEdit,
    AbsenceHasChanged,
    AbsenceOutcome,
    NotAnAbsence,
    PastAbsence,
    StandingAbsence,
    bring_in_absences,
    put_absences,
)

__all__ = [
    "AbsenceEdit",
    "AbsenceHasChanged",
    "AbsenceOutcome",
    "NotAnAbsence",
    "PastAbsence",
    "StandingAbsence",
    "bring_in_absences",
    "put_absences",
]
