"""What several pages of the diary read: the schools that keep it, and the student's place in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404
from django.utils.translation import gettext as _

from zvonok.domain.schools.selectors import Place, place_of
from zvonok.kernel.scope import school_scope
from zvonok.screens.diary.door import Visit


@contextmanager
def at_school(visit: Visit, school_id: UUID, *, day: date) -> Iterator[Place | None]:
    """Open the scope of a school and find the student's place there on a day; one query."""
    with school_scope(school_id):
        yield place_of(school_id=school_id, student_id=visit.asked.student_id, day=day)


def whose(places: list[Place]) -> str:
    """Say class and school of each place: `7Б, Школа № 9534`."""
    return "; ".join(
        _("%(title)s, %(school)s") % {"title": place.class_title, "school": place.school} for place in places
    )


def some(places: list[Place]) -> list[Place]:
    """Insist that a school knows the student.

    Raises: Http404 when none does, for then there is no diary to show.
    """
    if not places:
        raise Http404
    return places


def zone_of(place: Place) -> ZoneInfo:
    """Find the zone of the school's clocks."""
    return ZoneInfo(place.time_zone)
