"""Period marks: the teacher decides, beside the average of that day."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.world import NOON, World
from zvonok.domain.attestation.commands import (
    Decision,
    NotTheGroupsTeacher,
    ReasonWanted,
    StudentNotInTheGroup,
    set_period_mark,
)
from zvonok.domain.attestation.models import PeriodMark
from zvonok.domain.attestation.selectors import period_marks_of_group, period_marks_of_student
from zvonok.domain.history.models import Fact
from zvonok.domain.marks.commands.put import ValueNotInScale
from zvonok.domain.timetable.commands.journal import PeriodIsClosed
from zvonok.kernel.scope import school_scope

LATER = NOON + timedelta(minutes=1)


def decide(world: World, value: str, average: str | None = None, **more: Any) -> PeriodMark:
    """Set Vera's mark in algebra for the second quarter, as somebody."""
    decision = Decision(
        world.people[more.get("whom", "Vera")].pk,
        value,
        Decimal(average) if average else None,
        more.get("reason", ""),
    )
    with school_scope(world.north.school.pk):
        return set_period_mark(
            actor=world.actor(more.get("who", "Anna")),
            group=world.north.groups["Алгебра 7Б"],
            period=world.north.period,
            decision=decision,
            at=more.get("at", NOON),
        )


def test_a_corrected_period_mark_stays_in_the_history(world: World) -> None:
    three = decide(world, "3", "3.40")
    five = decide(world, "5", "4.60", at=LATER)
    with school_scope(world.north.school.pk):
        assert list(PeriodMark.objects.filter(withdrawn_at=None)) == [five]
        assert PeriodMark.objects.get(pk=three.pk).withdrawn_at == LATER
        told = Fact.objects.order_by("at").values_list("data__value", "data__average", "data__instead_of")
        assert list(told) == [("3", "3.40", None), ("5", "4.60", "3")]


def test_the_same_mark_twice_changes_nothing(world: World) -> None:
    assert decide(world, "4") == decide(world, "4", at=LATER)
    with school_scope(world.north.school.pk):
        assert Fact.objects.count() == 1


def test_a_mark_that_departs_from_the_average_wants_a_reason(world: World) -> None:
    with pytest.raises(ReasonWanted):
        decide(world, "5", "4.49")
    assert decide(world, "5", "4.49", reason="Олимпиада").reason == "Олимпиада"


def test_nobody_but_the_groups_teacher_decides(world: World) -> None:
    with pytest.raises(NotTheGroupsTeacher):
        decide(world, "5", who="Darya")


def test_a_closed_period_takes_no_marks(world: World) -> None:
    with school_scope(world.north.school.pk):
        type(world.north.period).objects.filter(pk=world.north.period.pk).update(closed_at=NOON)
    with pytest.raises(PeriodIsClosed):
        decide(world, "5")


def test_a_value_outside_the_scale_is_refused(world: World) -> None:
    with pytest.raises(ValueNotInScale):
        decide(world, "6")


def test_a_student_of_another_group_is_refused(world: World) -> None:
    with pytest.raises(StudentNotInTheGroup):
        decide(world, "5", whom="Timur")


def test_the_student_and_the_group_are_shown_the_same_mark(world: World) -> None:
    decide(world, "4", "4.20")
    north, period_ids = world.north, [world.north.period.pk]
    with school_scope(north.school.pk):
        own = period_marks_of_student(
            school_id=north.school.pk, student_id=world.people["Vera"].pk, period_ids=period_ids
        )
        of_group = period_marks_of_group(
            school_id=north.school.pk, group_id=north.groups["Алгебра 7Б"].pk, period_ids=period_ids
        )
    assert own == of_group
    assert [(line.subject, line.value, line.average) for line in own] == [("Алгебра", "4", Decimal("4.20"))]
