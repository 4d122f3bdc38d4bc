"""Import a production calendar: days off, shortened days, working weekends, and the lessons that follow them."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import timezone

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_all_revisions
from zvonok.domain.schools.models import School
from zvonok.domain.timetable.commands.calendar import NamedDay, set_calendar
from zvonok.domain.timetable.commands.lay import lay_lessons
from zvonok.domain.timetable.models import WeeklyPlan
from zvonok.interop.calendars.model import Kind, ProductionCalendar, SpecialDay
from zvonok.interop.calendars.reading import read
from zvonok.interop.landing import NoSchoolYet, school_named, whole_or_nothing
from zvonok.interop.report import Action, Change, Report
from zvonok.kernel.scope import school_scope


def import_path(
    path: Path,
    *,
    school: str | None,
    dry_run: bool,
    progress: Callable[[int, int], None],
    actor: Actor | None = None,
    at: datetime | None = None,
) -> Report:
    """Import the calendars at `path` into a school, or into every school when none is named.

    The lessons of plans that have been laid out follow the calendar from today on. All of it lands or
    nothing; doing it again changes nothing.
    Raises: SourceRefused and its kinds; NoSchoolYet, NoSuchSchool, NotYourSchool, LessonsClash.
    """
    at = at or timezone.now()
    report = Report()
    calendar = read(path, report)
    if report.refused:
        return report
    schools = (
        [school_named(school, actor=actor)] if school or actor else list(School.objects.order_by("code"))
    )
    if not schools:
        raise NoSchoolYet
    with whole_or_nothing(dry_run=dry_run):
        for one in schools:
            with school_scope(one.pk):
                _apply(calendar, one, report, at=at, progress=progress)
    report.landed = not dry_run
    return report


def _apply(
    calendar: ProductionCalendar,
    school: School,
    report: Report,
    *,
    at: datetime,
    progress: Callable[[int, int], None],
) -> None:
    changed = set_calendar([_named(calendar, one) for one in calendar.days], school_id=school.pk)
    for one in changed:
        action = Action.CHANGED if one.before else Action.ADDED
        before = one.before.kind if one.before else ""
        label = f"{one.day.day.isoformat()} {one.day.title}".strip()
        report.changes.append(Change("day", action, label, before=before, after=one.day.kind))
    if not changed:
        return
    raise_all_revisions(school_id=school.pk)
    today = at.astimezone(ZoneInfo(school.time_zone)).date()
    for plan in WeeklyPlan.objects.filter(school=school).select_related("year"):
        first = max(plan.year.starts_on, today)
        if first > plan.year.ends_on:
            continue
        laid = lay_lessons(plan, first=first, last=plan.year.ends_on, today=today, progress=progress)
        report.changes += [Change("lesson", Action.ADDED, school.short_name)] * laid.added
        report.changes += [Change("lesson", Action.CHANGED, school.short_name)] * laid.changed
        report.changes += [Change("lesson", Action.CLOSED, school.short_name)] * laid.removed


def _named(calendar: ProductionCalendar, one: SpecialDay) -> NamedDay:
    """Put a day in our words; a shortened Saturday is one that is worked for the weekday it was exchanged with."""
    if one.kind is Kind.WORKING or (one.kind is Kind.SHORTENED and one.is_weekend):
        return NamedDay(one.day, "WORKING", one.title, calendar.works_as(one.day))
    return NamedDay(one.day, one.kind.value, one.title)
