"""Lay a whole lesson plan: from a list of topics, a file, or another group's plan."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.history.commands import record
from zvonok.domain.planning.commands.writing import open_plan, write_topics
from zvonok.domain.planning.facts import PlanBroughtIn
from zvonok.domain.planning.models import LessonPlan, PlannedTopic
from zvonok.domain.planning.rules import MOST_TOPICS, Difference, Draft, Laid, Topic, laid_over
from zvonok.domain.planning.selectors import topics_of_plan
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused


class TaughtTopicsLost(Refused):
    """What is to be laid lacks topics that lessons have had, or leaves them fewer hours than were taught."""

    message = _("Topics that have been taught already would be lost. They must stay in the plan.")


class TooManyTopics(Refused):
    """No subject has as many lessons in a year."""

    message = _("A plan holds 2,000 topics at most.")


@transaction.atomic
def lay_plan(*, school_id: UUID, group_id: UUID, topics: Sequence[str | Draft]) -> list[UUID]:
    """Replace a study group's lesson plan, of which nothing has been taught, by the topics given in order."""
    PlannedTopic.objects.filter(school_id=school_id, group_id=group_id).delete()
    LessonPlan.objects.get_or_create(school_id=school_id, group_id=group_id, defaults={"id": uuid7()})
    drafts = [one if isinstance(one, Draft) else Draft(title=one) for one in topics]
    after = [Topic(uuid7(), draft) for draft in drafts]
    write_topics([], after, school_id=school_id, group_id=group_id)
    return [topic.id for topic in after]


@transaction.atomic
def bring_in_plan(
    *, actor: Actor, group_id: UUID, drafts: Sequence[Draft], version: int, source: str, at: datetime
) -> Laid:
    """Lay topics over a plan: what has been taught stays, the rest becomes what is given.

    `source` names the file or the group they come from; `version` is the plan's that the teacher saw.
    Raises: NotYourPlan, PlanHasChanged, TaughtTopicsLost, TooManyTopics. Records: PlanBroughtIn.
    """
    plan = open_plan(actor=actor, group_id=group_id, version=version)
    if len(drafts) > MOST_TOPICS:
        raise TooManyTopics
    before = [one.topic for one in topics_of_plan(school_id=plan.school_id, group_id=group_id)]
    laid = laid_over(before, drafts)
    if not laid.is_possible:
        raise TaughtTopicsLost
    if all(kind is Difference.KEPT for kind, *_rest in laid.differences):
        return laid
    after = [
        Topic(topic.id if topic else uuid7(), draft, topic.taught if topic else 0)
        for topic, draft in laid.pairs
    ]
    write_topics(before, after, school_id=plan.school_id, group_id=group_id)
    LessonPlan.objects.filter(pk=plan.pk).update(version=plan.version + 1)
    fact = _fact(laid, group_id=group_id, source=source)
    record([fact], school_id=plan.school_id, actor_id=actor.person_id, at=at)
    return laid


def _fact(laid: Laid, *, group_id: UUID, source: str) -> PlanBroughtIn:
    kinds = [kind for kind, *_rest in laid.differences]
    return PlanBroughtIn(
        thing_id=group_id,
        source=source,
        added=kinds.count(Difference.ADDED),
        changed=kinds.count(Difference.CHANGED),
        removed=kinds.count(Difference.REMOVED),
    )
