"""Which values a scale has, and what they count for. Pure."""

from decimal import Decimal

# Each scale's values in the order a teacher thinks of them, with the points they add to an average.
VALUES: dict[str, dict[str, Decimal | None]] = {
    "FIVE_POINT": {
        "5": Decimal(5),
        "4": Decimal(4),
        "3": Decimal(3),
        "2": Decimal(2),
        "1": Decimal(1),
    },
    "PASS_FAIL": {"зач": None, "незач": None},
    "UNGRADED": {},
}
DEFAULT_WEIGHTS = {
    "ANSWER": 1,
    "HOMEWORK": 1,
    "INDEPENDENT": 2,
    "TEST": 3,
    "DICTATION": 3,
    "ESSAY": 3,
    "LAB": 2,
    "PROJECT": 3,
}


def belongs(value: str, *, scale: str) -> bool:
    """Say whether a value lies on a scale."""
    return value in VALUES[scale]


def points_of(value: str, *, scale: str) -> Decimal | None:
    """Give what a value counts for in an average; None for a value that does not count."""
    return VALUES[scale][value]
