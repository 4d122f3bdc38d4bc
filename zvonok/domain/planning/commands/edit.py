"""Change a plan by hand: one edit, or the several that repair it, at a time."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.history.commands import record
from zvonok.domain.planning.commands.lay import TooManyTopics
from zvonok.domain.planning.commands.writing import open_plan, write_topics
from zvonok.domain.planning.facts import PlanEdited
from zvonok.domain.planning.models import LessonPlan
from zvonok.domain.planning.rules import (
    MOST_TOPICS,
    TITLE_LENGTH,
    Add,
    Change,
    Edit,
    Edited,
    Plan,
    Remove,
    Shorten,
    all_edited,
)
from zvonok.domain.planning.selectors import topics_of_plan
from zvonok.kernel.refusals import Refused


class TopicIsTaught(Refused):
    """A topic that lessons have had cannot go."""

    message = _("“%(title)s” has been taught already, so it stays in the plan.")


class HoursAreTaught(Refused):
    """More hours have been taught than are left to the topic."""

    message = _("“%(title)s” has had %(taught)s lessons already, so it cannot have fewer hours.")


class TopicIsGone(Refused):
    """The topic, or the one after it, is not in the plan."""

    message = _("There is no such topic in the plan. Open the plan again.")


class TitleIsTooLong(Refused):
    """Two titles make one that nobody reads."""

    message = _("Together the two titles are longer than 500 characters. Shorten one of them first.")


@transaction.atomic
def edit_plan(*, actor: Actor, group_id: UUID, edits: Sequence[Edit], version: int, at: datetime) -> int:
    """Make edits in a plan, all of them or none; give back its version.

    What changes nothing is not recorded. Raises: NotYourPlan, PlanHasChanged, TopicIsGone, TopicIsTaught,
    HoursAreTaught, TitleIsTooLong, TooManyTopics. Records: PlanEdited.
    """
    plan = open_plan(actor=actor, group_id=group_id, version=version)
    before = [one.topic for one in topics_of_plan(school_id=plan.school_id, group_id=group_id)]
    try:
        done = all_edited(before, edits)
    except LookupError as error:
        raise TopicIsGone from error
    if done.topics == before:
        return plan.version
    _check(before, edits, done)
    write_topics(before, done.topics, school_id=plan.school_id, group_id=group_id, joined=done.joined)
    LessonPlan.objects.filter(pk=plan.pk).update(version=plan.version + 1)
    record([_fact(group_id, before, edits, done)], school_id=plan.school_id, actor_id=actor.person_id, at=at)
    return plan.version + 1


def _check(before: Plan, edits: Sequence[Edit], done: Edited) -> None:
    """Refuse what would lose lessons taught, or grow beyond bounds."""
    removed = {edit.id for edit in edits if isinstance(edit, Remove)}
    cut = {edit.id for edit in edits if isinstance(edit, Change | Shorten)}
    passed = {topic.id: topic.passed for topic in before}
    for topic in before:
        if topic.id in removed and topic.taught:
            raise TopicIsTaught(title=topic.draft.title)
    for topic in done.topics:
        if topic.id in cut and topic.draft.hours < passed.get(topic.id, 0):
            raise HoursAreTaught(title=topic.draft.title, taught=topic.taught)
    if any(len(topic.draft.title) > TITLE_LENGTH for topic in done.topics):
        raise TitleIsTooLong
    if len(done.topics) > max(MOST_TOPICS, len(before)):
        raise TooManyTopics


def _fact(group_id: UUID, before: Plan, edits: Sequence[Edit], done: Edited) -> PlanEdited:
    titles = {topic.id: topic.draft.title for topic in [*done.topics, *before]}
    named = dict.fromkeys(edit.draft.title if isinstance(edit, Add) else titles[edit.id] for edit in edits)
    return PlanEdited(
        thing_id=group_id,
        act="/".join(dict.fromkeys(type(edit).__name__.upper() for edit in edits)),
        titles=tuple(named)[:20],
        hours_before=sum(topic.draft.hours for topic in before),
        hours_after=sum(topic.draft.hours for topic in done.topics),
    )
