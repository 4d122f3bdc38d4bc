"""Who sets period marks."""

from uuid import UUID

from zvonok.domain.access.actor import Actor
from zvonok.domain.schools.models import TeachingAssignment


def may_set_period_marks(actor: Actor, *, school_id: UUID, group_id: UUID) -> bool:
    """Say whether the actor teaches, or has taught, the study group."""
    assignments = TeachingAssignment.objects.filter(school_id=school_id, group_id=group_id)
    return assignments.filter(teacher_id=actor.person_id).exists()
