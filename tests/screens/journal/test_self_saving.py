"""Topic, homework and note as a form sends them that saves itself: JSON in answer, and tokens for the next time."""

from typing import Any

from django.test import Client

from tests.screens.journal.conftest import Enter, Page
from tests.world import World
from zvonok.domain.homework.models import Homework
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.scope import school_scope


def save(client: Client, world: World, part: str, fields: dict[str, str]) -> Any:
    return client.post(f"/lessons/{world.algebra.pk}/{part}/", fields, headers={"accept": "application/json"})


def form(client: Client, world: World, name: str) -> dict[str, str]:
    return Page(client.get(f"/lessons/{world.algebra.pk}/")).forms[name]


def test_a_topic_is_saved_again_and_again_from_one_page(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    fields = form(anna, world, "topic")
    first = save(anna, world, "topic", fields | {"topic": "Equations"}).json()
    assert first == {"state": "saved", "tokens": {"version": "1"}}
    second = save(anna, world, "topic", fields | first["tokens"] | {"topic": "Functions"})
    assert second.status_code == 200
    with school_scope(world.north.school.pk):
        assert Lesson.objects.get(pk=world.algebra.pk).topic == "Functions"


def test_homework_is_reworded_from_one_page(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    fields = form(anna, world, "homework")
    first = save(anna, world, "homework", fields | {"text": "№ 1"}).json()
    assert save(anna, world, "homework", fields | first["tokens"] | {"text": "№ 1, 2"}).status_code == 200
    with school_scope(world.north.school.pk):
        assert Homework.objects.get(withdrawn_at=None).text == "№ 1, 2"


def test_what_somebody_else_has_written_is_shown_and_can_be_written_over(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    topic, homework = form(anna, world, "topic"), form(anna, world, "homework")
    save(anna, world, "topic", topic | {"topic": "Equations"})
    save(anna, world, "homework", homework | {"text": "№ 1"})
    stale = homework | {"text": "№ 9", "edit": str(world.algebra.pk)}
    for part, fields, stands in (
        ("topic", topic | {"topic": "Functions"}, "Equations"),
        ("homework", stale, "№ 1"),
    ):
        answer = save(anna, world, part, fields)
        told = answer.json()
        assert (answer.status_code, told["state"]) == (422, "refused")
        assert f"Stands now: {stands}" in told["message"]
        assert save(anna, world, part, fields | told["tokens"]).status_code == 200


def test_a_refused_field_says_why(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    fields = form(anna, world, "homework") | {"text": "№ 1", "expected_minutes": "601"}
    told = save(anna, world, "homework", fields)
    assert told.status_code == 422
    assert told.json()["message"]


def test_a_note_saves_itself_too(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    assert save(anna, world, "note", {"text": "Return the essays"}).json()["state"] == "saved"
