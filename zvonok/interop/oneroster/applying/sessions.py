"""Academic years and study periods, from academicSessions."""

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from zvonok.domain.schools.commands.registers import PERIODS, YEARS, Settled, Thing, settle
from zvonok.domain.schools.models import AcademicYear, PeriodSystem
from zvonok.interop.oneroster.applying.work import Work, Year, fitted
from zvonok.interop.oneroster.rows import ClassRow, Session
from zvonok.interop.report import Row
from zvonok.kernel.spans import Days

_SYSTEMS = {
    1: PeriodSystem.HALF_YEAR,
    2: PeriodSystem.HALF_YEAR,
    3: PeriodSystem.TRIMESTER,
    4: PeriodSystem.QUARTER,
}
_SENIOR_GRADE = 10
FILE = Row("academicSessions.csv", None)


def apply_sessions(work: Work) -> None:
    """Settle the years that the school's classes use, and their periods."""
    sessions = {one.id: one for one in work.bundle.sessions}
    planned = _apart(work, _named_years(work, sessions) or _made_years(work, sessions))
    standing = {year.pk: year for year in AcademicYear.objects.filter(school_id=work.school.pk)}
    _settle_years(work, planned, standing)
    for key, session in sessions.items():
        year = _year_of(session, sessions, work.years)
        if year:
            work.year_of_session[key] = year
    _settle_periods(work, sessions)
    _add_standing(work, standing)
    for one in (*work.homerooms.values(), *work.scheduled.values()):
        year = year_of_class(work, one)
        if year:
            work.days_of_class[one.id] = _days_of(one, sessions, year)


def year_of_class(work: Work, one: ClassRow) -> Year | None:
    """Find the year of a class: by its terms, its course, or else the latest there is."""
    course = work.courses.get(one.course_id)
    for key in (*one.term_ids, course.year_id if course else ""):
        if key in work.year_of_session:
            return work.year_of_session[key]
    return work.years[-1] if work.years else None


def system_of_class(work: Work, one: ClassRow | None, year: Year, grade: int | None) -> str:
    """Find how the year of a class is divided: by its terms, else as its grade usually has it."""
    for key in one.term_ids if one else ():
        if key in work.system_of_session:
            return work.system_of_session[key]
    usual = PeriodSystem.HALF_YEAR if (grade or 0) >= _SENIOR_GRADE else PeriodSystem.QUARTER
    return usual if usual in year.systems or not year.systems else year.systems[0]


def _named_years(work: Work, sessions: dict[str, Session]) -> list[Year]:
    """Give the school years above the terms of this school's classes; all of them when no class names one."""
    used = [key for one in (*work.homerooms.values(), *work.scheduled.values()) for key in one.term_ids]
    used += [course.year_id for course in work.bundle.courses]
    above = {year.id for key in used if (year := _school_year(sessions.get(key), sessions))}
    every = [one for one in sessions.values() if one.kind == "schoolYear"]
    chosen = [one for one in every if one.id in above] or every
    return [Year(one.id, one.title, Days(one.begin, one.end), one.row) for one in chosen]


def _school_year(session: Session | None, sessions: dict[str, Session]) -> Session | None:
    for _step in range(len(sessions)):
        if session is None or session.kind == "schoolYear":
            return session
        session = sessions.get(session.parent_id)
    return None


def _made_years(work: Work, sessions: dict[str, Session]) -> list[Year]:
    """Make years of the terms that classes use, one for each school year named in them."""
    used = {key for one in (*work.homerooms.values(), *work.scheduled.values()) for key in one.term_ids}
    groups: dict[int, list[Session]] = defaultdict(list)
    for one in sessions.values():
        if one.id in used or not used:
            groups[one.school_year].append(one)
    years = []
    for group in groups.values():
        days = Days(min(one.begin for one in group), max(one.end for one in group))
        last = days.end - timedelta(days=1)
        title = f"{days.begin.year}/{last.year}" if last.year > days.begin.year else str(last.year)
        years.append(Year(f"year:{group[0].school_year}", title, days, group[0].row))
    return years


