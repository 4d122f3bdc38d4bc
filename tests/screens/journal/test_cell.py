"""A cell by itself: its comment, and its history for those who may ask."""

import pytest

from tests.screens.journal.conftest import Enter, Page, cell, send, stood
from tests.world import World
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7


def address(world: World, whom: str = "Vera") -> str:
    return f"/journal/{world.algebra.group_id}/cells/{world.people[whom].pk}/{world.algebra.pk}/"


def corrected(world: World, enter: Enter) -> None:
    """Anna puts a 3, makes it a 4, and takes an absence back."""
    anna = enter("Anna")
    three = send(anna, world, cell(world, "3")).json()["cells"][0]["mark"]
    send(anna, world, cell(world, mark="4", comment="Miscounted", seen_mark=three["id"]))
    away = send(anna, world, cell(world, "Н")).json()["cells"][0]["absence"]
    send(anna, world, cell(world, absence="", seen_absence=away["id"]))


@pytest.mark.parametrize("name", ["Anna", "Darya"])
def test_the_history_of_a_cell_is_told_in_words(world: World, enter: Enter, name: str) -> None:
    corrected(world, enter)
    page = Page(enter(name).get(address(world)))
    assert len(page.having(data_event="")) == 4
    places = [
        page.text.index(words)
        for words in (
            "Absence: Н taken back",
            "Absence: Н<",
            "work in class: corrected 3 → 4",
            "“Miscounted”",
            "work in class: mark 3<",
        )
    ]
    assert places == sorted(places)
    assert "Петрова A." in page.text.replace("\u00a0", " ")


def test_an_empty_cell_says_so(world: World, enter: Enter) -> None:
    text = Page(enter("Anna").get(address(world))).text
    assert "Nothing stands here now." in text
    assert "Nobody has written here" in text


def test_the_comment_is_changed_and_the_mark_stays(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    send(anna, world, cell(world, "5"))
    form = Page(anna.get(address(world))).forms["comment"]
    assert anna.post(address(world), form | {"comment": "Neat"}).status_code == 302
    assert Page(anna.get(address(world))).text.count("Neat") == 2
    assert stood(world) == {"Vera": ["5"]}
    stale = anna.post(address(world), form | {"edit": str(uuid7()), "comment": "Late"})
    assert stale.status_code == 422
    assert "Late" in stale.content.decode()
    assert Page(stale).having(data_error="mark_has_changed")


@pytest.mark.parametrize("odd", [{"edit": "x"}, {"seen": ""}, {"comment": "see\u202eme"}, {"work": "NAP"}])
def test_an_odd_comment_is_refused(world: World, enter: Enter, odd: dict[str, str]) -> None:
    anna = enter("Anna")
    send(anna, world, cell(world, "5"))
    form = Page(anna.get(address(world))).forms["comment"] | {"comment": "Neat"}
    assert anna.post(address(world), form | odd).status_code == 422


def test_the_deputy_head_reads_a_cell_and_does_not_write_in_it(world: World, enter: Enter) -> None:
    corrected(world, enter)
    darya = enter("Darya")
    assert "comment" not in Page(darya.get(address(world))).forms
    assert darya.post(address(world), {"comment": "No"}).status_code == 404


def test_a_cell_that_nobody_has_is_not_found(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    assert anna.get(address(world, "Timur")).status_code == 404
    foreign = f"/journal/{world.physics.group_id}/cells/{world.people['Timur'].pk}/{world.physics.pk}/"
    assert anna.get(foreign).status_code == 404
    mixed = f"/journal/{world.algebra.group_id}/cells/{world.people['Timur'].pk}/{world.physics.pk}/"
    assert anna.get(mixed).status_code == 404


def test_a_long_history_costs_no_more_queries(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    send(anna, world, cell(world, "5"))
    with counted_queries() as short:
        anna.get(address(world))
    corrected(world, enter)
    with counted_queries() as long:
        anna.get(address(world))
    assert len(long) == len(short) <= 12
