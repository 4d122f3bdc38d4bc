"""Which values a scale has, what they count for, and how points become a mark. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

# Each scale's values in the order a teacher thinks of them, with the points they add to an average.
_FIVE: dict[str, Decimal | None] = {value: Decimal(value) for value in "54321"}
VALUES: dict[str, dict[str, Decimal | None]] = {
    "FIVE_POINT": _FIVE,
    "PASS_FAIL": {"зач": None, "незач": None},
    "HUNDRED": {},
    "CRITERIA": _FIVE,
    "UNGRADED": {"": None},
}
# The per cents from which 5, 4 and 3 begin, until the school chooses its own.
DEFAULT_BOUNDS = {"HUNDRED": (85, 65, 45), "CRITERIA": (85, 65, 45)}
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
TESTS = frozenset({"TEST", "DICTATION", "ESSAY"})
_BETWEEN_POINTS = re.compile(r"[+/,; ]+")
MOST_ATTEMPTS = 3
POINT = "."  # a place held for a mark that must be put by a date, on every scale that gives marks
POINT_DAYS = 14
EXEMPT = "осв"  # in place of a mark, on every scale that gives marks: the student need not do this work
OFF_SCALE = (EXEMPT, POINT)
_SPELLINGS = {"зачёт": "зач", "зачет": "зач", "незачёт": "незач", "незачет": "незач"}


def is_work(code: str) -> bool:
    """Say whether a code has the shape of a kind of work; whether the school has it, the school knows."""
    return 0 < len(code) <= 11 and code.isascii() and code.isalnum() and code == code.upper()


def values_of(scale: str, *, bounds: Sequence[int] | None = None) -> dict[str, Decimal | None]:
    """List all values of a scale with the points they add to an average; `bounds` is its conversion."""
    if scale != "HUNDRED":
        return VALUES[scale]
    return {str(points): Decimal(mark_of(points, 100, bounds=bounds or ())) for points in range(100, -1, -1)}


def mark_of(points: int, most: int, *, bounds: Sequence[int]) -> str:
    """Turn points out of `most` into a five-point mark: 5, 4 and 3 from their per cents on, else 2. Rule M-8."""
    marks = zip("543", bounds, strict=True)
    return next((mark for mark, per_cent in marks if points * 100 >= per_cent * most), "2")


def are_bounds(bounds: Sequence[int]) -> bool:
    """Say whether three per cents can be where 5, 4 and 3 begin: each below the last, none below 1."""
    return len(bounds) == 3 and 100 >= bounds[0] > bounds[1] > bounds[2] >= 1


def spelled(value: str, *, scale: str) -> str:
    """Write a value as its scale has it: “Зачёт” is “зач”; what is already written so stays."""
    small = value.lower()
    return _SPELLINGS.get(small, small) if scale == "PASS_FAIL" else value


def belongs(value: str, *, scale: str) -> bool:
    """Say whether a value lies on a scale."""
    if scale == "HUNDRED":
        return value.isascii() and value.isdigit() and str(int(value)) == value and int(value) <= 100
    return value in VALUES[scale]


def points_of(value: str, *, scale: str, bounds: Sequence[int] | None = None) -> Decimal | None:
    """Give what a value counts for in an average; None for a value that does not count. Rule M-8."""
    if value in OFF_SCALE:
        return None
    if scale == "HUNDRED":
        return Decimal(mark_of(int(value), 100, bounds=bounds or ()))
    return VALUES[scale][value]


def points_by_criteria(text: str, *, most: Sequence[int]) -> list[int] | None:
    """Read the points of each criterion, as “3+2+4”; None unless each criterion has its own, and not too many."""
    parts = _BETWEEN_POINTS.split(text)
    if len(parts) != len(most) or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    points = [int(part[:4]) for part in parts]
    return points if all(got <= can for got, can in zip(points, most, strict=True)) else None


def needs_reason(*, put_at: datetime, at: datetime, within: int | None) -> bool:
    """Say whether a mark is corrected only with a reason: when more than `within` days have gone. Rule M-9."""
    return within is not None and at - put_at > timedelta(days=within)


def attempts(value: str) -> list[str]:
    """Tell the marks of a cell apart: “2/4” is a 2, and a 4 after it was written again. Rule M-13."""
    return value.split("/")


def are_attempts(values: Sequence[str], *, scale: str) -> bool:
    """Say whether marks can stand in one cell, each earlier one kept beside the one that counts. Rule M-13."""
    return len(values) <= MOST_ATTEMPTS and all(belongs(value, scale=scale) for value in values)


def are_tests_too_many(tests: int, *, lessons: int) -> bool:
    """Say whether tests take more than a tenth of the lessons. Rule M-15."""
    return tests * 10 > lessons


def crowded_days(tests: Iterable[tuple[date, Iterable[UUID]]]) -> set[date]:
    """Tell on which days somebody writes two tests, each given by its day and its pupils. Rule M-15."""
    times = Counter((day, student) for day, students in tests for student in set(students))
    return {day for (day, _), count in times.items() if count > 1}


def due_on(day: date, *, days: int, last: date | None) -> date:
    """Tell by which day a point that is put on `day` becomes a mark: by the end of the study period. Rule M-16."""
    due = day + timedelta(days=days)
    return due if last is None else min(due, max(last, day))


def is_overdue(due: date, *, today: date) -> bool:
    """Say whether the day by which a point had to become a mark has gone."""
    return due < today


def lowest(scale: str) -> str:
    """Name the value that an overdue point turns into: the least that the school’s marks are made of. Rule M-16."""
    return {"PASS_FAIL": "незач", "HUNDRED": "0"}.get(scale, "2")
