"""Who is asking, at the door of every view that is not public."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.selectors import actor_of_session
from zvonok.domain.people.commands.credentials import prolong_session
from zvonok.domain.people.models import Account
from zvonok.domain.people.sessions import SHARED_IDLE_SECONDS
from zvonok.domain.schools.models import Role
from zvonok.screens.shell.refusals import wants_fragment, wants_json
from zvonok.screens.shell.request import Request

View = Callable[..., HttpResponse]
UNAUTHORIZED = 401
# Says that the session of this browser is one of a shared computer, without a look into the session.
SHARED_COOKIE = "shared"
PROLONGED_WITH_LESS_THAN = timedelta(seconds=SHARED_IDLE_SECONDS - 120)


def asking(request: HttpRequest) -> Actor | None:
    """Find who is asking, in one query; none at all without a session cookie.

    On a shared computer one more lets the session last for half an hour from now.
    """
    session_key = session_key_of(request)
    if not session_key:
        return None
    at = timezone.now()
    actor = actor_of_session(session_key=session_key, day=timezone.localdate(), at=at)
    if actor is not None and SHARED_COOKIE in request.COOKIES:
        until = at + timedelta(seconds=SHARED_IDLE_SECONDS)
        prolong_session(session_key, until=until, shorter_than=at + PROLONGED_WITH_LESS_THAN)
    return actor


def session_key_of(request: HttpRequest) -> str:
    """Read the session's key from its cookie; empty when there is none that could be one."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return key if key.isalnum() and len(key) <= 40 else ""


def signed_in(view: View) -> View:
    """Let only people in who have signed in and finished their first entry; `request.actor` is who they are."""

    @wraps(view)
    def at_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = asking(request)
        if actor is None:
            return to_sign_in(request)
        if not actor.has_entered:
            return HttpResponseRedirect("/welcome/")
        request.actor = actor  # type: ignore[attr-defined]
        return private(view(request, *args, **kwargs))

    return at_the_door


def staff(*roles: Role) -> Callable[[View], View]:
    """Let only people in who hold one of the roles in some school; others are told that it is not for them."""

    def guard(view: View) -> View:
        @wraps(view)
        def at_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.actor.schools_as(*roles):  # type: ignore[attr-defined]
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return signed_in(at_the_door)

    return guard


def own_account_id(request: Request) -> UUID:
    """Give the id of the account that is signed in."""
    account_id = request.actor.account_id
    assert account_id is not None, "whoever comes through this door has an account"
    return account_id


def renew_session(request: HttpRequest, account: Account) -> None:
    """Go on in a session with a new key after the account's password has changed."""
    request.user = account  # otherwise looked up, found to be signed in by the old password, and signed out
    update_session_auth_hash(request, account)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Show the way to the sign-in, and from there back to this page."""
    if wants_json(request) or wants_fragment(request):
        return JsonResponse({"error": "not_signed_in"}, status=UNAUTHORIZED)
    back = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': back})}")


def private(response: HttpResponse) -> HttpResponse:
    """Keep a personal page out of every store but the reader's own, and there unused without asking again."""
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache, max-age=0"
    return response
