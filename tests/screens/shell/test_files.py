"""What leaves the house: only what is clean, under headers that keep it from doing harm."""

from dataclasses import replace
from typing import Any

import boto3
import pytest
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from moto import mock_aws

from tests.handing_in import PDF, TEXT, hand_in, looked_at, photo
from tests.world import World
from zvonok.domain.files.selectors import FileLine, files_of
from zvonok.gateways import storage
from zvonok.kernel.scope import school_scope
from zvonok.screens.shell.files import serve, serve_preview

pytestmark = pytest.mark.usefixtures("clamav")


def asked(**headers: str) -> HttpRequest:
    return RequestFactory(headers=headers).get("/x/")


def line(world: World, content: bytes, name: str) -> FileLine:
    file = hand_in(world, content, name)
    looked_at(world, file)
    with school_scope(world.north.school.pk):
        return files_of(school_id=world.north.school.pk, file_ids=[file.pk])[file.pk]


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_a_pdf_opens_in_the_page_and_can_run_nothing(world: World) -> None:
    answer = serve(asked(), line(world, PDF, "Параграф 5.pdf"))
    assert body(answer) == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline; filename*=utf-8''%D0%9F")
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["Content-Length"] == str(len(PDF))


def test_a_picture_opens_in_the_page_and_the_rest_is_saved(world: World) -> None:
    picture, text = serve(asked(), line(world, photo(), "a.jpg")), serve(asked(), line(world, TEXT, "a.txt"))
    assert picture.headers["Content-Disposition"].startswith("inline")
    assert text.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert body(text) == TEXT
    assert int(picture.headers["Content-Length"]) == len(body(picture))


@pytest.mark.parametrize(
    ("wanted", "status", "part"),
    [
        ("bytes=0-3", 206, PDF[:4]),
        ("bytes=5-", 206, PDF[5:]),
        ("bytes=-4", 206, PDF[-4:]),
        ("bytes=2-99999", 206, PDF[2:]),
        ("bytes=0-", 200, PDF),
        ("bytes=-99999", 200, PDF),
        ("bytes=9-2", 416, b""),
        ("bytes=99999-", 416, b""),
        ("bytes=-", 200, PDF),
        ("bytes=0-1,3-4", 200, PDF),
        ("pages=1-2", 200, PDF),
        ("bytes=" + "9" * 300 + "-", 200, PDF),
    ],
)
def test_a_part_of_a_file_can_be_had(world: World, wanted: str, status: int, part: bytes) -> None:
    answer = serve(asked(range=wanted), line(world, PDF, "a.pdf"))
    assert answer.status_code == status
    assert (body(answer) if answer.streaming else answer.content) == part  # type: ignore[attr-defined]


def test_what_the_browser_has_is_not_sent_again(world: World) -> None:
    found = line(world, photo(), "a.jpg")
    for send in (serve, serve_preview):
        tag = send(asked(), found).headers["ETag"]
        assert send(asked(**{"if-none-match": tag}), found).status_code == 304
    assert serve(asked(range="bytes=0-3", **{"if-range": '"other"'}), found).status_code == 200


@pytest.mark.parametrize(("state", "status"), [("QUARANTINED", 409), ("INFECTED", 410), ("UNREADABLE", 410)])
def test_nothing_but_what_is_clean_leaves(world: World, state: str, status: int) -> None:
    found = replace(line(world, photo(), "a.jpg"), state=state)
    assert serve(asked(), found).status_code == status
    with pytest.raises(Http404):
        serve_preview(asked(), found)


def test_a_preview_is_small_and_only_pictures_have_one(world: World) -> None:
    answer: Any = serve_preview(asked(), line(world, photo(), "a.jpg"))
    assert (answer.headers["Content-Type"], answer.content[8:12]) == ("image/webp", b"WEBP")
    with pytest.raises(Http404):
        serve_preview(asked(), line(world, PDF, "a.pdf"))


def test_a_file_that_the_disk_has_lost_is_not_there(world: World) -> None:
    found = line(world, PDF, "a.pdf")
    storage.store().drop(storage.clean_key(found.school_id, found.sha256))
    with pytest.raises(Http404):
        serve(asked(), found)


def test_from_s3_a_file_comes_by_an_address_for_a_minute(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="school")
        settings.STORAGE_URL = "s3://school/files"
        answer = serve(asked(), line(world, photo(), "a.jpg"))
        small: Any = serve_preview(asked(), line(world, photo(), "b.jpg"))
    assert answer.status_code == 302
    assert "X-Amz-Expires=60" in answer.headers["Location"]
    assert "response-content-disposition=inline" in answer.headers["Location"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert small.content[8:12] == b"WEBP"
