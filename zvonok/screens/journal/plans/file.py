"""A spreadsheet as a lesson plan: what each row says, and what is wrong in which cell."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from zvonok.domain.planning.rules import (
    HOMEWORK_LENGTH,
    MOST_HOURS,
    MOST_MINUTES,
    MOST_TOPICS,
    NOTE_LENGTH,
    SECTION_LENGTH,
    TITLE_LENGTH,
    Draft,
)
from zvonok.gateways.spreadsheets.table import Cell, Merged, Table, column_name
from zvonok.kernel.text import has_hidden_characters, tidy
from zvonok.screens.journal.plans.columns import COLUMN_OF, COLUMNS, CONTROL_OF, EMPTY, IGNORED, folded

HEAD_WITHIN = 20
LONGEST = {"title": TITLE_LENGTH, "section": SECTION_LENGTH, "note": NOTE_LENGTH, "homework": HOMEWORK_LENGTH}
NUMBERS = {"hours": MOST_HOURS, "homework_minutes": MOST_MINUTES}
SHOWN = 80


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that was refused, or read but not as it stands: row from 1, column as the spreadsheet names it."""

    row: int | None
    column: str
    value: str
    reason: str


@dataclass(slots=True)
class PlanFile:
    """The topics of a file with the rows they stand in; with a single fault none of them counts."""

    drafts: list[Draft] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    warnings: list[CellFault] = field(default_factory=list)

    def fault(self, cell: Cell, reason: str) -> None:
        """Refuse a cell."""
        self.faults.append(CellFault(cell.row, cell.place, cell.text[:SHOWN], reason))


def read_plan(table: Table) -> PlanFile:
    """Read the topics of a table; what is wrong stands in `faults`."""
    found = PlanFile()
    if table.recoded:
        found.warnings.append(
            CellFault(None, "", "", _("The file is not in UTF-8; it was read as Windows-1251."))
        )
    at, columns = _head(table)
    if "title" not in columns:
        words = ", ".join(str(label) for label, _words in COLUMNS.values())
        reason = _("There is no column with the topics. Name the columns in one row: %(words)s.") % {
            "words": words
        }
        found.faults.append(CellFault(table.rows[0][min(table.rows[0])].row, "", "", reason))
        return found
    _tell_unknown(table.rows[at], columns, found)
    reader = _Reader(found, columns, table.merged)
    for row in table.rows[at + 1 :]:
        reader.read(row)
    if not found.drafts and not found.faults:
        found.faults.append(CellFault(None, "", "", _("Below the names of the columns there are no topics.")))
    if len(found.drafts) > MOST_TOPICS:
        found.faults.append(
            CellFault(found.rows[MOST_TOPICS], "", "", _("A plan holds 2,000 topics at most."))
        )
    return found


def _head(table: Table) -> tuple[int, dict[str, int]]:
    """Find the row that names the columns: that of the first ones which names most."""
    best: tuple[int, dict[str, int]] = (0, {})
    for at, row in enumerate(table.rows[:HEAD_WITHIN]):
        named: dict[str, int] = {}
        for column, cell in sorted(row.items()):
            name = COLUMN_OF.get(folded(cell.text))
            if name and name not in named:
                named[name] = column
        if ("title" in named, len(named)) > ("title" in best[1], len(best[1])):
            best = (at, named)
    return best


def _tell_unknown(head: dict[int, Cell], columns: dict[str, int], found: PlanFile) -> None:
    for column, cell in sorted(head.items()):
        if column in columns.values() or folded(cell.text) in IGNORED:
            continue
        reason = _("This column is not known here; it was not read.")
        found.warnings.append(CellFault(cell.row, cell.place, cell.text[:SHOWN], reason))


