"""Without a mouse: where the focus goes, and that it can be seen."""

import pytest
from playwright.sync_api import expect

from tests.e2e.people import Visitors, week_of
from tests.world import World

SHOWS_FOCUS = """() => {
    const focused = document.activeElement;
    const ringed = (one) => one && getComputedStyle(one).outlineStyle !== "none";
    // A field of a date rings the part of itself that has the focus, where no script can look.
    return ringed(focused) || ringed(focused.closest("label")) || focused.type === "date";
}"""


def test_the_first_key_offers_to_skip_to_the_content(world: World, visit: Visitors) -> None:
    maria = visit("Maria")
    maria.open(week_of(world, "Maria", "Vera"))
    maria.page.keyboard.press("Tab")
    skip = maria.page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    box = skip.bounding_box()
    assert box is not None
    assert box["width"] > 40
    maria.page.keyboard.press("Enter")
    expect(maria.page.locator("main")).to_be_focused()


@pytest.mark.parametrize("who", ["Maria", "Anna", "Yana"])
def test_the_focus_can_be_seen_wherever_it_is(full_world: World, visit: Visitors, who: str) -> None:
    pages = {
        "Maria": week_of(full_world, "Maria", "Vera"),
        "Anna": f"/lessons/{full_world.algebra.pk}/",
        "Yana": "/office/import/",
    }
    visitor = visit(who)
    visitor.open(pages[who])
    for step in range(1, 60):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("document.activeElement === document.body"):
            assert step > 10
            return
        assert visitor.page.evaluate(SHOWS_FOCUS), visitor.page.evaluate("document.activeElement.outerHTML")


def test_the_account_menu_opens_and_closes_by_key(world: World, visit: Visitors) -> None:
    maria = visit("Maria")
    maria.open("/diaries/")
    button = maria.page.locator("summary").first
    button.focus()
    maria.page.keyboard.press("Enter")
    leave = maria.see(form="sign-out").get_by_role("button")
    expect(leave).to_be_visible()
    maria.page.keyboard.press("Escape")
    expect(leave).to_be_hidden()
    expect(button).to_be_focused()
