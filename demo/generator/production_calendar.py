"""The production calendar: public holidays, days off that were moved, shortened days."""

from collections.abc import Mapping
from datetime import date, timedelta
from xml.etree import ElementTree as ET

OFF, SHORTENED, WORKING = "1", "2", "3"
HOLIDAY_TITLES = (
    "Новогодние каникулы",
    "Рождество Христово",
    "День защитника Отечества",
    "Международный женский день",
    "Праздник Весны и Труда",
    "День Победы",
    "День России",
    "День народного единства",
)
_NEW_YEAR, _CHRISTMAS = 1, 2
_FEASTS = {(2, 23): 3, (3, 8): 4, (5, 1): 5, (5, 9): 6, (6, 12): 7, (11, 4): 8}
# The government moves days off once a year: from the day that works or is off twice, to the day off instead.
_MOVED = {
    2024: "04.27-04.29 11.02-04.30 12.28-12.30 01.06-05.10 01.07-12.31",
    2025: "01.04-05.02 02.23-05.08 03.08-06.13 11.01-11.03 01.05-12.31",
    2026: "01.03-01.09 03.08-03.09 05.09-05.11 01.04-12.31",
    2027: "02.20-02.22 05.01-05.03 05.09-05.10 06.12-06.14 01.02-11.05 01.03-12.31",
}
Day = Mapping[str, str]


def calendar(year: int) -> str:
    """Write the calendar of a year in the xmlcalendar format; a year not yet settled has its fixed days."""
    root = ET.Element("calendar", {"year": str(year), "lang": "ru", "country": "ru"})
    titles = ET.SubElement(root, "holidays")
    for number, title in enumerate(HOLIDAY_TITLES, start=1):
        ET.SubElement(titles, "holiday", {"id": str(number), "title": title})
    days = ET.SubElement(root, "days")
    for day, attributes in sorted(special_days(year).items()):
        ET.SubElement(days, "day", {"d": f"{day:%m.%d}"} | dict(attributes))
    ET.indent(root, " " * 4)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def special_days(year: int) -> dict[date, Day]:
    """Tell the type of each day that is not what its weekday says, with its holiday or where it came from."""
    holidays = _holidays(year)
    moved = _moves(year, holidays)
    off: dict[date, Day] = {day: {"t": OFF, "f": f"{origin:%m.%d}"} for origin, day in moved.items()}
    days: dict[date, Day] = {day: {"t": OFF, "h": str(title)} for day, title in holidays.items()} | off
    days |= _working_weekends(moved, holidays)
    for eve in _eves(holidays):
        if eve.weekday() < 5 and eve not in days:
            days[eve] = {"t": SHORTENED}
    return days


def _holidays(year: int) -> dict[date, int]:
    january = {date(year, 1, day): _CHRISTMAS if day == 7 else _NEW_YEAR for day in range(1, 9)}
    return january | {date(year, month, day): title for (month, day), title in _FEASTS.items()}


def _moves(year: int, holidays: Mapping[date, int]) -> dict[date, date]:
    if year in _MOVED:
        pairs = (pair.split("-") for pair in _MOVED[year].split())
        return {_day(year, origin): _day(year, target) for origin, target in pairs}
    feasts = (day for day in holidays if day.month > 1 and day.weekday() >= 5)
    return {day: day + timedelta(days=7 - day.weekday()) for day in feasts}


def _working_weekends(moved: Mapping[date, date], holidays: Mapping[date, int]) -> dict[date, Day]:
    """A weekend that works is as long as the day it was changed for: short if that was the eve of a feast."""
    eves = _eves(holidays)
    worked = (pair for pair in moved.items() if pair[0] not in holidays)
    return {origin: {"t": SHORTENED if target in eves else WORKING} for origin, target in worked}


def _eves(holidays: Mapping[date, int]) -> set[date]:
    """The last of December is the eve of the next year's feast."""
    next_year = {day.replace(year=day.year + 1) for day in holidays if day.month == day.day == 1}
    feasts = {day for day in holidays if day.month > 1} | next_year
    return {day - timedelta(days=1) for day in feasts}


def _day(year: int, text: str) -> date:
    month, day = text.split(".")
    return date(year, int(month), int(day))
