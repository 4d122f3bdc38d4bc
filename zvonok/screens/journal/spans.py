"""Which days a page of the journal shows: a month, a study period or the year, and what lies before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from zvonok.domain.attestation.columns import Column, columns_of_group
from zvonok.domain.attestation.models import MarkKind
from zvonok.screens.journal.months import last_of, month_after, month_before
from zvonok.screens.shell.navigation import NavItem
from zvonok.screens.shell.wording import month_title

if TYPE_CHECKING:
    from zvonok.domain.schools.models import StudyGroup


@dataclass(frozen=True, slots=True)
class Span:
    """Some days of a group's journal: their name, their address, and those of their neighbours, "" at the ends.

    `year` are the study periods of the group's year, `periods` those of them that the days lie in.
    """

    first: date
    last: date
    title: str
    address: str
    earlier: str
    later: str
    year: list[Column]
    periods: list[Column]
    views: list[NavItem]
    is_month: bool = False


class NoSuchPeriod(LookupError):
    """The group's year has no study period of that number."""


def month_span(group: "StudyGroup", month: date, *, today: date, at: datetime) -> Span:
    """Give the days of a month; one query."""
    last, periods, year = last_of(month), _periods(group, at), group.year
    address = _month(group, month)
    return Span(
        first=month,
        last=last,
        title=month_title(month),
        address=address,
        earlier=_month(group, month_before(month)) if month > year.starts_on else "",
        later=_month(group, month_after(month)) if last < year.ends_on else "",
        year=periods,
        periods=[period for period in periods if period.first <= last and month <= period.last],
        views=list(_views(group, periods, address, near=_within(today, month, last))),
        is_month=True,
    )


def period_span(group: "StudyGroup", number: int, *, today: date, at: datetime) -> Span:
    """Give the days of a study period; one query. Raises: NoSuchPeriod."""
    periods = _periods(group, at)
    place = next((place for place, one in enumerate(periods, 1) if one.number == number), None)
    if place is None:
        raise NoSuchPeriod
    period = periods[place - 1]
    addresses = ["", *(_period(group, one) for one in periods), ""]
    near = _within(today, period.first, period.last)
    return Span(
        first=period.first,
        last=period.last,
        title=period.title,
        address=addresses[place],
        earlier=addresses[place - 1],
        later=addresses[place + 1],
        year=periods,
        periods=[period],
        views=list(_views(group, periods, addresses[place], near=near)),
    )


def year_span(group: "StudyGroup", *, today: date, at: datetime) -> Span:
    """Give the days of the group's year; one query."""
    year, periods = group.year, _periods(group, at)
    address = reverse("journal:year", args=[group.pk])
    views = list(_views(group, periods, address, near=_within(today, year.starts_on, year.ends_on)))
    return Span(year.starts_on, year.ends_on, year.title, address, "", "", periods, periods, views)


def _periods(group: "StudyGroup", at: datetime) -> list[Column]:
    columns = columns_of_group(school_id=group.school_id, group_id=group.pk, at=at)
    return [column for column in columns if column.kind == MarkKind.PERIOD]


def _views(group: "StudyGroup", periods: list[Column], here: str, *, near: date) -> Iterator[NavItem]:
    """Offer the month and the study period of a day, and the whole year; holidays have no period."""
    yield _view(_("Month"), _month(group, near), here)
    period = next((one for one in periods if near <= one.last), periods[-1] if periods else None)
    if period:
        yield _view(_("Study period"), _period(group, period), here)
    yield _view(_("Year"), reverse("journal:year", args=[group.pk]), here)


def _view(label: str, address: str, here: str) -> NavItem:
    return NavItem(label, address, current=address == here)


def _within(day: date, first: date, last: date) -> date:
    return min(max(day, first), last)


def _month(group: "StudyGroup", month: date) -> str:
    return reverse("journal:month", args=[group.pk, month])


def _period(group: "StudyGroup", period: Column) -> str:
    return reverse("journal:period", args=[group.pk, period.number])
