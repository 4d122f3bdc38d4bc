"""The deputy head's study periods: how full they are, when they close, for whom they are unlocked."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from zvonok.domain.attestation.unfilled import (
    PeriodLine,
    UnfilledLine,
    periods_of_school,
    unfilled_of_period,
)
from zvonok.domain.schools.models import PeriodSystem
from zvonok.domain.schools.selectors import groups_of_system, members, school, year_of
from zvonok.domain.timetable.doors import UnlockLine, unlocks_of_period

Choice = tuple[str, str]
ORDERS = {
    "teacher": lambda line: line.teachers,
    "class": lambda line: line.class_title,
    "subject": lambda line: line.subject,
}


@dataclass(frozen=True, slots=True)
class System:
    """The periods of one system: the quarters, for instance."""

    title: str
    periods: list[PeriodLine]


@dataclass(frozen=True, slots=True)
class PeriodsPage:
    """All study periods of a year."""

    school: str
    year: str
    zone: ZoneInfo
    systems: list[System]


@dataclass(frozen=True, slots=True)
class Heap:
    """What one teacher, class or subject still lacks."""

    title: str
    lines: list[UnfilledLine]

    @property
    def missing(self) -> int:
        """How many marks are missing altogether."""
        return sum(line.missing for line in self.lines)


@dataclass(frozen=True, slots=True)
class PeriodPage:
    """One study period: what is missing, and for whom it is unlocked."""

    period: PeriodLine
    zone: ZoneInfo
    heaps: list[Heap]
    unlocks: list[UnlockLine]
    groups: list[Choice]
    students: list[Choice]


def periods_page(*, school_id: UUID, day: date) -> PeriodsPage:
    """Gather the study periods of the year of a day in three queries."""
    own, year = school(school_id=school_id), year_of(school_id=school_id, day=day)
    lines = periods_of_school(school_id=school_id, year_id=year.pk, day=day) if year else []
    systems = [
        System(str(PeriodSystem(key).label), list(periods))
        for key, periods in groupby(lines, key=lambda line: line.system)
    ]
    return PeriodsPage(own.short_name, year.title if year else "", ZoneInfo(own.time_zone), systems)


def period_page(
    *, school_id: UUID, period_id: UUID, day: date, order: str, group_id: UUID | None
) -> PeriodPage | None:
    """Gather one study period in seven queries at most; None: there is no such period this year.

    With a group, its students are offered to be unlocked one by one.
    """
    own, year = school(school_id=school_id), year_of(school_id=school_id, day=day)
    lines = periods_of_school(school_id=school_id, year_id=year.pk, day=day) if year else []
    period = next((line for line in lines if line.id == period_id), None)
    if period is None or year is None:
        return None
    groups = groups_of_system(school_id=school_id, year_id=year.pk, system=period.system)
    return PeriodPage(
        period=period,
        zone=ZoneInfo(own.time_zone),
        heaps=_heaps(unfilled_of_period(school_id=school_id, period_id=period_id, day=day), order),
        unlocks=unlocks_of_period(school_id=school_id, period_id=period_id),
        groups=groups,
        students=_students(school_id, group_id, period),
    )


def is_over(unlock: UnlockLine, at: datetime) -> bool:
    """Say whether an unlocking has ended."""
    return unlock.withdrawn_at is not None or unlock.until <= at


def _students(school_id: UUID, group_id: UUID | None, period: PeriodLine) -> list[Choice]:
    if group_id is None:
        return []
    found = members(school_id=school_id, group_id=group_id, first=period.starts_on, last=period.ends_on)
    return list({str(one.student_id): one.name for one in found}.items())


def _heaps(lines: list[UnfilledLine], order: str) -> list[Heap]:
    key = ORDERS.get(order, ORDERS["teacher"])
    return [Heap(title, list(own)) for title, own in groupby(sorted(lines, key=key), key=key)]
