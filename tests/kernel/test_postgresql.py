"""Moments are read by the driver's compiled code, and are the same moments."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from psycopg.adapt import AdaptersMap
from psycopg.pq import Format

from zvonok.kernel.postgresql.base import DatabaseWrapper

SUMMER = datetime(2026, 7, 1, 12, 30, 0, 250_000, tzinfo=UTC)


@pytest.mark.django_db
def test_a_moment_comes_back_aware_and_in_utc() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz, '2026-07-01 15:30:00.25+03'::timestamptz", [SUMMER])
        assert cursor.fetchone() == (SUMMER, SUMMER)
        cursor.execute("SELECT now()")
        assert cursor.fetchone()[0].utcoffset() == timedelta(0)


@pytest.mark.django_db
def test_the_reader_is_not_djangos_slow_one() -> None:
    assert isinstance(connections["default"], DatabaseWrapper)
    connection.ensure_connection()
    assert not hasattr(_reader(connection.connection.adapters), "timezone")


def test_a_connection_in_another_zone_keeps_djangos_reader() -> None:
    elsewhere = DatabaseWrapper(connection.settings_dict | {"TIME_ZONE": "Europe/Moscow"}, "elsewhere")
    context = elsewhere.get_connection_params()["context"]
    assert _reader(context).timezone == elsewhere.timezone


def _reader(adapters: AdaptersMap) -> Any:
    return adapters.get_loader(adapters.types["timestamptz"].oid, Format.TEXT)
