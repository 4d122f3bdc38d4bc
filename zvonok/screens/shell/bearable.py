"""Forms with files in them: too large a one is refused before anything reads it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_protect

from zvonok.kernel.refusals import Refused
from zvonok.screens.shell.refusals import refused

MEGABYTE = 1024 * 1024
FORM_AROUND_IT = MEGABYTE
READ_AWAY = 1024 * MEGABYTE
TOO_LARGE = 413
View = Callable[..., HttpResponse]


class FormIsTooLarge(Refused):
    """More was sent at once than is taken."""

    message = _("More than %(megabytes)s MB at once is too much. Nothing of it was kept; send fewer files.")


def bearable(
    most: Callable[[], int], answer: Callable[[HttpRequest], HttpResponse]
) -> Callable[[View], View]:
    """Let a request through to the view up to `most` bytes, the search for its form's secret included.

    The view is to be exempt from the search that middleware makes, for that reads the whole form.
    """

    def guard(view: View) -> View:
        protected = csrf_protect(view)

        @wraps(view)
        def at_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if int(request.META.get("CONTENT_LENGTH") or 0) <= most() + FORM_AROUND_IT:
                return protected(request, *args, **kwargs)
            _read_away(request)
            return answer(request)

        return at_the_door

    return guard


def with_files(megabytes: int) -> Callable[[View], View]:
    """Make a guard of a form that takes files of so many megabytes together."""

    def too_large(request: HttpRequest) -> HttpResponse:
        return refused(request, FormIsTooLarge(megabytes=megabytes), status=TOO_LARGE)

    return bearable(lambda: megabytes * MEGABYTE, too_large)


def _read_away(request: HttpRequest) -> None:
    """Read what is too much and throw it away: a browser reads our answer only when it has sent all."""
    read = 0
    while read < READ_AWAY and (chunk := request.read(MEGABYTE)):
        read += len(chunk)
