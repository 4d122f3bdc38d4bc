"""What the grid sends when a cell was typed in: read from JSON, saved, and told back cell by cell."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.attendance.commands import (
    AbsenceEdit,
    AbsenceHasChanged,
    AbsenceOutcome,
    StandingAbsence,
    put_absences,
)
from zvonok.domain.attendance.rules import LETTERS, kind_of
from zvonok.domain.marks.commands.put import MarkEdit, MarkHasChanged, Outcome, Standing, put_marks
from zvonok.domain.marks.rules import is_work
from zvonok.domain.timetable.commands.journal import NotTheTeacher
from zvonok.kernel.ids import SHORT_ID
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import school_scope
from zvonok.kernel.text import has_hidden_characters, tidy

MOST_CELLS = 500
LONGEST_COMMENT = 500
LONGEST_VALUE = 20
T = TypeVar("T")


class CellsUnreadable(Refused):
    """What was sent is not a list of edits."""

    message = _("What the page sent could not be read. Open the page again.")


class TooManyCells(Refused):
    """More edits than one request may hold."""

    message = _("At most %(most)s cells can be saved at once.")


class CommentNotPlain(Refused):
    """A comment too long, or with characters that nobody sees."""

    message = _("A comment has at most %(most)s visible characters.")


@dataclass(frozen=True, slots=True)
class CellEdit:
    """A cell as the page sent it: the parts of it that were typed in.

    One that could not be read has its refusal, and the work it was about.
    """

    id: UUID
    student_id: UUID
    lesson_id: UUID
    mark: MarkEdit | None
    absence: AbsenceEdit | None
    refusal: Refused | None = None
    part: str = ""


@dataclass(slots=True)
class Told:
    """What the page is told of a cell. The reasons are those of the parts that were refused."""

    edit: CellEdit
    mark: Standing | None = None
    absence: StandingAbsence | None = None
    refusals: list[Refused] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Saved; or refused; or in conflict, when the only reason is that another one was there first."""
        if not self.refusals:
            return "saved"
        stale = all(isinstance(refusal, MarkHasChanged | AbsenceHasChanged) for refusal in self.refusals)
        return "conflict" if stale else "refused"

    def as_json(self) -> dict[str, Any]:
        """Write the cell for the page: what stands now in the parts that were asked about."""
        told: dict[str, Any] = {
            "id": str(self.edit.id),
            "student": str(self.edit.student_id),
            "lesson": str(self.edit.lesson_id),
            "state": self.state,
            "error": self.refusals[0].code if self.refusals else None,
            "message": " ".join(str(refusal) for refusal in self.refusals),
        }
        if self.edit.mark:
            told["work"] = self.edit.mark.work
            told["mark"] = _mark_json(self.mark)
        if self.edit.absence:
            told["absence"] = _absence_json(self.absence)
        return told


def read_cells(body: bytes) -> list[CellEdit]:
    """Read a batch of edits.

    A comment that cannot be taken is the refusal of its own cell only. Raises: CellsUnreadable, TooManyCells.
    """
    try:
        sent = json.loads(body)
        cells = sent["cells"] if isinstance(sent, dict) else sent
        if not isinstance(cells, list) or not cells:
            raise CellsUnreadable
        if len(cells) > MOST_CELLS:
            raise TooManyCells(most=MOST_CELLS)
        return [_read(cell) for cell in cells]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CellsUnreadable from error


def save_cells(edits: Sequence[CellEdit], *, school_id: UUID, actor: Actor, at: datetime) -> list[Told]:
    """Save edits of a school's lessons; nothing refused undoes another.

    The marks and the absences of each lesson are a transaction of their own, so that no transaction raises
    revisions twice: two that did would lock them in different orders.
    """
    told = [Told(edit, refusals=[edit.refusal] if edit.refusal else []) for edit in edits]
    by_lesson: dict[UUID, list[Told]] = defaultdict(list)
    for cell in told:
        by_lesson[cell.edit.lesson_id].append(cell)
    for lesson_id, cells in by_lesson.items():
        with school_scope(school_id):
            _save_marks(lesson_id, [cell for cell in cells if cell.edit.mark], actor=actor, at=at)
        with school_scope(school_id):
            _save_absences(lesson_id, [cell for cell in cells if cell.edit.absence], actor=actor, at=at)
    return told


def none_is_kept(told: Sequence[Told]) -> bool:
    """Say whether the actor keeps the journal of none of the lessons: nothing here is the actor's."""
    return all(any(isinstance(refusal, NotTheTeacher) for refusal in cell.refusals) for cell in told)


def status_of(told: Sequence[Told]) -> int:
    """Choose the status of the whole answer: all saved, some refused, or else some in conflict."""
    states = {cell.state for cell in told}
    if "refused" in states:
        return 422
    return 409 if "conflict" in states else 200


