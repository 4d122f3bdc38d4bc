"""Edits of the journal outlive what happens to the network, the server, the browser and the session.

At the end of each story the database has what the teacher saw.
"""

import time
from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.e2e.people import Visitor, Visitors, journal_of
from tests.screens.journal.conftest import stood
from tests.world import World

PATIENCE_SECONDS = 10


def cell(anna: Visitor, world: World, name: str = "Vera") -> Locator:
    return anna.see(cell=True, student=world.people[name].pk, lesson=world.algebra.pk)


def put(anna: Visitor, world: World, value: str, name: str = "Vera") -> Locator:
    here = cell(anna, world, name)
    here.locator("input").focus()
    anna.page.keyboard.type(value)
    return here


KEPT_PAGES = """async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
    const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return kept.flat().map((request) => new URL(request.url).pathname);
}"""


def kept_pages(anna: Visitor) -> list[str]:
    kept: list[str] = anna.page.evaluate(KEPT_PAGES)
    return kept


def until(is_so: Callable[[], bool]) -> None:
    """Wait for something that no page shows."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def in_journal(visit: Visitors, world: World, who: str = "Anna") -> Visitor:
    anna: Visitor = visit(who)
    anna.open(journal_of(world.algebra.group_id))
    return anna


def test_edits_that_wait_survive_a_reload_and_a_closed_tab(world: World, visit: Visitors) -> None:
    anna = in_journal(visit, world)
    anna.context.route("**/cells/", lambda route: route.abort())
    expect(put(anna, world, "5")).to_have_attribute("data-state", "kept")
    anna.page.reload()
    expect(cell(anna, world)).to_have_attribute("data-state", "kept")
    expect(cell(anna, world).locator("input")).to_have_value("5")
    expect(put(anna, world, "4", "Pyotr")).to_have_attribute("data-state", "kept")
    expect(anna.see(waiting="kept").locator("[data-count]")).to_have_text("2")
    anna.page.close()
    assert stood(world) == {}
    anna.context.unroute("**/cells/")
    anna.page = anna.context.new_page()
    anna.open("/journal/")
    anna.page.wait_for_function("document.querySelector('edits-waiting')")
    anna.open(journal_of(world.algebra.group_id))
    expect(cell(anna, world)).to_have_attribute("data-mark", "5")
    expect(cell(anna, world, "Pyotr")).to_have_attribute("data-mark", "4")
    assert stood(world) == {"Vera": ["5"], "Pyotr": ["4"]}


def test_the_day_opens_without_a_network_as_of_when_it_was_fetched(world: World, visit: Visitors) -> None:
    anna = visit("Anna")
    anna.open("/journal/")
    until(lambda: len(kept_pages(anna)) == 4)
    anna.context.set_offline(True)
    for address in (f"/lessons/{world.algebra.pk}/", f"/journal/{world.algebra.group_id}/", "/journal/"):
        anna.open(address)
        expect(anna.see(waiting="offline")).to_contain_text("as of")
    anna.open(journal_of(world.physics.group_id))
    expect(anna.page.get_by_role("heading", name="No connection")).to_be_visible()
    anna.open(journal_of(world.algebra.group_id))
    expect(put(anna, world, "5")).to_have_attribute("data-state", "kept")
    anna.page.reload()
    expect(cell(anna, world).locator("input")).to_have_value("5")
    anna.context.set_offline(False)
    expect(cell(anna, world)).to_have_attribute("data-mark", "5")
    assert stood(world) == {"Vera": ["5"]}
