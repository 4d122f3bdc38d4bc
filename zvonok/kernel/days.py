"""Days and ranges of days. A range is half-open: its first day belongs to it, its end does not."""

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange


def monday_of(day: date) -> date:
    """Find the Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def week_of(monday: date) -> list[date]:
    """List the seven days of the week that begins on `monday`."""
    return [monday + timedelta(days=offset) for offset in range(7)]


def since(first: date) -> DateRange:
    """Make the range that begins on `first` and has no end."""
    return DateRange(first, None, "[)")


def through(first: date | None, last: date | None) -> DateRange:
    """Make the range from `first` to `last`, both of them in it; None leaves that side open."""
    return DateRange(first, last + timedelta(days=1) if last else None, "[)")


def days_between(first: date, last: date) -> list[date]:
    """List the days from `first` to `last`, both of them in it; empty when `last` is earlier."""
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
