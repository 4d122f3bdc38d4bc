"""Writing sheets that are also printed: A4 across, with a head and first columns on every page."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from zvonok.gateways.spreadsheets.table import Merged
from zvonok.gateways.spreadsheets.writing import fill, sheet_title

Value = str | int | Decimal | None
_LINE = Side(style="thin", color="999999")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_CLOSED = PatternFill("solid", fgColor="DDDDDD")
_PLAIN, _BOLD = Font(size=10), Font(bold=True, size=10)


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A sheet: lines above the table, rows of its head, its rows, and how many first columns stay in sight.

    `merged` counts rows of the head and columns from 1; `closed` are cells that nothing can stand in,
    by row of the table and column, from 1. Columns named in `wrapped` hold long texts.
    """

    title: str
    lines: Sequence[str]
    head: Sequence[Sequence[Value]]
    rows: Sequence[Sequence[Value]]
    widths: Sequence[float]
    frozen: int = 1
    merged: Sequence[Merged] = ()
    closed: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    wrapped: frozenset[int] = field(default_factory=frozenset)


def write_sheets(sheets: Sequence[PrintedSheet]) -> bytes:
    """Write a workbook."""
    book = Workbook()
    book.remove(book.active)
    for one in sheets:
        _write(book.create_sheet(sheet_title(one.title)), one)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(sheet: Any, one: PrintedSheet) -> None:
    for number, line in enumerate(one.lines, 1):
        fill(sheet.cell(number, 1), line)
        sheet.cell(number, 1).font = _BOLD
    above = len(one.lines)
    head_end = above + len(one.head)
    for number, row in enumerate([*one.head, *one.rows], 1):
        is_head = number <= len(one.head)
        for column, value in enumerate(row, 1):
            _style(sheet.cell(above + number, column), value, is_head=is_head, is_long=column in one.wrapped)
    for row_number, column in one.closed:
        sheet.cell(head_end + row_number, column).fill = _CLOSED
    for box in one.merged:
        sheet.merge_cells(None, above + box.row, box.column, above + box.last_row, box.last_column)
    for column, width in enumerate(one.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    _set_up_print(sheet, one, above + 1, head_end)


def _style(cell: Any, value: Value, *, is_head: bool, is_long: bool) -> None:
    fill(cell, value)
    cell.border = _BOX
    cell.font = _BOLD if is_head else _PLAIN
    if is_head or is_long:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, Decimal):
        cell.number_format = "0.00"


def _set_up_print(sheet: Any, one: PrintedSheet, head_begins: int, head_ends: int) -> None:
    """Freeze on the screen what is repeated on paper."""
    sheet.freeze_panes = sheet.cell(head_ends + 1, one.frozen + 1)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.print_title_rows = f"{head_begins}:{head_ends}"
    sheet.print_title_cols = f"A:{get_column_letter(one.frozen)}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.4
