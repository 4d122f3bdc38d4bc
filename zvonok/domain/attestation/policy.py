"""Who sets period marks, and who accepts the rules they are proposed by."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.policy import OVERSEERS
from zvonok.domain.schools.models import StudyGroup, TeachingAssignment


def may_set_period_marks(actor: Actor, *, school_id: UUID, group_id: UUID) -> bool:
    """Say whether the actor teaches the study group on the day of asking."""
    assignments = TeachingAssignment.objects.filter(
        school_id=school_id, group_id=group_id, valid_on__contains=actor.day
    )
    return assignments.filter(teacher_id=actor.person_id).exists()


def groups_to_attest(actor: Actor, *, school_id: UUID) -> QuerySet[StudyGroup]:
    """List the study groups whose period marks the actor sets."""
    taught = TeachingAssignment.objects.filter(
        school_id=school_id,
        group=OuterRef("pk"),
        teacher=actor.person_id,
        valid_on__contains=actor.day,
    )
    return StudyGroup.objects.filter(Exists(taught), school_id=school_id)


def may_accept_rules(actor: Actor, *, school_id: UUID) -> bool:
    """Say whether the actor accepts the rules of attestation of a school."""
    return school_id in actor.schools_as(*OVERSEERS)
