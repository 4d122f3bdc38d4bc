"""The lesson page's plain form: which of its fields were changed, and what was wrong with them."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from zvonok.domain.attendance.commands import AbsenceEdit, NotAnAbsence
from zvonok.domain.marks.commands.put import MarkEdit
from zvonok.domain.marks.rules import is_work
from zvonok.kernel.refusals import Refused
from zvonok.kernel.text import tidy
from zvonok.screens.journal.cells import (
    LONGEST_VALUE,
    CellEdit,
    CellsUnreadable,
    Told,
    check_comment,
)
from zvonok.screens.journal.lesson import TypedPart

PRESENT = "PRESENT"


def read_sheet(sent: Mapping[str, str], *, lesson_id: UUID) -> list[CellEdit]:
    """Read the fields that the teacher changed; the token beside each says how it stood before.

    Raises: CellsUnreadable.
    """
    try:
        return list(_changed(sent, lesson_id))
    except (ValueError, KeyError) as error:
        raise CellsUnreadable from error


def typed_and_refused(told: Sequence[Told], sent: Mapping[str, str]) -> dict[tuple[UUID, str], TypedPart]:
    """Keep what was typed where it was refused, beside the reason."""
    kept = {}
    for cell in told:
        if not cell.refusals:
            continue
        student, work = cell.edit.student_id, cell.edit.mark.work if cell.edit.mark else cell.edit.part
        if work:
            value, note = sent.get(f"mark-{student}-{work}", ""), sent.get(f"comment-{student}-{work}", "")
        else:
            value, note = _kind(sent, student), sent.get(f"minutes-{student}", "")
        kept[student, work] = TypedPart(value[:LONGEST_VALUE], note, cell.refusals[0])
    return kept


def read_confirmed(tokens: Sequence[str], *, lesson_id: UUID) -> list[CellEdit]:
    """Read the proposed absences that the teacher confirmed.

    Raises: CellsUnreadable.
    """
    try:
        return [_confirmed(token, lesson_id) for token in tokens]
    except ValueError as error:
        raise CellsUnreadable from error


def confirmed_and_refused(told: Sequence[Told]) -> dict[tuple[UUID, str], TypedPart]:
    """Keep what was confirmed and refused in the student's line, beside the reason."""
    return {
        (cell.edit.student_id, ""): TypedPart(cell.edit.absence.kind, "", cell.refusals[0])
        for cell in told
        if cell.refusals and cell.edit.absence
    }


def _confirmed(token: str, lesson_id: UUID) -> CellEdit:
    edit, student, kind = token.split("|")
    wanted = AbsenceEdit(UUID(edit), UUID(student), kind)
    return CellEdit(wanted.id, wanted.student_id, lesson_id, None, wanted)


def _changed(sent: Mapping[str, str], lesson_id: UUID) -> Iterator[CellEdit]:
    for name, token in sent.items():
        if name.startswith("was-absence-"):
            edit = _absence(sent, name.removeprefix("was-absence-"), token, lesson_id)
        elif name.startswith("was-mark-"):
            edit = _mark(sent, name.removeprefix("was-mark-"), token, lesson_id)
        else:
            continue
        if edit:
            yield edit


def _absence(sent: Mapping[str, str], about: str, token: str, lesson_id: UUID) -> CellEdit | None:
    student = UUID(about)
    edit, seen, was, was_minutes = _token(token)
    kind, minutes = _kind(sent, student), tidy(sent.get(f"minutes-{student}", ""))
    minutes = minutes if kind == "LATE" else ""
    if (kind, minutes) == (was, was_minutes):
        return None
    if minutes and not (minutes.isascii() and minutes.isdigit() and len(minutes) <= 3):
        return CellEdit(edit, student, lesson_id, None, None, NotAnAbsence())
    wanted = AbsenceEdit(edit, student, kind, int(minutes) if minutes else None, seen)
    return CellEdit(edit, student, lesson_id, None, wanted)


def _mark(sent: Mapping[str, str], about: str, token: str, lesson_id: UUID) -> CellEdit | None:
    key, _, work = about.rpartition("-")
    student = UUID(key)
    edit, seen, was, was_comment = _token(token)
    value, comment = tidy(sent.get(f"mark-{about}", "")), tidy(sent.get(f"comment-{about}", ""))
    takes_value = f"mark-{about}" in sent
    if (value, comment) == (was, was_comment) or (takes_value and not (value or was)):
        return None
    try:
        check_comment(comment)
    except Refused as refusal:
        return CellEdit(edit, student, lesson_id, None, None, refusal, part=work)
    weight = sent.get(f"weight-{work}")
    wanted = MarkEdit(
        edit, student, value[:LONGEST_VALUE], _known(work), _weight(weight) if weight else None, comment, seen
    )
    return CellEdit(edit, student, lesson_id, wanted, None)


def _token(token: str) -> tuple[UUID, UUID | None, str, str]:
    edit, seen, was, note = token.split("|", 3)
    return UUID(edit), UUID(seen) if seen else None, was, note


def _kind(sent: Mapping[str, str], student: UUID) -> str:
    kind = sent.get(f"absence-{student}", PRESENT)
    return "" if kind == PRESENT else kind


def _known(work: str) -> str:
    if not is_work(work):
        raise ValueError(work)
    return work


def _weight(text: str) -> int:
    if text not in {"1", "2", "3", "4", "5"}:
        raise ValueError(text)
    return int(text)
