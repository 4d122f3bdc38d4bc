"""A calendar as a table: columns date, kind and name, in any order."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from zvonok.interop.calendars.model import Kind, SpecialDay
from zvonok.interop.naming import DAY_TITLE_LENGTH, check_name
from zvonok.interop.report import Report, Row

COLUMNS = ("date", "kind", "name")
_KINDS = {
    "off": Kind.OFF,
    "holiday": Kind.OFF,
    "shortened": Kind.SHORTENED,
    "short": Kind.SHORTENED,
    "working_weekend": Kind.WORKING,
    "working": Kind.WORKING,
}
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_DOTTED = re.compile(r"(?<![\d.])(\d{2})\.(\d{2})\.(\d{4})(?![\d.])", re.ASCII)


def is_calendar_table(text: str) -> bool:
    """Say whether a text begins with the header of such a table."""
    header = [cell.strip().lower() for cell in re.split("[,;\t]", text.partition("\n")[0].replace('"', ""))]
    return {"date", "kind"} <= set(header)


def read_table(text: str, file: str, report: Report) -> list[SpecialDay]:
    """Read the rows of a table with `is_calendar_table`; those of no words are passed over."""
    records = _records(text, file, report)
    _line, header = next(records, (1, []))
    names = [cell.strip().lower() for cell in header]
    for name in names:
        if name not in COLUMNS:
            report.warn(Row(file, 1), name, "", _("This column is not known here; it was not read."))
    days = []
    for line, cells in records:
        if len(cells) != len(names):
            reason = _("The row has %(found)s cells, the header %(wanted)s.")
            report.fault(Row(file, line), "", "", reason % {"found": len(cells), "wanted": len(names)})
            continue
        named = dict(zip(names, (cell.strip() for cell in cells), strict=True))
        if day := _day(named, Row(file, line), report):
            days.append(day)
    return days


def _records(text: str, file: str, report: Report) -> Iterator[tuple[int, list[str]]]:
    """Walk the rows that hold anything, each with the line it begins on."""
    header = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=header.count), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        report.fault(
            Row(file, line), "", "", _("From here on the table cannot be read: its quotes do not match.")
        )


def _day(cells: dict[str, str], row: Row, report: Report) -> SpecialDay | None:
    day, kind = _date(cells["date"]), _KINDS.get(cells["kind"].lower())
    title = cells.get("name", "")
    if day is None:
        reason = _("This is no date. Write it as 2026-05-09 or 09.05.2026.")
        report.fault(row, "date", cells["date"], reason)
    if kind is None:
        reason = _("The kind of a day is off, shortened or working_weekend.")
        report.fault(row, "kind", cells["kind"], reason)
    check_name(title, row, "name", report, length=DAY_TITLE_LENGTH)
    if day is None or kind is None:
        return None
    return SpecialDay(day, kind, title, _moved_from(title) if kind is Kind.OFF else None, row)


def _date(text: str) -> date | None:
    if match := _ISO.fullmatch(text):
        return _existing(*match.groups())
    if match := _DOTTED.fullmatch(text):
        day, month, year = match.groups()
        return _existing(year, month, day)
    return None


def _moved_from(title: str) -> date | None:
    """Find the day in a name such as «Выходной (перенесено с 27.04.2024)»."""
    match = _DOTTED.search(title)
    return _existing(match[3], match[2], match[1]) if match else None


def _existing(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
