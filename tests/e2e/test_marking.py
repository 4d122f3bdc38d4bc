"""A school sets how it marks, and its teachers and families meet it at once."""

from playwright.sync_api import expect

from tests.e2e.people import Visitors
from tests.world import World


def test_a_kind_of_work_of_the_schools_own_is_marked_by_criteria_and_read_at_home(
    world: World, visit: Visitors
) -> None:
    darya, anna, maria = visit("Darya"), visit("Anna"), visit("Maria")
    darya.open("/office/marking/")
    form = darya.see(form="add-kind")
    form.locator("[name=title]").fill("Reciting")
    form.locator("[name=short]").fill("rec.")
    form.locator("[type=submit]").click()
    expect(darya.see(change=True)).to_contain_text("“Reciting” was added")
    anna.open(f"/lessons/{world.algebra.pk}/works/OWN1/")
    work = anna.see(form="work-scale")
    work.locator("[name=scale]").select_option("CRITERIA")
    for place, (title, most) in enumerate((("Text", "5"), ("Voice", "3")), start=1):
        work.locator(f"[name=title_{place}]").fill(title)
        work.locator(f"[name=most_{place}]").fill(most)
    work.locator("[type=submit]").click()
    vera = world.people["Vera"].pk
    anna.page.wait_for_function("() => Boolean(customElements.get('lesson-sheet'))")
    anna.page.locator(f"[name='mark-{vera}-OWN1']").fill("4+2")
    anna.page.locator(f"[name='comment-{vera}-OWN1']").focus()
    expect(anna.page.locator(".sheet__says")).to_have_text("Saved")
    maria.open(f"/diary/{world.link('Maria', 'Vera')}/marks/")
    maria.see(mark="4").click()
    expect(maria.page.locator("dialog")).to_contain_text("Voice")
    expect(maria.page.locator("dialog")).to_contain_text("2 of 3")
