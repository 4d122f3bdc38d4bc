"""How an average is reckoned, written out: the same for families and teachers."""

from collections.abc import Sequence
from decimal import Decimal

from zvonok.domain.attestation.rules import Counted


def plain_sum(terms: Sequence[Counted]) -> str:
    """Write how the plain average is reckoned: `(5 + 4 + 4) ÷ 3`."""
    return f"({' + '.join(_figure(mark.points) for mark in terms)}) ÷ {len(terms)}"


def weighted_sum(terms: Sequence[Counted]) -> str:
    """Write how the weighted average is reckoned: `(5×1 + 4×3) ÷ 4`."""
    products = " + ".join(f"{_figure(mark.points)}×{mark.weight}" for mark in terms)
    return f"({products}) ÷ {sum(mark.weight for mark in terms)}"


def _figure(points: Decimal) -> str:
    return f"{points:f}".rstrip("0").rstrip(".") if points % 1 else str(int(points))
