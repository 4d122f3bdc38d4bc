"""Limit (a): a bare function that puts the page's own statements to the database and returns the page's bytes.

No framework and no template: what is left is the server, a connection held by its thread as Zvonok holds it, and
PostgreSQL. A save takes the ids of the edit from the request, as the real one does.
"""

import json
import os
import pickle
import threading
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from benchmarks.recording import Recording, Statement
from zvonok.kernel.ids import uuid7

RECORDINGS: dict[str, Recording] = pickle.loads(Path(os.environ["BENCH_RECORDINGS"]).read_bytes())
BLOCKS = {path: recording.blocks() for path, recording in RECORDINGS.items()}
held = threading.local()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer as a WSGI server wants it."""
    path = environ["PATH_INFO"]
    answer = RECORDINGS[path].answer
    assert answer
    exchange = _exchange(environ) if environ["REQUEST_METHOD"] == "POST" else None
    connection = _connection()
    for in_block, statements in BLOCKS[path]:
        with connection.transaction() if in_block else nullcontext():
            _run(connection, statements, exchange)
    start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", answer.headers)
    return [answer.body]


def _connection() -> "Connection[Any]":
    if not hasattr(held, "connection"):
        address = os.environ["DATABASE_URL"]
        held.connection = Connection.connect(address, autocommit=True, prepare_threshold=2)
    return held.connection  # type: ignore[no-any-return]


def _run(
    connection: "Connection[Any]", statements: list[Statement], exchange: Callable[[Any], Any] | None
) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            values = exchange(statement.values) if exchange else statement.values
            if statement.many:
                cursor.executemany(statement.sql, values)
            else:
                cursor.execute(statement.sql, values)
            if cursor.description and not statement.many:
                cursor.fetchall()


def _exchange(environ: dict[str, Any]) -> Callable[[Any], Any]:
    """Put the ids of this edit, and new ones for the rows that go with it, in the place of the recorded ones."""
    sent = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    ids: dict[str, str] = {
        environ["HTTP_X_EDIT"]: sent[0]["id"],
        environ["HTTP_X_SEEN"]: sent[0]["seen_mark"],
    }
    begin = UUID(environ["HTTP_X_EDIT"]).int >> 80

    def of_id(key: str) -> str:
        if key not in ids and UUID(key).int >> 80 >= begin:
            ids[key] = str(uuid7())
        return ids.get(key, key)

    def exchanged(value: Any) -> Any:
        if isinstance(value, UUID):
            return UUID(of_id(str(value)))
        if isinstance(value, str) and len(value) == 36:
            return of_id(value)
        if isinstance(value, Jsonb):
            return Jsonb(exchanged(value.obj))
        if isinstance(value, dict):
            return {name: exchanged(each) for name, each in value.items()}
        return type(value)(map(exchanged, value)) if isinstance(value, list | tuple) else value

    return exchanged
