"""The lock that every change of a plan takes first, and the one way in which its rows are written."""

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.planning.models import LessonPlan, PlannedTopic, TopicTaught
from zvonok.domain.planning.policy import may_plan
from zvonok.domain.planning.rules import Plan, Topic
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import scoped_school

BATCH = 500
FIELDS = ("position", "title", "section", "hours", "note", "homework", "homework_minutes", "control")


class NotYourPlan(Refused):
    """The actor does not teach the group."""

    message = _("Only the teachers of this group change its lesson plan.")


class PlanHasChanged(Refused):
    """Somebody else has changed the plan since the page was opened."""

    message = _("Somebody has changed this plan since you opened it. Look at it again before saving.")


def open_plan(*, actor: Actor, group_id: UUID, version: int) -> LessonPlan:
    """Lock the plan of a group of the school in scope, made if there is none; three queries.

    Raises: NotYourPlan, PlanHasChanged.
    """
    school_id = scoped_school()
    if school_id is None or not may_plan(actor, school_id=school_id, group_id=group_id):
        raise NotYourPlan
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO planning_lessonplan (id, school_id, group_id, version) VALUES (%s, %s, %s, 0)"
            " ON CONFLICT (school_id, group_id) DO NOTHING",
            [uuid7(), school_id, group_id],
        )
    plans = LessonPlan.objects.select_for_update(no_key=True)
    plan = plans.get(school_id=school_id, group_id=group_id)
    if plan.version != version:
        raise PlanHasChanged
    return plan


def write_topics(
    before: Plan,
    after: Plan,
    *,
    school_id: UUID,
    group_id: UUID,
    joined: Mapping[UUID, UUID] | None = None,
) -> None:
    """Write what is new, changed or gone; lessons of a topic that was `joined` to another go with it."""
    for gone, kept in (joined or {}).items():
        TopicTaught.objects.filter(school_id=school_id, topic=gone).update(topic=kept)
    rows = {topic.id: _row(topic, place, school_id, group_id) for place, topic in enumerate(after, 1)}
    old = {topic.id: (place, topic.draft) for place, topic in enumerate(before, 1)}
    changed = [
        rows[topic.id]
        for place, topic in enumerate(after, 1)
        if topic.id in old and old[topic.id] != (place, topic.draft)
    ]
    PlannedTopic.objects.filter(school_id=school_id, pk__in=old.keys() - rows.keys()).delete()
    PlannedTopic.objects.bulk_update(changed, FIELDS, batch_size=BATCH)
    PlannedTopic.objects.bulk_create([row for key, row in rows.items() if key not in old], batch_size=BATCH)


def _row(topic: Topic, place: int, school_id: UUID, group_id: UUID) -> PlannedTopic:
    return PlannedTopic(
        id=topic.id, school_id=school_id, group_id=group_id, position=place, **asdict(topic.draft)
    )
