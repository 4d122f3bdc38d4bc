"""What the server gives a browser that is to keep the journal without network."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.test import Client

from tests.screens.journal.conftest import Enter, Page, cell, send, signed_in, stood
from tests.world import MONDAY, World
from zvonok.screens.journal.views import offline

MODULES = sorted(path for folder in offline.FOLDERS for path in folder.glob("*/*.js"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_is_short_and_holds_to_our_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 100
    assert "innerHTML" not in text
    assert "eval(" not in text


def worker_of(client: Client) -> tuple[str, list[str]]:
    text = client.get("/service-worker.js").content.decode()
    release, assets = re.findall(r"RELEASE = '(\w+)'|ASSETS = (\[.*\])", text)
    return release[0], re.findall(r'"(/static/[^"]+)"', assets[1])


def test_the_service_worker_may_keep_all_addresses_and_is_asked_for_anew() -> None:
    answer = Client().get("/service-worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    scripts = re.search(r"importScripts\((.*)\)", answer.content.decode())
    assert scripts is not None
    assert scripts[1] == '"/static/journal/worker-pages.js", "/static/journal/worker.js"'


def test_the_worker_keeps_every_file_that_a_page_of_the_journal_asks_for(world: World, enter: Enter) -> None:
    _, assets = worker_of(Client())
    for address in (f"/journal/{world.algebra.group_id}/2026-11/", f"/lessons/{world.algebra.pk}/"):
        page = enter("Anna").get(address).content.decode()
        assert set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page)) <= set(assets)
    assert all(finders.find(name.removeprefix("/static/")) for name in assets)


def test_a_release_has_a_name_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    before, _ = worker_of(Client())
    monkeypatch.setattr(offline, "_assets", lambda _storage: ["/static/shell/shell.0123.css"])
    after, assets = worker_of(Client())
    assert before != after
    assert assets == ["/static/shell/shell.0123.css"]


def waiting(client: Client, address: str) -> dict[str, str]:
    (found,) = [found for tag, found in Page(client.get(address)).tags if tag == "edits-waiting"]
    return found


def test_the_day_names_the_pages_of_its_lessons_and_no_others(world: World, enter: Enter) -> None:
    wished = [
        "/journal/",
        f"/lessons/{world.algebra.pk}/",
        f"/journal/{world.algebra.group_id}/2026-11/",
    ]
    assert waiting(enter("Anna"), "/journal/")["data-keeps"].split() == wished
    assert "data-keeps" not in waiting(enter("Anna"), "/journal/?day=2026-11-10")
    assert waiting(enter("Anna"), f"/journal/?day={MONDAY}")["data-keeps"].split() == wished


def test_a_page_says_whose_it_is_and_whether_anything_may_stay(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    found = waiting(anna, "/journal/")
    assert found["data-account"] == str(world.account("Anna").pk)
    assert "data-shared" not in found
    anna.cookies["shared"] = "1"
    assert "data-shared" in waiting(anna, "/journal/")


def test_edits_of_another_account_are_refused_whole(world: World, enter: Enter) -> None:
    def post(client: Client, account: str) -> Any:
        client.defaults["HTTP_X_ACCOUNT"] = account
        client.defaults["HTTP_ACCEPT"] = "application/json"
        return send(client, world, cell(world, "5"))

    answer = post(enter("Anna"), str(world.account("Oleg").pk))
    assert (answer.status_code, answer.json()["error"]) == (403, "other_account")
    assert stood(world) == {}
    assert post(enter("Anna"), str(world.account("Anna").pk)).status_code == 200
    assert stood(world) == {"Vera": ["5"]}


def test_who_is_signed_out_and_what_grew_old_are_told_apart(world: World) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Accept": "application/json"})

    def post(token: str) -> tuple[int, str]:
        address = f"/journal/{world.algebra.group_id}/cells/"
        told = client.post(address, {}, content_type="application/json", headers={"X-CSRFToken": token})
        return told.status_code, told.json()["error"]

    assert client.get("/journal/token/").json() == {"error": "not_signed_in"}
    client.cookies = signed_in(world, "Anna").cookies
    assert post("x" * 64) == (403, "stale_form")
    fresh = client.get("/journal/token/").json()
    assert fresh["account"] == str(world.account("Anna").pk)
    assert post(fresh["token"]) == (400, "cells_unreadable")
    del client.cookies[django_settings.SESSION_COOKIE_NAME]
    assert post(fresh["token"]) == (401, "not_signed_in")


def test_the_token_is_kept_nowhere(world: World, enter: Enter) -> None:
    assert enter("Anna").get("/journal/token/")["Cache-Control"] == "no-store"
