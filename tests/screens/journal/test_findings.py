"""What is missing, shown to the teacher beside the journal, the lesson and the day."""

from datetime import timedelta

import pytest

from tests.screens.journal.conftest import Enter, Page, cell, send
from tests.world import MONDAY, NOON, World
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.db import counted_queries
from zvonok.kernel.scope import school_scope


@pytest.fixture
def over(world: World) -> World:
    """A school of which Monday's lessons are over."""
    with school_scope(world.north.school.pk):
        Lesson.objects.update(ends_at=NOON - timedelta(hours=1), starts_at=NOON - timedelta(hours=2))
    return world


def address(world: World, **asked: object) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"/journal/{world.algebra.group_id}/findings/?{query}"


def checks(page: Page) -> list[str]:
    return [tag["data-check"] for _name, tag in page.tags if "data-check" in tag]


def test_the_journal_the_lesson_and_the_day_fetch_what_is_missing(over: World, enter: Enter) -> None:
    anna, group = enter("Anna"), over.algebra.group_id
    fetched = {
        f"/journal/{group}/2026-11/": f"/journal/{group}/findings/?day=2026-11-30",
        f"/lessons/{over.algebra.pk}/": f"/journal/{group}/findings/?day={MONDAY}&lesson={over.algebra.pk}",
        "/journal/": "/journal/findings/",
    }
    for page, fragment in fetched.items():
        assert Page(anna.get(page)).having(**{"hx-get": fragment}), page


def test_an_unfilled_lesson_leads_the_teacher_to_it(over: World, enter: Enter) -> None:
    page = Page(enter("Anna").get(address(over)))
    assert checks(page) == ["UNFILLED"]
    assert page.having(href=f"/lessons/{over.algebra.pk}/")


def test_who_only_reads_is_led_to_the_journal(over: World, enter: Enter) -> None:
    page = Page(enter("Darya").get(address(over)))
    assert page.having(href=f"/journal/{over.algebra.group_id}/2026-11/")
    assert not page.having(href=f"/lessons/{over.algebra.pk}/")


def test_a_cell_is_named_so_that_the_grid_can_show_it(over: World, enter: Enter) -> None:
    anna = enter("Anna")
    send(anna, over, cell(over, "4"))
    send(anna, over, cell(over, absence="Н"))
    page = Page(anna.get(address(over, lesson=over.algebra.pk)))
    vera = str(over.people["Vera"].pk)
    assert "ABSENT_AND_MARKED" in checks(page)
    assert page.having(**{"data-student": vera, "href": f"/lessons/{over.algebra.pk}/#name-{vera}"})
    assert "NO_TOPIC" in checks(page)
    assert page.having(href=f"/lessons/{over.algebra.pk}/#id_topic")


def test_a_fragment_is_no_whole_page_and_a_page_is(over: World, enter: Enter) -> None:
    anna = enter("Anna")
    for path in (address(over), "/journal/findings/"):
        assert "<html" not in anna.get(path, headers={"HX-Request": "true"}).content.decode()
        assert "<html" in anna.get(path).content.decode()


@pytest.mark.parametrize("asked", [{"day": "moon"}, {"lesson": "x"}, {"day": "1000-01-01"}])
def test_a_crooked_address_is_answered_all_the_same(over: World, enter: Enter, asked: dict[str, str]) -> None:
    assert enter("Anna").get(address(over, **asked)).status_code == 200


def test_the_day_counts_what_is_missing_in_each_journal(over: World, enter: Enter) -> None:
    page = Page(enter("Anna").get("/journal/findings/"))
    assert page.having(**{"data-missing": "1"})
    assert "Nothing is missing" in Page(enter("Darya").get("/journal/findings/")).text


def test_a_fragment_keeps_to_its_queries(over: World, enter: Enter) -> None:
    anna = enter("Anna")
    with counted_queries() as of_group:
        anna.get(address(over), headers={"HX-Request": "true"})
    with counted_queries() as of_day:
        anna.get("/journal/findings/", headers={"HX-Request": "true"})
    assert len(of_group) <= 14
    assert len(of_day) <= 13
