"""XML from outside: read with its lines, or refused."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zvonok.interop import markup
from zvonok.interop.markup import (
    BrokenXml,
    EmptyXml,
    HostileXml,
    Node,
    TooManyElements,
    UnknownEncoding,
    read_xml,
)
from zvonok.interop.source import FILE_LIMIT, NotText, Source, SourceRefused, TooLarge, _Entry, open_source

LAUGHS = b"""<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><x>&c;</x>"""


def parsed(folder, content: bytes) -> Node:
    (folder / "a.xml").write_bytes(content)
    return read_xml(open_source(folder / "a.xml"), "a.xml")


def test_a_node_knows_its_line_and_its_text(tmp_path):
    root = parsed(tmp_path, "<a>\n <b> один\n  два </b>\n <b k='v'/>\n</a>".encode())
    assert [(child.line, child.text, child.attributes) for child in root.every("b")] == [
        (2, "один два", {}),
        (4, "", {"k": "v"}),
    ]
    assert (root.said("b"), root.said("c"), root.within("c")) == ("один два", "", [])


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EmptyXml),
        (b" \n", EmptyXml),
        (b"\xfe\xff", EmptyXml),
        (b"<a>", BrokenXml),
        (b"<a></b>", BrokenXml),
        (b"<a>&nbsp;</a>", BrokenXml),
        (b"no markup", BrokenXml),
        (b"<a>\0</a>", NotText),
        (LAUGHS, HostileXml),
        (b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>', HostileXml),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', UnknownEncoding),
        (b"<a>" * 100 + b"</a>" * 100, TooManyElements),
    ],
)
def test_what_is_no_sound_xml_is_refused(tmp_path, content, refusal):
    with pytest.raises(refusal):
        parsed(tmp_path, content)


def test_a_break_is_named_with_its_line(tmp_path):
    with pytest.raises(BrokenXml) as refusal:
        parsed(tmp_path, b"<a>\n<b>\n</a>")
    assert refusal.value.details["line"] == 3


def test_too_many_elements_are_refused_while_reading(tmp_path, monkeypatch):
    monkeypatch.setattr(markup, "ELEMENTS_LIMIT", 10)
    with pytest.raises(TooManyElements):
        parsed(tmp_path, b"<a>" + b"<b/>" * 10 + b"</a>")


def test_one_endless_tag_is_refused_while_reading(tmp_path):
    attributes = b" ".join(b"k%d='1'" % number for number in range(200_000))
    with pytest.raises(TooManyElements):
        parsed(tmp_path, b"<a " + attributes + b"/>")


def test_of_an_endless_text_only_the_beginning_is_kept(tmp_path):
    root = parsed(tmp_path, b"<a>" + b"word\n" * 100_000 + b"<b>after</b></a>")
    assert (len(root.text) < 2 * markup.TEXT_LIMIT, root.said("b")) == (True, "after")


def test_a_file_over_the_limit_is_refused_before_it_is_parsed(tmp_path):
    with (tmp_path / "a.xml").open("wb") as file:
        file.write(b"<a>")
        file.truncate(FILE_LIMIT + 1)
    with pytest.raises(TooLarge):
        read_xml(open_source(tmp_path / "a.xml"), "a.xml")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks_are_understood(tmp_path, encoding):
    assert parsed(tmp_path, "<a>Ёж</a>".encode(encoding)).text == "Ёж"


@given(st.binary(max_size=200))
def test_random_bytes_give_a_node_or_a_refusal(raw):
    source = Source("a.xml", {"a.xml": _Entry(lambda: io.BytesIO(raw))})
    result: object
    try:
        result = read_xml(source, "a.xml")
    except SourceRefused as refusal:
        result = refusal
    assert isinstance(result, Node | SourceRefused)
