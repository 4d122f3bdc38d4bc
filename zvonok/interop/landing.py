"""How every import lands: in a school the actor runs, all of it in one transaction, or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.policy import may_run_school
from zvonok.domain.schools.models import School
from zvonok.kernel.refusals import Refused


class NoSuchSchool(Refused):
    """The code that was asked for belongs to no school."""

    message = _("There is no school with the code “%(code)s”.")


class NoSchoolYet(Refused):
    """There is no school at all, so nothing would come of the file."""

    message = _("There is no school here yet. Import its roster or its timetable first.")


class WhichSchool(Refused):
    """There are several schools, and none was named."""

    message = _("There are several schools here. Name the one that this file belongs to: --school CODE.")


class NotYourSchool(Refused):
    """The actor does not run the school."""

    message = _("Only the administrator of a school imports its files.")


@contextmanager
def whole_or_nothing(*, dry_run: bool) -> Iterator[None]:
    """Open the one transaction of an import; a dry run is taken back at its end."""
    with transaction.atomic():
        yield
        if dry_run:
            transaction.set_rollback(True)


def school_named(code: str | None, *, actor: Actor | None) -> School:
    """Find the school by its code, or the only one there is; without an actor (the command line) any school.

    Raises: NoSuchSchool, WhichSchool, NotYourSchool.
    """
    if code is None:
        schools = list(School.objects.all()[:2])
        if len(schools) > 1:
            raise WhichSchool
        school = schools[0] if schools else None
    else:
        school = School.objects.filter(code=code).first()
    if actor and (school is None or not may_run_school(actor, school_id=school.pk)):
        raise NotYourSchool
    if school is None:
        raise NoSuchSchool(code=code or "")
    return school
