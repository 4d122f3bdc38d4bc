"""What people come to do, from the first click to what the other side sees."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e.people import Visitors, journal_of, week_of
from tests.world import MONDAY, PASSWORD, World
from zvonok.domain.people.models import Account

SLIP = "kd7m-xq4t-p9wn"
OWN = "three tall poplars"


def pupil(world: World, name: str) -> UUID:
    return world.people[name].pk


def test_a_mark_typed_in_the_grid_is_in_the_mothers_diary(world: World, visit: Visitors) -> None:
    anna, maria = visit("Anna"), visit("Maria")
    anna.open(journal_of(world.algebra.group_id))
    here = anna.see(cell=True, student=pupil(world, "Vera"), lesson=world.algebra.pk)
    here.locator("input").focus()
    anna.page.keyboard.type("5")
    expect(here).to_have_attribute("data-mark", "5")
    expect(here).to_have_attribute("data-state", "saved")
    maria.open(week_of(world, "Maria", "Vera"))
    expect(maria.see(lesson=world.algebra.pk).locator("[data-mark='5']")).to_be_visible()


def test_enter_and_arrows_walk_the_grid_and_ctrl_z_takes_back(world: World, visit: Visitors) -> None:
    anna = visit("Anna")
    anna.open(journal_of(world.algebra.group_id))
    vera = anna.see(cell=True, student=pupil(world, "Vera"), lesson=world.algebra.pk)
    pyotr = anna.see(cell=True, student=pupil(world, "Pyotr"), lesson=world.algebra.pk)
    pyotr.locator("input").focus()
    anna.page.keyboard.type("4")
    anna.page.keyboard.press("ArrowUp" if _stands_above(vera, pyotr) else "Enter")
    expect(vera.locator("input")).to_be_focused()
    anna.page.keyboard.type("3")
    expect(vera).to_have_attribute("data-mark", "3")
    anna.page.keyboard.press("Control+z")
    expect(vera).not_to_have_attribute("data-mark", "3")
    expect(vera).to_have_attribute("data-state", "saved")
    expect(pyotr).to_have_attribute("data-mark", "4")


def _stands_above(one: Any, other: Any) -> bool:
    first, second = one.bounding_box(), other.bounding_box()
    assert first is not None
    assert second is not None
    return bool(first["y"] < second["y"])


def test_an_absence_is_one_letter_on_either_keyboard(world: World, visit: Visitors) -> None:
    anna, maria, olga = visit("Anna"), visit("Maria"), visit("Olga")
    anna.open(journal_of(world.algebra.group_id))
    for name, key, letter in (("Vera", "н", "Н"), ("Pyotr", "b", "Б")):
        here = anna.see(cell=True, student=pupil(world, name), lesson=world.algebra.pk)
        here.locator("input").focus()
        anna.page.keyboard.type(key)
        expect(here).to_have_attribute("data-absence", letter)
        expect(here).to_have_attribute("data-state", "saved")
    for mother, child, letter in ((maria, "Vera", "Н"), (olga, "Pyotr", "Б")):
        mother.open(week_of(world, "Maria" if child == "Vera" else "Olga", child))
        expect(mother.see(lesson=world.algebra.pk).locator(f"[data-absence='{letter}']")).to_be_visible()


def test_a_mother_explains_the_class_teacher_accepts_and_the_diary_shows_it(
    world: World, visit: Visitors
) -> None:
    anna, maria = visit("Anna"), visit("Maria", java_script_enabled=False)
    anna.open(journal_of(world.algebra.group_id))
    here = anna.see(cell=True, student=pupil(world, "Vera"), lesson=world.algebra.pk)
    here.locator("input").focus()
    anna.page.keyboard.type("н")
    expect(here).to_have_attribute("data-state", "saved")
    attendance = f"/diary/{world.link('Maria', 'Vera')}/attendance/"
    maria.open(attendance)
    maria.see(day=MONDAY).get_by_role("link").click()
    form = maria.see(form="note")
    expect(form.locator("[name=from_slot]")).to_have_value("1")
    form.locator("[name=text]").fill("Fever since the morning")
    form.locator("[type=submit]").click()
    expect(maria.see(state="SENT")).to_contain_text("Fever since the morning")
    anna.open(f"/class/{world.north.classes['7Б'].pk}/")
    anna.see(form="accept-note").get_by_role("button").click()
    expect(anna.see(form="accept-note")).to_have_count(0)
    maria.open(attendance)
    expect(maria.see(state="ACCEPTED")).to_be_visible()
    maria.open(week_of(world, "Maria", "Vera"))
    expect(maria.see(lesson=world.algebra.pk).locator("[data-absence='Б']")).to_be_visible()


def test_without_script_a_register_is_saved_but_for_its_bad_line(world: World, visit: Visitors) -> None:
    anna, maria, olga = visit("Anna", java_script_enabled=False), visit("Maria"), visit("Olga")
    anna.open(f"/lessons/{world.algebra.pk}/")
    anna.page.locator(f"[name^='mark-{pupil(world, 'Vera')}']").fill("7")
    anna.page.locator(f"[name^='mark-{pupil(world, 'Pyotr')}']").fill("5")
    with anna.page.expect_response(lambda told: "/register/" in told.url) as answer:
        anna.see(form="register").get_by_role("button", name="Save").click()
    assert answer.value.status == 422
    refused = anna.see(student=pupil(world, "Vera"))
    expect(refused.locator("[data-error]")).not_to_be_empty()
    expect(refused.locator("[name^='mark-']")).to_have_value("7")
    expect(anna.see(student=pupil(world, "Pyotr")).locator("[data-error]")).to_have_count(0)
    olga.open(week_of(world, "Olga", "Pyotr"))
    expect(olga.see(lesson=world.algebra.pk).locator("[data-mark='5']")).to_be_visible()
    maria.open(week_of(world, "Maria", "Vera"))
    expect(maria.see(lesson=world.algebra.pk).locator("[data-mark]")).to_have_count(0)


def test_a_slip_leads_through_the_first_entry_to_the_diary(world: World, visit: Visitors) -> None:
    Account.objects.filter(login="olga").update(
        password=make_password(SLIP), temporary_until=timezone.localdate(), entered_at=None, email=None
    )
    olga = visit("")
    olga.sign_in("olga", SLIP)
    form = olga.see(form="welcome")
    form.locator("[name=email]").fill("olga@example.org")
    form.locator("[name=password]").fill(OWN)
    form.locator("[name=password_again]").fill(OWN)
    form.locator("[type=submit]").click()
    expect(olga.page).to_have_url(olga.base + week_of(world, "Olga", "Pyotr"))
    expect(olga.see(lesson=world.algebra.pk)).to_be_visible()
    again = visit("")
    again.sign_in("olga", SLIP)
    expect(again.see(error="wrong_credentials")).to_be_visible()


def test_a_mother_goes_from_child_to_child_across_schools(world: World, visit: Visitors) -> None:
    maria = visit("")
    maria.sign_in("maria")
    maria.open("/diaries/")
    maria.see(child=world.link("Maria", "Vera")).click()
    expect(maria.see(lesson=world.algebra.pk)).to_be_visible()
    maria.see(child=world.link("Maria", "Lev")).click()
    expect(maria.see(lesson=world.southern.pk)).to_be_visible()
    expect(maria.see(lesson=world.algebra.pk)).to_have_count(0)


def test_the_language_is_remembered_here_and_at_the_next_sign_in(world: World, visit: Visitors) -> None:
    maria = visit("Maria", language="ru")
    maria.open("/diaries/")
    expect(maria.page.get_by_role("heading", name="Дневники")).to_be_visible()
    maria.page.locator("button[name=language][value=en]").click()
    expect(maria.page.get_by_role("heading", name="Diaries")).to_be_visible()
    maria.open("/notices/")
    expect(maria.page.locator("html")).to_have_attribute("lang", "en")
    elsewhere = visit("", language="", locale="ru-RU")
    elsewhere.sign_in("maria")
    expect(elsewhere.page.locator("html")).to_have_attribute("lang", "en")


def test_a_cancelled_lesson_is_cancelled_in_the_diary_at_once(world: World, visit: Visitors) -> None:
    yana, maria = visit("Yana"), visit("Maria")
    yana.open(f"/office/day/{MONDAY}/")
    yana.see(lesson=world.algebra.pk).get_by_role("link", name="Change").click()
    form = yana.page.get_by_role("dialog").locator("[data-form=cancel-lesson]")
    form.locator("[name=reason]").fill("The heating has failed")
    form.get_by_role("button").click()
    expect(yana.see(lesson=world.algebra.pk, state="CANCELLED")).to_be_visible()
    maria.open(week_of(world, "Maria", "Vera"))
    expect(maria.see(lesson=world.algebra.pk)).to_contain_text("cancelled")
    expect(maria.see(lesson=world.algebra.pk)).to_contain_text("The heating has failed")


def test_a_strangers_diary_is_not_there(world: World, visit: Visitors) -> None:
    olga = visit("Olga")
    for page in ("", "marks/", "final-marks/", "notices/", f"week/{MONDAY}/", f"day/{MONDAY}/"):
        answer = olga.open(f"/diary/{world.link('Maria', 'Vera')}/{page}")
        assert answer.status == 404, page
        expect(olga.page.locator("body")).not_to_contain_text("Vera")


def test_after_the_sign_out_the_way_back_shows_no_diary(world: World, visit: Visitors) -> None:
    maria = visit("")
    maria.sign_in("maria")
    maria.open(week_of(world, "Maria", "Vera"))
    expect(maria.see(lesson=world.algebra.pk)).to_be_visible()
    maria.page.locator("summary").first.click()
    maria.see(form="sign-out").get_by_role("button").click()
    expect(maria.page).to_have_url(f"{maria.base}/")
    maria.page.go_back()
    expect(maria.see(form="sign-in")).to_be_visible()
    expect(maria.see(lesson=world.algebra.pk)).to_have_count(0)


def test_what_is_typed_without_a_network_is_kept_and_says_so(world: World, visit: Visitors) -> None:
    anna, maria = visit("Anna"), visit("Maria")
    anna.open(journal_of(world.algebra.group_id))
    here = anna.see(cell=True, student=pupil(world, "Vera"), lesson=world.algebra.pk)
    anna.context.set_offline(True)
    here.locator("input").focus()
    anna.page.keyboard.type("5")
    expect(here).to_have_attribute("data-state", "kept")
    expect(here).to_contain_text("kept here")
    maria.open(week_of(world, "Maria", "Vera"))
    expect(maria.see(lesson=world.algebra.pk).locator("[data-mark]")).to_have_count(0)
    anna.context.set_offline(False)
    expect(here).to_have_attribute("data-state", "saved")
    maria.page.reload()
    expect(maria.see(lesson=world.algebra.pk).locator("[data-mark='5']")).to_be_visible()


def test_a_mark_that_no_scale_knows_is_refused_in_words(world: World, visit: Visitors) -> None:
    anna = visit("Anna")
    anna.open(journal_of(world.algebra.group_id))
    here = anna.see(cell=True, student=pupil(world, "Vera"), lesson=world.algebra.pk)
    here.locator("input").focus()
    anna.page.keyboard.type("7")
    expect(here).to_have_attribute("data-state", "refused")
    expect(here.locator("input")).to_have_attribute("aria-invalid", "true")
    expect(here.locator("input")).to_have_accessible_description("“7” is not a mark of this scale.")
    expect(here).not_to_have_attribute("data-mark", "7")


def test_two_teachers_in_one_cell_see_each_other(world: World, visit: Visitors) -> None:
    first, second = visit("Anna"), visit("Anna")
    cells = []
    for anna in (first, second):
        anna.open(journal_of(world.algebra.group_id))
        cells.append(anna.see(cell=True, student=pupil(world, "Vera"), lesson=world.algebra.pk))
    for anna, here, value in ((first, cells[0], "4"), (second, cells[1], "2")):
        here.locator("input").focus()
        anna.page.keyboard.type(value)
        expect(here).to_have_attribute("data-mark", "4")
    expect(cells[1]).to_have_attribute("data-state", "conflict")
    second.page.get_by_role("button", name="Keep mine").click()
    expect(cells[1]).to_have_attribute("data-mark", "2")
    expect(cells[1]).to_have_attribute("data-state", "saved")


def test_homework_written_at_the_lesson_stands_at_the_next_one(world: World, visit: Visitors) -> None:
    due = MONDAY + timedelta(days=1)
    anna, maria = visit("Anna"), visit("Maria")
    anna.open(f"/lessons/{world.algebra.pk}/")
    form = anna.see(form="homework")
    form.locator("[name=text]").fill("№ 112–115")
    form.locator("[name=due_on]").fill(str(due))
    form.locator("[type=submit]").last.click()
    expect(anna.see(form="homework").locator("[name=text]")).to_have_value("№ 112–115")
    maria.open(week_of(world, "Maria", "Vera"))
    expect(maria.page.locator("main")).to_contain_text("№ 112–115")


def test_a_wrong_password_keeps_the_login_and_says_nothing_more(world: World, visit: Visitors) -> None:
    guest = visit("")
    told = []
    for login, password in (("maria", "not hers"), ("nobody", PASSWORD)):
        guest.sign_in(login, password)
        expect(guest.see(form="sign-in").locator("[name=login]")).to_have_value(login)
        told.append(guest.see(error="wrong_credentials").inner_text())
    assert told[0] == told[1]
