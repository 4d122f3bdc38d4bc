"""Writing a table as XLSX: texts stay texts, whatever they begin with."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


def write_table(
    title: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str | int | None]],
    *,
    widths: Sequence[int],
) -> bytes:
    """Write one sheet with a head that stays in sight; `widths` of the columns are in letters."""
    book = Workbook()
    sheet = book.active
    sheet.title = sheet_title(title)
    for number, row in enumerate([list(head), *rows], 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            fill(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sheet_title(title: str) -> str:
    """Make a title such as spreadsheets take for a sheet."""
    return "".join(char for char in title if char not in "[]:*?/\\")[:31] or "1"


def fill(cell: Any, value: str | int | Decimal | None) -> None:
    """Put a value in a cell: a text stays a text, whatever it begins with."""
    if isinstance(value, str):
        cell.value = value.translate(_CONTROLS)
        cell.data_type = "s"
        if value.startswith(_DANGEROUS):
            cell.quotePrefix = True
    else:
        cell.value = value
