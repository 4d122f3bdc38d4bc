"""What another program says of stretches of days, set against what stands: which rows are added, moved, ended.

What lies in the past stays: a new stretch yields to one that has ended, and nothing that has begun is taken away.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from zvonok.kernel.spans import Days, Move, Standing, Wanted, What


@dataclass(slots=True)
class Moves:
    """All moves, and the wanted stretches that found no room beside an earlier one."""

    moves: list[Move] = field(default_factory=list)
    left_out: list[Wanted] = field(default_factory=list)


@dataclass(slots=True)
class _Piece:
    what: What
    days: Days
    sources: list[str]


def plan_moves(
    standing: Sequence[Standing],
    wanted: Sequence[Wanted],
    *,
    closable: Collection[UUID],
    today: date,
    since: date,
    rivals: Callable[[What], What],
) -> Moves:
    """Find what has to be done so that the rows say what is wanted.

    `closable` are the rows that end today when nothing wants them; `since` is the first day of what is new
    and has no beginning; of two stretches with the same `rivals` only one can hold on a day.
    """
    found, endable = Moves(), set(closable)
    ours, theirs = _grouped(standing, rivals), defaultdict(list)
    for one in wanted:
        theirs[rivals(one.what)].append(one)
    for key in dict.fromkeys([*ours, *theirs]):
        _plan(found, ours.get(key, []), _Rivalry(theirs.get(key, []), today, since), endable)
    return found


@dataclass(frozen=True, slots=True)
class _Rivalry:
    wanted: list[Wanted]
    today: date
    since: date


def _grouped(rows: Sequence[Standing], rivals: Callable[[What], What]) -> dict[What, list[Standing]]:
    groups: dict[What, list[Standing]] = defaultdict(list)
    for row in rows:
        groups[rivals(row.what)].append(row)
    for group in groups.values():
        group.sort(key=lambda row: row.days)
    return groups


def _plan(found: Moves, rows: list[Standing], rivalry: _Rivalry, closable: set[UUID]) -> None:
    pieces = _pieces(found, rows, rivalry)
    claimed = {
        row.id for row in rows for piece in pieces if row.what == piece.what and row.days.meets(piece.days)
    }
    fixed: list[Standing] = []
    for row in rows:
        if row.id in claimed:
            continue
        kept = _close(found, row, rivalry.today) if row.id in closable else row.days
        if kept is not None:
            fixed.append(Standing(row.id, row.what, kept))
    free = [row for row in rows if row.id in claimed]
    for piece in pieces:
        others = [row.days for row in fixed if row.what != piece.what]
        for days in piece.days.without(others):
            met = [row for row in free if row.what == piece.what and row.days.meets(days)]
            found.moves.append(_move(piece, days, met))
            free = [row for row in free if row not in met]


def _pieces(found: Moves, rows: list[Standing], rivalry: _Rivalry) -> list[_Piece]:
    """Give the wanted stretches that have room; of rivals, those that stand already come first."""
    dated = [(one, Days(one.begin or _begin(one, rows, rivalry), one.end)) for one in rivalry.wanted]
    pieces: list[_Piece] = []
    for one, days in sorted(dated, key=lambda pair: (_newness(pair[0], pair[1], rows), pair[1])):
        clashes = [piece for piece in pieces if piece.days.meets(days) or _touches(piece, one, days)]
        if days.begin >= days.end or any(piece.what != one.what for piece in clashes):
            found.left_out.append(one)
            continue
        whole = _Piece(one.what, days, [one.source_id])
        for piece in clashes:
            pieces.remove(piece)
            both = (whole.days, piece.days)
            whole.days = Days(min(days.begin for days in both), max(days.end for days in both))
            whole.sources += piece.sources
        pieces.append(whole)
    return pieces


def _newness(one: Wanted, days: Days, rows: list[Standing]) -> tuple[bool, bool]:
    own = [row.days for row in rows if row.what == one.what]
    return not any(row.covers(days) for row in own), not any(row.meets(days) for row in own)


def _touches(piece: _Piece, one: Wanted, days: Days) -> bool:
    return piece.what == one.what and (piece.days.end == days.begin or days.end == piece.days.begin)


def _begin(one: Wanted, rows: list[Standing], rivalry: _Rivalry) -> date:
    own = [row.days for row in rows if row.what == one.what and row.days.begin < one.end]
    lasting = [days.begin for days in own if days.end > rivalry.today]
    if lasting:
        return min(lasting)
    if one.end > rivalry.today:
        return rivalry.today if own else rivalry.since
    return own[-1].begin if own else rivalry.since


def _close(found: Moves, row: Standing, today: date) -> Days | None:
    """End a row today; one that has not begun yet is taken back."""
    if row.days.end <= today:
        return row.days
    kept = Days(row.days.begin, today) if row.days.begin < today else None
    found.moves.append(Move(row.what, row.days, kept, row.id, is_closing=True))
    return kept


def _move(piece: _Piece, days: Days, met: list[Standing]) -> Move:
    """Move the last of the rows that the days meet; earlier ones stay what they were."""
    sources = tuple(piece.sources)
    if not met:
        return Move(piece.what, None, days, source_ids=sources)
    last = met[-1]
    begin = last.days.begin if len(met) > 1 else days.begin
    return Move(piece.what, last.days, Days(begin, days.end), last.id, sources)
