"""Stretches of days, half-open; `date.min` and `date.max` stand for an open side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

What = tuple[UUID | str | None, ...]


class Days(NamedTuple):
    """The days from `begin` until before `end`."""

    begin: date
    end: date

    def meets(self, other: "Days") -> bool:
        """Say whether both have a day in common."""
        return self.begin < other.end and other.begin < self.end

    def covers(self, other: "Days") -> bool:
        """Say whether all days of the other are in this one."""
        return self.begin <= other.begin and other.end <= self.end

    def without(self, others: Iterable["Days"]) -> list["Days"]:
        """Give what is left when other stretches are cut out."""
        left = [self]
        for other in others:
            left = [piece for days in left for piece in days._cut(other)]
        return left

    def _cut(self, other: "Days") -> list["Days"]:
        if not self.meets(other):
            return [self]
        pieces = (Days(self.begin, other.begin), Days(other.end, self.end))
        return [piece for piece in pieces if piece.begin < piece.end]

    def __str__(self) -> str:
        begin = "…" if self.begin == date.min else self.begin.isoformat()
        return f"{begin} – {'…' if self.end == date.max else self.end.isoformat()}"


@dataclass(frozen=True, slots=True)
class Standing:
    """A row there is; `what` says who and what, without the days."""

    id: UUID
    what: What
    days: Days


@dataclass(frozen=True, slots=True)
class Wanted:
    """A stretch that the other program knows; without `begin` it holds since whenever it holds here."""

    source_id: str
    what: What
    begin: date | None
    end: date = date.max


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of one row: `before` is None for a new one, `after` for one that is taken back."""

    what: What
    before: Days | None
    after: Days | None
    row_id: UUID | None = None
    source_ids: tuple[str, ...] = ()
    is_closing: bool = False
