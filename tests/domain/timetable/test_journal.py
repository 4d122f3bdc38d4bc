"""The topic of a lesson: who writes it, what is remembered, what the plan proposes next."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.world import NOON, World
from zvonok.domain.access.models import DiaryRevision
from zvonok.domain.history.models import Fact
from zvonok.domain.timetable.commands import journal
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


@pytest.fixture
def north(world: World) -> Iterator[World]:
    with school_scope(world.north.school.pk):
        yield world


def write(world: World, topic: str, version: int = 0, **more: Any) -> int:
    """Write the topic of Monday's algebra, as somebody."""
    return journal.write_topic(
        actor=world.actor(more.get("who", "Anna")),
        lesson_id=more.get("lesson_id", world.algebra.pk),
        topic=topic,
        version=version,
        at=more.get("at", NOON),
    )


def test_a_topic_stands_is_remembered_and_changes_the_diaries_of_the_group(north: World) -> None:
    assert write(north, "Дроби") == 1
    assert write(north, "Дроби и степени", 1) == 2
    assert Lesson.objects.get(pk=north.algebra.pk).topic == "Дроби и степени"
    told = Fact.objects.order_by("id").values_list("data__topic", "data__instead_of")
    assert list(told) == [("Дроби", ""), ("Дроби и степени", "Дроби")]
    numbers = dict(DiaryRevision.objects.values_list("student__first_name", "number"))
    assert numbers == {"Vera": 3, "Pyotr": 3, "Timur": 1, "Lev": 1}


def test_the_same_topic_changes_nothing_whatever_was_seen(north: World) -> None:
    version = write(north, "Дроби")
    assert write(north, "Дроби", 0) == version
    assert Fact.objects.count() == 1


def test_a_stale_page_is_refused(north: World) -> None:
    write(north, "Дроби")
    with pytest.raises(journal.LessonHasChanged):
        write(north, "Степени", 0)


def test_a_topic_may_be_written_ahead(north: World) -> None:
    assert write(north, "Дроби", at=NOON - timedelta(days=30)) == 1


def test_nobody_but_the_teacher_writes_a_topic(north: World) -> None:
    with pytest.raises(journal.NotTheTeacher):
        write(north, "Дроби", who="Darya")


def test_a_lesson_that_is_not_there_does_not_exist(north: World) -> None:
    for stranger in (uuid7(), north.southern.pk):
        with pytest.raises(Lesson.DoesNotExist):
            write(north, "Дроби", lesson_id=stranger)
