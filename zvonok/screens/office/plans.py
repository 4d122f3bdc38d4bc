"""How far the lesson plans of a school have come: by teacher, class and subject."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil
from uuid import UUID

from zvonok.domain.planning.selectors import PlanOfGroup, plans_of_school
from zvonok.domain.schools.selectors import classes_of_day, subjects_of_school, teachers_of_school, year_of

GROUPS_A_PAGE = 50
Choices = list[tuple[str, str]]


class PlanState(StrEnum):
    """How a plan stands."""

    MISSING = "MISSING"
    BEHIND = "BEHIND"
    TOO_LONG = "TOO_LONG"
    ON_TIME = "ON_TIME"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A study group's plan as the list shows it."""

    plan: PlanOfGroup
    state: PlanState


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """Whose plans are shown; what is not known filters nothing."""

    school_class: str = ""
    teacher: str = ""
    subject: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class PlansPage:
    """The deputy head's page of lesson plans; `planned` of `total` groups have one."""

    lines: list[PlanLine]
    shown: int
    total: int
    planned: int
    classes: Choices
    teachers: Choices
    subjects: Choices
    number: int
    last: int


def plans_page(*, school_id: UUID, today: date, wanted: PlanFilter, number: int) -> PlansPage:
    """Read the page in six queries, however many groups there are; `number` is from 1."""
    year = year_of(school_id=school_id, day=today)
    found = plans_of_school(school_id=school_id, year_id=year.pk, today=today) if year else []
    lines = [PlanLine(plan, state_of(plan)) for plan in found]
    chosen = [line for line in lines if _is_wanted(line, wanted)]
    last = max(1, ceil(len(chosen) / GROUPS_A_PAGE))
    number = min(max(number, 1), last)
    return PlansPage(
        lines=chosen[(number - 1) * GROUPS_A_PAGE : number * GROUPS_A_PAGE],
        shown=len(chosen),
        total=len(lines),
        planned=sum(line.state is not PlanState.MISSING for line in lines),
        classes=[(str(one.pk), one.title) for one in classes_of_day(school_id=school_id, day=today)],
        teachers=_choices(teachers_of_school(school_id=school_id, day=today)),
        subjects=_choices(subjects_of_school(school_id=school_id)),
        number=number,
        last=last,
    )


def state_of(plan: PlanOfGroup) -> PlanState:
    """Tell how a plan stands: what is most urgent of it."""
    if not plan.planned:
        return PlanState.MISSING
    if plan.pace.behind:
        return PlanState.BEHIND
    return PlanState.TOO_LONG if plan.pace.lacking else PlanState.ON_TIME


def _is_wanted(line: PlanLine, wanted: PlanFilter) -> bool:
    plan = line.plan
    return (
        wanted.school_class in ("", str(plan.class_id))
        and wanted.subject in ("", str(plan.subject_id))
        and wanted.state in ("", line.state)
        and (not wanted.teacher or wanted.teacher in map(str, plan.teacher_ids))
    )


def _choices(pairs: Sequence[tuple[UUID, str]]) -> Choices:
    return [(str(key), name) for key, name in pairs]
