"""One CSV file as a table: its header set right, its rows as dictionaries with true line numbers."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zvonok.interop.oneroster.columns import METADATA, Shape
from zvonok.interop.report import Report, Row

_Line = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Record:
    """One data row by the spec's column names."""

    cells: dict[str, str]
    row: Row


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows; `headers` gives each column's name as it is written in the file.

    It is not `complete` when rows of the file are not among the records.
    """

    file: str
    headers: dict[str, str]
    records: tuple[Record, ...]
    complete: bool


def read_table(file: str, text: str, shape: Shape, report: Report) -> Table:
    """Read one CSV file; what is wrong with its header or the length of its rows goes into the report."""
    before = report.fault_count
    lines = _lines(file, text, report)
    if not lines:
        report.fault(Row(file, 1), "", "", _("The file is empty."))
        return Table(file, {}, (), complete=False)
    line, header = lines[0]
    places = _places(Row(file, line), header, shape, report)
    if not places:
        return Table(file, {}, (), complete=False)
    whole = _whole(file, len(header), _trimmed(file, len(header), lines[1:], report), report)
    records = tuple(
        Record({name: cells[place] for name, place in places.items()}, Row(file, number))
        for number, cells in whole
    )
    headers = {name: header[place] for name, place in places.items()}
    return Table(file, headers, records, complete=report.fault_count == before)


def header_of(text: str) -> list[str]:
    """Read the first line only; empty when there is none."""
    first = text.lstrip("\n").split("\n", 1)[0]
    try:
        return [name.strip() for name in next(csv.reader([first], delimiter=_delimiter(first)), [])]
    except csv.Error:
        return []


def _lines(file: str, text: str, report: Report) -> list[_Line]:
    """Split the text into rows of cells, each with the line on which it begins; blank rows are left out."""
    first = text.lstrip("\n").split("\n", 1)[0]
    delimiter = _delimiter(first)
    if delimiter != ",":
        reason = _("The columns are separated by “%(mark)s” instead of a comma.")
        report.warn(Row(file, 1), "", "", reason % {"mark": delimiter.replace("\t", "Tab")})
    return [
        (line, cells) for line, cells in _parsed(file, text, delimiter, report) if any(map(str.strip, cells))
    ]


def _parsed(file: str, text: str, delimiter: str, report: Report) -> Iterator[_Line]:
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        reason = _("A cell is longer than any cell may be; is a quotation mark left open?")
        if "limit" not in str(error):
            reason = _("The quotation marks do not fit from here on; is one left open, or not doubled?")
        report.fault(Row(file, line), "", "", reason)


def _delimiter(line: str) -> str:
    return max(",;\t", key=lambda mark: (line.count(mark), mark == ","))


def _places(row: Row, header: list[str], shape: Shape, report: Report) -> dict[str, int]:
    """Find where each column of the spec stands in the header; empty when it is no header at all."""
    exact = {name: name for name in shape.columns} | dict(shape.aliases)
    loose = {_loose(name): target for name, target in exact.items()}
    places: dict[str, int] = {}
    unknown: list[str] = []
    for place, written in enumerate(header):
        name = exact.get(written) or loose.get(_loose(written))
        if name is None:
            unknown.append(written)
        elif name in places:
            report.fault(row, written, "", _("This column stands twice in the header."))
        else:
            places[name] = place
            if written not in exact:
                reason = _("The column is written “%(name)s” in OneRoster; it was read all the same.")
                report.warn(row, written, "", reason % {"name": name})
    if not places:
        report.fault(row, "", "", _("The first line holds no column names of OneRoster."))
        return {}
    _tell_missing(row, shape, places, unknown, report)
    _tell_order(row, shape, places, report)
    return places


def _loose(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum() or char == ".")


def _tell_missing(row: Row, shape: Shape, places: dict[str, int], unknown: list[str], report: Report) -> None:
    missing = [name for name in shape.columns if name not in places]
    strangers = [name for name in unknown if name.strip() and not name.strip().startswith(METADATA)]
    for name in missing:
        guess = get_close_matches(name, strangers, n=1, cutoff=0.75)
        if guess:
            strangers.remove(guess[0])
        if name in shape.required:
            report.fault(row, name, "", _missing_reason(guess))
        elif guess:
            reason = _("This column is not known and was not read. Is “%(name)s” meant?")
            report.warn(row, guess[0], "", reason % {"name": name})
    absent = [name for name in missing if name not in shape.required]
    if absent:
        reason = _("These columns are missing and were read as empty: %(names)s.")
        report.warn(row, "", "", reason % {"names": ", ".join(absent)})
    for name in strangers:
        report.warn(row, name, "", _("This column is not part of OneRoster; it was not read."))


def _missing_reason(guess: list[str]) -> str:
    if not guess:
        return _("This column is missing, and it is required.")
    return _("This column is missing, and it is required. Is “%(guess)s” a misspelling?") % {
        "guess": guess[0]
    }


def _tell_order(row: Row, shape: Shape, places: dict[str, int], report: Report) -> None:
    known = [name for name in shape.columns if name in places]
    if [places[name] for name in known] != sorted(places[name] for name in known):
        report.warn(
            row, "", "", _("The columns stand in another order than OneRoster's; they were read by name.")
        )


def _trimmed(file: str, width: int, lines: list[_Line], report: Report) -> list[_Line]:
    """Cut off the empty cells that spreadsheets and careless writers leave behind the last column."""
    longer = [line for line, cells in lines if len(cells) > width and not any(cells[width:])]
    for line in longer:
        report.warn(Row(file, line), "", "", _("The row has empty cells behind the last column."))
    return [(line, cells if any(cells[width:]) else cells[:width]) for line, cells in lines]


def _whole(file: str, width: int, lines: list[_Line], report: Report) -> list[_Line]:
    """Keep the rows that are as wide as the header; when all are equally wrong, the header is to blame."""
    whole = [(line, cells) for line, cells in lines if len(cells) == width]
    widths = {len(cells) for _line, cells in lines}
    if len(lines) > 1 and len(widths) == 1 and not whole:
        reason = _("The header has %(expected)d columns, but every row has %(found)d.")
        report.fault(Row(file, 1), "", "", reason % {"expected": width, "found": widths.pop()})
        return []
    for line, cells in lines:
        if len(cells) != width:
            reason = ngettext(
                "The row has %(found)d cell, the header has %(expected)d.",
                "The row has %(found)d cells, the header has %(expected)d.",
                len(cells),
            )
            report.fault(Row(file, line), "", "", reason % {"expected": width, "found": len(cells)})
    return whole
