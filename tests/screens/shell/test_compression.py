"""Pages made short for the wire."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from zvonok.screens.shell.compression import Compress, compressed

PAGE = b"<p>The bell rings at nine.</p>" * 100


def answered(content: bytes, *, accept: str = "gzip, br", **headers: str) -> HttpResponse:
    request = RequestFactory().get("/", headers={"accept-encoding": accept})
    answer = Compress(lambda _: HttpResponse(content, headers=headers))(request)
    assert isinstance(answer, HttpResponse)
    return answer


def test_a_page_is_compressed_and_read_back_whole() -> None:
    answer = answered(PAGE)
    assert gzip.decompress(answer.content) == PAGE
    assert answer.headers["Content-Length"] == str(len(answer.content))
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_the_length_of_a_page_tells_nothing() -> None:
    lengths = {len(compressed(PAGE)) for _ in range(60)}
    assert len(lengths) > 10


@pytest.mark.parametrize(
    ("content", "accept", "headers"),
    [(b"short", "gzip", {}), (PAGE, "br", {}), (PAGE, "gzip", {"Content-Encoding": "br"})],
    ids=["too short", "not wanted", "done already"],
)
def test_what_need_not_be_compressed_stays_as_it_is(
    content: bytes, accept: str, headers: dict[str, str]
) -> None:
    assert answered(content, accept=accept, **headers).content == content
