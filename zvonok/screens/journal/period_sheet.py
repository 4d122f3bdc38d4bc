"""What the page of period marks sends: a batch of cells as JSON, or the whole column as a plain form."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from zvonok.domain.attestation.commands.put import PeriodEdit, PeriodMarkHasChanged, PeriodOutcome
from zvonok.domain.attestation.proposals import OFF_SCALE, spelled
from zvonok.kernel.text import has_hidden_characters, tidy
from zvonok.screens.journal.cells import LONGEST_VALUE, MOST_CELLS, CellsUnreadable, TooManyCells

LONGEST_REASON = 300
EVERYBODY = "all"


def read_cells(body: bytes) -> list[PeriodEdit]:
    """Read a batch of edits. Raises: CellsUnreadable, TooManyCells."""
    try:
        cells = json.loads(body)["cells"]
        if not isinstance(cells, list) or not cells:
            raise CellsUnreadable
        if len(cells) > MOST_CELLS:
            raise TooManyCells(most=MOST_CELLS)
        return [_cell(cell) for cell in cells]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CellsUnreadable from error


def read_form(sent: Mapping[str, str]) -> list[PeriodEdit]:
    """Read the rows that the teacher changed, and those whose proposal was accepted. Raises: CellsUnreadable."""
    try:
        return list(_changed(sent))
    except ValueError as error:
        raise CellsUnreadable from error


def told(outcome: PeriodOutcome) -> dict[str, Any]:
    """Write for the page what became of an edit, and what stands now."""
    mark, refusal = outcome.mark, outcome.refusal
    state = "saved"
    if refusal:
        state = "conflict" if isinstance(refusal, PeriodMarkHasChanged) else "refused"
    return {
        "id": str(outcome.edit.id),
        "student": str(outcome.edit.student_id),
        "state": state,
        "error": refusal.code if refusal else None,
        "message": str(refusal) if refusal else "",
        "mark": {"id": str(mark.id), "value": mark.value, "reason": mark.reason} if mark else None,
    }


def status_of(outcomes: Sequence[PeriodOutcome]) -> int:
    """Choose the status of the whole answer: all saved, some refused, or else some in conflict."""
    refusals = [outcome.refusal for outcome in outcomes if outcome.refusal]
    if any(not isinstance(refusal, PeriodMarkHasChanged) for refusal in refusals):
        return 422
    return 409 if refusals else 200


def _cell(sent: dict[str, Any]) -> PeriodEdit:
    seen = sent.get("seen")
    return PeriodEdit(
        UUID(sent["id"]),
        UUID(sent["student"]),
        spelled(tidy(sent.get("value") or ""))[:LONGEST_VALUE],
        _reason(sent.get("reason") or ""),
        UUID(seen) if seen else None,
    )


def _changed(sent: Mapping[str, str]) -> Iterator[PeriodEdit]:
    accepted = sent.get("accept", "")
    for name, token in sent.items():
        if not name.startswith("was-"):
            continue
        student = name.removeprefix("was-")
        edit, seen, was, was_reason = token.split("|", 3)
        value = spelled(tidy(sent.get(f"mark-{student}", "")))[:LONGEST_VALUE]
        reason = _reason(sent.get(f"reason-{student}", ""))
        proposed = sent.get(f"proposed-{student}", "")
        if accepted == student or (accepted == EVERYBODY and not value and proposed not in OFF_SCALE):
            value = proposed[:LONGEST_VALUE]
        if (value, reason) != (was, was_reason) and (value or was):
            yield PeriodEdit(UUID(edit), UUID(student), value, reason, UUID(seen) if seen else None)


def _reason(text: str) -> str:
    """Make a reason that can be stored and read. Raises: ValueError."""
    reason = tidy(text)
    if len(reason) > LONGEST_REASON or has_hidden_characters(reason):
        raise ValueError("reason")
    return reason
