"""How the months of a journal follow one another."""

from calendar import monthrange
from datetime import date, timedelta


def last_of(month: date) -> date:
    """Find the last day of the month of a day."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def month_before(month: date) -> date:
    """Find the first day of the month before that of a day."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(month: date) -> date:
    """Find the first day of the month after that of a day."""
    return last_of(month) + timedelta(days=1)
