"""How much homework a day bears. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

# The last grade of a step, and the minutes of homework that a school day bears in it.
# Source: README.md of the app, rule W-5.
NORM_MINUTES: Mapping[int, int] = {1: 60, 3: 90, 5: 120, 8: 150, 11: 210}


def norm_minutes(grade: int) -> int:
    """Tell how many minutes of homework a day bears in a grade, 1 to 11; beyond, as in the nearest grade."""
    return next((minutes for last, minutes in NORM_MINUTES.items() if grade <= last), NORM_MINUTES[11])


def heaviest(tasks: Iterable[tuple[int, Iterable[UUID]]]) -> int:
    """Add up the minutes of each pupil's tasks, and give those of the pupil who has the most."""
    minutes: Counter[UUID] = Counter()
    for length, students in tasks:
        for student in students:
            minutes[student] += length
    return max(minutes.values(), default=0)
