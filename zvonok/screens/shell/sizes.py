"""Requests too large to be read: refused before anything looks into them, the search for the form's secret included."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from zvonok.kernel.refusals import Refused
from zvonok.screens.shell.refusals import refused

MEGABYTE = 1024 * 1024
READ_AWAY = 256 * MEGABYTE
TOO_LARGE = 413

View = Callable[..., HttpResponse]


def of_at_most(most: int, refusal: Callable[[], Refused]) -> Callable[[View], View]:
    """Let requests of `most` bytes in, and answer larger ones with a refusal; stands next to the view."""

    def guard(view: View) -> View:
        protected = csrf_protect(view)

        @wraps(view)
        def at_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if int(request.META.get("CONTENT_LENGTH") or 0) <= most:
                return protected(request, *args, **kwargs)
            _read_away(request)
            return refused(request, refusal(), status=TOO_LARGE)

        return csrf_exempt(at_the_door)

    return guard


def _read_away(request: HttpRequest) -> None:
    """Read what is too much and throw it away: a browser reads our answer only when it has sent all."""
    read = 0
    while read < READ_AWAY and (chunk := request.read(MEGABYTE)):
        read += len(chunk)
