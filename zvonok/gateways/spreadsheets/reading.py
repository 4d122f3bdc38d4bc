"""Reading a spreadsheet so that nothing in it can do harm: by its content, counted while unpacked."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from zvonok.gateways.spreadsheets.table import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    DamagedSheet,
    EmptySheet,
    Merged,
    NotASheet,
    OldSheet,
    SheetTooLarge,
    Table,
    TooManyRows,
)

MEGABYTE = 1024 * 1024
MOST_UNPACKED = 16 * MEGABYTE
MOST_PARTS = 300
LONGEST_CELL = 10_000
# The last row that the format knows.
LAST_ROW = 2**20
_CHUNK = 64 * 1024
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]{0,200}?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row\s[^<>]{0,200}?\br=["\'](\d{1,20})')
# What openpyxl lets through of files that are not what they seem.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    DefusedXmlException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OverflowError,
    NotImplementedError,
    EOFError,
    RuntimeError,
)


def read_table(raw: bytes) -> Table:
    """Read the first sheet of an XLSX file, or a CSV table; the kind is told by the content.

    Raises: SheetRefused and its kinds.
    """
    if len(raw) > MOST_BYTES:
        raise SheetTooLarge(megabytes=MOST_BYTES // MEGABYTE)
    if raw.startswith(b"PK\x03\x04"):
        table = _workbook(raw)
    elif raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise OldSheet
    else:
        table = _text_table(raw)
    if not table.rows:
        raise EmptySheet
    return table


def _workbook(raw: bytes) -> Table:
    try:
        parts = _unpacked(raw)
        book = load_workbook(io.BytesIO(raw), read_only=True)
        sheet = book.worksheets[0]
        _refuse_rows_beyond_the_last(parts.get(sheet._worksheet_path, b""))
        sheet.reset_dimensions()  # what a file says of its own size may be wrong
        rows = _taken(_cells_of(row) for row in sheet.iter_rows(max_col=MOST_COLUMNS))
        merged = [_range(*found) for found in _MERGED.findall(parts.get(sheet._worksheet_path, b""))]
    except _BROKEN as error:
        raise DamagedSheet from error
    return Table(rows, merged[:MOST_ROWS])


def _refuse_rows_beyond_the_last(sheet: bytes) -> None:
    """Refuse a row with a number that the format does not know: the empty ones before it would be gone through."""
    if any(int(number) > LAST_ROW for number in _ROW.findall(sheet)):
        raise DamagedSheet


def _unpacked(raw: bytes) -> dict[str, bytes]:
    """Unpack in memory to measure: sizes are counted, never believed; no part may define entities."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        members = archive.infolist()
        if len(members) > MOST_PARTS:
            raise DamagedSheet
        left = MOST_UNPACKED
        for member in members:
            with archive.open(member) as part:
                content = part.read(left + 1)
            left -= len(content)
            if left < 0:
                raise SheetTooLarge(megabytes=MOST_UNPACKED // MEGABYTE)
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise DamagedSheet
            parts[member.filename] = content
    return parts


def _cells_of(row: Iterable[Any]) -> dict[int, Cell]:
    cells = {}
    for cell in row:
        if text := _said(cell.value):
            cells[cell.column] = Cell(cell.row, cell.column, text, cell.data_type == "f")
    return cells


def _said(value: object) -> str:
    """Write a value as the reader sees it: a whole number without its point, a day without its midnight."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return str(value).strip()[:LONGEST_CELL]


def _taken(rows: Iterable[dict[int, Cell]]) -> list[dict[int, Cell]]:
    taken = []
    for number, row in enumerate(rows):
        if row:
            taken.append(row)
        if len(taken) > MOST_ROWS or number >= LAST_ROW:
            raise TooManyRows(count=MOST_ROWS)
    return taken


def _range(first: bytes, row: bytes, last: bytes, last_row: bytes) -> Merged:
    return Merged(int(row), _column(first), int(last_row), _column(last))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _text_table(raw: bytes) -> Table:
    text, recoded = _decoded(raw)
    if "\0" in text:
        raise NotASheet
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(";,\t", key=head.count))
    try:
        rows = _taken(_text_rows(reader))
    except csv.Error as error:
        raise NotASheet from error
    return Table(rows, recoded=recoded)


def _text_rows(reader: Iterable[list[str]]) -> Iterator[dict[int, Cell]]:
    for number, row in enumerate(reader, 1):
        cells = [value.strip()[:LONGEST_CELL] for value in row[:MOST_COLUMNS]]
        yield {column: Cell(number, column, value) for column, value in enumerate(cells, 1) if value}


def _decoded(raw: bytes) -> tuple[str, bool]:
    """Decode by the mark at the beginning, or as UTF-8, or else as Windows-1251."""
    try:
        return raw.decode("utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"), False
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1251"), True
    except UnicodeDecodeError as error:
        raise NotASheet from error
