"""The journal's grid as a spreadsheet: keys, blocks, undo, the menu, and how fast a key shows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.people import Visitor, Visitors, journal_of
from tests.screens.journal.test_pages import fill, mark_all
from tests.world import MONDAY, World, lesson
from zvonok.kernel.scope import school_scope

Grid = Callable[[str, int], Locator]
SLOWEST_KEY_MS = 50
CI = 4  # a machine that runs other tests at the same time


@pytest.fixture
def earlier(world: World) -> World:
    """Three lessons more, of the days before Monday."""
    with school_scope(world.north.school.pk):
        for days in (5, 4, 3):
            lesson(world.north, "Алгебра 7Б", MONDAY - timedelta(days=days), 1, world.people["Anna"])
    return world


@pytest.fixture
def anna(earlier: World, visit: Visitors) -> Visitor:
    """Anna before the month of 7Б."""
    visitor = visit("Anna")
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.open(journal_of(earlier.algebra.group_id))
    return visitor


@pytest.fixture
def at(anna: Visitor, earlier: World) -> Grid:
    """Find a cell by the student's first name and the place of the lesson in the month."""

    def cell(name: str, place: int) -> Locator:
        return anna.see(cell=True, student=earlier.people[name].pk).nth(place)

    return cell


def press(visitor: Visitor, *keys: str) -> None:
    for key in keys:
        visitor.page.keyboard.press(key)


def expect_mark(cell: Locator, mark: str) -> None:
    expect(cell).to_have_attribute("data-mark", mark)
    expect(cell).to_have_attribute("data-state", "saved")


def expect_empty(cell: Locator) -> None:
    expect(cell).not_to_have_attribute("data-mark", "x", timeout=1)
    expect(cell.locator("input")).to_have_value("")
    expect(cell).to_have_attribute("data-state", "saved")


def test_the_keys_of_a_spreadsheet_lead_through_the_grid(anna: Visitor, at: Grid) -> None:
    at("Pyotr", 1).locator("input").focus()
    for key, name, place in (
        ("Home", "Pyotr", 0),
        ("End", "Pyotr", 3),
        ("PageDown", "Vera", 3),
        ("Control+Home", "Pyotr", 0),
        ("Control+End", "Vera", 3),
        ("PageUp", "Pyotr", 3),
        ("ArrowLeft", "Pyotr", 2),
        ("Enter", "Vera", 2),
        ("Shift+Enter", "Pyotr", 2),
        ("Tab", "Pyotr", 3),
    ):
        press(anna, key)
        expect(at(name, place).locator("input")).to_be_focused()


@pytest.mark.parametrize(("key", "letter"), [("y", "Н"), (",", "Б"), ("e", "УП"), ("j", "О"), ("у", "УП")])
def test_the_letter_lies_on_the_same_key_in_either_layout(
    anna: Visitor, at: Grid, key: str, letter: str
) -> None:
    at("Vera", 0).locator("input").focus()
    anna.page.keyboard.type(key)
    expect(at("Vera", 0)).to_have_attribute("data-absence", letter)


def test_what_was_done_is_taken_back_and_done_again(anna: Visitor, at: Grid) -> None:
    at("Vera", 0).locator("input").focus()
    anna.page.keyboard.type("3")
    expect_mark(at("Vera", 0), "3")
    anna.page.keyboard.type("4")
    expect_mark(at("Vera", 0), "4")
    press(anna, "Control+z")
    expect_mark(at("Vera", 0), "3")
    press(anna, "Control+z")
    expect_empty(at("Vera", 0))
    press(anna, "Control+y", "Control+y")
    expect_mark(at("Vera", 0), "4")


def test_a_block_goes_out_as_a_table_and_comes_back_elsewhere(anna: Visitor, at: Grid) -> None:
    at("Pyotr", 0).locator("input").focus()
    for key in ("5", "ArrowRight", "4", "ArrowDown", "3", "ArrowLeft", "n"):
        anna.page.keyboard.press(key)
    press(anna, "ArrowUp", "Shift+ArrowDown", "Shift+ArrowRight", "Control+c")
    assert anna.page.evaluate("navigator.clipboard.readText()") == "5\t4\nН\t3"
    at("Pyotr", 2).locator("input").focus()
    press(anna, "Control+v")
    expect_mark(at("Pyotr", 2), "5")
    expect_mark(at("Vera", 3), "3")
    expect(at("Vera", 2)).to_have_attribute("data-absence", "Н")
    press(anna, "Control+z")
    expect_empty(at("Pyotr", 2))
    expect_empty(at("Vera", 3))


def test_a_pasted_block_says_which_cells_were_refused_and_why(anna: Visitor, at: Grid) -> None:
    anna.page.evaluate("navigator.clipboard.writeText('5\\t7\\nx\\t4')")
    at("Pyotr", 0).locator("input").focus()
    press(anna, "Control+v")
    told = anna.see(report=True)
    expect(told).to_contain_text("2 of 4 cells were not written")
    expect(told).to_contain_text("“7” is not a mark of this scale.")
    expect(told.get_by_role("listitem")).to_have_count(2)
    expect_mark(at("Pyotr", 0), "5")
    expect_mark(at("Vera", 1), "4")


