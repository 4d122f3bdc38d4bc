"""A lesson plan as a spreadsheet to take away, and the empty one that is offered to fill."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from zvonok.domain.planning.models import Control
from zvonok.domain.planning.rules import Draft
from zvonok.gateways.spreadsheets.writing import write_table
from zvonok.screens.journal.plans.columns import COLUMNS

WIDTHS = {
    "section": 28,
    "title": 48,
    "hours": 8,
    "homework": 40,
    "homework_minutes": 12,
    "control": 22,
    "note": 30,
}
NO_SECTION = "—"


def sheet_of(drafts: Sequence[Draft], *, title: str) -> bytes:
    """Write the topics in the columns in which they are read again."""
    rows: list[list[str | int | None]] = []
    for before, draft in zip([None, *drafts], drafts, strict=False):
        empty = NO_SECTION if before and before.section else ""
        values = {name: getattr(draft, name) for name in COLUMNS} | {"control": control_label(draft)}
        rows.append(list((values | {"section": draft.section or empty}).values()))
    head = [str(label) for label, _words in COLUMNS.values()]
    return write_table(title, head, rows, widths=[WIDTHS[name] for name in COLUMNS])


def control_label(draft: Draft) -> str:
    """Name the control of a topic in the reader's language; empty without one."""
    return str(Control(draft.control).label) if draft.control else ""


def template() -> bytes:
    """Write the names of the columns and two rows to show how they are filled."""
    examples = [
        Draft(
            section=_("Fractions"),
            title=_("Adding fractions"),
            hours=2,
            homework=_("§ 5, No. 112–115"),
            homework_minutes=30,
        ),
        Draft(
            section=_("Fractions"), title=_("Test on fractions"), control=Control.TEST, note=_("Two variants")
        ),
    ]
    return sheet_of(examples, title=_("Lesson plan"))
