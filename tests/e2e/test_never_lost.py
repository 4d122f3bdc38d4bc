"""Edits of the journal outlive what happens to the network, the server, the browser and the session.

At the end of each story the database has what the teacher saw.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.e2e.gradebook import (
    all_saved,
    cell,
    forty_edits,
    in_journal,
    kept_pages,
    put,
    put_all,
    seen,
    stored,
    waits,
)
from tests.e2e.killable import KillableServer
from tests.e2e.patience import until
from tests.e2e.people import Visitor, Visitors, journal_of
from tests.world import NOON, World
from zvonok.domain.marks.models import Mark
from zvonok.domain.people.models import Session
from zvonok.domain.schools.models import StudyPeriod
from zvonok.kernel.scope import school_scope
from zvonok.screens.journal.views import offline

CELLS = "**/cells/"


def cut(anna: Visitor) -> None:
    anna.context.set_offline(True)


def mend(anna: Visitor) -> None:
    anna.context.set_offline(False)


def test_the_network_is_cut_in_the_middle_of_forty_edits(world: World, visit: Visitors) -> None:
    edits = forty_edits(world)
    anna = in_journal(visit, world)
    put_all(anna, world, edits, {13: lambda: cut(anna), 24: lambda: mend(anna), 31: lambda: cut(anna)})
    mend(anna)
    all_saved(anna)
    assert stored(world) == seen(anna, world) == {where: value.upper() for where, value in edits.items()}


@pytest.fixture
def server(world: World) -> Iterator[KillableServer]:
    started = KillableServer()
    yield started
    started.kill()


def test_the_server_is_killed_in_the_middle_of_forty_edits(
    world: World, browser: Browser, server: KillableServer
) -> None:
    edits = forty_edits(world)
    anna = Visitor(world, "Anna", browser, base=server.url)
    anna.open(journal_of(world.algebra.group_id))
    first = cell(anna, world, *next(iter(edits)))
    put_all(
        anna,
        world,
        edits,
        {10: lambda: expect(first).to_have_attribute("data-state", "saved"), 17: server.kill},
    )
    expect(cell(anna, world, *list(edits)[-1])).to_have_attribute("data-state", "kept")
    assert 0 < len(stored(world)) < 40
    server.start()
    all_saved(anna)
    assert stored(world) == seen(anna, world) == {where: value.upper() for where, value in edits.items()}
    anna.close()


def test_an_answer_that_was_lost_on_its_way_back_counts_once(world: World, visit: Visitors) -> None:
    anna = in_journal(visit, world)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    anna.context.route(CELLS, lose, times=1)
    expect(put(anna, world, "5")).to_have_attribute("data-state", "kept")
    expect(cell(anna, world)).to_have_attribute("data-mark", "5")
    put(anna, world, "4")
    expect(cell(anna, world)).to_have_attribute("data-mark", "4")
    with school_scope(world.north.school.pk):
        assert list(Mark.objects.order_by("id").values_list("value", flat=True)) == ["5", "4"]


def test_a_batch_that_was_answered_by_half_goes_on_with_the_other_half(world: World, visit: Visitors) -> None:
    anna = in_journal(visit, world)
    sent: list[list[str]] = []

    def halve(route: Route) -> None:
        cells = json.loads(route.request.post_data or "")["cells"]
        sent.append([one["id"] for one in cells])
        route.continue_(post_data=json.dumps({"cells": cells[:1]}))

    cut(anna)
    put(anna, world, "5")
    put(anna, world, "3", "Pyotr")
    waits(anna, 2)
    anna.context.route(CELLS, halve)
    mend(anna)
    all_saved(anna)
    assert [len(ids) for ids in sent] == [2, 1]
    assert sent[0][1:] == sent[1]
    assert stored(world) == {("Vera", world.algebra): "5", ("Pyotr", world.algebra): "3"}


def test_edits_that_wait_survive_a_reload_and_a_closed_tab(world: World, visit: Visitors) -> None:
    anna = in_journal(visit, world)
    anna.context.route(CELLS, lambda route: route.abort())
    expect(put(anna, world, "5")).to_have_attribute("data-state", "kept")
    anna.page.reload()
    expect(cell(anna, world)).to_have_attribute("data-state", "kept")
    expect(cell(anna, world).locator("input")).to_have_value("5")
    put(anna, world, "4", "Pyotr")
    waits(anna, 2)
    anna.page.close()
    assert stored(world) == {}
    anna.context.unroute(CELLS)
    anna.page = anna.context.new_page()
    anna.open("/journal/")
    until(lambda: stored(world) == {("Vera", world.algebra): "5", ("Pyotr", world.algebra): "4"})


def test_the_last_of_several_edits_of_a_cell_stands(world: World, visit: Visitors) -> None:
    anna = in_journal(visit, world)
    put(anna, world, "2")
    expect(cell(anna, world)).to_have_attribute("data-mark", "2")
    cut(anna)
    for value in ("3", "н", "4", "5"):
        put(anna, world, value)
    anna.page.keyboard.press("Delete")
    put(anna, world, "4")
    waits(anna, 6)
    mend(anna)
    all_saved(anna)
    assert stored(world) == seen(anna, world) == {("Vera", world.algebra): "4"}


def test_two_tabs_show_one_truth_and_send_each_edit_once(world: World, visit: Visitors) -> None:
    anna = in_journal(visit, world)
    sent: list[str] = []
    anna.context.on("request", lambda request: sent.extend(_ids(request.url, request.post_data)))
    first, second = anna.page, anna.context.new_page()
    second.goto(journal_of(world.algebra.group_id))
    cut(anna)
    put(anna, world, "5")
    anna.page = second
    put(anna, world, "3", "Pyotr")
    waits(anna, 2)
    sent.clear()
    mend(anna)
    for anna.page in (first, second):
        expect(cell(anna, world)).to_have_attribute("data-mark", "5")
        expect(cell(anna, world, "Pyotr")).to_have_attribute("data-mark", "3")
        all_saved(anna)
    assert len(sent) == len(set(sent)) == 2
    assert stored(world) == {("Vera", world.algebra): "5", ("Pyotr", world.algebra): "3"}


def _ids(url: str, body: str | None) -> list[str]:
    return [one["id"] for one in json.loads(body or "{}")["cells"]] if url.endswith("/cells/") else []


def test_what_somebody_else_put_meanwhile_is_shown_and_not_overwritten(world: World, visit: Visitors) -> None:
    anna, other = in_journal(visit, world), in_journal(visit, world)
    cut(anna)
    put(anna, world, "5")
    put(anna, world, "4")
    expect(put(other, world, "2")).to_have_attribute("data-mark", "2")
    mend(anna)
    expect(cell(anna, world)).to_have_attribute("data-state", "conflict")
    expect(cell(anna, world)).to_contain_text("“2”")
    assert stored(world) == {("Vera", world.algebra): "2"}
    anna.page.reload()
    expect(cell(anna, world)).to_have_attribute("data-state", "conflict")
    cell(anna, world).get_by_role("button", name="Keep mine").click()
    all_saved(anna)
    expect(anna.see(waiting="refused")).to_be_hidden()
    assert stored(world) == seen(anna, world) == {("Vera", world.algebra): "4"}


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_is_wrong_by_a_day_changes_nothing(world: World, visit: Visitors, days: int) -> None:
    anna: Visitor = visit("Anna")
    anna.page.clock.set_fixed_time(NOON + timedelta(days=days))
    anna.open(journal_of(world.algebra.group_id))
    cut(anna)
    put(anna, world, "3")
    put(anna, world, "5")
    put(anna, world, "н", "Pyotr")
    waits(anna, 3)
    mend(anna)
    all_saved(anna)
    assert stored(world) == seen(anna, world) == {("Vera", world.algebra): "5", ("Pyotr", world.algebra): "Н"}


def enter_here(anna: Visitor, login: str, **boxes: bool) -> None:
    form = anna.see(form="sign-in")
    form.locator("[name=login]").fill(login)
    form.locator("[name=password]").fill("the bell rings at nine")
    for name, wished in boxes.items():
        form.locator(f"[name={name}]").set_checked(wished)
    form.locator("[type=submit]").click()


def test_edits_of_an_ended_session_are_sent_after_the_next_sign_in(world: World, visit: Visitors) -> None:
    anna = in_journal(visit, world)
    Session.objects.all().delete()
    expect(put(anna, world, "5")).to_have_attribute("data-state", "kept")
    waits(anna, 1, "signed-out")
    anna.see(waiting="signed-out").get_by_role("link").click()
    enter_here(anna, "anna")
    expect(cell(anna, world)).to_have_attribute("data-mark", "5")
    all_saved(anna)
    assert stored(world) == {("Vera", world.algebra): "5"}


def test_another_account_in_this_browser_neither_sees_nor_sends_them(world: World, visit: Visitors) -> None:
    anna = in_journal(visit, world)
    anna.open("/journal/")
    until(lambda: len(kept_pages(anna)) == 4)
    anna.open(journal_of(world.algebra.group_id))
    Session.objects.all().delete()
    put(anna, world, "5")
    waits(anna, 1, "signed-out")
    left = anna.page
    anna.page = anna.context.new_page()
    anna.open("/sign-in/")
    until(lambda: kept_pages(anna) == [])
    enter_here(anna, "oleg")
    anna.open("/journal/")
    waits(anna, 1, "others")
    until(lambda: len(kept_pages(anna)) == 4)
    assert not any(str(world.algebra.pk) in page for page in kept_pages(anna))
    with left.expect_response(CELLS) as refused:
        left.locator("[data-waiting=signed-out]").evaluate("() => dispatchEvent(new Event('online'))")
    assert refused.value.status == 403
    assert stored(world) == {}
    anna.open("/sign-out/")
    anna.page.locator("main [type=submit]").click()
    until(lambda: kept_pages(anna) == [])
    anna.open("/sign-in/")
    enter_here(anna, "anna")
    until(lambda: stored(world) == {("Vera", world.algebra): "5"})


def test_nothing_stays_on_a_shared_computer(world: World, visit: Visitors) -> None:
    anna: Visitor = visit("")
    anna.open("/sign-in/")
    enter_here(anna, "anna", shared=True)
    anna.open(journal_of(world.algebra.group_id))
    anna.context.route(CELLS, lambda route: route.abort())
    expect(put(anna, world, "5")).to_have_attribute("data-state", "kept")
    waits(anna, 1, "unkept")
    assert anna.page.evaluate("indexedDB.databases()") == []
    assert anna.page.evaluate("caches.keys()") == []
    asked: list[str] = []
    anna.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    anna.page.close(run_before_unload=True)
    until(lambda: bool(anna.page.evaluate("1")) and asked == ["beforeunload"])
    anna.context.unroute(CELLS)
    anna.see(waiting="unkept").get_by_role("button").click()
    expect(cell(anna, world)).to_have_attribute("data-mark", "5")
    assert stored(world) == {("Vera", world.algebra): "5"}


def test_an_edit_of_a_period_closed_meanwhile_is_refused_until_it_is_discarded(
    world: World, visit: Visitors
) -> None:
    anna = in_journal(visit, world)
    cut(anna)
    put(anna, world, "5")
    waits(anna, 1)
    with school_scope(world.north.school.pk):
        StudyPeriod.objects.update(closed_at=NOON)
    mend(anna)
    expect(cell(anna, world)).to_contain_text("The study period is closed.")
    anna.open("/journal/")
    waits(anna, 1, "refused")
    expect(anna.see(waiting="refused")).to_contain_text("The study period is closed.")
    with school_scope(world.north.school.pk):
        StudyPeriod.objects.update(closed_at=None)
    anna.open(journal_of(world.algebra.group_id))
    expect(cell(anna, world).locator("input")).to_have_value("5")
    cell(anna, world).get_by_role("button", name="Discard").click()
    expect(anna.see(waiting="refused")).to_be_hidden()
    anna.page.reload()
    assert stored(world) == seen(anna, world) == {}


def test_the_day_opens_without_a_network_as_of_when_it_was_fetched(world: World, visit: Visitors) -> None:
    anna: Visitor = visit("Anna")
    anna.open("/journal/")
    until(lambda: len(kept_pages(anna)) == 4)
    cut(anna)
    for address in (f"/lessons/{world.algebra.pk}/", f"/journal/{world.algebra.group_id}/", "/journal/"):
        anna.open(address)
        expect(anna.see(waiting="offline")).to_contain_text("as of")
    anna.open(journal_of(world.physics.group_id))
    expect(anna.page.get_by_role("heading", name="No connection")).to_be_visible()
    anna.open(journal_of(world.algebra.group_id))
    expect(put(anna, world, "5")).to_have_attribute("data-state", "kept")
    anna.page.reload()
    expect(cell(anna, world).locator("input")).to_have_value("5")
    mend(anna)
    expect(cell(anna, world)).to_have_attribute("data-mark", "5")
    assert stored(world) == {("Vera", world.algebra): "5"}


def test_a_new_release_takes_the_place_of_the_old_one_at_the_next_day(
    world: World, visit: Visitors, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna: Visitor = visit("Anna")
    anna.open("/journal/")
    until(lambda: len(kept_pages(anna)) == 4)
    before = assets_kept(anna)
    monkeypatch.setattr(offline, "_assets", lambda _storage: ["/static/shell/shell.css"])
    anna.page.evaluate("navigator.serviceWorker.ready.then((worker) => worker.update())")
    until(lambda: len(assets_kept(anna)) == 2)
    anna.page.reload()
    until(lambda: len(assets_kept(anna)) == 1 and assets_kept(anna) != before)
    assert len(kept_pages(anna)) == 4
    cut(anna)
    anna.open(f"/lessons/{world.algebra.pk}/")
    expect(anna.see(waiting="offline")).to_be_visible()


def assets_kept(anna: Visitor) -> list[str]:
    names: list[str] = anna.page.evaluate("caches.keys()")
    return [name for name in names if name.startswith("assets-")]


def test_the_lessons_sheet_keeps_its_edits_too(world: World, visit: Visitors) -> None:
    anna: Visitor = visit("Anna")
    anna.open("/journal/")
    until(lambda: len(kept_pages(anna)) == 4)
    anna.open(f"/lessons/{world.algebra.pk}/")
    cut(anna)
    vera: Any = anna.see(student=world.people["Vera"].pk)
    vera.locator("[name^=mark-]").fill("5")
    vera.locator("[name^=mark-]").press("Tab")
    pyotr: Any = anna.see(student=world.people["Pyotr"].pk)
    for kind in ("ILL", "UNEXCUSED"):
        pyotr.locator(f"[value={kind}]").focus()
        anna.page.keyboard.press({"ILL": "b", "UNEXCUSED": "n"}[kind])
    waits(anna, 3)
    anna.page.reload()
    expect(vera.locator("[name^=mark-]")).to_have_value("5")
    expect(pyotr.locator("[value=UNEXCUSED]")).to_be_checked()
    mend(anna)
    expect(anna.see(waiting="kept")).to_be_hidden()
    until(lambda: stored(world) == {("Vera", world.algebra): "5", ("Pyotr", world.algebra): "Н"})
