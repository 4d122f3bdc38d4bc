"""What the marks of many students come to: average, quality and success. Pure, decimal.

Quality is the share of students whose marks are all fours and fives, or passes; success of those without a two,
a fail or “н/а”. Who has no mark, or is exempt from everything, is not counted.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from zvonok.domain.attestation.proposals import FIGURES, NOT_ATTESTED

GOOD = frozenset({"5", "4", "зач"})
INSUFFICIENT = frozenset({"2", "незач", NOT_ATTESTED})
KNOWN = frozenset({*FIGURES, *GOOD, *INSUFFICIENT})
_CENT = Decimal("0.01")


def average_mark(marks: Iterable[str]) -> Decimal | None:
    """Compute the average of the figures among marks."""
    figures = [int(mark) for mark in marks if mark in FIGURES]
    return (Decimal(sum(figures)) / len(figures)).quantize(_CENT, ROUND_HALF_UP) if figures else None


def quality(of_students: Iterable[Sequence[str]]) -> int | None:
    """Compute the share of students whose marks are all good, in whole per cent."""
    counted = _counted(of_students)
    return _percent(sum(GOOD.issuperset(marks) for marks in counted), len(counted))


def success(of_students: Iterable[Sequence[str]]) -> int | None:
    """Compute the share of students whose marks all suffice, in whole per cent."""
    counted = _counted(of_students)
    return _percent(sum(INSUFFICIENT.isdisjoint(marks) for marks in counted), len(counted))


def _counted(of_students: Iterable[Sequence[str]]) -> list[list[str]]:
    known = ([mark for mark in marks if mark in KNOWN] for marks in of_students)
    return [marks for marks in known if marks]


def _percent(some: int, everybody: int) -> int | None:
    return 100 * some // everybody if everybody else None