class _Reader:
    """Reads row after row, and keeps the section that the last one stood in."""

    def __init__(self, found: PlanFile, columns: dict[str, int], merged: Iterable[Merged]) -> None:
        self.found, self.columns, self.section = found, columns, ""
        self.wide = {one.row for one in merged if one.row == one.last_row and one.column < one.last_column}
        self.tall = [one for one in merged if one.row < one.last_row]

    def read(self, row: dict[int, Cell]) -> None:
        """Read a row: a section's heading, a topic, or nothing of ours."""
        cells = {name: row[column] for name, column in self.columns.items() if column in row}
        first = min(row.values(), key=lambda cell: cell.column)
        if self._is_heading(row, first):
            self.section = self._text("section", first)
            return
        if not cells:
            return
        if "section" in cells:
            self.section = (
                "" if folded(cells["section"].text) in EMPTY else self._text("section", cells["section"])
            )
        if "title" not in cells:
            self._tell_lack(first, cells)
            return
        self._tell_tall(cells["title"])
        self.found.drafts.append(self._draft(cells))
        self.found.rows.append(first.row)

    def _is_heading(self, row: dict[int, Cell], first: Cell) -> bool:
        """A section stands in a merged row, or in one with nothing but a word left of the topics' hours."""
        if len({cell.text for cell in row.values()}) != 1:
            return False
        return first.row in self.wide or first.column == self.columns.get("section")

    def _tell_lack(self, first: Cell, cells: dict[str, Cell]) -> None:
        row, column = first.row, self.columns["title"]
        if any(
            one.row < row <= one.last_row and one.column <= column <= one.last_column for one in self.tall
        ):
            reason = _("This cell is merged with the one above. Give every topic a row of its own.")
        elif cells.keys() - {"section", "hours"}:
            reason = _("The topic is missing.")
        else:
            return  # a sum under the section, or its number of hours beside the name
        self.found.faults.append(CellFault(row, column_name(column), "", reason))

    def _tell_tall(self, cell: Cell) -> None:
        if any(one.row == cell.row and one.column == cell.column for one in self.tall):
            self.found.fault(
                cell, _("This cell is merged with the one below. Give every topic a row of its own.")
            )

    def _draft(self, cells: dict[str, Cell]) -> Draft:
        texts = {
            name: self._text(name, cells[name]) for name in ("title", "note", "homework") if name in cells
        }
        hours = self._number("hours", cells.get("hours"))
        return Draft(
            section=self.section,
            hours=1 if hours is None else hours,
            homework_minutes=self._number("homework_minutes", cells.get("homework_minutes")),
            control=self._control(cells.get("control")),
            **texts,
        )

    def _text(self, name: str, cell: Cell) -> str:
        text = tidy(cell.text) if name in ("title", "section") else cell.text
        if self._is_formula(cell):
            return text
        if len(text) > LONGEST[name]:
            self.found.fault(
                cell, _("The value is longer than %(length)d characters.") % {"length": LONGEST[name]}
            )
        if has_hidden_characters(text):
            self.found.fault(cell, _("This text holds invisible control characters."))
        return text

    def _number(self, name: str, cell: Cell | None) -> int | None:
        if cell is None or folded(cell.text) in EMPTY or self._is_formula(cell):
            return None
        number = int(cell.text) if cell.text.isascii() and cell.text.isdigit() and len(cell.text) < 6 else 0
        if not 1 <= number <= NUMBERS[name]:
            reason = _("A whole number from 1 to %(most)d is wanted here.") % {"most": NUMBERS[name]}
            self.found.fault(cell, reason)
            return None
        return number

    def _control(self, cell: Cell | None) -> str:
        if cell is None or folded(cell.text) in EMPTY or self._is_formula(cell):
            return ""
        kind = CONTROL_OF.get(folded(cell.text), "")
        if not kind:
            known = _("test, independent work, dictation, essay, laboratory work or project")
            self.found.fault(
                cell, _("This kind of control is not known. Write: %(known)s.") % {"known": known}
            )
        return kind

    def _is_formula(self, cell: Cell) -> bool:
        if cell.is_formula:
            self.found.fault(cell, _("There is a formula in this cell. Put its value here instead."))
        return cell.is_formula
