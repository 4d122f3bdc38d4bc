"""What every page shows around its own content: who is here, where they can go, how it looks to them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

from zvonok.screens.shell.navigation import NavItem, account_pages, sections_for

if TYPE_CHECKING:
    from zvonok.domain.access.actor import Actor

THEMES = ("auto", "light", "dark")
TEXTS = ("normal", "large")


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface: its code and its own name for itself."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Shell:
    """What the base template asks for. `person_name` is empty for a guest."""

    language: str
    direction: str
    other_languages: list[Language]
    theme: str = "auto"
    text: str = "normal"
    person_name: str = ""
    sections: list[NavItem] = field(default_factory=list)
    account: list[NavItem] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    here: str = "/"


def shell_of(request: HttpRequest) -> Shell:
    """Gather what surrounds the page of this request, without a query."""
    actor: Actor | None = getattr(request, "actor", None)
    language = get_language() or settings.LANGUAGE_CODE
    return Shell(
        language=language,
        direction="rtl" if get_language_bidi() else "ltr",
        other_languages=[Language(code, name) for code, name in settings.LANGUAGES if code != language],
        theme=chosen(request, "theme", THEMES),
        text=chosen(request, "text", TEXTS),
        person_name=actor.name if actor else "",
        sections=sections_for(actor, request.path) if actor else [],
        account=account_pages(request.path) if actor else [],
        messages=_messages(request),
        here=request.get_full_path(),
    )


def _messages(request: HttpRequest) -> list[str]:
    """Take what waits to be said; a store left untouched sends no cookie."""
    waiting = get_messages(request)
    return [str(message) for message in waiting] if len(waiting) else []


def chosen(request: HttpRequest, name: str, known: tuple[str, ...]) -> str:
    """Read a choice of looks from its cookie; an unknown one counts as the first."""
    value = request.COOKIES.get(name, known[0])
    return value if value in known else known[0]
