"""The XML of xmlcalendar.ru: one year a file, type 1 off, 2 shortened, 3 a working weekend."""

import re
from datetime import date

from django.utils.translation import gettext as _

from zvonok.interop.calendars.model import Kind, SpecialDay
from zvonok.interop.markup import Node
from zvonok.interop.naming import DAY_TITLE_LENGTH, check_name
from zvonok.interop.report import Report, Row

_TYPES = {"1": Kind.OFF, "2": Kind.SHORTENED, "3": Kind.WORKING}
_MONTH_DAY = re.compile(r"(\d{2})\.(\d{2})", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d{2}", re.ASCII)
_YEAR_IN_NAME = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)", re.ASCII)


def read_xml_year(root: Node, file: str, report: Report) -> tuple[int | None, list[SpecialDay]]:
    """Read one year; without a sound year none of its days can be told."""
    year = _year(root, file, report)
    if year is None:
        return None, []
    reader = _Reader(year, file, report)
    for holiday in root.within("holidays"):
        title = holiday.attributes.get("title", "").strip()
        check_name(title, Row(file, holiday.line), "title", report, length=DAY_TITLE_LENGTH)
        reader.titles[holiday.attributes.get("id", "")] = title
    days = [reader.day(node) for node in root.within("days") if node.tag == "day"]
    if not days:
        report.fault(Row(file, root.line), "days", "", _("The calendar holds no days."))
    return year, [day for day in days if day]


def _year(root: Node, file: str, report: Report) -> int | None:
    text = root.attributes.get("year", "")
    named = set(_YEAR_IN_NAME.findall(file))
    if not _YEAR.fullmatch(text):
        report.fault(Row(file, root.line), "year", text, _("The year must have four digits."))
        return None
    if len(named) == 1 and text not in named:
        reason = _("The file is named after another year: %(year)s.") % {"year": named.pop()}
        report.fault(Row(file, root.line), "year", text, reason)
        return None
    return int(text)


class _Reader:
    def __init__(self, year: int, file: str, report: Report) -> None:
        self.year = year
        self.file = file
        self.report = report
        self.titles: dict[str, str] = {}

    def day(self, node: Node) -> SpecialDay | None:
        """Read one day; None if anything in it was refused."""
        faults = self.report.fault_count
        day = self._date(node, "d")
        kind = _TYPES.get(node.attributes.get("t", ""))
        if kind is None:
            reason = _("The type of a day is 1 (off), 2 (shortened) or 3 (a working weekend).")
            self._fault(node, "t", reason)
        moved = self._date(node, "f") if "f" in node.attributes else None
        title = self.titles.get(node.attributes.get("h", ""))
        if title is None and "h" in node.attributes:
            self._fault(node, "h", _("The file has no holiday with this id."))
        if day is None or kind is None or self.report.fault_count > faults:
            return None
        return SpecialDay(day, kind, title or "", moved, Row(self.file, node.line))

    def _date(self, node: Node, attribute: str) -> date | None:
        try:
            if match := _MONTH_DAY.fullmatch(node.attributes.get(attribute, "")):
                return date(self.year, int(match[1]), int(match[2]))
        except ValueError:
            pass
        reason = _("There is no such day in %(year)s; the month comes first: 05.09 is 9 May.")
        self._fault(node, attribute, reason % {"year": self.year})
        return None

    def _fault(self, node: Node, attribute: str, reason: str) -> None:
        self.report.fault(Row(self.file, node.line), attribute, node.attributes.get(attribute, ""), reason)
