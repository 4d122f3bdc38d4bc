"""What a file really is, by its content. Pure: the name only has to agree."""

from dataclasses import dataclass

HEAD_BYTES = 4096
TAIL_BYTES = 64 * 1024
_ZIP, _OLE, _RIFF = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"), b"RIFF"
_TEXT_CONTROLS = set(range(32)) - set(b"\t\n\r\f")


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of files that is taken: its media type, and the endings that a name of it may have."""

    media_type: str
    endings: tuple[str, ...]


PDF = Kind("application/pdf", ("pdf",))
JPEG = Kind("image/jpeg", ("jpg", "jpeg", "jfif"))
PNG = Kind("image/png", ("png",))
GIF = Kind("image/gif", ("gif",))
WEBP = Kind("image/webp", ("webp",))
TEXT = Kind("text/plain", ("txt", "csv", "tsv", "md", "log"))
MP3 = Kind("audio/mpeg", ("mp3",))
OGG = Kind("audio/ogg", ("ogg", "oga", "opus"))
WAV = Kind("audio/wav", ("wav",))
MP4 = Kind("video/mp4", ("mp4", "m4v", "m4a", "mov", "3gp"))
WEBM = Kind("video/webm", ("webm", "mkv"))
ZIP = Kind("application/zip", ("zip",))
_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
_OFFICE = {
    b"word/": Kind(f"{_OOXML}.wordprocessingml.document", ("docx",)),
    b"xl/": Kind(f"{_OOXML}.spreadsheetml.sheet", ("xlsx",)),
    b"ppt/": Kind(f"{_OOXML}.presentationml.presentation", ("pptx",)),
}
_OPEN = {
    b"text": Kind(f"{_ODF}.text", ("odt",)),
    b"spreadsheet": Kind(f"{_ODF}.spreadsheet", ("ods",)),
    b"presentation": Kind(f"{_ODF}.presentation", ("odp",)),
}
_OLD_OFFICE = {
    "doc": Kind("application/msword", ("doc",)),
    "xls": Kind("application/vnd.ms-excel", ("xls",)),
    "ppt": Kind("application/vnd.ms-powerpoint", ("ppt",)),
}
_BY_HEAD: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"ID3", MP3),
    (b"\xff\xfb", MP3),
    (b"\xff\xf3", MP3),
    (b"OggS", OGG),
    (b"\x1aE\xdf\xa3", WEBM),
)
IMAGES = frozenset(kind.media_type for kind in (JPEG, PNG, GIF, WEBP))
SHOWN_IN_PAGE = IMAGES | {PDF.media_type}
_BY_CONTENT = (PDF, JPEG, PNG, GIF, WEBP, TEXT, MP3, OGG, WAV, MP4, WEBM, ZIP)
KINDS = (*_BY_CONTENT, *_OFFICE.values(), *_OPEN.values(), *_OLD_OFFICE.values())
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)


def ending_of(name: str) -> str:
    """Give the ending of a file name, in small letters; empty when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def kind_of(*, name: str, head: bytes, tail: bytes) -> Kind | None:
    """Tell what a file is, from its first and last bytes; None when that is not taken or the name says otherwise.

    What can carry script for a browser (HTML, SVG) is text by its content, and no text by its name.
    """
    ending = ending_of(name)
    found = _found(head, tail, ending)
    return found if found and ending in found.endings else None


def _found(head: bytes, tail: bytes, ending: str) -> Kind | None:
    for start, kind in _BY_HEAD:
        if head.startswith(start):
            return kind
    if head.startswith(_ZIP):
        return _zip(head, tail)
    if head.startswith(_OLE):
        return _OLD_OFFICE.get(ending)
    if head.startswith(_RIFF):
        return {b"WEBP": WEBP, b"WAVE": WAV}.get(head[8:12])
    if head[4:8] == b"ftyp":
        return MP4
    return TEXT if _is_text(head) and _is_text(tail) else None


def _zip(head: bytes, tail: bytes) -> Kind:
    """Tell an archive from a document: by the first entry of the open formats, by the names in the others."""
    if head[30:38] == b"mimetype":
        declared = head[38:].removeprefix(_ODF.encode() + b".")
        return next((kind for word, kind in _OPEN.items() if declared.startswith(word)), ZIP)
    names = head + tail
    if b"[Content_Types].xml" not in names:
        return ZIP
    return next((kind for folder, kind in _OFFICE.items() if folder in names), ZIP)


def _is_text(part: bytes) -> bool:
    """Say whether bytes are text of one of the usual codings: no control characters but line ends and tabs."""
    return not _TEXT_CONTROLS.intersection(part)
