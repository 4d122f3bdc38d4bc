"""Imports through the office: handed in, checked by the worker, applied as checked."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.world import PASSWORD, World
from zvonok.domain.schools.commands import imports as commands
from zvonok.domain.schools.models import ImportRun, ImportState
from zvonok.gateways import uploads
from zvonok.kernel.scope import school_scope
from zvonok.screens.office.views import imports as views
from zvonok.screens.shell import bearable

REPORT: dict[str, Any] = {
    "outcome": "CHECKED",
    "summary": "This was a check: nothing was written.",
    "faults": [],
    "warnings": [],
    "counts": [{"kind": "room", "title": "Rooms", "ADDED": 12, "CHANGED": 1, "CLOSED": 0, "KEPT": 3}],
    "changes": [{"action_title": "added", "label": "305", "before": "", "after": ""}],
}
FAULT = {"file": "users.csv", "line": 7, "column": "status", "value": "<b>aktiv", "reason": "Not known."}


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.ZVONOK_HOME = tmp_path


@pytest.fixture
def enter(world: World) -> Callable[[str], Client]:
    cache.clear()

    def entered(login: str) -> Client:
        client = Client()
        client.post("/sign-in/", {"login": login, "password": PASSWORD})
        return client

    return entered


@pytest.fixture
def yana(enter: Callable[[str], Client]) -> Client:
    return enter("yana")


def hand_in(client: Client, name: str = "school.fet", content: bytes = b"<fet/>", **more: Any) -> Any:
    return client.post("/office/import/", {"kind": "FET", "file": SimpleUploadedFile(name, content)} | more)


def stored(world: World) -> ImportRun:
    with school_scope(world.north.school.pk):
        return ImportRun.objects.order_by("-started_at").first() or pytest.fail("no import")


def end(world: World, found: ImportRun, state: ImportState, **report: Any) -> None:
    with school_scope(world.north.school.pk):
        commands.end_import(
            school_id=world.north.school.pk,
            run_id=found.pk,
            state=state,
            report=REPORT | report,
            at=timezone.now(),
        )


def test_a_file_is_kept_and_its_check_waits_for_the_worker(yana: Client, world: World) -> None:
    answer = hand_in(yana)
    found = stored(world)
    assert answer["Location"] == f"/office/import/{found.pk}/"
    assert (found.state, found.only_check, found.file_name) == (ImportState.QUEUED, True, "school.fet")
    path = uploads.path_of(found.upload_id)
    assert path is not None
    assert path.read_bytes() == b"<fet/>"
    job = ProcrastinateJob.objects.get(task_name=commands.JOB)
    assert job.args == {"school_id": str(world.north.school.pk), "run_id": str(found.pk)}


def test_the_page_waits_by_itself_and_says_how_far_it_is(yana: Client, world: World) -> None:
    answer = hand_in(yana)
    with school_scope(world.north.school.pk):
        commands.note_progress(
            school_id=world.north.school.pk, run_id=stored(world).pk, percent=40, at=timezone.now()
        )
    fragment = yana.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 2s"' in fragment
    assert 'value="40"' in fragment
    assert "<html" not in fragment


def test_what_was_checked_is_applied_and_nothing_else(yana: Client, world: World) -> None:
    page = hand_in(yana)["Location"]
    checked = stored(world)
    assert 'data-form="apply-import"' not in yana.get(page).content.decode()
    assert 'data-error="not_checked"' in yana.post(f"{page}apply/").content.decode()
    end(world, checked, ImportState.CHECKED)
    html = yana.get(page).content.decode()
    assert 'data-form="apply-import"' in html
    assert "every 2s" not in html
    assert yana.post(f"{page}apply/").status_code == 302
    applied = stored(world)
    assert (applied.only_check, applied.upload_id) == (False, checked.upload_id)


def test_a_file_that_is_gone_is_asked_for_again(yana: Client, world: World) -> None:
    page = hand_in(yana)["Location"]
    found = stored(world)
    end(world, found, ImportState.CHECKED)
    uploads.drop(found.upload_id)
    assert 'data-form="apply-import"' not in yana.get(page).content.decode()
    assert 'data-error="file_is_gone"' in yana.post(f"{page}apply/").content.decode()


def test_refused_cells_are_listed_a_hundred_a_page(yana: Client, world: World) -> None:
    page = hand_in(yana)["Location"]
    faults = [FAULT | {"line": number} for number in range(1, 251)]
    end(world, stored(world), ImportState.REFUSED, faults=faults, summary="Nothing was imported.")
    first, last = yana.get(page).content.decode(), yana.get(page, {"page": "3"}).content.decode()
    assert (first.count("users.csv"), last.count("users.csv")) == (100, 50)
    assert "&lt;b&gt;aktiv" in first
    assert "<b>aktiv" not in first
    for nonsense in ("x", "-1", "9" * 40, "٣"):
        assert yana.get(page, {"page": nonsense}).status_code == 200


def test_an_import_of_which_nothing_is_heard_says_that_it_was_interrupted(yana: Client, world: World) -> None:
    page = hand_in(yana)["Location"]
    with school_scope(world.north.school.pk):
        ImportRun.objects.update(state=ImportState.RUNNING, touched_at=timezone.now() - timedelta(hours=1))
    assert 'data-error="interrupted"' in yana.get(page).content.decode()


def test_too_large_a_file_is_refused_before_it_is_read(yana: Client, world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(views, "LARGEST", 1000)
    monkeypatch.setattr(bearable, "FORM_AROUND_IT", 500)
    answer = hand_in(yana, content=b"x" * 5000)
    assert answer.status_code == 413
    assert 'data-error="file_is_too_large"' in answer.content.decode()
    assert hand_in(yana, content=b"x" * 1100).status_code == 413
    with school_scope(world.north.school.pk):
        assert not ImportRun.objects.exists()


def test_a_form_of_another_site_is_not_accepted(world: World) -> None:
    cache.clear()
    client = Client(enforce_csrf_checks=True)
    client.get("/sign-in/")
    token = client.cookies["csrf"].value
    client.post("/sign-in/", {"login": "yana", "password": PASSWORD, "csrfmiddlewaretoken": token})
    assert client.get("/office/import/").status_code == 200
    assert hand_in(client).status_code == 403
    assert hand_in(client, csrfmiddlewaretoken=client.cookies["csrf"].value).status_code == 302


@pytest.mark.parametrize("wrong", [{"kind": "XHSTT"}, {"kind": ""}, {"file": ""}])
def test_bad_input_is_refused_with_the_form(yana: Client, wrong: dict[str, str]) -> None:
    answer = hand_in(yana, **wrong)
    assert answer.status_code == 422
    assert 'data-form="import"' in answer.content.decode()


def test_an_empty_file_is_refused(yana: Client) -> None:
    assert 'data-error="empty"' in hand_in(yana, content=b"").content.decode()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\files\\school.fet", "school.fet"),
        ("расписание 7Б.zip", "расписание 7Б.zip"),
        ("a\u202eb.csv", "a_b.csv"),
        ("...", "upload"),
        ("x" * 300 + ".zip", "x" * 48 + ".zip"),
    ],
)
def test_a_name_leads_nowhere_but_into_its_folder(name: str, kept: str) -> None:
    upload_id = uploads.keep([b"one ", b"two"], name=name)
    path = uploads.path_of(upload_id)
    assert path is not None
    assert (path.name, path.read_bytes()) == (kept, b"one two")
    assert path.parent.name == str(upload_id)


def test_what_is_older_than_an_hour_is_swept_away() -> None:
    old, new = uploads.keep([b"old"], name="old.csv"), uploads.keep([b"new"], name="new.csv")
    path = uploads.path_of(old)
    assert path is not None
    long_ago = timezone.now().timestamp() - 2 * 3600
    os.utime(path.parent, (long_ago, long_ago))
    uploads.sweep()
    assert uploads.path_of(old) is None
    assert uploads.path_of(new) is not None


@pytest.mark.parametrize("login", ["anna", "darya", "maria", "nina", "sonya"])
def test_imports_are_the_administrators_alone(enter: Callable[[str], Client], login: str) -> None:
    client = enter(login)
    assert client.get("/office/import/").status_code == 403
    assert hand_in(client).status_code == 403


def test_the_import_of_another_school_is_not_there(
    yana: Client, world: World, enter: Callable[[str], Client]
) -> None:
    with school_scope(world.south.school.pk):
        run = commands.check_file(
            school_id=world.south.school.pk,
            kind=commands.ImportKind.FET,
            upload_id=uploads.keep([b"x"], name="x.fet"),
            file_name="x.fet",
            person_id=world.people["Egor"].pk,
            at=timezone.now(),
        )
    assert yana.get(f"/office/import/{run.pk}/").status_code == 404
    assert yana.post(f"/office/import/{run.pk}/apply/").status_code == 404
