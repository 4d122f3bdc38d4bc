"""Who may read a study group's journal, and who keeps it."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.policy import OVERSEERS
from zvonok.domain.schools.models import Role, StudyGroup, TeachingAssignment
from zvonok.domain.timetable.models import Lesson, LessonHelper


def lessons_to_mark(actor: Actor, *, school_id: UUID) -> QuerySet[Lesson]:
    """List the lessons whose journal the actor keeps: held by the actor, helped in, or of an own study group."""
    helped = LessonHelper.objects.filter(school_id=school_id, lesson=OuterRef("pk"), teacher=actor.person_id)
    assigned = TeachingAssignment.objects.filter(
        school_id=school_id,
        group=OuterRef("group"),
        teacher=actor.person_id,
        valid_on__contains=OuterRef("day"),
    )
    return Lesson.objects.filter(
        Q(teacher=actor.person_id) | Exists(helped) | Exists(assigned), school_id=school_id
    )


def may_mark(actor: Actor, lesson: Lesson) -> bool:
    """Say whether the actor keeps the journal of a lesson."""
    own = {"school_id": lesson.school_id, "teacher_id": actor.person_id}
    return (
        lesson.teacher_id == actor.person_id
        or LessonHelper.objects.filter(lesson_id=lesson.pk, **own).exists()
        or TeachingAssignment.objects.filter(
            group_id=lesson.group_id, valid_on__contains=lesson.day, **own
        ).exists()
    )


def groups_to_read(actor: Actor, *, school_id: UUID) -> QuerySet[StudyGroup]:
    """List the study groups whose journal the actor may read.

    Those who teach them on the day of asking, the class teacher of their class, and those who oversee all.
    """
    groups = StudyGroup.objects.filter(school_id=school_id)
    if school_id in actor.schools_as(*OVERSEERS):
        return groups
    own = {
        "school_id": school_id,
        "group": OuterRef("pk"),
        "teacher": actor.person_id,
        "valid_on__contains": actor.day,
    }
    return groups.filter(
        Exists(TeachingAssignment.objects.filter(**own))
        | Q(school_class__in=actor.classes_led(school_id=school_id))
    )


def may_read_group(actor: Actor, group: StudyGroup) -> bool:
    """Say whether the actor may read the journal of a study group."""
    if group.school_id in actor.schools_as(*OVERSEERS):
        return True
    if group.school_class_id in actor.classes_led(school_id=group.school_id):
        return True
    return TeachingAssignment.objects.filter(
        school_id=group.school_id,
        group_id=group.pk,
        teacher_id=actor.person_id,
        valid_on__contains=actor.day,
    ).exists()


def may_run_timetable(actor: Actor, *, school_id: UUID) -> bool:
    """Say whether the actor may cancel, replace and restore lessons of a school."""
    return school_id in actor.schools_as(*OVERSEERS, Role.SCHOOL_ADMIN)


def may_close_periods(actor: Actor, *, school_id: UUID) -> bool:
    """Say whether the actor closes study periods of a school, and unlocks them."""
    return school_id in actor.schools_as(*OVERSEERS)
