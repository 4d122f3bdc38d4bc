"""Days and months in addresses: what no calendar has is no page."""

from datetime import date

from django.urls import register_converter

YEARS = range(1990, 2200)


class DayConverter:
    """A day, `2026-09-07`."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Read the day; an impossible one raises ValueError, and so is not found."""
        return _sane(date.fromisoformat(value))

    def to_url(self, value: date) -> str:
        """Write the day."""
        return value.isoformat()


class MonthConverter:
    """A month, `2026-09`, as its first day."""

    regex = r"[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Read the month; an impossible one raises ValueError, and so is not found."""
        return _sane(date.fromisoformat(f"{value}-01"))

    def to_url(self, value: date) -> str:
        """Write the month."""
        return f"{value:%Y-%m}"


def _sane(day: date) -> date:
    """Refuse days so far off that reckoning with them would leave the calendar."""
    if day.year not in YEARS:
        raise ValueError(day)
    return day


register_converter(DayConverter, "day")
register_converter(MonthConverter, "month")
