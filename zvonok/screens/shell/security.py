"""The headers that tell a browser what a page of ours may never do."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'none'; script-src 'self'{nonce}; style-src 'self'{nonce}; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), "
        "publickey-credentials-get=(self), publickey-credentials-create=(self)"
    ),
}
STRICT_TRANSPORT = f"max-age={2 * 365 * 24 * 3600}; includeSubDomains"
WITHOUT_NONCE = POLICY.format(nonce="")


class Nonce:
    """A secret of one answer, made when a template first writes it out."""

    def __init__(self) -> None:
        self.value = ""

    def __str__(self) -> str:
        self.value = self.value or secrets.token_urlsafe(18)
        return self.value


class SecurityHeaders:
    """Put the headers on every answer. A view that needs another policy sets its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        secure = {"Strict-Transport-Security": STRICT_TRANSPORT} if settings.SESSION_COOKIE_SECURE else {}
        self.headers = (HEADERS | secure).items()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        nonce = request.csp_nonce = Nonce()  # type: ignore[attr-defined]
        response = self.get_response(request)
        policy = POLICY.format(nonce=f" 'nonce-{nonce.value}'") if nonce.value else WITHOUT_NONCE
        response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in self.headers:
            response.headers.setdefault(name, value)
        return response
