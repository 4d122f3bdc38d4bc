"""The page of a column: the terms of a lesson's work."""

import pytest

from tests.domain.test_at_the_same_time import at_once
from tests.screens.journal.conftest import Enter, Page, cell, send
from tests.screens.journal.test_pages import month
from tests.world import NOON, World
from zvonok.domain.marks.commands.columns import begin_work
from zvonok.kernel.scope import school_scope


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


def test_a_column_is_opened_before_its_first_mark(world: World, enter: Enter) -> None:
    anna, columns = enter("Anna"), f"/lessons/{world.algebra.pk}/columns/"
    form = Page(anna.get(columns)).forms["column"] | {"work": "TEST", "title": "Equations"}
    told = anna.post(columns, form)
    assert (told.status_code, told["Location"]) == (302, month(world))
    text = Page(anna.get(month(world))).text
    assert "test ×3" in text
    assert 'data-title="Equations"' in text
    send(anna, world, cell(world, "5", work="TEST"))
    assert Page(anna.get(month(world))).having(data_mark="5")


@pytest.mark.parametrize("odd", [{"work": "NAP"}, {"work": "TEST"}, {"weight": "9"}, {"title": "x" * 201}])
def test_a_column_of_a_kind_that_is_there_or_unknown_is_refused(
    world: World, enter: Enter, odd: dict[str, str]
) -> None:
    anna, columns = enter("Anna"), f"/lessons/{world.algebra.pk}/columns/"
    send(anna, world, cell(world, "5", work="TEST"))
    assert anna.post(columns, {"work": "LAB", "weight": "2"} | odd).status_code == 422


def test_of_two_who_open_one_column_the_second_is_told(committed_world: World) -> None:
    world = committed_world

    def begin() -> None:
        with school_scope(world.north.school.pk):
            begin_work(
                actor=world.actor("Anna"),
                lesson_id=world.algebra.pk,
                work="LAB",
                title="",
                weight=None,
                at=NOON,
            )

    results = at_once([begin, begin])
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "WorkIsThere"]
