"""Import a solved FET timetable: bells, rooms, study groups, the weekly plan, and the lessons of each day."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_all_revisions
from zvonok.domain.marks.commands.scales import set_up_scales
from zvonok.domain.schools.commands.registers import YEARS, Thing, lock_school, open_school, settle
from zvonok.domain.schools.commands.sources import Sources
from zvonok.domain.schools.models import AcademicYear, School
from zvonok.domain.timetable.commands.calendar import set_bells
from zvonok.domain.timetable.commands.lay import Laid, lay_lessons
from zvonok.domain.timetable.commands.plan import PlanChanges, set_plan
from zvonok.interop.fet.applying import apply_groups
from zvonok.interop.fet.model import Timetable
from zvonok.interop.fet.reading import read
from zvonok.interop.fet.work import Applying
from zvonok.interop.landing import NoSuchSchool, school_named, whole_or_nothing
from zvonok.interop.report import Action, Change, Report
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import school_scope

SYSTEM = "fet"
_CODE = re.compile(r"[-\w]{1,60}")
FIRST_MONTH, LAST_MONTH, LAST_DAY = 9, 5, 26


class UnfitCode(Refused):
    """No school can be founded under such a code."""

    message = _(
        "“%(code)s” cannot be the code of a school: use up to 60 letters, digits, hyphens and underscores."
    )


def import_path(
    path: Path,
    *,
    school: str | None,
    dry_run: bool,
    progress: Callable[[int, int], None],
    actor: Actor | None = None,
    at: datetime | None = None,
) -> Report:
    """Import a solved timetable into a school, and date its lessons for the school's year that is on, or is next.

    Without such a school one is founded by its code, or by the name of the file. All of it lands or nothing;
    doing it again changes nothing. What has been taught by `at` is never changed.
    Raises: SourceRefused and its kinds; WhichSchool, NotYourSchool, UnfitCode, LessonsClash.
    """
    at = at or timezone.now()
    report = Report()
    timetable = read(path, report)
    if report.refused:
        return report
    with whole_or_nothing(dry_run=dry_run):
        found = _school(timetable, school, report, actor)
        _apply(timetable, found, report, at=at, actor=actor, progress=progress)
    report.landed = not dry_run
    return report


def _school(timetable: Timetable, code: str | None, report: Report, actor: Actor | None) -> School:
    """Find the school; on the command line one that is not there yet is founded."""
    try:
        return school_named(code, actor=actor)
    except NoSuchSchool:
        if code is not None and not _CODE.fullmatch(code):
            raise UnfitCode(code=code) from None
        name = timetable.institution or Path(timetable.file).stem
        report.changes.append(Change("school", Action.ADDED, name))
        return open_school(code=code or _code(timetable), name=name)


def _code(timetable: Timetable) -> str:
    stem = re.sub(r"(_data_and_timetable|_activities)?\.\w+$", "", Path(timetable.file).name)
    return slugify(stem)[:60] or "school"


def _apply(
    timetable: Timetable,
    school: School,
    report: Report,
    *,
    at: datetime,
    actor: Actor | None,
    progress: Callable[[int, int], None],
) -> None:
    today = at.astimezone(ZoneInfo(school.time_zone)).date()
    with school_scope(school.pk):
        lock_school(school)
        set_up_scales(school_id=school.pk)
        sources = Sources(school_id=school.pk, system=SYSTEM)
        year = _year(school, sources, report, today=today)
        bells = [(hour.number, hour.starts, hour.ends) for hour in timetable.hours]
        changed = set_bells(bells, school_id=school.pk)
        _count(report, "bells", Action.CHANGED, changed, "")
        applying = Applying(timetable, report, school, year, sources, actor.person_id if actor else None, at)
        lessons = apply_groups(applying)
        sources.save()
        plan, changes = set_plan(
            lessons,
            school_id=school.pk,
            year_id=year.pk,
            title=timetable.institution[:120] or school.short_name,
            weeks=timetable.weeks,
            anchor=year.starts_on,
        )
        laid = lay_lessons(plan, first=year.starts_on, last=year.ends_on, today=today, progress=progress)
        _tell(report, year, changes, laid)
        if report.changes:
            raise_all_revisions(school_id=school.pk)


def _tell(report: Report, year: AcademicYear, changes: PlanChanges, laid: Laid) -> None:
    _count(report, "plan", Action.ADDED, len(changes.added), year.title)
    _count(report, "plan", Action.CHANGED, len(changes.changed), year.title)
    _count(report, "plan", Action.CLOSED, len(changes.removed), year.title)
    _count(report, "lesson", Action.ADDED, laid.added, year.title)
    _count(report, "lesson", Action.CHANGED, laid.changed, year.title)
    _count(report, "lesson", Action.CLOSED, laid.removed, year.title)
    _count(report, "lesson", Action.KEPT, laid.kept, year.title)


def _year(school: School, sources: Sources, report: Report, *, today: date) -> AcademicYear:
    """Take the year that is on, else the next one; else make the one that Russian schools have next.

    A year that is over has been taught: no new timetable is laid into it.
    """
    standing = AcademicYear.objects.filter(school=school).order_by("starts_on")
    year = standing.filter(ends_on__gte=today).first()
    return year or _made_year(school, sources, report, after=standing.last(), today=today)


def _made_year(
    school: School, sources: Sources, report: Report, *, after: AcademicYear | None, today: date
) -> AcademicYear:
    first_year = today.year if today > date(today.year, LAST_MONTH, LAST_DAY) else today.year - 1
    if after and after.ends_on >= date(first_year, FIRST_MONTH, 1):
        first_year += 1
    title = f"{first_year}/{first_year + 1}"
    values: dict[str, object] = {
        "title": title,
        "starts_on": date(first_year, FIRST_MONTH, 1),
        "ends_on": date(first_year + 1, LAST_MONTH, LAST_DAY),
    }
    (settled,) = settle(YEARS, [Thing(title, values)], school_id=school.pk, sources=sources)
    report.changes.append(Change("year", Action.ADDED, title))
    return AcademicYear.objects.get(pk=settled.id)


def _count(report: Report, kind: str, action: Action, count: int, label: str) -> None:
    """Note many changes of one kind: the weekly plan and its dates are told by number."""
    report.changes += [Change(kind, action, label)] * count
