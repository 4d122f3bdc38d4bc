"""Reading the calendars of one year or of several, and joining what they say of one day."""

from dataclasses import replace
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zvonok.interop.calendars.model import Kind, ProductionCalendar, SpecialDay
from zvonok.interop.calendars.table import is_calendar_table, read_table
from zvonok.interop.calendars.xmlcalendar import read_xml_year
from zvonok.interop.markup import head_of, read_xml
from zvonok.interop.report import Report, Row
from zvonok.interop.source import Source, SourceRefused, open_source


class NotACalendar(SourceRefused):
    message = gettext_lazy(
        "There is no production calendar here: XML with <calendar year=…> or a CSV table with the columns date, "
        "kind and name is wanted."
    )


def read(given: Source | Path, report: Report) -> ProductionCalendar:
    """Read all calendars in a file, folder or zip; what is wrong in them goes into the report.

    Raises: SourceRefused, and of it NotACalendar when there is none.
    """
    source = open_source(given) if isinstance(given, Path) else given
    years: set[int] = set()
    days: list[SpecialDay] = []
    tables, markup = _tables(source), _markup(source)
    if not tables and not markup:
        raise NotACalendar
    for name in markup:
        year, found = read_xml_year(read_xml(source, name), name, report)
        years |= {year} if year else set()
        days += found
    for name in tables:
        found = read_table(source.text(name), name, report)
        years |= {one.day.year for one in found}
        days += found
        if not found and not report.refused:
            report.fault(Row(name, 1), "", "", _("The calendar holds no days."))
    report.add_warnings(source.warnings)
    return ProductionCalendar(_joined(days, report), tuple(sorted(years)))


def _markup(source: Source) -> list[str]:
    names = _with_suffix(source, ".xml")
    return [name for name in names if b"<calendar" in head_of(source, name)]


def _tables(source: Source) -> list[str]:
    return [name for name in _with_suffix(source, ".csv") if is_calendar_table(source.text(name))]


def _with_suffix(source: Source, suffix: str) -> list[str]:
    return [name for name in source.names if PurePosixPath(name).suffix.lower() == suffix]


def _joined(days: list[SpecialDay], report: Report) -> tuple[SpecialDay, ...]:
    by_day: dict[object, SpecialDay] = {}
    for day in days:
        _tell_idle(day, report)
        first = by_day.setdefault(day.day, day)
        if first is day:
            continue
        kind = _common_kind(first, day)
        if kind is None or first.row.file == day.row.file:
            reason = _("%(place)s already says what this day is.") % {"place": first.row}
            report.fault(day.row, "date", day.day.isoformat(), reason)
            continue
        by_day[day.day] = replace(
            first, kind=kind, title=first.title or day.title, moved_from=first.moved_from or day.moved_from
        )
    return tuple(sorted(by_day.values(), key=lambda one: one.day))


def _common_kind(first: SpecialDay, second: SpecialDay) -> Kind | None:
    """A shortened Saturday is a working one, which one file says and the other leaves to be understood."""
    if first.kind is second.kind:
        return first.kind
    if first.is_weekend and {first.kind, second.kind} == {Kind.SHORTENED, Kind.WORKING}:
        return Kind.SHORTENED
    return None


def _tell_idle(day: SpecialDay, report: Report) -> None:
    if day.kind is Kind.WORKING and not day.is_weekend:
        reason = _("This is a working day of the week anyway.")
        report.warn(day.row, "date", day.day.isoformat(), reason)
