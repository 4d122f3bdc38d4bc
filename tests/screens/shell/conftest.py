"""What tests of the shell share: the template engine, and names of static files without hashes."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

PLAIN_STATIC = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@pytest.fixture(autouse=True)
def _plain_english(settings: Any) -> Iterator[None]:
    settings.STORAGES = PLAIN_STATIC
    with translation.override("en"):
        yield


@pytest.fixture
def draw() -> Callable[..., str]:
    """Render a line of template that uses a macro: `draw("mark", "mark", "5", weight=3)`."""

    def drawn(component: str, macro: str, *args: Any, **kwargs: Any) -> str:
        source = f'{{% from "shell/components/{component}.html" import {macro} %}}{{{{ {macro}(*a, **k) }}}}'
        html = engines["jinja2"].from_string(source).render({"a": args, "k": kwargs})
        return " ".join(html.split())

    return drawn


@pytest.fixture
def family() -> SimpleNamespace:
    """A mother: a name, a diary on her page, no post in a school."""
    return SimpleNamespace(name="Мария Иванова", roles=(), is_family=True)


@pytest.fixture
def ask() -> Callable[..., HttpRequest]:
    """Make a request as the middleware would have left it."""

    def asked(path: str = "/", actor: object = None, method: str = "get", **kwargs: Any) -> HttpRequest:
        request: HttpRequest = getattr(RequestFactory(), method)(path, **kwargs)
        request._messages = CookieStorage(request)  # type: ignore[attr-defined]
        request.actor = actor  # type: ignore[attr-defined]
        return request

    return asked
