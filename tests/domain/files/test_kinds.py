"""What a file is, by its content; the name has to agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.handing_in import EICAR, PDF, TEXT, photo, zipped
from zvonok.domain.files import kinds
from zvonok.domain.files.rules import CHUNK_BYTES, LONGEST_NAME, chunk_length, offsets, plain_name

DOCX = zipped(b"<w/>", "[Content_Types].xml") + zipped(b"<w/>", "word/document.xml")


def kind(name: str, content: bytes) -> kinds.Kind | None:
    return kinds.kind_of(name=name, head=content[:4096], tail=content[-4096:])


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", PDF, kinds.PDF),
        ("A.JPG", photo(), kinds.JPEG),
        ("задание.txt", TEXT, kinds.TEXT),
        ("virus.txt", EICAR, kinds.TEXT),
        ("b.zip", zipped(TEXT), kinds.ZIP),
        ("old.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 50, kinds._OLD_OFFICE["doc"]),
        ("v.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 20, kinds.MP4),
        ("w.webp", b"RIFF\0\0\0\0WEBPVP8 ", kinds.WEBP),
        (
            "o.odt",
            b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.textPK",
            kinds._OPEN[b"text"],
        ),
        ("r.docx", DOCX, kinds._OFFICE[b"word/"]),
    ],
)
def test_a_file_is_known_by_its_content(name: str, content: bytes, expected: kinds.Kind) -> None:
    assert kind(name, content) == expected


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", b"MZ\x90\0" + b"\0" * 100),
        ("photo.jpg", PDF),
        ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", b"<svg onload='alert(1)'/>"),
        ("page.pdf", b"<script>alert(1)</script>"),
        ("letter.docx", zipped(TEXT)),
        ("setup.exe", b"MZ\x90\0" + b"\0" * 100),
        ("no-ending", PDF),
        ("notes.txt", b"plain \x00 no"),
    ],
)
def test_what_is_not_what_its_name_says_is_not_taken(name: str, content: bytes) -> None:
    assert kind(name, content) is None


@given(st.binary(max_size=300), st.text(max_size=20))
def test_no_bytes_and_no_name_break_the_look(content: bytes, name: str) -> None:
    found = kind(name, content)
    assert found is None or kinds.ending_of(name) in found.endings


@given(st.integers(1, 40 * CHUNK_BYTES))
def test_the_pieces_of_a_file_are_the_file(size: int) -> None:
    assert sum(chunk_length(size=size, offset=offset) for offset in offsets(size)) == size
    assert chunk_length(size=size, offset=size) == 0
    assert chunk_length(size=size, offset=1) == 0


@given(st.text(max_size=400))
def test_a_name_is_one_line_that_leads_nowhere(name: str) -> None:
    kept = plain_name(name)
    assert len(kept) <= LONGEST_NAME
    assert kept.isprintable()
    assert not set(kept) & set("/\\<>")
    assert plain_name(kept) == kept


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\дз\\стр 5.pdf", "стр 5.pdf"),
        ("gpj.\u202eexe.pdf", "gpj._exe.pdf"),
        ("я" * 300 + ".docx", "я" * 109 + ".docx"),
    ],
)
def test_a_name_is_kept_as_it_can_be_shown(name: str, kept: str) -> None:
    assert plain_name(name) == kept
