"""Files sent piece by piece, as the script does it, and the bad things that may come instead."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.handing_in import EICAR, PDF, photo
from tests.world import NOON, World
from zvonok.domain.files.models import Content, ContentState, StoredFile, Upload
from zvonok.domain.files.rules import CHUNK_BYTES
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope
from zvonok.screens.shell import handing_in
from zvonok.workers.files import examine

JSON = {"accept": "application/json"}
BIG = PDF + b"\n" * (2 * CHUNK_BYTES)


@pytest.fixture
def enter(world: World) -> Callable[[str], Client]:
    def entered(name: str) -> Client:
        client = Client(headers=JSON)
        client.force_login(world.account(name))
        return client

    return entered


@pytest.fixture
def address(world: World) -> str:
    return f"/uploads/{world.north.school.pk}/"


def begin(client: Client, address: str, *, size: int = len(BIG), **more: Any) -> Any:
    said = {"id": str(uuid7()), "name": "a.pdf", "size": size} | more
    return client.post(address, said)


def put(client: Client, address: str, upload: str, offset: int, piece: bytes) -> Any:
    where = f"{address}{upload}/?offset={offset}"
    return client.patch(where, piece, content_type="application/octet-stream")


def send(client: Client, address: str, content: bytes, name: str = "a.pdf") -> Any:
    """Send a file whole, and give the answer of the end."""
    upload = begin(client, address, size=len(content), name=name).json()["id"]
    for offset in range(0, len(content), CHUNK_BYTES):
        answer = put(client, address, upload, offset, content[offset : offset + CHUNK_BYTES])
        assert answer.status_code == 200
    return client.post(f"{address}{upload}/finish/")


def on_disk(settings: Any) -> list[str]:
    return sorted(path.parts[-3] for path in Path(settings.STORAGE_URL).rglob("*") if path.is_file())


def test_a_file_in_pieces_is_put_together_and_waits_in_quarantine(
    enter: Callable[[str], Client], address: str, world: World, settings: Any
) -> None:
    answer = send(enter("Anna"), address, BIG)
    assert answer.json()["state"] == "QUARANTINED"
    assert on_disk(settings) == ["quarantine"]
    with school_scope(world.north.school.pk):
        file = StoredFile.objects.select_related("content").get(pk=answer.json()["id"])
        assert file.content.sha256 == hashlib.sha256(BIG).hexdigest()
        assert file.uploader_id == world.people["Anna"].pk


def test_after_a_cut_it_goes_on_where_it_stood(enter: Callable[[str], Client], address: str) -> None:
    anna, upload = enter("Anna"), str(uuid7())
    begin(anna, address, id=upload)
    put(anna, address, upload, 0, BIG[:CHUNK_BYTES])
    cut = put(anna, address, upload, CHUNK_BYTES, BIG[CHUNK_BYTES : CHUNK_BYTES + 1000])
    assert (cut.status_code, cut.json()["error"]) == (409, "chunk_out_of_place")
    assert anna.post(f"{address}{upload}/finish/").json()["error"] == "upload_is_unfinished"
    assert begin(anna, address, id=upload).json()["received"] == CHUNK_BYTES


def test_a_lost_answer_does_no_harm(enter: Callable[[str], Client], address: str) -> None:
    anna = enter("Anna")
    upload = begin(anna, address, size=len(PDF)).json()["id"]
    for _twice in range(2):
        assert put(anna, address, upload, 0, PDF).json() == {"received": len(PDF)}
    answers = [anna.post(f"{address}{upload}/finish/").json() for _ in range(2)]
    assert answers[0] == answers[1]


def test_finishing_several_times_at_once_makes_one_file(committed_world: World) -> None:
    world, made, faults = committed_world, [], []
    place = handing_in.Place(world.north.school.pk, world.people["Anna"].pk)
    upload = uuid7()
    handing_in.begin(place, upload, name="a.pdf", size=len(PDF), at=NOON)
    handing_in.put_piece(place, upload, offset=0, piece=PDF)

    def finish() -> None:
        try:
            made.append(handing_in.finish(place, upload, at=NOON).pk)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=finish) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (faults, made) == ([], [upload] * 4)


def test_a_file_that_is_given_up_leaves_nothing(
    enter: Callable[[str], Client], address: str, settings: Any
) -> None:
    anna = enter("Anna")
    upload = begin(anna, address).json()["id"]
    put(anna, address, upload, 0, BIG[:CHUNK_BYTES])
    for _twice in range(2):
        assert anna.delete(f"{address}{upload}/").status_code == 204
    assert on_disk(settings) == []
    assert put(anna, address, upload, CHUNK_BYTES, b"x").json()["error"] == "upload_is_gone"


def test_what_was_broken_off_a_day_ago_is_swept_away(
    enter: Callable[[str], Client], address: str, settings: Any, world: World
) -> None:
    anna = enter("Anna")
    upload = begin(anna, address).json()["id"]
    put(anna, address, upload, 0, BIG[:CHUNK_BYTES])
    with school_scope(world.north.school.pk):
        Upload.objects.update(begun_at=timezone.now() - timedelta(days=2))
    begin(anna, address)
    assert on_disk(settings) == []


@pytest.mark.parametrize(
    ("size", "name", "error"),
    [
        (0, "a.pdf", "file_is_empty"),
        (200 * 1024 * 1024, "a.pdf", "file_is_too_large"),
        (10, "a.exe", "file_type_not_taken"),
        (10, "a.svg", "file_type_not_taken"),
    ],
)
def test_what_is_not_taken_is_refused_before_it_is_sent(
    enter: Callable[[str], Client], address: str, size: int, name: str, error: str
) -> None:
    answer = begin(enter("Anna"), address, size=size, name=name)
    assert (answer.status_code, answer.json()["error"]) == (422, error)


@pytest.mark.parametrize(
    "nonsense", [{"id": "x"}, {"size": "x"}, {"size": -1}, {"name": ""}, {"name": "a\0.pdf"}]
)
def test_nonsense_is_answered_as_such(
    enter: Callable[[str], Client], address: str, nonsense: dict[str, Any]
) -> None:
    assert begin(enter("Anna"), address, **nonsense).status_code == 400


@pytest.mark.parametrize("offset", ["", "x", "-1", str(10**30)])
def test_a_piece_of_nowhere_is_answered_as_such(
    enter: Callable[[str], Client], address: str, offset: str
) -> None:
    anna = enter("Anna")
    upload = begin(anna, address).json()["id"]
    assert put(anna, address, upload, offset, b"x").status_code == 400  # type: ignore[arg-type]
    assert put(anna, address, upload, 0, b"x" * 3_000_000).status_code == 400


def test_a_wrong_type_with_a_right_name_is_refused_and_thrown_away(
    enter: Callable[[str], Client], address: str, settings: Any
) -> None:
    answer = send(enter("Anna"), address, b"MZ\x90\0" + b"\0" * 500, "photo.jpg")
    assert (answer.status_code, answer.json()["error"]) == (422, "file_type_not_taken")
    assert on_disk(settings) == []


def test_an_infected_file_is_refused_at_once_when_it_comes_again(
    enter: Callable[[str], Client], address: str, settings: Any, world: World, clamav: None
) -> None:
    anna = enter("Anna")
    assert send(anna, address, EICAR, "a.txt").status_code == 200
    with school_scope(world.north.school.pk):
        found = Content.objects.get()
    examine(str(found.school_id), str(found.pk))
    again = send(enter("Oleg"), address, EICAR, "b.txt")
    assert (again.status_code, again.json()["error"]) == (422, "file_is_infected")
    assert on_disk(settings) == []


def test_what_was_seen_before_need_not_wait_again(
    enter: Callable[[str], Client], address: str, settings: Any, world: World, clamav: None
) -> None:
    anna, picture = enter("Anna"), photo()
    send(anna, address, picture, "a.jpg")
    with school_scope(world.north.school.pk):
        found = Content.objects.get()
    examine(str(found.school_id), str(found.pk))
    assert send(anna, address, picture, "b.jpg").json()["state"] == ContentState.CLEAN
    assert on_disk(settings) == ["clean", "previews"]


def test_another_persons_upload_is_not_there(enter: Callable[[str], Client], address: str) -> None:
    anna, oleg = enter("Anna"), enter("Oleg")
    upload = begin(anna, address, size=len(PDF)).json()["id"]
    gone = [
        begin(oleg, address, size=len(PDF), id=upload),
        put(oleg, address, upload, 0, PDF),
        oleg.post(f"{address}{upload}/finish/"),
    ]
    assert [answer.json()["error"] for answer in gone] == ["upload_is_gone"] * 3
    oleg.delete(f"{address}{upload}/")
    assert put(anna, address, upload, 0, PDF).status_code == 200


def test_the_id_of_another_schools_upload_is_as_good_as_none(
    enter: Callable[[str], Client], address: str, world: World
) -> None:
    anna, egor, south = enter("Anna"), enter("Egor"), f"/uploads/{world.south.school.pk}/"
    waiting = begin(anna, address, size=len(PDF)).json()["id"]
    finished = send(anna, address, PDF).json()["id"]
    assert begin(egor, south, size=len(PDF), id=waiting).json()["error"] == "upload_is_gone"
    assert begin(anna, address, size=len(PDF), id=finished).json()["error"] == "upload_is_gone"
    assert begin(egor, south, size=len(PDF), id=finished).status_code == 201
    assert put(egor, south, finished, 0, PDF).status_code == 200
    assert egor.post(f"{south}{finished}/finish/").json()["error"] == "upload_is_gone"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("Anna", 201),
        ("Vera", 201),
        ("Maria", 201),
        ("Yana", 201),
        ("Zoya", 404),
        ("Egor", 404),
        ("Nina", 404),
    ],
)
def test_only_who_belongs_to_a_school_hands_in_there(
    enter: Callable[[str], Client], address: str, who: str, status: int
) -> None:
    assert begin(enter(who), address).status_code == status


def test_a_script_of_another_site_sends_nothing(world: World, address: str) -> None:
    client = Client(enforce_csrf_checks=True, headers=JSON)
    client.force_login(world.account("Anna"))
    upload: UUID = uuid7()
    assert begin(client, address).status_code == 403
    assert put(client, address, str(upload), 0, PDF).status_code == 403
    assert client.delete(f"{address}{upload}/").status_code == 403
