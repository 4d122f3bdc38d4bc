"""The front page, and the switches that stand on every page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from zvonok.domain.people.commands.credentials import choose_language
from zvonok.screens.shell.asking import asking
from zvonok.screens.shell.errors import bad_request
from zvonok.screens.shell.forms import AppearanceForm, LanguageForm
from zvonok.screens.shell.home import own_home
from zvonok.screens.shell.language import remember_language

YEAR_SECONDS = 365 * 24 * 3600


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """GET /: say what Zvonok is, and show the way in; lead those who are in already to their own home."""
    actor = asking(request)
    if actor is not None:
        return HttpResponseRedirect(own_home(actor, day=timezone.localdate()))
    return render(request, "shell/front.html")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """POST /language/: speak another language from now on, on this page too, and at the next sign-in."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return bad_request(request)
    response = back(request)
    remember_language(response, form.cleaned_data["language"])
    actor = asking(request)
    if actor is not None and actor.account_id is not None:
        choose_language(actor.account_id, form.cleaned_data["language"])
    return response


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """POST /appearance/: light, dark or as the device has it; text normal or large."""
    form = AppearanceForm(request.POST)
    if not form.is_valid():
        return bad_request(request)
    response = back(request)
    for name, value in form.cleaned_data.items():
        if value:
            _remember(response, name, value)
    return response


def back(request: HttpRequest) -> HttpResponseRedirect:
    """Return to the page of ours that the form stood on, else to the front page."""
    wished = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wished, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(wished if ours else "/")


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=YEAR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
