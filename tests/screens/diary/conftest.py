"""What the tests of the diary share: the clock stands still, people sign in, Anna keeps her journal."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from tests.screens.diary.desk import Desk
from tests.world import NOON, World
from zvonok.domain.people.sessions import SessionStore

Enter = Callable[[str], Client]
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clock of the pages at noon of the world's Monday, an hour after the teachers' deeds."""
    monkeypatch.setattr(timezone, "now", lambda: NOON + HOUR)
    caches["pages"].clear()


@pytest.fixture
def enter(world: World) -> Enter:
    """Sign somebody in: `enter("Maria")`."""

    def entered(name: str) -> Client:
        store = SessionStore()
        store[SESSION_KEY] = str(world.account(name).pk)
        store.create()
        store.save()
        client = Client(headers={"accept-language": "en"})
        client.cookies["session"] = str(store.session_key)
        return client

    return entered


@pytest.fixture
def desk(world: World) -> Desk:
    """Anna's desk."""
    return Desk(world)
