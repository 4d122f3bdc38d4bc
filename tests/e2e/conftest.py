"""The whole house in a real browser: pages, scripts, style sheet, on the people of `world.py`.

The clock of the pages shows noon of the world's Monday at the start of each test, and runs.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from playwright.sync_api import Browser, Playwright

from scripts.browser import FLAGS, executable
from tests.e2e.patience import last_answers_awaited
from tests.e2e.people import Visitor, Visitors
from tests.e2e.week import fill_the_week
from tests.world import World

# Playwright keeps an event loop in this thread, and Django would take the tests' own queries for asynchronous ones.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the browser to the end: what is quick fails first."""
    items.sort(key=lambda item: Path(__file__).parent in item.path.parents)


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start the browser of this machine; a missing one is an error that names the package."""
    started = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
    yield started
    started.close()


@pytest.fixture
def world(committed_world: World) -> World:
    """The world, committed, since the server has connections of its own."""
    for cache in ("default", "pages"):
        caches[cache].clear()
    return committed_world


@pytest.fixture
def full_world(world: World) -> World:
    """The world with something to see on every page."""
    fill_the_week(world)
    return world


@pytest.fixture
def visit(world: World, live_server: Any, browser: Browser) -> Iterator[Visitors]:
    """Open a browser for somebody, signed in already: `visit("Anna")`; a guest's: `visit("")`."""
    opened: list[Visitor] = []

    def visitor(name: str, **options: Any) -> Visitor:
        opened.append(Visitor(world, name, browser, base=live_server.url, **options))
        return opened[-1]

    with last_answers_awaited():
        yield visitor
        for one in opened:
            one.close()
    assert [one.complaints for one in opened if one.complaints] == []
