"""One work on its way in a browser: handed in, returned, replaced, marked, and the mark in the diary."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.domain.test_homework import given, plan
from tests.domain.test_submissions import send
from tests.e2e.people import Visitor, Visitors, week_of
from tests.e2e.test_every_page import faults
from tests.handing_in import PDF
from tests.screens.journal.test_submissions import FRIDAY
from tests.world import NOON, World
from zvonok.domain.homework.models import Homework
from zvonok.kernel.ids import uuid7

PAPER: Any = {"name": "page.pdf", "mimeType": "application/pdf", "buffer": PDF}


@pytest.fixture
def homework(world: World) -> Homework:
    """Given on Friday, to be handed in on Monday."""
    friday = plan(world, FRIDAY)
    return given(world, "№ 214", lesson=friday, hand_in=True, at=NOON.replace(day=6))


def hand_in(who: Visitor, words: str, *, with_file: bool = False) -> None:
    """Fill the form of the homework's page and send it off."""
    form = who.see(form="hand-in")
    form.locator("textarea").fill(words)
    if with_file:
        who.page.wait_for_function("() => Boolean(customElements.get('upload-field'))")
        form.locator("input[type=file]").first.set_input_files([PAPER])
        expect(who.page.get_by_text("it has come")).to_be_visible()
    form.get_by_role("button", name="Hand in").click()


def test_a_work_goes_there_and_back_and_the_parent_sees_its_mark(
    world: World, homework: Homework, visit: Visitors
) -> None:
    maria, anna = visit("Maria"), visit("Anna")
    page = maria.page
    maria.open(week_of(world, "Maria", "Vera"))
    page.locator(f"a[href$='homework/{homework.pk}/']").first.click()
    hand_in(maria, "x = 2", with_file=True)
    expect(maria.see(state="SENT").first).to_contain_text("x = 2")
    assert faults(page) == []
    anna.open("/journal/")
    anna.see(waiting=homework.pk).get_by_role("link").click()
    assert faults(anna.page) == []
    anna.see(pupil=world.people["Vera"].pk).get_by_role("link").click()
    anna.see(form="answer").locator("textarea").fill("Show the steps")
    anna.page.get_by_role("button", name="Return for rework").click()
    page.reload()
    expect(page.get_by_text("Show the steps")).to_be_visible()
    hand_in(maria, "x = 3, because")
    anna.open(f"/homework/{homework.pk}/submissions/{world.people['Vera'].pk}/")
    expect(anna.page.get_by_text("x = 3, because")).to_be_visible()
    assert faults(anna.page) == []
    anna.see(form="answer").locator("[name=value]").fill("5")
    anna.page.get_by_role("button", name="Accept").click()
    expect(anna.see(standing="ACCEPTED")).to_have_count(1)
    page.reload()
    expect(maria.see(state="ACCEPTED")).to_have_count(1)
    maria.open(week_of(world, "Maria", "Vera"))
    expect(page.locator(".mark").first).to_contain_text("5")


def test_the_keys_lead_from_work_to_work(world: World, homework: Homework, visit: Visitors) -> None:
    for name in ("Vera", "Pyotr"):
        send(world, homework, f"by {name}", who=name, whose=name, id=uuid7())
    anna = visit("Anna")
    anna.open(f"/homework/{homework.pk}/submissions/{world.people['Vera'].pk}/")
    for key, name in (("k", "Pyotr"), ("j", "Vera"), ("ArrowLeft", "Pyotr"), ("ArrowRight", "Vera")):
        anna.page.wait_for_function("() => Boolean(customElements.get('work-keys'))")
        anna.page.keyboard.press(key)
        expect(anna.see(state="SENT")).to_contain_text(f"by {name}")


def test_without_script_a_work_is_handed_in_too(world: World, homework: Homework, visit: Visitors) -> None:
    maria = visit("Maria", java_script_enabled=False, viewport={"width": 360, "height": 740})
    maria.open(f"/diary/{world.link('Maria', 'Vera')}/homework/{homework.pk}/")
    form = maria.see(form="hand-in")
    form.locator("input[type=file]").first.set_input_files([PAPER])
    form.get_by_role("button", name="Hand in").click()
    expect(maria.see(file=True).first).to_contain_text("page.pdf")
