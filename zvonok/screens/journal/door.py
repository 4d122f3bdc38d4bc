"""The school of a lesson, a study group or a class that an address names, and the way into it.

An address does not say which school is meant, so each school the actor works in is tried. What is not
found that way does not exist for the actor: 404.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.policy import OVERSEERS, classes_to_issue_slips, classes_to_watch
from zvonok.domain.planning.policy import groups_to_plan
from zvonok.domain.schools.models import Role
from zvonok.domain.timetable.policy import groups_to_read, lessons_to_mark
from zvonok.kernel.scope import school_scope

if TYPE_CHECKING:
    from zvonok.domain.schools.models import SchoolClass, StudyGroup
    from zvonok.domain.timetable.models import Lesson

JOURNAL_ROLES = (Role.TEACHER, Role.CLASS_TEACHER, Role.DEPUTY_HEAD, Role.HEAD)
CLASS_ROLES = (Role.CLASS_TEACHER, Role.SCHOOL_ADMIN)
WATCHING_ROLES = (Role.CLASS_TEACHER, *OVERSEERS)


@contextmanager
def lesson_to_mark(actor: Actor, lesson_id: UUID) -> Iterator["Lesson"]:
    """Open the school of a lesson whose journal the actor keeps; one query for each school tried.

    Raises: Http404.
    """
    for school_id in actor.schools_as(*JOURNAL_ROLES):
        with school_scope(school_id):
            lessons = lessons_to_mark(actor, school_id=school_id).select_related("group", "school")
            lesson = lessons.filter(pk=lesson_id).first()
            if lesson is not None:
                yield lesson
                return
    raise Http404


def lessons_beside(actor: Actor, lesson: "Lesson") -> "list[Lesson]":
    """List the lessons held together with one, as far as the actor keeps their journals too; one query."""
    kept = lessons_to_mark(actor, school_id=lesson.school_id).select_related("group", "school")
    first = lesson.held_with_id or lesson.pk
    return list(kept.filter(Q(pk=first) | Q(held_with=first)).exclude(pk=lesson.pk).order_by("group__title"))


def lessons_ahead(actor: Actor, lesson: "Lesson", *, last: date) -> "list[Lesson]":
    """List the group's lessons from one to a day whose journals the actor keeps, less those cancelled; one query."""
    kept = lessons_to_mark(actor, school_id=lesson.school_id).filter(group=lesson.group_id)
    found = kept.filter(day__range=(lesson.day, last)).exclude(state="CANCELLED")
    return list(found.order_by("day", "slot"))


@contextmanager
def group_to_read(actor: Actor, group_id: UUID) -> Iterator["StudyGroup"]:
    """Open the school of a study group whose journal the actor may read; one query for each school tried.

    Raises: Http404.
    """
    for school_id in actor.schools_as(*JOURNAL_ROLES):
        with school_scope(school_id):
            groups = groups_to_read(actor, school_id=school_id).select_related("subject", "school", "year")
            group = groups.filter(pk=group_id).first()
            if group is not None:
                yield group
                return
    raise Http404


@contextmanager
def group_to_plan(actor: Actor, group_id: UUID) -> Iterator["StudyGroup"]:
    """Open the school of a study group whose lesson plan the actor makes; one query for each school tried.

    Raises: Http404.
    """
    for school_id in actor.schools_as(*JOURNAL_ROLES):
        with school_scope(school_id):
            groups = groups_to_plan(actor, school_id=school_id).select_related("subject", "school", "year")
            group = groups.filter(pk=group_id).first()
            if group is not None:
                yield group
                return
    raise Http404


@contextmanager
def class_to_lead(actor: Actor, class_id: UUID) -> Iterator["SchoolClass"]:
    """Open the school of a class that the actor leads, or whose accounts the actor keeps.

    Raises: Http404.
    """
    for school_id in actor.schools_as(*CLASS_ROLES):
        with school_scope(school_id):
            classes = classes_to_issue_slips(actor, school_id=school_id).select_related("school")
            found = classes.filter(pk=class_id).first()
            if found is not None:
                yield found
                return
    raise Http404


@contextmanager
def class_to_watch(actor: Actor, class_id: UUID) -> Iterator["SchoolClass"]:
    """Open the school of a class of which the actor sees how it fares.

    Raises: Http404.
    """
    for school_id in actor.schools_as(*WATCHING_ROLES):
        with school_scope(school_id):
            classes = classes_to_watch(actor, school_id=school_id).select_related("school", "year")
            found = classes.filter(pk=class_id).first()
            if found is not None:
                yield found
                return
    raise Http404