def _save_marks(lesson_id: UUID, cells: list[Told], *, actor: Actor, at: datetime) -> None:
    def save() -> list[Outcome]:
        edits = [cell.edit.mark for cell in cells if cell.edit.mark]
        return put_marks(actor=actor, lesson_id=lesson_id, edits=edits, at=at)

    for cell, outcome in zip(cells, _outcomes(save, cells), strict=False):
        cell.mark = outcome.mark
        if outcome.refusal:
            cell.refusals.append(outcome.refusal)


def _save_absences(lesson_id: UUID, cells: list[Told], *, actor: Actor, at: datetime) -> None:
    def save() -> list[AbsenceOutcome]:
        edits = [cell.edit.absence for cell in cells if cell.edit.absence]
        return put_absences(actor=actor, lesson_id=lesson_id, edits=edits, at=at)

    for cell, outcome in zip(cells, _outcomes(save, cells), strict=False):
        cell.absence = outcome.absence
        if outcome.refusal:
            cell.refusals.append(outcome.refusal)


def _outcomes(save: Callable[[], list[T]], cells: list[Told]) -> list[T]:
    """Save the edits of a lesson; a refusal of the lesson as a whole is that of each of its cells.

    A lesson that is not there is refused in the words for somebody else's.
    """
    if not cells:
        return []
    try:
        return save()
    except ObjectDoesNotExist:
        refusal: Refused = NotTheTeacher()
    except Refused as refused:
        refusal = refused
    for cell in cells:
        cell.refusals.append(refusal)
    return []


def _read(sent: dict[str, Any]) -> CellEdit:
    edit, student, lesson = (UUID(sent[name]) for name in ("id", "student", "lesson"))
    value, kind = _typed(_text(sent, "value")) if "value" in sent else _parts(sent)
    try:
        mark = None if value is None else _mark_edit(sent, edit, student, value)
    except CommentNotPlain as refusal:
        return CellEdit(edit, student, lesson, None, None, refusal)
    absence = None if kind is None else _absence_edit(sent, edit, student, kind)
    return CellEdit(edit, student, lesson, mark, absence)


def _typed(value: str) -> tuple[str | None, str | None]:
    """Tell what a typed cell means: "" clears it, a letter is an absence, all else is meant as a mark.

    None leaves that part of the cell as it is.
    """
    words = value.split()
    if not words:
        return "", ""
    kinds = [kind for kind in map(kind_of, words) if kind]
    marks = [word for word in words if not kind_of(word)]
    return "/".join(marks)[:LONGEST_VALUE] if marks else None, kinds[-1] if kinds else None


def _parts(sent: dict[str, Any]) -> tuple[str | None, str | None]:
    mark, absence = (
        _text(sent, part)[:LONGEST_VALUE] if part in sent else None for part in ("mark", "absence")
    )
    return mark, (kind_of(absence) or absence) if absence else absence


def _text(sent: dict[str, Any], name: str) -> str:
    value = sent.get(name) or ""
    if not isinstance(value, str):
        raise TypeError(name)
    return tidy(value)


def _mark_edit(sent: dict[str, Any], edit: UUID, student: UUID, value: str) -> MarkEdit:
    work = _text(sent, "work") or "ANSWER"
    weight, comment = sent.get("weight"), _text(sent, "comment") if "comment" in sent else None
    if not is_work(work) or not (weight is None or (type(weight) is int and 1 <= weight <= 5)):
        raise ValueError(work)
    check_comment(comment or "")
    return MarkEdit(edit, student, value, work, weight, comment, _seen(sent, "seen_mark"))


def check_comment(comment: str) -> None:
    """Make sure that a comment can be stored and read.

    Raises: CommentNotPlain.
    """
    if len(comment) > LONGEST_COMMENT or has_hidden_characters(comment):
        raise CommentNotPlain(most=LONGEST_COMMENT)


def _absence_edit(sent: dict[str, Any], edit: UUID, student: UUID, kind: str) -> AbsenceEdit:
    minutes = sent.get("minutes")
    if not (minutes is None or type(minutes) is int):
        raise TypeError("minutes")
    return AbsenceEdit(edit, student, kind, minutes, _seen(sent, "seen_absence"))


def _seen(sent: dict[str, Any], name: str) -> UUID | str | None:
    seen = sent.get(name)
    if not seen:
        return None
    return seen if isinstance(seen, str) and len(seen) == SHORT_ID else UUID(seen)


def _mark_json(mark: Standing | None) -> dict[str, str] | None:
    if mark is None:
        return None
    typed = {"typed": mark.criteria} if mark.criteria else {}
    due = {"due": f"{mark.due_on:%d.%m}"} if mark.due_on else {}
    return {"id": str(mark.id), "value": mark.value, "comment": mark.comment} | typed | due


def _absence_json(absence: StandingAbsence | None) -> dict[str, Any] | None:
    if absence is None:
        return None
    letter = LETTERS[absence.kind]
    return {"id": str(absence.id), "kind": absence.kind, "letter": letter, "minutes": absence.late_minutes}
