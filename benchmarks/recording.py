"""One real request, recorded: its statements as the database saw them, and the bytes of its answer."""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg.types.json import Json, Jsonb


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its values; `in_block` says that it stood within a transaction of several."""

    sql: str
    values: Any
    in_block: bool
    many: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a client was told."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(slots=True)
class Recording:
    """The statements of a request, and its answer."""

    statements: list[Statement] = field(default_factory=list)
    answer: Answer | None = None

    @property
    def answered(self) -> Answer:
        """The answer, which is there once the request is over."""
        assert self.answer
        return self.answer

    @property
    def queries(self) -> int:
        """How many statements read or write rows."""
        return sum(not statement.sql.startswith(_CONTROL) for statement in self.statements)

    def blocks(self) -> list[tuple[bool, list[Statement]]]:
        """The statements by transaction."""
        return [(key, list(group)) for key, group in groupby(self.statements, lambda one: one.in_block)]


_CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SET ")


@contextmanager
def recorded() -> Iterator[Recording]:
    """Record what is asked of the database within the block."""
    recording = Recording()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        recording.statements.append(Statement(sql, plain(params), connection.in_atomic_block, many))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield recording


def plain(value: Any) -> Any:
    """Take the values out of everything that only this process understands."""
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(plain, value))
    if isinstance(value, Json | Jsonb):
        return type(value)(value.obj)
    return str(value) if isinstance(value, str) else value


def keep(path: Path, things: Any) -> None:
    """Write recordings for the servers that repeat them."""
    path.write_bytes(pickle.dumps(things))
