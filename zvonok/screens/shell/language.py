"""The language of a page: the reader's choice, else the browser's wish, else the installation's."""

from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

KNOWN = frozenset(code for code, _ in settings.LANGUAGES)
_spoken: ContextVar[str] = ContextVar("spoken", default="")


class ChooseLanguage:
    """Speak the language of the cookie, or one that the browser asks for and we have."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        before = _spoken.set(language)
        try:
            with translation.override(language):
                request.LANGUAGE_CODE = language
                response = self.get_response(request)
        finally:
            _spoken.reset(before)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def spoken() -> str:
    """Name the language of the page, else the one that Django speaks.

    A page asks this a hundred times, and Django's own answer takes five times as long.
    """
    return _spoken.get() or translation.get_language() or settings.LANGUAGE_CODE


def language_of(request: HttpRequest) -> str:
    """Find the language that the sender of `request` reads."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in KNOWN:
        return chosen
    wishes = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()[:200])
    return next((code[:2] for code, _ in wishes if code[:2] in KNOWN), settings.LANGUAGE_CODE)


def remember_language(response: HttpResponse, language: str) -> None:
    """Keep the choice in a cookie of this browser."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
