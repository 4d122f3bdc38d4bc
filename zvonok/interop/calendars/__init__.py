"""Production calendars: days off, moved days, shortened days, working weekends."""

from zvonok.interop.calendars.model import Kind, ProductionCalendar, SpecialDay
from zvonok.interop.calendars.reading import NotACalendar, read

__all__ = ["Kind", "NotACalendar", "ProductionCalendar", "SpecialDay", "read"]
