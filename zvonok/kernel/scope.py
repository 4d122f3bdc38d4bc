"""The school a transaction works for: the second wall, held by row level security.

Without a scope the tables of schools answer with no rows and take none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection, transaction

_school: ContextVar[UUID | None] = ContextVar("school_scope", default=None)


class ScopeOverlap(RuntimeError):
    """A piece of work for one school reached for another one's rows."""


def scoped_school() -> UUID | None:
    """Tell which school the present transaction works for, if any."""
    return _school.get()


@contextmanager
def school_scope(school_id: UUID) -> Iterator[None]:
    """Open a transaction that sees and writes the rows of one school only.

    Within a scope of the same school it changes nothing.
    Raises: ScopeOverlap within the scope of another school.
    """
    standing = _school.get()
    if standing == school_id:
        yield
        return
    if standing is not None:
        raise ScopeOverlap(f"scope of {standing} is open, {school_id} was asked for")
    token = _school.set(school_id)
    try:
        with transaction.atomic():
            _announce(f"'{UUID(str(school_id))}'")
            yield
            if connection.savepoint_ids:
                _announce("''")
    finally:
        _school.reset(token)


def _announce(literal: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL zvonok.school_id = {literal}")
