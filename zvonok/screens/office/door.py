"""Which school the office works for."""

from uuid import UUID

from django.http import Http404

from zvonok.domain.schools.models import Role
from zvonok.domain.schools.selectors import school
from zvonok.screens.shell.navigation import NavItem
from zvonok.screens.shell.request import Request

RUNS_SCHOOL = (Role.SCHOOL_ADMIN,)
OVERSEES = (Role.DEPUTY_HEAD, Role.HEAD)
RUNS_DAY = (Role.DEPUTY_HEAD, Role.HEAD, Role.SCHOOL_ADMIN)
HANDS_OUT_SLIPS = (Role.CLASS_TEACHER, Role.SCHOOL_ADMIN)


def asked_school(request: Request, roles: tuple[Role, ...]) -> UUID:
    """Find the school of `?school=`, else the first in which the actor has one of the roles.

    Raises: Http404 for a school that is not the actor's to run.
    """
    schools = request.actor.schools_as(*roles)
    wished = request.GET.get("school", "")
    if not wished:
        return schools[0]
    found = next((school for school in schools if str(school) == wished), None)
    if found is None:
        raise Http404
    return found


def schools_to_choose(request: Request, roles: tuple[Role, ...], here: UUID) -> list[NavItem]:
    """List the schools between which the actor may choose on this page; empty when there is but one."""
    schools = request.actor.schools_as(*roles)
    if len(schools) < 2:
        return []
    names = [(key, school(school_id=key).short_name) for key in schools]
    return [NavItem(name, f"?school={key}", current=key == here) for key, name in names]
