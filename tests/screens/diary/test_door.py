"""The door of a diary: who comes in, what an unchanged page costs, and what makes it new."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.cache import caches
from django.test import Client

from tests.screens.diary.conftest import Enter
from tests.screens.diary.desk import Desk, page
from tests.world import MONDAY, NOON, World
from zvonok.domain.access.models import DiaryLink
from zvonok.domain.people.models import Guardianship
from zvonok.kernel.db import counted_queries


def week_of(world: World, reader: str = "Maria", child: str = "Vera") -> str:
    return f"/diary/{world.link(reader, child)}/week/{MONDAY}/"


def again(client: Client, address: str, answer: Any, **headers: str) -> Any:
    return client.get(address, headers={"if-none-match": answer.headers["ETag"], **headers})


def test_the_mother_and_the_daughter_read_the_diary(enter: Enter, world: World) -> None:
    assert "Алгебра" in page(enter("Maria").get(week_of(world)))
    assert "Алгебра" in page(enter("Vera").get(week_of(world, "Vera")))


@pytest.mark.parametrize(
    "stranger", ["Olga", "Pyotr", "Lev", "Anna", "Oleg", "Darya", "Yana", "Nina", "Zoya"]
)
def test_a_link_of_somebody_else_does_not_exist(enter: Enter, world: World, stranger: str) -> None:
    assert enter(stranger).get(week_of(world)).status_code == 404


def test_a_stranger_without_a_session_is_sent_to_the_sign_in(client: Client, world: World) -> None:
    answer = client.get(week_of(world))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/?next=%2Fdiary%2F")


def test_an_unknown_diary_does_not_exist(enter: Enter) -> None:
    assert enter("Maria").get(f"/diary/{uuid4()}/").status_code == 404


@pytest.mark.parametrize("day", ["2026-02-30", "9999-12-30", "0001-01-01", "2026-1-1", "monday"])
def test_an_impossible_day_is_not_found(enter: Enter, world: World, day: str) -> None:
    assert enter("Maria").get(f"/diary/{world.link('Maria', 'Vera')}/week/{day}/").status_code == 404


def test_the_link_alone_opens_nothing_once_the_guardianship_is_withdrawn(enter: Enter, world: World) -> None:
    maria = enter("Maria")
    before = maria.get(week_of(world))
    Guardianship.objects.filter(guardian=world.people["Maria"]).update(withdrawn_at=NOON)
    assert again(maria, week_of(world), before).status_code == 404


def test_an_unchanged_page_costs_one_query(enter: Enter, world: World) -> None:
    maria, address = enter("Maria"), week_of(world)
    before = maria.get(address)
    with counted_queries() as asked:
        answer = again(maria, address, before)
    assert (answer.status_code, len(asked)) == (304, 1)
    assert answer.headers["Cache-Control"] == "private, no-cache, max-age=0"
    assert "Content-Security-Policy" in answer.headers


def test_a_mark_makes_the_page_new_at_the_next_request(enter: Enter, world: World, desk: Desk) -> None:
    maria = enter("Maria")
    before = maria.get(week_of(world))
    desk.mark("5")
    answer = again(maria, week_of(world), before)
    assert 'data-mark="5"' in page(answer)


def test_another_language_another_look_and_another_secret_make_another_page(
    enter: Enter, world: World
) -> None:
    maria = enter("Maria")
    before = maria.get(week_of(world))
    for name, value in (("language", "ru"), ("theme", "dark"), ("text", "large"), ("csrf", "b" * 32)):
        stood = maria.cookies.get(name)
        maria.cookies[name] = value
        assert again(maria, week_of(world), before).status_code == 200, name
        maria.cookies[name] = stood.value if stood else ""


def test_another_day_makes_another_page(enter: Enter, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    maria = enter("Maria")
    before = maria.get(week_of(world))
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + timedelta(days=1))
    assert again(maria, week_of(world), before).status_code == 200


def test_father_mother_and_child_cost_one_rendering(enter: Enter, world: World) -> None:
    page(enter("Maria").get(week_of(world)))
    vera, address = enter("Vera"), week_of(world, "Vera")
    with counted_queries() as asked:
        text = page(vera.get(address))
    assert len(asked) == 1
    assert str(world.link("Maria", "Vera")) not in text


def test_what_is_kept_for_the_family_is_not_shown_to_the_trusted(
    enter: Enter, world: World, desk: Desk
) -> None:
    desk.mark("5", comment="Хорошо")
    desk.miss("ILL")
    page(enter("Maria").get(week_of(world)))
    text = page(enter("Zoya").get(week_of(world, "Zoya")))
    assert "Алгебра" in text
    assert "data-mark" not in text
    assert "data-absence" not in text


@pytest.mark.parametrize("section", ["marks/", "final-marks/", "notices/", f"marks/{UUID(int=5)}/"])
def test_a_section_that_was_not_opened_does_not_exist(enter: Enter, world: World, section: str) -> None:
    assert enter("Zoya").get(f"/diary/{world.link('Zoya', 'Vera')}/{section}").status_code == 404


def test_what_came_after_the_last_look_is_new_until_the_next(enter: Enter, world: World, desk: Desk) -> None:
    maria, link = enter("Maria"), world.link("Maria", "Vera")
    DiaryLink.objects.filter(pk=link).update(seen_at=NOON - timedelta(days=1))
    desk.mark("4")
    assert page(maria.get(week_of(world))).count("data-new") == 1
    assert maria.post(f"/diary/{link}/seen/").status_code == 204
    text = page(maria.get(week_of(world)))
    assert "data-new" not in text
    assert "z-look" not in text


def test_nobody_notes_a_look_at_somebody_elses_diary(enter: Enter, world: World) -> None:
    link = world.link("Maria", "Vera")
    assert enter("Olga").post(f"/diary/{link}/seen/").status_code == 404
    assert DiaryLink.objects.get(pk=link).seen_at is None


def test_a_page_asked_for_by_a_script_comes_without_its_frame(enter: Enter, world: World) -> None:
    maria = enter("Maria")
    whole = maria.get(week_of(world))
    part = again(maria, week_of(world), whole, **{"hx-request": "true"})
    assert "data-day" in page(part)
    assert "<html" not in page(part)


def test_the_kept_part_is_forgotten_with_the_revision(enter: Enter, world: World, desk: Desk) -> None:
    maria = enter("Maria")
    page(maria.get(week_of(world)))
    kept = len(caches["pages"]._cache)  # type: ignore[attr-defined]
    desk.mark("3")
    assert 'data-mark="3"' in page(maria.get(week_of(world)))
    assert len(caches["pages"]._cache) == kept + 1  # type: ignore[attr-defined]
