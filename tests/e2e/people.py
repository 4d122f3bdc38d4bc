"""Somebody before a browser."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from playwright.sync_api import Browser, ConsoleMessage, Locator, Response

from tests.world import MONDAY, PASSWORD, World
from zvonok.domain.people.sessions import SessionStore

# What is told by the status of an answer, or by the network being away.
TOLD_OTHERWISE = (
    "Failed to load resource",
    "An unknown error occurred when fetching the script",
    "Response Status Error Code",
    "htmx:afterRequest",
    "htmx:sendError",
)


class Visitor:
    """Somebody of the world, or a guest, with a browser window of their own.

    `complaints` gathers what the browser complains of: faults of scripts, and what the security policy forbids.
    """

    def __init__(self, world: World, name: str, browser: Browser, *, base: str, **options: Any) -> None:
        language = options.pop("language", "en")
        wanted: dict[str, Any] = {
            "reduced_motion": "reduce",
            "base_url": base,
            "locale": "en-GB",
            "viewport": {"width": 1280, "height": 900},
        }
        self.base = base
        self.complaints: list[str] = []
        self.context = browser.new_context(**(wanted | options))
        if language:
            self.remember(settings.LANGUAGE_COOKIE_NAME, language)
        if name:
            self.remember(settings.SESSION_COOKIE_NAME, _session_of(world, name))
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))

    def remember(self, cookie: str, value: str) -> None:
        """Put a cookie into the browser."""
        self.context.add_cookies([{"name": cookie, "value": value, "url": self.base}])

    def open(self, address: str) -> Response:
        """Open a page by its path."""
        answer = self.page.goto(address)
        assert answer is not None
        return answer

    def see(self, **hooks: object) -> Locator:
        """Find by the pages' hooks: `see(lesson=lesson.pk)` is what has that `data-lesson`; True takes any value."""
        return self.page.locator(_selector(hooks))

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        """Type login and password into the form of the front door."""
        self.open("/sign-in/")
        form = self.see(form="sign-in")
        form.locator("[name=login]").fill(login)
        form.locator("[name=password]").fill(password)
        form.locator("[type=submit]").click()

    def close(self) -> None:
        """Close the window, and all that waits in it."""
        self.context.close()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(TOLD_OTHERWISE):
            self.complaints.append(message.text)


Visitors = Callable[..., Visitor]


def week_of(world: World, reader: str, child: str) -> str:
    """Give the address of a child's Monday week, as its reader opens it."""
    return f"/diary/{world.link(reader, child)}/week/{MONDAY}/"


def journal_of(group_id: UUID) -> str:
    """Give the address of a group's journal page of the month."""
    return f"/journal/{group_id}/{MONDAY:%Y-%m}/"


def _selector(hooks: dict[str, object]) -> str:
    parts = (
        f"[data-{name}]" if value is True else f'[data-{name}="{value}"]' for name, value in hooks.items()
    )
    return "".join(parts)


def _session_of(world: World, name: str) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(world.account(name).pk)
    session.save(must_create=True)
    return str(session.session_key)
