"""Who says how a school marks."""

from uuid import UUID

from zvonok.domain.access.actor import Actor
from zvonok.domain.schools.models import Role

SETS_MARKING = (Role.DEPUTY_HEAD, Role.HEAD, Role.SCHOOL_ADMIN)


def may_set_marking(actor: Actor, *, school_id: UUID) -> bool:
    """Say whether the actor sets the kinds of work, the scales and the terms of a school."""
    return school_id in actor.schools_as(*SETS_MARKING)
