"""Write what a lesson is about, and tie it to the plan."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zvonok.domain.access.actor import Actor
from zvonok.domain.history.commands import record
from zvonok.domain.planning.commands.edit import TopicIsGone
from zvonok.domain.planning.facts import TopicTaken
from zvonok.domain.planning.models import PlannedTopic, TopicTaught
from zvonok.domain.timetable.commands.journal import write_topic
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.ids import uuid7


@transaction.atomic
def teach_topic(
    *, actor: Actor, lesson_id: UUID, topic: str, planned: UUID | None, version: int, at: datetime
) -> int:
    """Write what a lesson is about; give back the lesson's new version.

    With `planned` the lesson takes that topic of its group's plan, and its title. Typed words that are the title
    of a topic take it too; other words leave the tie as it is, no words cut it.
    Raises: as `write_topic`, and TopicIsGone. Records: TopicWritten, TopicTaken.
    """
    lesson = Lesson.objects.get(pk=lesson_id)
    topics = PlannedTopic.objects.filter(school_id=lesson.school_id, group_id=lesson.group_id)
    found = topics.filter(pk=planned).first() if planned else None
    if planned and found is None:
        raise TopicIsGone
    topic = found.title if found else topic
    saved = write_topic(actor=actor, lesson_id=lesson_id, topic=topic, version=version, at=at)
    standing = TopicTaught.objects.filter(school_id=lesson.school_id, lesson=lesson).first()
    if found is None and topic and (standing is None or topics.filter(title=topic).exists()):
        found = topics.filter(title=topic).order_by("position").first()
    if found or not topic:
        _tie(standing, found, actor=actor, lesson=lesson, at=at)
    return saved


def _tie(
    standing: TopicTaught | None, topic: PlannedTopic | None, *, actor: Actor, lesson: Lesson, at: datetime
) -> None:
    before, after = standing.topic_id if standing else None, topic.pk if topic else None
    if before == after:
        return
    ties = TopicTaught.objects.filter(school_id=lesson.school_id, lesson=lesson)
    if topic is None:
        ties.delete()
    elif standing:
        ties.update(topic=topic)
    else:
        TopicTaught.objects.create(id=uuid7(), school_id=lesson.school_id, lesson=lesson, topic=topic)
    fact = TopicTaken(thing_id=lesson.pk, topic_id=after, instead_of=before)
    record([fact], school_id=lesson.school_id, actor_id=actor.person_id, at=at)


@transaction.atomic
def bring_in_taught(topics: Mapping[UUID, UUID], *, school_id: UUID) -> None:
    """Take over which topic of the plan each lesson taught, by lesson."""
    rows = [
        TopicTaught(id=uuid7(), school_id=school_id, lesson_id=lesson, topic_id=topic)
        for lesson, topic in topics.items()
    ]
    TopicTaught.objects.bulk_create(rows, batch_size=2000)
