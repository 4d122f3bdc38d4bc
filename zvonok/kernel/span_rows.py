"""Reading and writing rows that hold on the days of `valid_on`, many at once."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model, QuerySet

from zvonok.kernel.ids import uuid7
from zvonok.kernel.spans import Days, Move, Standing

_MOVE = """
    UPDATE {table} t SET valid_on = daterange(v.first, v.last)
    FROM unnest(%s::uuid[], %s::date[], %s::date[]) AS v(id, first, last) WHERE t.id = v.id
"""


def range_of(days: Days) -> DateRange:
    """Make the range as the database has it."""
    return DateRange(_bound(days.begin), _bound(days.end), "[)")


def standing_rows(rows: QuerySet[Any], *columns: str) -> list[Standing]:
    """Read rows; the columns named say who and what. One query."""
    return [
        Standing(row_id, tuple(what), Days(valid.lower or date.min, valid.upper or date.max))
        for row_id, valid, *what in rows.values_list("id", "valid_on", *columns)
    ]


def write_moves(
    model: type[Model], moves: Sequence[Move], build: Callable[[UUID, Move], Model]
) -> list[tuple[Move, UUID]]:
    """Write what has moved, and give back each move with the id of its row.

    Rows become shorter before others become longer, so that no two overlap on the way.
    """
    rows = model._default_manager
    rows.filter(pk__in=[move.row_id for move in moves if move.after is None]).delete()
    stretched = [move for move in moves if move.before and move.after and move.before != move.after]
    _update(model, ((move, _common(move)) for move in stretched))
    _update(model, ((move, move.after) for move in stretched if move.after != _common(move)))
    settled = [(move, move.row_id or uuid7()) for move in moves]
    rows.bulk_create(
        [build(row_id, move) for move, row_id in settled if move.before is None], batch_size=2000
    )
    return settled


def _common(move: Move) -> Days:
    before, after = move.before, move.after
    assert before
    assert after
    return Days(max(before.begin, after.begin), min(before.end, after.end))


def _update(model: type[Model], moved: Iterable[tuple[Move, Days | None]]) -> None:
    rows = [(move.row_id, days) for move, days in moved if days and (move.before != days)]
    if not rows:
        return
    values = (
        [row_id for row_id, _days in rows],
        [_bound(days.begin) for _id, days in rows],
        [_bound(days.end) for _id, days in rows],
    )
    with connection.cursor() as cursor:
        cursor.execute(_MOVE.format(table=connection.ops.quote_name(model._meta.db_table)), values)


def _bound(day: date) -> date | None:
    return None if day in {date.min, date.max} else day
