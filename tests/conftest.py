"""What every test shares: a database as in production, with two roles, and the people of `world.py`."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from psycopg import sql

from tests.world import NOON, World, build_world
from zvonok.config import grants
from zvonok.config.launcher import clamd
from zvonok.gateways import scanner


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Make a database as the owner, and work in it as the web role, under row level security."""
    name = f"test_zvonok_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with django_db_blocker.unblock():
        _create(name)
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        call_command("migrate", database="owner", verbosity=0)
        call_command("createcachetable", database="owner", verbosity=0)
        web = django_settings.DATABASES["default"]["USER"]
        grants.apply(web_role=web)
        with connections["owner"].cursor() as cursor:
            # Tests that commit are cleaned up by truncation, which the web role may not do otherwise.
            cursor.execute(
                sql.SQL("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {}").format(sql.Identifier(web))
            )
        connections["owner"].close()
    yield
    with django_db_blocker.unblock():
        for alias in connections:
            connections[alias].close()
        connections["default"].close_pool()


def _create(name: str) -> None:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        identifier = sql.Identifier(name)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(identifier))


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> None:
    """Hash cheaply, and name static files without having collected them."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _monday_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin each test on the world's Monday at noon, so that it says the same on any day."""
    now = timezone.now
    shift = NOON - now()
    monkeypatch.setattr(timezone, "now", lambda: now() + shift)


@pytest.fixture(scope="session")
def _clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = clamd.free_port()
    words = clamd.furnish(tmp_path_factory.mktemp("clamd"), port=port)
    running = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield f"{clamd.HOST}:{port}"
    running.terminate()
    running.wait()


@pytest.fixture
def clamav(_clamd: str, settings: Any) -> None:
    """Let a real clamd look at files; it knows the test virus alone."""
    settings.CLAMD_ADDRESS = _clamd
    deadline = time.monotonic() + 10
    while not scanner.is_there():
        assert time.monotonic() < deadline, "clamd does not answer"
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    """Keep what is handed in with the test."""
    settings.STORAGE_URL = str(tmp_path / "files")


@pytest.fixture
def world(db: None) -> World:
    """Two schools with people in them; see `world.py`."""
    _forget_jobs()
    return build_world()


@pytest.fixture
def committed_world(transactional_db: None) -> World:
    """The same, committed: for tests with several threads."""
    _forget_jobs()
    return build_world()


def _forget_jobs() -> None:
    """Throw away the jobs of earlier tests that committed: Django's own cleaning leaves them where they are."""
    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
