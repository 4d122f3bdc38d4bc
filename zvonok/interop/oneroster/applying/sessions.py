"""Academic years and study periods, from academicSessions."""

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from zvonok.domain.schools.commands.registers import PERIODS, YEARS, Settled, Thing, settle
from zvonok.domain.schools.models import AcademicYear, PeriodSystem, StudyPeriod
from zvonok.interop.oneroster.applying.work import Work, Year, fitted
from zvonok.interop.oneroster.rows import ClassRow, Mode, Session
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
    standing = {year.pk: year for year in AcademicYear.objects.filter(school_id=work.school.pk)}
    named = _named_years(work, sessions)
    if not named and not (standing and _is_partial(work)):
        named = _made_years(work, sessions)
    _settle_years(work, _apart(work, named), standing)
    _add_standing(work, standing)
    stored = _stored_periods(work)
    for key, session in sessions.items():
        year = _year_of(session, sessions, work.years)
        if year:
            work.year_of_session[key] = year
    _settle_periods(work, sessions, stored)
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


def _is_partial(work: Work) -> bool:
    return work.mode("academicSessions") is not Mode.BULK


def _add_standing(work: Work, standing: dict[UUID, AcademicYear]) -> None:
    """Let a set without sessions, or with those only that have changed, use the years there are."""
    if work.years and not _is_partial(work):
        return
    named = {year.id for year in work.years}
    work.years += [
        Year("", row.title, Days(row.starts_on, row.ends_on + timedelta(days=1)), FILE, row.pk)
        for row in standing.values()
        if row.pk not in named
    ]
    work.years.sort(key=lambda year: year.days)


def _stored_periods(work: Work) -> dict[str, StudyPeriod]:
    """Give the periods that stand here by their sessions, where the set does not name all of them.

    How a year is divided cannot be told from some of its parts: what stands keeps its system and number.
    """
    if not _is_partial(work):
        return {}
    rows = StudyPeriod.objects.filter(school_id=work.school.pk).in_bulk()
    targets = work.sources.targets("period")
    stored = {source: rows[target] for source, target in targets.items() if target in rows}
    for source, row in sorted(stored.items(), key=lambda item: item[1].number):
        work.system_of_session[source] = PeriodSystem(row.system)
        for year in work.years:
            if year.id == row.year_id and row.system not in year.systems:
                year.systems.append(row.system)
    return stored


def _year_of(session: Session, sessions: dict[str, Session], years: list[Year]) -> Year | None:
    above = _school_year(session, sessions)
    for year in years:
        if above and year.source_id == above.id:
            return year
    days = Days(session.begin, session.end)
    return next((year for year in years if days.meets(year.days)), None)


def _settle_periods(work: Work, sessions: dict[str, Session], stored: dict[str, StudyPeriod]) -> None:
    things: list[Thing] = []
    for year in work.years:
        within = [one for key, one in sessions.items() if work.year_of_session.get(key) is year]
        things += [
            Thing(one.id, _period(work, year, row.system, row.number, one))
            for one in within
            if (row := stored.get(one.id)) and row.year_id == year.id
        ]
        fresh = [one for one in within if one.id not in stored]
        here = [row for row in stored.values() if row.year_id == year.id]
        grading = [one for one in fresh if one.kind == "gradingPeriod"]
        terms = [one for one in fresh if one.kind in {"semester", "term"}]
        for group in (grading, terms):
            things += _joined(work, year, group, here) if here else _periods(work, year, group)
    rows = {key: one.row for key, one in sessions.items()}
    settled = settle(PERIODS, things, school_id=work.school.pk, sources=work.sources)
    work.note("period", settled, _titled, rows)


def _joined(work: Work, year: Year, group: list[Session], stored: list[StudyPeriod]) -> list[Thing]:
    """Add new periods behind those that stand, in the first division of the year that has room for them."""
    things: list[Thing] = []
    taken = [(row.system, row.number, Days(row.starts_on, row.ends_on + timedelta(days=1))) for row in stored]
    for one in sorted(group, key=lambda one: (one.begin, one.end)):
        days = Days(one.begin, one.end)
        full = {system for system, _number, held in taken if held.meets(days)}
        free = [system for system in year.systems if system not in full]
        if not free:
            _leave_out(work, one)
            continue
        number = 1 + max(number for system, number, _held in taken if system == free[0])
        taken.append((free[0], number, days))
        work.system_of_session[one.id] = PeriodSystem(free[0])
        things.append(Thing(one.id, _period(work, year, free[0], number, one)))
    return things


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
