"""The page of a column: the terms of a lesson's work."""

import pytest

from tests.screens.journal.conftest import Enter, Page, cell, send
from tests.screens.journal.test_pages import month
from tests.world import World


def address(world: World, work: str = "ANSWER") -> str:
    return f"/lessons/{world.algebra.pk}/columns/{work}/"


def test_the_weight_and_the_title_of_a_column_are_changed_afterwards(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    send(anna, world, cell(world, "5"))
    form = Page(anna.get(address(world))).forms["column"]
    assert (form["work"], form["weight"]) == ("ANSWER", "1")
    told = anna.post(
        address(world), form | {"counts": "on", "work": "TEST", "weight": "3", "title": "Equations"}
    )
    assert (told.status_code, told["Location"]) == (302, month(world))
    text = Page(anna.get(month(world))).text
    assert "test ×3" in text
    assert 'data-title="Equations"' in text
    stale = anna.post(address(world, "TEST"), form | {"weight": "2"})
    assert stale.status_code == 422
    assert Page(stale).having(data_error="work_has_changed")


def test_a_work_that_does_not_count_says_so_in_its_head(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    send(anna, world, cell(world, "5"))
    form = Page(anna.get(address(world))).forms["column"]
    del form["counts"]
    assert anna.post(address(world), form).status_code == 302
    assert "×0" in Page(anna.get(month(world))).text


@pytest.mark.parametrize(
    "odd",
    [{"work": "NAP"}, {"weight": "9"}, {"title": "x" * 201}, {"seen": "{}"}, {"seen": "?"}, {"seen": "[1]"}],
)
def test_odd_terms_are_refused_and_kept(world: World, enter: Enter, odd: dict[str, str]) -> None:
    anna = enter("Anna")
    send(anna, world, cell(world, "5"))
    form = Page(anna.get(address(world))).forms["column"]
    assert anna.post(address(world), form | {"weight": "2"} | odd).status_code == 422


def test_a_work_that_nobody_opened_is_not_found(world: World, enter: Enter) -> None:
    assert enter("Anna").get(address(world, "LAB")).status_code == 404