def _apart(work: Work, years: list[Year]) -> list[Year]:
    """Leave out a year that meets an earlier one."""
    kept: list[Year] = []
    for year in sorted(years, key=lambda year: year.days):
        if any(year.days.meets(other.days) for other in kept):
            reason = _("This school year overlaps another one; it was left out.")
            work.report.warn(year.row, "startDate", year.title, reason)
        else:
            kept.append(year)
    return kept


def _settle_years(work: Work, planned: list[Year], standing: dict[UUID, AcademicYear]) -> None:
    things, rows = [], {}
    for year in planned:
        title = fitted(work, year.title, 40, year.row, "title")
        values = {"title": title, "starts_on": year.days.begin, "ends_on": _last(year.days)}
        for row in standing.values():
            if year.days.meets(Days(row.starts_on, row.ends_on + timedelta(days=1))):
                work.sources.point("year", year.source_id, row.pk)
        things.append(Thing(year.source_id, values))
        rows[year.source_id] = year.row
    settled = settle(YEARS, things, school_id=work.school.pk, sources=work.sources)
    for year, one in zip(planned, settled, strict=True):
        year.id = one.id
    work.years = planned
    work.note("year", settled, lambda one: str(one.thing.values["title"]), rows)


def _add_standing(work: Work, standing: dict[UUID, AcademicYear]) -> None:
    """Let a set without sessions use the years there are."""
    if not work.years:
        work.years = [
            Year("", row.title, Days(row.starts_on, row.ends_on + timedelta(days=1)), FILE, row.pk)
            for row in sorted(standing.values(), key=lambda row: row.starts_on)
        ]


def _year_of(session: Session, sessions: dict[str, Session], years: list[Year]) -> Year | None:
    above = _school_year(session, sessions)
    for year in years:
        if above and year.source_id == above.id:
            return year
    days = Days(session.begin, session.end)
    return next((year for year in years if days.meets(year.days)), None)


def _settle_periods(work: Work, sessions: dict[str, Session]) -> None:
    things: list[Thing] = []
    for year in work.years:
        within = [one for key, one in sessions.items() if work.year_of_session.get(key) is year]
        grading = [one for one in within if one.kind == "gradingPeriod"]
        terms = [one for one in within if one.kind in {"semester", "term"}]
        for group in (grading, terms):
            things += _periods(work, year, group)
    rows = {key: one.row for key, one in sessions.items()}
    settled = settle(PERIODS, things, school_id=work.school.pk, sources=work.sources)
    work.note("period", settled, _titled, rows)


def _periods(work: Work, year: Year, group: list[Session]) -> list[Thing]:
    kept: list[Session] = []
    for one in sorted(group, key=lambda one: (one.begin, one.end)):
        if any(Days(one.begin, one.end).meets(Days(other.begin, other.end)) for other in kept):
            _leave_out(work, one)
        else:
            kept.append(one)
    system = _SYSTEMS.get(len(kept), PeriodSystem.MODULE)
    if system in year.systems:
        for one in kept:
            _leave_out(work, one)
        return []
    if kept:
        year.systems.append(system)
    for one in kept:
        work.system_of_session[one.id] = system
    return [
        Thing(one.id, _period(work, year, system, number, one)) for number, one in enumerate(kept, start=1)
    ]


def _period(work: Work, year: Year, system: str, number: int, one: Session) -> dict[str, object]:
    return {
        "year_id": year.id,
        "system": system,
        "number": number,
        "title": fitted(work, one.title, 60, one.row, "title"),
        "starts_on": one.begin,
        "ends_on": _last(Days(one.begin, one.end)),
    }


def _leave_out(work: Work, one: Session) -> None:
    reason = _("This period overlaps another one of its kind; no marks are given for it.")
    work.report.warn(one.row, "startDate", one.title, reason)


def _titled(one: Settled) -> str:
    return str(one.thing.values["title"])


def _last(days: Days) -> date:
    return days.end - timedelta(days=1)


def _days_of(one: ClassRow, sessions: dict[str, Session], year: Year) -> Days:
    terms = [sessions[key] for key in one.term_ids if key in sessions]
    if terms:
        return Days(min(term.begin for term in terms), max(term.end for term in terms))
    return year.days
