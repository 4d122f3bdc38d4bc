"""How a plan stands against the lessons of the year, and how to fit it into those that are left. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from zvonok.domain.planning.rules import TITLE_LENGTH, Edit, Merge, Plan, Shorten, Topic, joined_title


@dataclass(frozen=True, slots=True)
class Pace:
    """Hours of a plan against lessons: `left` are the lessons from today that have no topic yet."""

    planned: int
    passed: int
    hours_left: int
    held: int
    left: int

    @property
    def behind(self) -> int:
        """By how many lessons the plan lags: lessons were held, and its hours were not covered."""
        return max(min(self.held, self.planned) - self.passed, 0)

    @property
    def lacking(self) -> int:
        """How many hours find no lesson any more."""
        return max(self.hours_left - self.left, 0)

    @property
    def spare(self) -> int:
        """How many lessons are left over."""
        return max(self.left - self.hours_left, 0)


def pace(plan: Plan, *, held: int, left: int) -> Pace:
    """Set a plan against the lessons held before today, and those from today on without a topic."""
    return Pace(
        planned=sum(topic.draft.hours for topic in plan),
        passed=sum(topic.passed for topic in plan),
        hours_left=sum(topic.left for topic in plan),
        held=held,
        left=left,
    )


def repair(plan: Plan, *, lacking: int) -> list[Edit]:
    """Propose how to save hours: long topics give one each first, then neighbours of a section are merged.

    What has been taught, and what is tested, is left alone; no title is lost; never more than is lacking.
    """
    steps: list[Edit] = []
    free = [_is_free(topic) for topic in plan]
    hours = [topic.draft.hours for topic in plan]
    while lacking > len(steps) and (longest := _longest(hours, free)) is not None:
        hours[longest] -= 1
        steps.append(Shorten(plan[longest].id, hours[longest]))
    steps = [*{step.id: step for step in steps if isinstance(step, Shorten)}.values()]
    saved = sum(topic.draft.hours - now for topic, now in zip(plan, hours, strict=True))
    return steps + _merges(plan, hours, free, lacking - saved)


def _is_free(topic: Topic) -> bool:
    return not topic.taught and not topic.draft.control


def _longest(hours: Sequence[int], free: Sequence[bool]) -> int | None:
    """Find the longest topic that can give an hour, of equal ones the last."""
    places = [place for place, is_free in enumerate(free) if is_free and hours[place] > 1]
    return max(places, key=lambda place: (hours[place], place), default=None)


def _merges(plan: Plan, hours: Sequence[int], free: Sequence[bool], lacking: int) -> list[Edit]:
    """Merge neighbours from the end of the plan, each topic once at most."""
    steps: list[Edit] = []
    place = len(plan) - 2
    while place >= 0 and len(steps) < lacking:
        if free[place] and free[place + 1] and _fit(plan[place], plan[place + 1]):
            steps.append(Merge(plan[place].id, max(hours[place] + hours[place + 1] - 1, 1)))
            place -= 1
        place -= 1
    return steps


def _fit(first: Topic, second: Topic) -> bool:
    one, other = first.draft, second.draft
    return one.section == other.section and len(joined_title(one.title, other.title)) <= TITLE_LENGTH
