"""Load the demo schools, or bring them up to today."""

import importlib
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

from django.conf import settings

from zvonok.domain.schools.models import School
from zvonok.domain.timetable.commands.calendar import NamedDay, set_calendar
from zvonok.domain.timetable.models import DayKind
from zvonok.interop.calendars import commands as calendars
from zvonok.interop.demo.accounts import Told, deputy_of, furnish_accounts, told_accounts
from zvonok.interop.demo.attestation import close_old_periods
from zvonok.interop.demo.filling import fill_journals, write_yesterday
from zvonok.interop.demo.notes import write_notes
from zvonok.interop.fet import commands as fet
from zvonok.interop.oneroster import commands as oneroster
from zvonok.interop.report import Report
from zvonok.kernel.days import days_between
from zvonok.kernel.scope import school_scope

CODES = ("9534", "9201")
MOSCOW = ZoneInfo("Europe/Moscow")
YEAR_BEGINS_IN = 9


class DemoRefused(RuntimeError):
    """A file of the demo was refused: the demo and the importers do not agree."""


def load(today: date) -> list[Told]:
    """Load both schools on the first run, and give the sign-ins; later runs find everything there.

    The academic year is the one that began last, so that there is something to see on any day, in summer too.
    """
    first_year = today.year if today.month >= YEAR_BEGINS_IN else today.year - 1
    if School.objects.filter(code=CODES[0]).exists():
        return told_accounts()
    folder = _files(first_year)
    for code in CODES:
        _load_school(code, folder, first_year=first_year, today=today)
    furnish_accounts(at=_morning(today))
    for code in CODES:
        _fill(code, today=today)
    return told_accounts()


def _files(first_year: int) -> Path:
    """Take the files of the checkout, or have them written for another year."""
    own = settings.CHECKOUT / "demo"
    generator = _generator()
    if first_year == generator.FIRST_YEAR:
        return own
    folder: Path = settings.ZVONOK_HOME / "demo" / "files"
    generator.write(folder, first_year=first_year)
    return folder


def _generator() -> ModuleType:
    if str(settings.CHECKOUT) not in sys.path:
        sys.path.append(str(settings.CHECKOUT))
    return importlib.import_module("demo.generator")


def _load_school(code: str, folder: Path, *, first_year: int, today: date) -> None:
    own = folder / f"school-{code}"
    years = importlib.import_module("demo.generator.years")
    year = years.SchoolYear(first_year)
    at = _morning(min(today, year.ends_on))
    _landed(oneroster.import_path(own / "oneroster", school=None, dry_run=False, progress=_quiet, at=at))
    school = School.objects.get(code=code)
    with school_scope(school.pk):
        for first, last in year.breaks:
            days = [NamedDay(day, DayKind.HOLIDAY, "Каникулы") for day in days_between(first, last)]
            set_calendar(days, school_id=school.pk)
    calendar = folder / "production-calendar"
    _landed(calendars.import_path(calendar, school=code, dry_run=False, progress=_quiet, at=at))
    _landed(fet.import_path(own / "timetable", school=code, dry_run=False, progress=_quiet, at=at))


def _fill(code: str, *, today: date) -> None:
    school = School.objects.get(code=code)
    with school_scope(school.pk):
        fill_journals(school, before=today, at=_morning(today))
        write_yesterday(school, today=today, at=datetime.now(MOSCOW))
        deputy = deputy_of(school, today=today)
        if deputy:
            close_old_periods(school, deputy=deputy, today=today, at=_morning(today))
        write_notes(school, today=today, at=datetime.now(MOSCOW))


def _landed(report: Report) -> None:
    if report.refused:
        raise DemoRefused(str(report.as_dict()["faults"][:3]))


def _morning(day: date) -> datetime:
    return datetime.combine(day - timedelta(days=1), time(18), MOSCOW)


def _quiet(done: int, total: int) -> None:
    """Show no progress: the demo prints its own line."""
