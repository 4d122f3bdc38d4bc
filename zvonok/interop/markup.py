"""XML from outside, read into plain nodes that know their lines; nothing in it is expanded or fetched."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax import SAXParseException
from xml.sax.expatreader import ExpatParser
from xml.sax.handler import ContentHandler, ErrorHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser
from django.utils.translation import gettext_lazy as _

from zvonok.interop.source import Source, SourceRefused
from zvonok.kernel.text import tidy

ELEMENTS_LIMIT = 400_000
DEPTH_LIMIT = 40
TEXT_LIMIT = 10_000
_HEAD = 4000
_PIECE = 64 * 1024
_STUCK_LIMIT = 16
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_READ_AS_TEXT = {"utf-8", "utf8", "utf-16", "utf16", "us-ascii", "ascii"}


class BrokenXml(SourceRefused):
    message = _("“%(name)s” is not sound XML: it breaks at line %(line)s, character %(column)s.")


class EmptyXml(SourceRefused):
    message = _("“%(name)s” is empty.")


class HostileXml(SourceRefused):
    message = _(
        "“%(name)s” declares entities of its own or points to other files. Such a file is not opened."
    )


class UnknownEncoding(SourceRefused):
    message = _("“%(name)s” is written in an encoding that is not known here. Save it as UTF-8.")


class TooManyElements(SourceRefused):
    message = _("“%(name)s” holds too many elements, or nests them too deeply, to be what it should be.")


@dataclass(slots=True)
class Node:
    """One element: its tag, its attributes, its own text with blanks folded, the line it begins on.

    Of a text only the first `TEXT_LIMIT` characters or so are kept: what is longer is no name.
    """

    tag: str
    line: int
    attributes: dict[str, str]
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def every(self, *tags: str) -> Iterator["Node"]:
        """Walk the direct children with one of these tags."""
        return (child for child in self.children if child.tag in tags)

    def first(self, *tags: str) -> "Node | None":
        """Find the first direct child with one of these tags."""
        return next(self.every(*tags), None)

    def within(self, tag: str) -> list["Node"]:
        """List the children of the direct child with this tag; none where it is missing."""
        child = self.first(tag)
        return child.children if child else []

    def said(self, *tags: str) -> str:
        """Give the text of the first direct child with one of these tags, or nothing."""
        child = self.first(*tags)
        return child.text if child else ""


def head_of(source: Source, name: str) -> bytes:
    """Give the beginning of a file, enough to tell what it is; in UTF-16 without its zero bytes."""
    return source.bytes(name)[:_HEAD].replace(b"\0", b"")


def read_xml(source: Source, name: str) -> Node:
    """Read one XML file of the source.

    Raises: SourceRefused when it is too large, hostile, or no XML.
    """
    raw = source.bytes(name)
    if not raw.strip():
        raise EmptyXml(name=name)
    if _has_own_encoding(raw):
        return _parsed(raw, name)
    del raw
    return _parsed(source.text(name), name)


def _has_own_encoding(raw: bytes) -> bool:
    declared = _DECLARED.match(raw)
    return bool(declared) and declared[1].decode("ascii").lower() not in _READ_AS_TEXT  # type: ignore[index]


def _parsed(content: bytes | str, name: str) -> Node:
    parser = make_parser()
    builder = _Builder(name, parser)
    parser.forbid_entities = True
    parser.forbid_external = True
    parser.setContentHandler(builder)
    parser.setErrorHandler(ErrorHandler())
    try:
        _feed(parser, builder, content)
    except DefusedXmlException as error:
        raise HostileXml(name=name) from error
    except SAXParseException as error:
        line, column = error.getLineNumber(), (error.getColumnNumber() or 0) + 1
        if "encoding" in error.getMessage():
            raise UnknownEncoding(name=name) from error
        raise BrokenXml(name=name, line=line, column=column) from error
    except (UnicodeError, LookupError, ValueError) as error:
        raise UnknownEncoding(name=name) from error
    if not builder.top.children:
        raise EmptyXml(name=name)
    return builder.top.children[0]


def _feed(parser: ExpatParser, builder: "_Builder", content: bytes | str) -> None:
    """Hand the content over piece by piece, so that one endless tag is noticed before it fills the memory."""
    stuck = 0
    for begin in range(0, len(content), _PIECE):
        before = builder.moves
        parser.feed(content[begin : begin + _PIECE])
        stuck = 0 if builder.moves > before else stuck + 1
        if stuck > _STUCK_LIMIT:
            raise TooManyElements(name=builder.name)
    parser.close()


class _Builder(ContentHandler):
    """Builds the nodes and counts them."""

    def __init__(self, name: str, place: ExpatParser) -> None:
        super().__init__()
        self.name = name
        self.place = place
        self.top = Node("", 0, {})
        self.open = [self.top]
        self.texts: list[list[str]] = [[]]
        self.count = 0
        self.length = 0
        self.moves = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self.count += 1
        if self.count > ELEMENTS_LIMIT or len(self.open) > DEPTH_LIMIT:
            raise TooManyElements(name=self.name)
        self.moves += 1
        node = Node(name, self.place.getLineNumber() or 0, dict(attrs.items()) if attrs else {})
        self.open[-1].children.append(node)
        self.open.append(node)
        self.texts.append([])
        self.length = 0

    def characters(self, content: str) -> None:
        self.moves += 1
        if self.length < TEXT_LIMIT:
            self.texts[-1].append(content)
            self.length += len(content)

    def endElement(self, name: str) -> None:
        self.open.pop().text = tidy("".join(self.texts.pop()))
        self.length = 0
