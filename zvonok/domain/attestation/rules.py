"""Averages and period marks. Pure, decimal, no float anywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Counted:
    """A mark as an average sees it: its points and its weight."""

    points: Decimal
    weight: int


def plain_average(marks: Iterable[Counted]) -> Decimal | None:
    """Give the mean of the points, to two decimals, half up; None without marks. Rule A-1."""
    points = [mark.points for mark in marks]
    return _cents(sum(points, Decimal(0)) / len(points)) if points else None


def weighted_average(marks: Iterable[Counted]) -> Decimal | None:
    """Give the mean of the points by weight, to two decimals, half up; None without marks. Rule A-2."""
    counted = list(marks)
    weights = sum(mark.weight for mark in counted)
    return (
        _cents(sum((mark.points * mark.weight for mark in counted), Decimal(0)) / weights)
        if weights
        else None
    )


def rounded(average: Decimal, *, step_up: Decimal = Decimal("0.5")) -> int:
    """Round an average to a mark: up from `step_up` after the point, else down. Rule A-3."""
    whole = int(average)
    return whole + 1 if average - whole >= step_up else whole


@dataclass(frozen=True, slots=True)
class Fall:
    """An average that has fallen: what it was, and what it is."""

    before: Decimal
    now: Decimal

    @property
    def depth(self) -> Decimal:
        """By how much."""
        return self.before - self.now


def fall(
    before: Iterable[Counted], now: Iterable[Counted], *, least: Decimal = Decimal("0.5"), enough: int = 2
) -> Fall | None:
    """Compare the weighted averages of two stretches of time; None unless it fell by `least` or more. Rule A-10.

    With fewer than `enough` marks on either side chance speaks, not the student.
    """
    earlier, later = list(before), list(now)
    if min(len(earlier), len(later)) < enough:
        return None
    was, became = weighted_average(earlier), weighted_average(later)
    return Fall(was, became) if was is not None and became is not None and was - became >= least else None


def _cents(value: Decimal) -> Decimal:
    return value.quantize(_CENT, rounding=ROUND_HALF_UP)
