"""Who runs a school's register, and who hands out credentials."""

from uuid import UUID

from django.db.models import QuerySet

from zvonok.domain.access.actor import Actor
from zvonok.domain.schools.models import Role, SchoolClass

# Those who see the whole school.
OVERSEERS = (Role.DEPUTY_HEAD, Role.HEAD)


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


def may_watch_class(actor: Actor, school_class: SchoolClass) -> bool:
    """Say whether the actor sees how a class fares: its class teacher, and those who oversee the school."""
    school_id = school_class.school_id
    return school_id in actor.schools_as(*OVERSEERS) or school_class.pk in actor.classes_led(
        school_id=school_id
    )


def classes_to_watch(actor: Actor, *, school_id: UUID) -> QuerySet[SchoolClass]:
    """List the classes of which the actor sees how they fare."""
    classes = SchoolClass.objects.filter(school_id=school_id)
    if school_id in actor.schools_as(*OVERSEERS):
        return classes
    return classes.filter(pk__in=actor.classes_led(school_id=school_id))
