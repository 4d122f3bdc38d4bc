"""What changes in absences, and in what families and class teachers say about them."""

from zvonok.domain.attendance.commands.notes import (
    NoteEdit,
    accept_note,
    explain_absence,
    report_absence,
    return_note,
    withdraw_note,
)
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
from zvonok.domain.attendance.commands.whole_days import WholeDayEdit, put_whole_day, withdraw_whole_day

__all__ = [
    "AbsenceEdit",
    "AbsenceHasChanged",
    "AbsenceOutcome",
    "NotAnAbsence",
    "NoteEdit",
    "PastAbsence",
    "StandingAbsence",
    "WholeDayEdit",
    "accept_note",
    "bring_in_absences",
    "explain_absence",
    "put_absences",
    "put_whole_day",
    "report_absence",
    "return_note",
    "withdraw_note",
    "withdraw_whole_day",
]
