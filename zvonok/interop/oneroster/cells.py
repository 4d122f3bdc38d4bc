"""The cells of one row, read as what they should be; what they are not goes into the report."""

import csv
import re
from datetime import date

from django.utils.translation import gettext as _

from zvonok.interop.oneroster.columns import EXTENSION, FORGIVEN, LISTS, Shape, Version
from zvonok.interop.oneroster.table import Record, Table
from zvonok.interop.report import Report, Row
from zvonok.kernel.text import has_hidden_characters, tidy

_NO_DAY = date(1, 1, 1)
_YEARS = range(1900, 2101)
_LENGTH = 255
_LIST_LENGTH = 20_000
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MIDNIGHT = re.compile(r"T00:00(:00([.,]0+)?)?(Z|[+-]\d\d:?\d\d)?", re.IGNORECASE)
_TIMED = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class Cells:
    """Read the cells of one row; `sound` turns false at the first that is refused."""

    def __init__(
        self, file: str, table: Table, record: Record, shape: Shape, version: Version, report: Report
    ):
        self.file = file
        self.row: Row = record.row
        self.version = version
        self.sound = True
        self._headers = table.headers
        self._report = report
        self._cells = {name: self._clean(name, value) for name, value in record.cells.items()}
        self._shape = shape

    def check_required(self) -> None:
        """Refuse the required cells that are empty."""
        for name in self._shape.columns:
            if name not in self._shape.required or self._cells.get(name, ""):
                continue
            if (self.file, name) in FORGIVEN:
                self.warn(name, _("This cell should not be empty; the usual value was taken."))
            elif name in self._headers:
                self.fault(name, _("This cell must not be empty."))
            else:
                self.sound = False

    def text(self, name: str) -> str:
        """Read plain text; empty when the column is not there."""
        return self._cells.get(name, "")

    def items(self, name: str) -> tuple[str, ...]:
        """Read a list of values separated by commas; a value twice counts once."""
        value = self.text(name)
        try:
            parts = next(csv.reader([value], skipinitialspace=True), [])
        except csv.Error:
            parts = value.split(",")
        return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def term(self, name: str, vocabulary: frozenset[str]) -> str:
        """Read a word of a vocabulary, whatever its case; extensions begin with `ext:`."""
        value = self.text(name)
        if not value or value in vocabulary or (value.startswith(EXTENSION) and self.version is Version.V1_2):
            return value
        for word in vocabulary:
            if word.casefold() == value.casefold():
                self.warn(
                    name, _("This is written “%(word)s” in OneRoster; it was read so.") % {"word": word}
                )
                return word
        self.fault(
            name, _("This word is not known here. Possible are: %(words)s.") % {"words": _list(vocabulary)}
        )
        return ""

    def flag(self, name: str, empty: str) -> bool:
        """Read true or false, in any case; an empty cell is read as `empty`."""
        value = (self.text(name) or empty).casefold()
        if value not in {"true", "false"}:
            self.fault(name, _("Only true or false can stand here."))
        return value == "true"

    def day(self, name: str) -> date | None:
        """Read a day; None when the cell is empty."""
        value = self.text(name)
        if not value:
            return None
        match = _DAY.match(value)
        if match is None or not (match.end() == len(value) or _MIDNIGHT.fullmatch(value, match.end())):
            self.fault(name, _why_no_day(value))
            return None
        return self._day_of(name, *map(int, match.groups()))

    def needed_day(self, name: str) -> date:
        """Read a day that must be there; the row is refused when it is not."""
        day = self.day(name)
        self.sound = self.sound and day is not None
        return day or _NO_DAY

    def year(self, name: str, otherwise: int) -> int:
        """Read a year; an empty cell is read as `otherwise`."""
        value = self.text(name)
        if not value:
            return otherwise
        if not (value.isascii() and value.isdigit() and int(value[:5]) in _YEARS):
            self.fault(name, _("This is not a year such as 2027."))
            return otherwise
        return int(value)

    def fault(self, name: str, reason: str) -> None:
        """Refuse a cell."""
        self.sound = False
        self._report.fault(self.row, self._headers.get(name, name), self._cells.get(name, ""), reason)

    def warn(self, name: str, reason: str) -> None:
        """Point at a cell."""
        self._report.warn(self.row, self._headers.get(name, name), self._cells.get(name, ""), reason)

    def _day_of(self, name: str, year: int, month: int, day: int) -> date | None:
        try:
            found = date(year, month, day)
        except ValueError:
            self.fault(name, _("There is no such day in the calendar."))
            return None
        if year not in _YEARS:
            self.fault(name, _("This year cannot be meant."))
        return found

    def _clean(self, name: str, value: str) -> str:
        """Fold blanks and take out what cannot be seen; a password stays as it is."""
        if name == "password":
            return value
        if not value.isprintable():
            value = self._seen(name, value)
        value = tidy(value)
        if len(value) > (_LIST_LENGTH if name in LISTS else _LENGTH):
            self.sound = False
            reason = _("The value is longer than %(length)d characters.") % {"length": _LENGTH}
            self._report.fault(self.row, self._headers.get(name, name), value, reason)
            return value[:_LENGTH]
        return value

    def _seen(self, name: str, value: str) -> str:
        if not has_hidden_characters(value):
            return value
        reason = _("The value holds invisible characters; it was read without them.")
        self._report.warn(self.row, self._headers.get(name, name), value, reason)
        return "".join(char for char in value if not has_hidden_characters(char))


def _why_no_day(value: str) -> str:
    if _TIMED.fullmatch(value):
        return _("A day is wanted, not a time of day: it may be another day in another time zone.")
    if "/" in value:
        return _("This can be read as two different days. Write days as year-month-day, such as 2026-09-01.")
    dotted = _DOTTED.fullmatch(value)
    if dotted:
        written = f"{dotted[3]}-{int(dotted[2]):02}-{int(dotted[1]):02}"
        return _("Write days as year-month-day: %(day)s.") % {"day": written}
    return _("This is not a day. Write days as year-month-day, such as 2026-09-01.")


def _list(words: frozenset[str]) -> str:
    return ", ".join(sorted(words))
