"""Who makes the lesson plan of a study group; who reads its journal reads its plan too."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from zvonok.domain.access.actor import Actor
from zvonok.domain.schools.models import StudyGroup, TeachingAssignment


def groups_to_plan(actor: Actor, *, school_id: UUID) -> QuerySet[StudyGroup]:
    """List the study groups whose plan the actor makes: those the actor is assigned to on the day of asking."""
    assigned = TeachingAssignment.objects.filter(
        school_id=school_id,
        group=OuterRef("pk"),
        teacher=actor.person_id,
        valid_on__contains=actor.day,
    )
    return StudyGroup.objects.filter(Exists(assigned), school_id=school_id)


def may_plan(actor: Actor, *, school_id: UUID, group_id: UUID) -> bool:
    """Say whether the actor makes the plan of a study group."""
    return TeachingAssignment.objects.filter(
        school_id=school_id, group_id=group_id, teacher_id=actor.person_id, valid_on__contains=actor.day
    ).exists()
