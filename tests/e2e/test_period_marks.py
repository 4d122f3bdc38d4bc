"""Period marks from the keyboard, in a real browser."""

from playwright.sync_api import expect

from tests.e2e.people import Visitors
from tests.world import World
from zvonok.domain.attestation.models import PeriodMark
from zvonok.kernel.scope import school_scope


def standing(world: World) -> list[tuple[str, str, str]]:
    with school_scope(world.north.school.pk):
        marks = PeriodMark.objects.filter(withdrawn_at=None).order_by("student__first_name")
        return list(marks.values_list("student__first_name", "value", "reason"))


def test_a_column_is_filled_from_the_keyboard(world: World, visit: Visitors) -> None:
    anna = visit("Anna")
    anna.open(f"/period-marks/{world.algebra.group_id}/2/")
    pyotr, vera = (anna.see(student=world.people[name].pk) for name in ("Pyotr", "Vera"))
    pyotr.locator(".cell__field").focus()
    anna.page.keyboard.press(" ")
    expect(pyotr.locator("td[data-state=saved] .cell__field")).to_have_value("н/а")
    anna.page.keyboard.press("ArrowDown")
    expect(vera.locator(".cell__field")).to_be_focused()
    anna.page.keyboard.type("5")
    anna.page.keyboard.press("Enter")
    expect(vera.locator("td[data-state=refused]")).to_be_visible()
    expect(vera.locator(".cell__reason")).to_contain_text("Say why")
    expect(vera.locator(".periods__reason")).to_be_focused()
    anna.page.keyboard.type("Examined aloud")
    anna.page.keyboard.press("Enter")
    expect(vera.locator("td[data-state=saved]")).to_be_visible()
    expect(vera.locator(".cell__reason")).to_have_count(0)
    assert standing(world) == [("Pyotr", "н/а", ""), ("Vera", "5", "Examined aloud")]


def test_of_two_windows_the_second_chooses(world: World, visit: Visitors) -> None:
    first, second = visit("Anna"), visit("Anna")
    for one in (first, second):
        one.open(f"/period-marks/{world.algebra.group_id}/2/")
    for one, reason in ((first, "mine"), (second, "theirs")):
        row = one.see(student=world.people["Vera"].pk)
        row.locator(".periods__reason").fill(reason)
        row.locator(".cell__field").fill("4")
        row.locator(".cell__field").press("Enter")
        expect(row.locator("td[data-state=saved], td[data-state=conflict]")).to_be_visible()
    row = second.see(student=world.people["Vera"].pk)
    row.get_by_role("button", name="Keep mine").click()
    expect(row.locator("td[data-state=saved]")).to_be_visible()
    assert standing(world) == [("Vera", "4", "theirs")]


def test_why_opens_in_a_dialog(world: World, visit: Visitors) -> None:
    anna = visit("Anna")
    anna.open(f"/period-marks/{world.algebra.group_id}/2/")
    anna.see(student=world.people["Vera"].pk).get_by_role("link", name="Why?").first.click()
    expect(anna.page.get_by_role("dialog")).to_contain_text("Too few marks: 0.")
