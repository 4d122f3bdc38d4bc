"""Tie lessons to the topics of the plan whose titles they bear: until now the title alone was the tie."""

from collections.abc import Iterator
from typing import Any

from django.db import migrations
from django.db.models import F

from zvonok.kernel.ids import uuid7

BATCH = 2000


def tie(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    planned, plan, taught = (apps.get_model("planning", name) for name in ("PlannedTopic", "LessonPlan", "TopicTaught"))
    groups = planned.objects.using(alias).values_list("school_id", "group_id").distinct()
    plans = [plan(id=uuid7(), school_id=school, group_id=group) for school, group in groups]
    plan.objects.using(alias).bulk_create(plans, batch_size=BATCH)
    rows = (taught(id=uuid7(), school_id=school, lesson_id=lesson, topic_id=topic) for school, lesson, topic in _ties(planned, alias))
    taught.objects.using(alias).bulk_create(rows, batch_size=BATCH)


def _ties(planned: Any, alias: str) -> Iterator[tuple[Any, Any, Any]]:
    """Find each lesson's topic: of several with one title the first."""
    same_title = planned.objects.using(alias).filter(group__lessons__topic=F("title"))
    rows = same_title.order_by("group__lessons__id", "position").distinct("group__lessons__id")
    yield from rows.values_list("school_id", "group__lessons__id", "id").iterator(chunk_size=BATCH)


def untie(apps: Any, schema_editor: Any) -> None:
    for name in ("TopicTaught", "LessonPlan"):
        apps.get_model("planning", name).objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):

    dependencies = [("planning", "0003_lesson_plan"), ("timetable", "0002_isolate")]

    operations = [migrations.RunPython(tie, untie)]
