"""The page of a lesson plan: its sections and topics, how it stands against the lessons, how to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from zvonok.domain.access.actor import Actor
from zvonok.domain.planning.pace import Pace, pace, repair
from zvonok.domain.planning.policy import may_plan
from zvonok.domain.planning.rules import Draft, Edit, Merge, Shorten, Topic, all_edited, place_of
from zvonok.domain.planning.selectors import (
    PlanChange,
    TaughtTopic,
    changes_of_plan,
    lesson_numbers,
    plan_version,
    topics_of_plan,
)

if TYPE_CHECKING:
    from zvonok.domain.schools.models import StudyGroup

TOPICS_A_PAGE = 200


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A topic in its place, counted from 1, with the days of its lessons."""

    id: UUID
    place: int
    draft: Draft
    days: tuple[date, ...]
    is_done: bool
    is_passed_over: bool
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class PlanSection:
    """Topics of one section that stand together; `hours` are those of this page."""

    title: str
    rows: list[PlanRow]

    @property
    def hours(self) -> int:
        """The hours of the section."""
        return sum(row.draft.hours for row in self.rows)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A step of the repair in words: `what` is SHORTEN or MERGE, `titles` whom it touches."""

    what: str
    titles: tuple[str, ...]
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class PlanPage:
    """All that the page of a plan shows."""

    version: int
    may_edit: bool
    pace: Pace
    sections: list[PlanSection]
    titles: list[str]
    proposals: list[Proposal]
    saved: int
    changes: list[PlanChange]
    zone: tzinfo
    number: int
    last: int

    @property
    def is_empty(self) -> bool:
        """Whether there is no plan yet."""
        return not self.sections


def plan_page(group: "StudyGroup", *, actor: Actor, today: date, number: int = 1) -> PlanPage:
    """Read the page of a plan in five queries; `number` is the page of a long one, from 1."""
    own = {"school_id": group.school_id, "group_id": group.pk}
    lines = topics_of_plan(**own)
    plan = [line.topic for line in lines]
    numbers = lesson_numbers(**own, today=today)
    stands = pace(plan, held=numbers.held, left=numbers.left)
    steps = repair(plan, lacking=stands.lacking)
    last = max(1, ceil(len(lines) / TOPICS_A_PAGE))
    number = min(max(number, 1), last)
    shown = slice((number - 1) * TOPICS_A_PAGE, number * TOPICS_A_PAGE)
    return PlanPage(
        version=plan_version(**own),
        may_edit=may_plan(actor, **own),
        pace=stands,
        sections=_sections(_rows(lines)[shown]),
        titles=list(dict.fromkeys(topic.draft.section for topic in plan if topic.draft.section)),
        proposals=_proposals(plan, steps),
        saved=_hours(plan) - _hours(all_edited(plan, steps).topics),
        changes=changes_of_plan(school_id=group.school_id, group_id=group.pk),
        zone=ZoneInfo(group.school.time_zone),
        number=number,
        last=last,
    )


def place_for(plan: Sequence[Topic], section: str) -> int:
    """Find where a new topic of a section goes: after the last of it, or to the end."""
    places = [place for place, topic in enumerate(plan, 1) if topic.draft.section == section]
    return places[-1] if places else len(plan)


def _rows(lines: Sequence[TaughtTopic]) -> list[PlanRow]:
    latest = max((place for place, line in enumerate(lines) if line.days), default=-1)
    return [
        PlanRow(
            id=line.topic.id,
            place=place + 1,
            draft=line.topic.draft,
            days=line.days,
            is_done=not line.topic.left,
            is_passed_over=place < latest and not line.days,
            is_first=place == 0,
            is_last=place == len(lines) - 1,
        )
        for place, line in enumerate(lines)
    ]


def _sections(rows: Sequence[PlanRow]) -> list[PlanSection]:
    return [PlanSection(title, list(own)) for title, own in groupby(rows, key=lambda row: row.draft.section)]


def _proposals(plan: Sequence[Topic], steps: Sequence[Edit]) -> list[Proposal]:
    found = []
    hours = {topic.id: topic.draft.hours for topic in plan}
    for step in steps:
        at = place_of(plan, step.id)
        if isinstance(step, Shorten):
            found.append(Proposal("SHORTEN", (plan[at].draft.title,), hours[step.id], step.hours))
            hours[step.id] = step.hours
        elif isinstance(step, Merge):
            pair = plan[at : at + 2]
            before = sum(hours[topic.id] for topic in pair)
            found.append(
                Proposal("MERGE", tuple(one.draft.title for one in pair), before, step.hours or before)
            )
    return found


def _hours(plan: Sequence[Topic]) -> int:
    return sum(topic.draft.hours for topic in plan)
