"""Which fact becomes which notice. Pure."""

from collections.abc import Mapping
from typing import Any

_KINDS = {
    "MarkWithdrawn": "MARK_WITHDRAWN",
    "AbsencePut": "ABSENCE_PUT",
    "AbsenceWithdrawn": "ABSENCE_WITHDRAWN",
    "HomeworkSet": "HOMEWORK_SET",
    "WholeDayPut": "WHOLE_DAY_PUT",
    "WholeDayWithdrawn": "WHOLE_DAY_BACK",
    "NoteAccepted": "NOTE_ACCEPTED",
    "NoteReturned": "NOTE_RETURNED",
    "NoteSent": "NOTE_SENT",
    "NoteWithdrawn": "NOTE_WITHDRAWN",
    "WorkAnswered": "WORK_ANSWERED",
    "WorkReturned": "WORK_RETURNED",
    "WorkAccepted": "WORK_ACCEPTED",
}
# What a family does is told to the class teacher, and not to the family.
TO_CLASS_TEACHERS = ("NOTE_SENT", "NOTE_WITHDRAWN")


def notice_kind(fact: str, data: Mapping[str, Any]) -> str | None:
    """Name the notice that a fact becomes; None when nobody is told of it."""
    if fact == "MarkPut":
        return "MARK_CORRECTED" if data.get("instead_of") not in (None, "", ".") else "MARK_PUT"
    return _KINDS.get(fact)
