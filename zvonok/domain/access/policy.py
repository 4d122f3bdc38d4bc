"""Who runs a school's register, and who hands out credentials."""

from uuid import UUID

from django.db.models import QuerySet

from zvonok.domain.access.actor import Actor
from zvonok.domain.schools.models import Role, SchoolClass


def may_run_school(actor: Actor, *, school_id: UUID) -> bool:
    """Say whether the actor imports and keeps the register of a school."""
    return actor.works_as(Role.SCHOOL_ADMIN, school_id=school_id)


def may_issue_slips(actor: Actor, school_class: SchoolClass) -> bool:
    """Say whether the actor hands out credentials to the families of a class."""
    return may_run_school(actor, school_id=school_class.school_id) or school_class.pk in actor.classes_led(
        school_id=school_class.school_id
    )


def classes_to_issue_slips(actor: Actor, *, school_id: UUID) -> QuerySet[SchoolClass]:
    """List the classes whose families the actor hands out credentials to."""
    classes = SchoolClass.objects.filter(school_id=school_id)
    if may_run_school(actor, school_id=school_id):
        return classes
    return classes.filter(pk__in=actor.classes_led(school_id=school_id))
