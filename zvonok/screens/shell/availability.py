"""When the database is away: say so, keep what was typed, and come back by itself."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from zvonok.screens.shell.errors import is_away, unavailable


class AnswerWhenTheDatabaseIsAway:
    """Turn a lost or refused connection into a page with the status 503.

    A fault outside of views, as in the look-up of the session, reaches the same page through `errors.failed`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer for a view that met the fault."""
        return unavailable(request) if is_away(fault) else None
