"""The days that a printed journal covers: a month, a study period or the whole year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from zvonok.screens.journal.months import last_of, month_after
from zvonok.screens.shell.wording import month_title

if TYPE_CHECKING:
    from zvonok.domain.schools.models import AcademicYear, StudyPeriod

WHOLE_YEAR = "year"


@dataclass(frozen=True, slots=True)
class Span:
    """Some days under a name; `slug` stands in the address."""

    slug: str
    title: str
    first: date
    last: date


def spans_of(periods: "Iterable[StudyPeriod]", year: "AcademicYear") -> list[Span]:
    """List the study periods of a year, and the year itself."""
    of_periods = [
        Span(str(period.number), period.title, period.starts_on, period.ends_on) for period in periods
    ]
    return [*of_periods, Span(WHOLE_YEAR, _("The whole year"), year.starts_on, year.ends_on)]


def months_of(year: "AcademicYear") -> list[Span]:
    """List the months of a year, whole, from the first to the last."""
    months, month = [], year.starts_on.replace(day=1)
    while month <= year.ends_on:
        months.append(Span(f"{month:%Y-%m}", month_title(month), month, last_of(month)))
        month = month_after(month)
    return months


def span_named(slug: str, spans: Iterable[Span]) -> Span | None:
    """Find the days that an address names."""
    return next((span for span in spans if span.slug == slug), None)
