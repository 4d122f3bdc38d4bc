"""The letters of the journal, what a note reaches, and when a day or a month was missed. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

# As Russian journals write them; the key is what is stored.
LETTERS = {"UNEXCUSED": "Н", "ILL": "Б", "EXCUSED": "УП", "LATE": "О"}
# What a teacher may type, on either keyboard layout: the letter itself, its Latin look-alike or its key.
KEYS = {
    "Н": "UNEXCUSED",
    "H": "UNEXCUSED",
    "N": "UNEXCUSED",
    "Б": "ILL",
    "B": "ILL",
    "У": "EXCUSED",
    "УП": "EXCUSED",
    "U": "EXCUSED",
    "О": "LATE",
    "O": "LATE",
}
MISSED = ("UNEXCUSED", "ILL", "EXCUSED")
_ENDLESS = 1000
_TENTH = Decimal("0.1")


def kind_of(typed: str) -> str | None:
    """Find the kind of absence that a typed letter means; None when it means none."""
    return KEYS.get(typed.strip().upper())


@dataclass(frozen=True, slots=True)
class Reach:
    """Lessons in a row: from `from_slot` of the first day to `to_slot` of the last; None is a whole day."""

    first_day: date
    last_day: date
    from_slot: int | None = None
    to_slot: int | None = None

    def covers(self, day: date, slot: int) -> bool:
        """Say whether a lesson lies within. Rule T-7."""
        begin = (self.first_day, self.from_slot or 0)
        return begin <= (day, slot) <= (self.last_day, self.to_slot or _ENDLESS)


def has_begun(reach: Reach, *, today: date, begun: Collection[int]) -> bool:
    """Say whether the first of the lessons within a reach has begun; `begun` are those of today that have.

    A day without lessons begins when it is over.
    """
    if reach.first_day != today:
        return reach.first_day < today
    return any(reach.covers(today, slot) for slot in begun)


def excused_kind(reason: str) -> str:
    """Tell which kind of absence an accepted reason makes. Rule T-8."""
    return "ILL" if reason == "ILLNESS" else "EXCUSED"


def may_be_withdrawn(*, kind: str, state: str, has_begun: bool) -> bool:
    """Say whether the family may take a note back. Rule T-10.

    What was reported beforehand, until it begins; an explanation, until it is answered.
    """
    if kind == "REPORT":
        return state in ("SENT", "ACCEPTED") and not has_begun
    return state == "SENT"


def yields_to(standing: str | None, kind: str) -> bool:
    """Say whether a whole-day absence takes the place of what stands in a lesson. Rule T-12.

    Where nothing stands, and instead of an absence without a reason; lateness and a reason given stay.
    """
    return standing is None or (standing == "UNEXCUSED" and kind != "UNEXCUSED")


def day_missed(held: Collection[int], missed: Collection[int]) -> bool:
    """Say whether a day counts as missed: all of its lessons were, and there were some. Rule T-13."""
    return bool(held) and set(held) <= set(missed)


@dataclass(frozen=True, slots=True)
class MonthCount:
    """What a student missed in a month: lessons by kind, how many lessons there were, days missed whole."""

    lessons: int
    by_kind: Mapping[str, int]
    days: int

    @property
    def missed(self) -> int:
        """How many lessons were missed; lateness is not missing."""
        return sum(self.by_kind.get(kind, 0) for kind in MISSED)

    @property
    def share(self) -> Decimal | None:
        """Which part of the lessons was missed, in per cent to one decimal, half up; None without lessons."""
        if not self.lessons:
            return None
        part = Decimal(self.missed * 100) / self.lessons
        return part.quantize(_TENTH, rounding=ROUND_HALF_UP)


def month_count(
    held: Mapping[date, Collection[int]], absences: Iterable[tuple[date, int, str]]
) -> MonthCount:
    """Count a student's month: `held` are the lessons of each day, `absences` day, lesson and kind. Rule T-13."""
    noted = [absence for absence in absences if absence[1] in held.get(absence[0], ())]
    by_kind = dict.fromkeys(LETTERS, 0)
    missed: dict[date, set[int]] = {}
    for day, slot, kind in noted:
        by_kind[kind] += 1
        if kind in MISSED:
            missed.setdefault(day, set()).add(slot)
    days = sum(day_missed(slots, missed.get(day, ())) for day, slots in held.items())
    return MonthCount(sum(map(len, held.values())), by_kind, days)


def sum_of(counts: Iterable[MonthCount]) -> MonthCount:
    """Add the months of several students up."""
    whole = list(counts)
    by_kind = {kind: sum(one.by_kind.get(kind, 0) for one in whole) for kind in LETTERS}
    return MonthCount(sum(one.lessons for one in whole), by_kind, sum(one.days for one in whole))
