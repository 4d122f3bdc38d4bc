"""A work written again: both marks are shown, the last one counts."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_marks import put, seen
from tests.world import NOON, World
from zvonok.domain.attestation.selectors import averages
from zvonok.domain.history.models import Fact
from zvonok.domain.marks import rules
from zvonok.domain.marks.models import Mark
from zvonok.domain.marks.selectors import MarkLine, marks_of_lessons
from zvonok.kernel.scope import school_scope


def line(world: World) -> MarkLine:
    school = world.north.school.pk
    with school_scope(school):
        (found,) = marks_of_lessons(school_id=school, lesson_ids=[world.algebra.pk])
    return found


def test_a_retake_counts_and_the_earlier_mark_stays_beside_it(world: World) -> None:
    two = put(world, "2", work="TEST")
    put(world, "2/4", work="TEST", seen=seen(two), at=NOON + timedelta(days=3))
    assert line(world).value == "2/4"
    assert str(averages([line(world)]).weighted) == "4.00"
    with school_scope(world.north.school.pk):
        facts = Fact.objects.filter(kind="MarkPut").order_by("at")
        assert [(fact.data["instead_of"], fact.data["value"]) for fact in facts] == [
            (None, "2"),
            ("2", "2/4"),
        ]


def test_both_marks_may_be_put_at_once_and_the_same_again_changes_nothing(world: World) -> None:
    both = put(world, "2/3/5")
    put(world, "2/3/5", seen=seen(both))
    assert line(world).value == "2/3/5"
    with school_scope(world.north.school.pk):
        assert Mark.objects.count() == 1


def test_a_retake_is_corrected_and_taken_back_as_any_mark(world: World) -> None:
    retake = put(world, "2/4")
    right = put(world, "2/5", seen=seen(retake), at=NOON + timedelta(minutes=1))
    back = put(world, "2", seen=seen(right), at=NOON + timedelta(minutes=2))
    assert back.refusal is None
    assert line(world).value == "2"


@pytest.mark.parametrize("value", ["2/", "/4", "2/7", "2/3/4/5", "2//4", "/"])
def test_a_retake_is_made_of_marks_of_the_scale(world: World, value: str) -> None:
    refusal = put(world, value).refusal
    assert refusal is not None
    assert refusal.code == "value_not_in_scale"


def test_the_database_refuses_a_third_retake(world: World) -> None:
    put(world, "2/4")
    with school_scope(world.north.school.pk):
        stray = Mark.objects.get()
        stray.pk, stray.retaken, stray.withdrawn_at = stray.lesson_id, "2/3/4", NOON
        with pytest.raises(IntegrityError, match="mark_retaken_twice_at_most"), transaction.atomic():
            stray.save(force_insert=True)


@given(st.lists(st.sampled_from("12345"), min_size=1, max_size=6))
def test_at_most_three_marks_stand_in_a_cell(values: list[str]) -> None:
    assert rules.attempts("/".join(values)) == values
    assert rules.are_attempts(values, scale="FIVE_POINT") == (len(values) <= 3)
