"""Pages for what went wrong: what happened, what was kept, what to do now. None of them asks the database."""

import sys
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

from zvonok.screens.shell.page import TEXTS, THEMES, chosen
from zvonok.screens.shell.refusals import wants_json

RETRY_AFTER_SECONDS = 5
AWAY = (OperationalError, InterfaceError)
SECRET_FIELDS = ("password", "code")


@dataclass(frozen=True)
class Fault:
    """What a page says about a fault."""

    code: str
    title: Promise
    happened: Promise
    advice: Promise


BAD_REQUEST = Fault(
    "bad_request",
    _("We could not read this request"),
    _("Something in the address or in what was sent is malformed or too long. Nothing was changed."),
    _("Go back, check what you typed, and send it again."),
)
FORBIDDEN = Fault(
    "forbidden",
    _("This page is not open to you"),
    _("It belongs to another role in the school. Nothing was changed."),
    _("If it should be yours, ask your school administrator to check your role."),
)
STALE_FORM = Fault(
    "stale_form",
    _("This form has grown old"),
    _("You signed in or out since it was opened, so we did not accept it. Nothing was changed."),
    _("Go back, reload the page, and send it again."),
)
NOT_FOUND = Fault(
    "not_found",
    _("There is no such page here"),
    _("The address is mistyped, the page has moved, or it is not yours to see."),
    _("Start from the home page; everything that is yours can be reached from there."),
)
TOO_MANY = Fault(
    "too_many_requests",
    _("That was too often"),
    _("To keep accounts safe we slow down after many tries in a row. Nothing was lost."),
    _("Wait five minutes and try again."),
)
FAILED = Fault(
    "failed",
    _("Something broke on our side"),
    _("The fault has been recorded. What was saved before is safe; your last action was not carried out."),
    _("Try again in a minute. If it happens again, tell your school what you were doing."),
)
UNAVAILABLE = Fault(
    "unavailable",
    _("Zvonok is catching its breath"),
    _("The server cannot be reached for a moment. What was saved before is safe."),
    _("Try again in a few seconds."),
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400."""
    return fault_page(request, BAD_REQUEST, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return fault_page(request, FORBIDDEN, 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that another site, or another session, may have sent."""
    return fault_page(request, STALE_FORM, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404, in the same words whether the page is absent or hidden."""
    return fault_page(request, NOT_FOUND, 404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 429."""
    return fault_page(request, TOO_MANY, 429)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when what failed is the way to the database."""
    return unavailable(request) if is_away(sys.exc_info()[1]) else fault_page(request, FAILED, 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer 503, and hand back what was typed, so that it can be sent again."""
    response = fault_page(request, UNAVAILABLE, 503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def is_away(fault: BaseException | None) -> bool:
    """Say whether a fault means that the database was lost, and not that a statement was bad."""
    return isinstance(fault, AWAY)


def fault_page(request: HttpRequest, fault: Fault, status: int) -> HttpResponse:
    """Say what went wrong, without the database and without anything that may fail in its turn."""
    if wants_json(request):
        body = {"error": fault.code, "message": f"{fault.title}. {fault.advice}"}
        response: HttpResponse = JsonResponse(body, status=status)
    else:
        response = HttpResponse(_render(request, fault, status), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """List what the sender typed into a form, less passwords and codes."""
    if request.method != "POST":
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(word in name for word in SECRET_FIELDS)
    ]


def _render(request: HttpRequest, fault: Fault, status: int) -> str:
    return (
        engines["jinja2"]
        .get_template("shell/fault.html")
        .render(
            {
                "fault": fault,
                "status": status,
                "typed": typed(request) if fault is UNAVAILABLE else [],
                "here": request.get_full_path(),
                "language": get_language() or "ru",
                "direction": "rtl" if get_language_bidi() else "ltr",
                "theme": chosen(request, "theme", THEMES),
                "text": chosen(request, "text", TEXTS),
            }
        )
    )
