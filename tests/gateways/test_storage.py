"""Folder and S3 keep files alike."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from moto import mock_aws

from zvonok.gateways import storage
from zvonok.gateways.storage_folder import FolderStore
from zvonok.kernel.ids import uuid7

KEY = storage.clean_key(uuid7(), "ab" * 32)


@pytest.fixture(params=["folder", "s3"])
def store(request: Any, settings: Any, tmp_path: Path, monkeypatch: Any) -> Iterator[storage.Store]:
    if request.param == "folder":
        settings.STORAGE_URL = f"file://{tmp_path}/kept"
        yield storage.store()
        return
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="school")
        settings.STORAGE_URL = f"s3://school/zvonok-{uuid7()}?region=us-east-1"
        yield storage.store()


def test_what_is_put_is_there_until_it_is_dropped(store: storage.Store) -> None:
    with pytest.raises(FileNotFoundError):
        store.open(KEY)
    for words in (b"first", b"second"):
        store.put(KEY, io.BytesIO(words))
        assert b"".join(storage.pieces(store.open(KEY))) == words
    assert b"".join(storage.pieces(store.open(KEY, start=3), most=2)) == b"on"
    for _twice in range(2):
        store.drop(KEY)
    with pytest.raises(FileNotFoundError):
        store.open(KEY)


@pytest.mark.parametrize("store", ["s3"], indirect=True)
def test_s3_gives_an_address_for_a_minute(store: storage.Store) -> None:
    store.put(KEY, io.BytesIO(b"x"))
    address = store.address(KEY, headers={"Content-Type": "application/pdf", "Content-Disposition": "inline"})
    query = parse_qs(urlsplit(address or "").query)
    assert query["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert query["X-Amz-Expires"] == ["60"]
    assert query["response-content-type"] == ["application/pdf"]


@pytest.mark.parametrize("key", ["../secret", "clean/../../x", "/etc/passwd", "clean", "clean/a\0b"])
def test_a_key_leads_nowhere_but_into_the_folder(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match=re.escape(key)):
        FolderStore(str(tmp_path)).put(key, io.BytesIO(b"x"))


def test_a_cut_in_the_middle_leaves_what_was_there(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("cut")

    store = FolderStore(str(tmp_path))
    store.put(KEY, io.BytesIO(b"whole"))
    with pytest.raises(OSError, match="cut"):
        store.put(KEY, Broken())
    assert b"".join(storage.pieces(store.open(KEY))) == b"whole"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
