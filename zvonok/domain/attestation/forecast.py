"""Where the present marks lead, and which marks to come reach a target. Pure, decimal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zvonok.domain.attestation.proposals import GroupRules, average_of, figure_of
from zvonok.domain.attestation.rules import Counted

MOST_TO_COME = 5
WEIGHTS = (1, 2, 3, 4, 5)
BEST = Decimal(5)


@dataclass(frozen=True, slots=True)
class Path:
    """A way to the target: so many marks of one value and weight; `average` is what they lead to."""

    value: str
    weight: int
    count: int
    average: Decimal


def leads_to(marks: Sequence[Counted], rules: GroupRules) -> str:
    """Give the figure that the present marks lead to if no other comes; "" without marks. Rule F-1."""
    return figure_of(average_of(marks, rules), rules)


def after(marks: Sequence[Counted], coming: Iterable[Counted], rules: GroupRules) -> Decimal | None:
    """Compute the average once some marks have come. Rule F-1."""
    return average_of([*marks, *coming], rules)


def fewest_to(
    target: str,
    marks: Sequence[Counted],
    rules: GroupRules,
    *,
    weights: Sequence[int] = WEIGHTS,
    most: int = MOST_TO_COME,
) -> int | None:
    """Find how many marks to come the target needs at the best; None: it is out of reach of `most`. Rule F-2.

    The best there is are fives of the greatest weight, so no other choice needs fewer.
    """
    best = Counted(BEST, max(weights))
    counts = (count for count in range(most + 1) if _reaches(target, marks, [best] * count, rules))
    return next(counts, None)


def paths_to(
    target: str,
    marks: Sequence[Counted],
    rules: GroupRules,
    *,
    weights: Sequence[int] = WEIGHTS,
    most: int = MOST_TO_COME,
) -> list[Path]:
    """List the ways to the target by marks of one value and weight, the shortest first. Rule F-3.

    Where the average is plain, weights make no difference and only the least is offered.
    Empty: the target is reached already, or out of reach.
    """
    if _reaches(target, marks, [], rules):
        return []
    offered = sorted(set(weights)) if rules.is_weighted else [min(weights)]
    found = [
        path
        for value in range(int(BEST), int(target) - 1, -1)
        for weight in offered
        if (path := _shortest(target, marks, Counted(Decimal(value), weight), rules, most))
    ]
    return sorted(found, key=lambda path: (path.count, path.weight, path.value))


def _shortest(
    target: str, marks: Sequence[Counted], one: Counted, rules: GroupRules, most: int
) -> Path | None:
    for count in range(1, most + 1):
        average = after(marks, [one] * count, rules)
        if average is not None and figure_of(average, rules) >= target:
            return Path(str(int(one.points)), one.weight, count, average)
    return None


def _reaches(target: str, marks: Sequence[Counted], coming: Sequence[Counted], rules: GroupRules) -> bool:
    return figure_of(after(marks, coming, rules), rules) >= target
