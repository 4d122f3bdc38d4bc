"""Show files, and serve them: the one way out. Whoever calls has asked already whether the asker may see the file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from zvonok.domain.files.models import ContentState
from zvonok.domain.files.selectors import FileLine
from zvonok.gateways import storage
from zvonok.kernel.refusals import Refused
from zvonok.screens.shell.refusals import refused

CONFLICT, GONE, PARTIAL, NOT_SATISFIABLE = 409, 410, 206, 416
# A picture has no document to run anything in; a browser's own reader of PDF brings styles of its own.
_ALONE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
_READER = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: blob:; object-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class NotScannedYet(Refused):
    """The scanner has not looked at the file."""

    message = _("This file has not been checked for viruses yet. Try again in a few minutes.")


class FileWasInfected(Refused):
    """The scanner found something in the file."""

    message = _("A virus was found in this file, and it was destroyed.")


class FileWasDamaged(Refused):
    """The picture could not be read."""

    message = _("This picture is damaged and cannot be shown.")


_REFUSALS: dict[str, tuple[type[Refused], int]] = {
    ContentState.QUARANTINED: (NotScannedYet, CONFLICT),
    ContentState.INFECTED: (FileWasInfected, GONE),
    ContentState.UNREADABLE: (FileWasDamaged, GONE),
}


@dataclass(frozen=True, slots=True)
class FileView:
    """A file in a list; `href` leads to where it is served, its small picture lies below that."""

    id: str
    name: str
    size: int
    state: str
    href: str
    opens_in_page: bool
    has_preview: bool


def file_view(line: FileLine, href: str) -> FileView:
    """Show a file in a list."""
    return FileView(
        str(line.id), line.name, line.size, line.state, href, line.opens_in_page, line.has_preview
    )


def serve(request: HttpRequest, line: FileLine) -> HttpResponse:
    """Answer with a file that was found clean: pictures and PDF in the page, the rest to be saved."""
    if not line.is_clean:
        refusal, status = _REFUSALS[line.state]
        return refused(request, refusal(), status=status)
    key = storage.clean_key(line.school_id, line.sha256)
    headers = {
        "Content-Type": line.media_type,
        "Content-Disposition": content_disposition_header(not line.opens_in_page, line.name) or "attachment",
    }
    if address := storage.store().address(key, headers=headers):
        response = HttpResponseRedirect(address)
        response.headers["Cache-Control"] = "private, no-store"
        return response
    policy = _READER if line.media_type == "application/pdf" else _ALONE
    return _streamed(request, key, line, headers | {"Content-Security-Policy": policy})


def serve_preview(request: HttpRequest, line: FileLine) -> HttpResponse:
    """Answer with the small picture of a file.

    Raises: Http404 when it has none.
    """
    if not (line.is_clean and line.has_preview):
        raise Http404
    if unchanged := get_conditional_response(request, etag=f'"{line.sha256}-small"'):
        return unchanged
    with _opened(storage.preview_key(line.school_id, line.sha256)) as file:
        response = HttpResponse(file.read(), content_type="image/webp")
    response.headers["ETag"] = f'"{line.sha256}-small"'
    response.headers["Content-Security-Policy"] = _ALONE
    return response


def _streamed(request: HttpRequest, key: str, line: FileLine, headers: Mapping[str, str]) -> HttpResponse:
    tag = f'"{line.sha256}"'
    if unchanged := get_conditional_response(request, etag=tag):
        return unchanged
    own = dict(headers) | {"ETag": tag, "Accept-Ranges": "bytes"}
    asked = _range(request, tag, line.size)
    if asked is None:
        return HttpResponse(status=NOT_SATISFIABLE, headers=own | {"Content-Range": f"bytes */{line.size}"})
    first, last = asked
    whole = (first, last) == (0, line.size - 1)
    part = {} if whole else {"Content-Range": f"bytes {first}-{last}/{line.size}"}
    length = last - first + 1
    file = _opened(key, start=first)
    streamed = StreamingHttpResponse(
        storage.pieces(file, most=length),
        status=200 if whole else PARTIAL,
        headers=own | part | {"Content-Length": str(length)},
    )
    return cast(HttpResponse, streamed)  # the doors of the screens look at headers alone


def _range(request: HttpRequest, tag: str, size: int) -> tuple[int, int] | None:
    """Read which bytes are wanted: all of them, unless one range is asked for plainly; None: there are none such."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or asked[0] == "bytes=-" or request.headers.get("If-Range", tag) != tag:
        return 0, size - 1
    if not asked[1]:
        first, last = max(size - int(asked[2]), 0), size - 1
    else:
        first, last = int(asked[1]), min(int(asked[2] or size), size - 1)
    return (first, last) if first <= last else None


def _opened(key: str, *, start: int = 0) -> BinaryIO:
    try:
        return storage.store().open(key, start=start)
    except FileNotFoundError as fault:
        raise Http404 from fault
