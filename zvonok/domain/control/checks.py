"""What a journal is checked for, how grave each finding is, and from which measure on it is one."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Check(TextChoices):
    """What may be wrong in a journal."""

    UNFILLED = "UNFILLED", _("Lesson not filled in")
    NO_TOPIC = "NO_TOPIC", _("Lesson without a topic")
    NO_HOMEWORK = "NO_HOMEWORK", _("Lesson without homework")
    ABSENT_AND_MARKED = "ABSENT_AND_MARKED", _("Absence and mark in one cell")
    TWO_AT_ONCE = "TWO_AT_ONCE", _("Present in two lessons at once")
    LATE_MARK = "LATE_MARK", _("Marks put late")
    TEST_NOT_FOR_ALL = "TEST_NOT_FOR_ALL", _("Test not marked for everyone")
    TWO_TESTS = "TWO_TESTS", _("Two tests in one day")
    FEW_FOR_DAYS = "FEW_FOR_DAYS", _("Too few marks for the lessons held")
    FEW_FOR_PERIOD = "FEW_FOR_PERIOD", _("Too few marks for the study period")
    LOW_AFTER_ABSENCE = "LOW_AFTER_ABSENCE", _("“2” right after an absence")
    LOW_AT_EDGE = "LOW_AT_EDGE", _("“2” in the first or last lessons of a period")
    LOW_NOT_MENDED = "LOW_NOT_MENDED", _("“2” that was not mended")
    PERIOD_NOT_ROUNDED = "PERIOD_NOT_ROUNDED", _("Period mark differs from the average")
    PERIOD_TOO_FEW = "PERIOD_TOO_FEW", _("Period mark made of too few marks")
    PERIOD_MISSED = "PERIOD_MISSED", _("Attested in spite of absences")
    GROUP_ABSENCE = "GROUP_ABSENCE", _("Many absences in the group")
    GROUP_AVERAGE = "GROUP_AVERAGE", _("Low average in the group")
    GROUP_DENSITY = "GROUP_DENSITY", _("Many lessons without marks")


class Gravity(TextChoices):
    """How grave a finding is: to be mended, to be looked at, or only to be known."""

    WRONG = "WRONG", _("to mend")
    LOOK = "LOOK", _("to look at")
    KNOW = "KNOW", _("to know")


class Place(TextChoices):
    """Where a finding is mended."""

    TOPIC = "TOPIC"
    HOMEWORK = "HOMEWORK"
    LESSON = "LESSON"
    CELL = "CELL"
    PERIOD_MARK = "PERIOD_MARK"
    JOURNAL = "JOURNAL"


WRONG = frozenset(
    {
        Check.UNFILLED,
        Check.NO_TOPIC,
        Check.NO_HOMEWORK,
        Check.ABSENT_AND_MARKED,
        Check.TWO_AT_ONCE,
        Check.TEST_NOT_FOR_ALL,
        Check.FEW_FOR_PERIOD,
        Check.PERIOD_NOT_ROUNDED,
        Check.PERIOD_TOO_FEW,
        Check.PERIOD_MISSED,
    }
)
_KNOWN = frozenset({Check.GROUP_ABSENCE, Check.GROUP_AVERAGE, Check.GROUP_DENSITY})
_PLACES = {
    Check.NO_TOPIC: Place.TOPIC,
    Check.UNFILLED: Place.LESSON,
    Check.NO_HOMEWORK: Place.HOMEWORK,
    Check.LATE_MARK: Place.LESSON,
    Check.TEST_NOT_FOR_ALL: Place.LESSON,
    Check.TWO_TESTS: Place.LESSON,
    Check.PERIOD_NOT_ROUNDED: Place.PERIOD_MARK,
    Check.PERIOD_TOO_FEW: Place.PERIOD_MARK,
    Check.PERIOD_MISSED: Place.PERIOD_MARK,
    Check.FEW_FOR_DAYS: Place.JOURNAL,
    Check.FEW_FOR_PERIOD: Place.JOURNAL,
    Check.GROUP_ABSENCE: Place.JOURNAL,
    Check.GROUP_AVERAGE: Place.JOURNAL,
    Check.GROUP_DENSITY: Place.JOURNAL,
}


def gravity(check: Check) -> Gravity:
    """Say how grave a finding of a check is."""
    return Gravity.WRONG if check in WRONG else Gravity.KNOW if check in _KNOWN else Gravity.LOOK


def place(check: Check) -> Place:
    """Say where a finding of a check is mended; what is in a cell, in that cell."""
    return _PLACES.get(check, Place.CELL)


@dataclass(frozen=True, slots=True)
class Measures:
    """From where on something is a finding. Days are calendar days, shares are in per cent."""

    late_days: int = 3
    late_test_days: int = 7
    soon_days: int = 10
    edge_lessons: int = 2
    mend_lessons: int = 3
    absent_percent: Decimal = Decimal(20)
    least_average: Decimal = Decimal("3.5")
    density_percent: Decimal = Decimal(70)
    lessons_to_judge: int = 5


USUAL = Measures()
