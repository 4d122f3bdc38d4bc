"""The way in: sign-in, first entry, sign-out."""

from dataclasses import replace

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.selectors import actor_of
from zvonok.domain.people.commands.credentials import HasEntered, enter_first
from zvonok.domain.people.models import Account
from zvonok.domain.people.sessions import SHARED
from zvonok.kernel.db import no_queries
from zvonok.kernel.refusals import Refused
from zvonok.screens.identity.forms import SignInForm, WelcomeForm
from zvonok.screens.identity.welcome import introduction
from zvonok.screens.shell.asking import SHARED_COOKIE, asking, renew_session, to_sign_in
from zvonok.screens.shell.errors import too_many
from zvonok.screens.shell.home import own_home
from zvonok.screens.shell.language import remember_language
from zvonok.screens.shell.refusals import UNPROCESSABLE


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """GET and POST /sign-in/: an unknown login, a wrong password and a spent temporary one are answered alike."""
    if request.method != "POST":
        actor = asking(request)
        return _to_home(actor) if actor else _sign_in_page(request, SignInForm())
    if not ratelimit.consume(request, action="login"):
        return too_many(request)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, form)
    try:
        account = get_adapter(request).authenticate(
            request, username=form.cleaned_data["login"], password=form.cleaned_data["password"]
        )
    except ValidationError:  # too many wrong ones for this login or from this address
        return too_many(request)
    if account is None:
        form.add_error(
            None, ValidationError(_("The login or the password is wrong."), code="wrong_credentials")
        )
        return _sign_in_page(request, form)
    return _let_in(request, account, is_shared=form.cleaned_data["shared"])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """POST /sign-out/: end the session and empty the browser's store of pages; GET asks first."""
    if request.method != "POST":
        request.actor = asking(request)  # type: ignore[attr-defined]
        return render(request, "identity/sign_out.html")
    logout(request)
    response = HttpResponseRedirect("/")
    response.delete_cookie(SHARED_COOKIE)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@never_cache
@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """GET and POST /welcome/: check the personal data, give contacts, choose an own password."""
    actor = asking(request)
    if actor is None:
        return to_sign_in(request)
    if actor.has_entered:
        return _to_home(actor)
    page = introduction(actor, day=timezone.localdate())
    form = WelcomeForm(
        request.POST or None, card=page.card, initial={"email": page.card.email, "phone": page.card.phone}
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _enter(request, actor, form)
        except HasEntered:
            return _to_home(actor)
        except Refused as refusal:
            form.add_error("email", ValidationError(str(refusal), code=refusal.code))
    # Nothing else is open yet, so the bar offers nothing else.
    request.actor = replace(actor, roles=(), has_diaries=False)  # type: ignore[attr-defined]
    with no_queries():
        return render(
            request,
            "identity/welcome.html",
            {"page": page, "form": form},
            status=UNPROCESSABLE if form.errors else 200,
        )


def _sign_in_page(request: HttpRequest, form: SignInForm) -> HttpResponse:
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "identity/sign_in.html", {"form": form, "next": _wished(request)}, status=status)


def _wished(request: HttpRequest) -> str:
    """Read which page of ours was asked for before the sign-in; empty for none, and for others' pages."""
    wished = request.POST.get("next", "") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wished, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wished if ours and not wished.startswith(("/sign-in/", "/sign-out/")) else ""


def _to_home(actor: Actor) -> HttpResponse:
    return HttpResponseRedirect(_home(actor))


def _home_of(account: Account) -> str:
    actor = actor_of(account_id=account.pk, day=timezone.localdate())
    return _home(actor) if actor else "/"


def _home(actor: Actor) -> str:
    return own_home(actor, day=timezone.localdate()) if actor.has_entered else "/welcome/"


def _let_in(request: HttpRequest, account: Account, *, is_shared: bool) -> HttpResponse:
    response: HttpResponse = perform_login(
        request, account, redirect_url=_wished(request) or _home_of(account)
    )
    session = request.session
    session["device"] = request.headers.get("User-Agent", "")[:300]
    session["address"] = get_adapter(request).get_client_ip(request)
    session["signed_in_at"] = timezone.now().isoformat()
    if is_shared:
        session[SHARED] = True
        session.set_expiry(0)
        response.set_cookie(
            SHARED_COOKIE, "1", secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    if account.language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        remember_language(response, account.language)
    return response


def _enter(request: HttpRequest, actor: Actor, form: WelcomeForm) -> HttpResponse:
    assert actor.account_id is not None
    account = enter_first(
        actor.account_id,
        contacts=form.contacts(),
        password=form.cleaned_data["password"],
        language=(get_language() or settings.LANGUAGE_CODE)[:2],
        session_key=request.session.session_key,
        at=timezone.now(),
    )
    renew_session(request, account)
    return _to_home(replace(actor, has_entered=True))
