"""What a load balancer and a monitor are told."""

from typing import Any

import pytest
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

import zvonok.screens.operations.views as operations
from zvonok.kernel.db import no_queries


@pytest.fixture
def no_database(monkeypatch: Any) -> None:
    def away(*args: object) -> None:
        raise OperationalError

    monkeypatch.setattr(operations, "_jobs", away)
    monkeypatch.setattr(MigrationExecutor, "__init__", away)


def test_health_asks_nothing_of_the_database(client: Client, db: None) -> None:
    with no_queries():
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_it_is_ready_when_the_database_answers_and_is_migrated(client: Client, db: None) -> None:
    assert client.get("/readyz").status_code == 200


def test_it_is_not_ready_while_migrations_wait(client: Client, db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["one"])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"migrations are waiting\n")


def test_it_is_not_ready_without_a_database(client: Client, db: None, no_database: None) -> None:
    assert client.get("/readyz").status_code == 503
    assert "zvonok_database_up 0" in client.get("/metrics").content.decode()


def test_metrics_count_and_name_nobody(client: Client, world: object) -> None:
    text = client.get("/metrics").content.decode()
    assert "zvonok_database_up 1" in text
    assert "zvonok_up 1" in text
    assert "anna" not in text.lower()
