"""Lessons that bore the title of a topic are tied to it by the migration."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from tests.world import MONDAY, World, lesson
from zvonok.domain.planning.commands.lay import lay_plan
from zvonok.domain.planning.models import LessonPlan, TopicTaught
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.scope import school_scope

MIGRATION: Any = import_module("zvonok.domain.planning.migrations.0004_topics_taught")


class _Editor:
    connection = connection


@pytest.mark.usefixtures("world")
def test_a_lesson_is_tied_to_the_first_topic_with_its_title(world: World) -> None:
    north = world.north.school.pk
    with school_scope(north):
        roots, _powers, _again = lay_plan(
            school_id=north, group_id=world.algebra.group_id, topics=["Roots", "Powers", "Roots"]
        )
        lay_plan(school_id=north, group_id=world.physics.group_id, topics=["Roots"])
        lesson(world.north, "Алгебра 7Б", MONDAY, 2, world.people["Anna"])
        Lesson.objects.filter(pk=world.algebra.pk).update(topic="Roots")
        LessonPlan.objects.all().delete()
        MIGRATION.tie(apps, _Editor)
        assert list(TopicTaught.objects.values_list("lesson_id", "topic_id")) == [(world.algebra.pk, roots)]
        assert LessonPlan.objects.count() == 2
        MIGRATION.untie(apps, _Editor)
        assert not TopicTaught.objects.exists()