def test_a_block_is_cleared_by_one_key(anna: Visitor, at: Grid) -> None:
    at("Pyotr", 0).locator("input").focus()
    press(anna, "5", "Enter", "4")
    expect_mark(at("Vera", 0), "4")
    press(anna, "Shift+ArrowUp", "Delete")
    expect_empty(at("Pyotr", 0))
    expect_empty(at("Vera", 0))


def test_a_column_is_filled_for_those_who_are_here(anna: Visitor, at: Grid) -> None:
    at("Pyotr", 3).locator("input").focus()
    press(anna, "n", "ArrowDown", "5")
    expect_mark(at("Vera", 3), "5")
    press(anna, "Control+Enter")
    is_absent = at("Pyotr", 3)
    expect(is_absent).to_have_attribute("data-absence", "Н")
    is_empty_mark = at("Pyotr", 3).locator("input")
    expect(is_empty_mark).to_have_value("Н")
    at("Pyotr", 2).locator("input").focus()
    press(anna, "4")
    press(anna, "Control+Enter")
    expect_mark(at("Vera", 2), "4")


def test_the_menu_opens_by_key_and_writes(anna: Visitor, at: Grid) -> None:
    at("Vera", 0).locator("input").focus()
    press(anna, "Shift+F10")
    menu = anna.page.get_by_role("menu")
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    press(anna, "ArrowDown", "Enter")
    expect(menu).to_be_hidden()
    expect(at("Vera", 0)).to_have_attribute("data-absence", "Б")
    expect(at("Vera", 0).locator("input")).to_be_focused()
    at("Vera", 0).click(button="right")
    expect(menu).to_be_visible()
    press(anna, "Escape")
    expect(menu).to_be_hidden()


def test_a_retake_is_typed_after_the_mark(anna: Visitor, at: Grid) -> None:
    vera = at("Vera", 3)
    vera.locator("input").focus()
    press(anna, "2", "/")
    expect_mark(vera, "2")
    anna.page.wait_for_timeout(100)
    press(anna, "4")
    expect_mark(vera, "2/4")
    press(anna, "Control+z")
    expect_mark(vera, "2")


def test_a_comment_is_written_from_the_menu_and_outlives_another_digit(anna: Visitor, at: Grid) -> None:
    vera = at("Vera", 3)
    vera.locator("input").focus()
    press(anna, "3")
    expect_mark(vera, "3")
    press(anna, "Shift+F10")
    anna.page.get_by_role("menuitem", name="Comment and history").click()
    dialog = anna.page.get_by_role("dialog")
    expect(dialog.locator("[data-event]")).to_contain_text("mark 3")
    dialog.get_by_label("Comment for the family").fill("Miscounted")
    dialog.get_by_role("button", name="Save the comment").click()
    expect(dialog).to_be_hidden()
    expect(vera).to_have_attribute("title", "Miscounted")
    expect_mark(vera, "3")
    press(anna, "4")
    expect_mark(vera, "4")
    expect(vera).to_have_attribute("title", "Miscounted")


def test_a_cell_is_called_by_all_that_stands_there(anna: Visitor, at: Grid) -> None:
    at("Vera", 3).locator("input").focus()
    press(anna, "5")
    expect_mark(at("Vera", 3), "5")
    expect(at("Vera", 3).locator("input")).to_have_accessible_name(
        "Иванова Vera, 9 November, Алгебра, mark 5"
    )


def test_somebody_who_is_here_and_was_not_asked_is_chosen(anna: Visitor, at: Grid) -> None:
    at("Pyotr", 3).locator("input").focus()
    press(anna, "b")
    expect(at("Pyotr", 3)).to_have_attribute("data-state", "saved")
    button = anna.page.get_by_role("button", name="Who is to answer?")
    button.click()
    expect(anna.see(asked=True)).to_have_text("Иванова Vera")
    expect(at("Vera", 3).locator("input")).to_be_focused()
    press(anna, "5")
    expect_mark(at("Vera", 3), "5")
    button.click()
    expect(anna.see(asked=True)).to_contain_text("Everybody here has been asked")


def test_a_key_shows_at_once_in_a_full_journal(world: World, visit: Visitors) -> None:
    fill(world)
    mark_all(world)
    anna = visit("Anna")
    anna.open(journal_of(world.algebra.group_id))
    assert anna.see(cell=True).count() == 1400
    anna.see(cell=True).nth(700).locator("input").focus()
    anna.page.evaluate(
        """() => {
            window.waits = [];
            addEventListener("keydown", () => {
                const began = performance.now();
                // The frame after the next one begins when the key has been painted.
                requestAnimationFrame(() => requestAnimationFrame(() => waits.push(performance.now() - began)));
            }, { capture: true });
        }"""
    )
    for key in ("4", "ArrowDown", "3", "ArrowRight", "5", "ArrowUp", "n", "ArrowLeft"):
        anna.page.keyboard.press(key)
        anna.page.wait_for_timeout(60)
    waits = sorted(anna.page.evaluate("waits"))
    assert len(waits) == 8
    assert waits[4] <= SLOWEST_KEY_MS * CI, waits


def test_a_point_waits_for_its_mark_with_its_day_beside_it(anna: Visitor, at: Grid) -> None:
    cell = at("Vera", 0)
    cell.locator("input").focus()
    press(anna, ".")
    expect_mark(cell, ".")
    expect(cell).to_have_attribute("data-due", "23.11")
    press(anna, "4")
    expect_mark(cell, "4")
    expect(cell).not_to_have_attribute("data-due", "23.11")
