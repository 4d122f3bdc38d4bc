"""What an edit puts into a cell, by the scale of the work."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zvonok.domain.marks import rules
from zvonok.domain.marks.models import ScaleKind
from zvonok.kernel.refusals import Refused


class ValueNotInScale(Refused):
    """The value does not lie on the scale of the work."""

    message = _("“%(value)s” is not a mark of this scale.")


class OnlyComments(Refused):
    """The work is not graded."""

    message = _("No marks are given here, only comments. Write one on the lesson’s page.")


class CriteriaWanted(Refused):
    """The work is marked by criteria, and nobody has said yet by which."""

    message = _("Say first by which criteria this work is marked: on the lesson’s page, beside its name.")


class PointsWanted(Refused):
    """A work that is marked by criteria takes the points of each of them."""

    message = _("Write the points of each criterion, such as “%(example)s”; at most %(most)s.")


@dataclass(frozen=True, slots=True)
class Part:
    """What an edit puts into a cell: the value on the scale, the points it was made of, the comment."""

    value: str
    criteria: str
    comment: str


@dataclass(slots=True)
class WorkOfLesson:
    """A kind of work as this lesson has it: opened, with an id, or what it would be if it were opened now."""

    code: str
    title: str
    in_use: bool
    id: UUID | None
    scale: UUID
    kind: str
    bounds: list[int] | None
    weight: int
    counts: bool
    criteria: list[int]


def work_of_lesson(entry: dict[str, Any]) -> WorkOfLesson:
    """Make it of what the sheet's statement wrote as JSON."""
    opened = entry.pop("id")
    return WorkOfLesson(id=UUID(opened) if opened else None, scale=UUID(entry.pop("scale")), **entry)


def judge(typed: Part, work: WorkOfLesson, standing: Part | None) -> Part | None:
    """Find what is meant by what was typed, by the scale of the work; None: that nothing is to stand there.

    A value that stands keeps the points of which it was made.
    Raises: ValueNotInScale, OnlyComments, CriteriaWanted, PointsWanted. Rules M-3, M-8, M-10, M-13, M-14, M-16.
    """
    if standing and typed.value and typed.value in (standing.value, standing.criteria):
        return replace(standing, comment=typed.comment)
    if typed.value.lower() == rules.EXEMPT and work.kind != ScaleKind.UNGRADED:
        return replace(typed, value=rules.EXEMPT)
    if typed.value == rules.POINT and work.kind != ScaleKind.UNGRADED:
        return typed
    if work.kind == ScaleKind.CRITERIA and typed.value:
        return _by_criteria(typed, work)
    values = [rules.spelled(one, scale=work.kind) for one in rules.attempts(typed.value)]
    value = "/".join(values)
    if value and not rules.are_attempts(values, scale=work.kind):
        raise OnlyComments if work.kind == ScaleKind.UNGRADED else ValueNotInScale(value=typed.value)
    is_comment = work.kind == ScaleKind.UNGRADED and typed.comment
    return replace(typed, value=value) if value or is_comment else None


def _by_criteria(typed: Part, work: WorkOfLesson) -> Part:
    if not work.criteria:
        raise CriteriaWanted
    points = rules.points_by_criteria(typed.value, most=work.criteria)
    if points is None:
        example = "+".join(str(most - most // 3) for most in work.criteria)
        raise PointsWanted(example=example, most="+".join(map(str, work.criteria)))
    value = rules.mark_of(sum(points), sum(work.criteria), bounds=work.bounds or ())
    return Part(value, "+".join(map(str, points)), typed.comment)
