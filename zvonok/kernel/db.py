"""What the database is asked: isolation of schools in migrations, and the counting of questions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.migrations.operations import RunSQL

_POLICY = "school_id = nullif(current_setting('zvonok.school_id', true), '')::uuid"


class QueryInTemplate(RuntimeError):
    """A template asked the database; what a page shows is read before it is rendered."""


class IsolateBySchool(RunSQL):
    """Put a table under row level security: only rows of the school in scope are seen or written."""

    def __init__(self, table: str) -> None:
        super().__init__(
            sql=[
                f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
                f'CREATE POLICY school_scope ON "{table}" USING ({_POLICY}) WITH CHECK ({_POLICY})',
            ],
            reverse_sql=[
                f'DROP POLICY school_scope ON "{table}"',
                f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
            ],
        )
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Describe the operation as migrations write it."""
        return type(self).__name__, [self.table], {}


@contextmanager
def no_queries() -> Iterator[None]:
    """Refuse every query made within the block.

    Raises: QueryInTemplate, naming the statement.
    """

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        raise QueryInTemplate(sql)

    with _wrapped(refuse):
        yield


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """Collect the statements that read or write rows; transaction control is not counted."""
    statements: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "SET ")):
            statements.append(sql)
        return execute(sql, params, many, context)

    with _wrapped(count):
        yield statements


@contextmanager
def _wrapped(wrapper: Callable[..., Any]) -> Iterator[None]:
    with connections["default"].execute_wrapper(wrapper):
        yield
