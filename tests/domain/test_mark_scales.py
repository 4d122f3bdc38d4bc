"""A school's kinds of work and scales: what new works open with, and what their cells take."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.domain.test_marks import put, standing
from tests.world import World
from zvonok.domain.marks.commands.scales import set_up_scales
from zvonok.domain.marks.models import Assessment, Mark, MarkScale, ScaleKind, ScaleUse, ScaleValue, WorkKind
from zvonok.domain.marks.rules import OFF_SCALE, values_of
from zvonok.domain.marks.selectors import marks_of_lessons, work_kinds, works_of_lessons
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


def use(world: World, kind: ScaleKind, **where: Any) -> None:
    """Let new works of the North school be marked by a scale."""
    school = world.north.school
    with school_scope(school.pk):
        scale = MarkScale.objects.get(kind=kind)
        ScaleUse.objects.update_or_create(
            school=school,
            subject=where.get("subject"),
            grade=where.get("grade"),
            defaults={"scale": scale},
            create_defaults={"id": uuid7(), "scale": scale},
        )


def kind_of_work(world: World, code: str, **changes: Any) -> None:
    with school_scope(world.north.school.pk):
        assert WorkKind.objects.filter(code=code).update(**changes)


@contextmanager
def expect(constraint: str) -> Iterator[None]:
    """Expect that what is written here breaks a constraint."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        yield


def scale_of_answer(world: World) -> str:
    with school_scope(world.north.school.pk):
        return Assessment.objects.get(work="ANSWER").scale.kind


def test_a_school_begins_with_eight_kinds_of_work_and_every_scale(world: World) -> None:
    with school_scope(world.north.school.pk):
        kinds = work_kinds(school_id=world.north.school.pk)
        assert [kind.code for kind in kinds][:4] == ["ANSWER", "HOMEWORK", "INDEPENDENT", "TEST"]
        assert {kind.code for kind in kinds if kind.is_test} == {"TEST", "DICTATION", "ESSAY"}
        assert set(MarkScale.objects.values_list("kind", flat=True)) == set(ScaleKind.values)
        before = ScaleValue.objects.count()
        set_up_scales(school_id=world.north.school.pk)
        assert (ScaleValue.objects.count(), len(work_kinds(school_id=world.north.school.pk))) == (before, 8)


def test_the_rows_of_the_hundred_are_what_the_rule_says(world: World) -> None:
    with school_scope(world.north.school.pk):
        scale = MarkScale.objects.get(kind=ScaleKind.HUNDRED)
        rows = dict(scale.values.values_list("value", "points"))
        assert rows == values_of(ScaleKind.HUNDRED, bounds=scale.bounds) | dict.fromkeys(OFF_SCALE)


def test_without_a_word_works_are_marked_by_five_points(world: World) -> None:
    assert put(world, "4").refusal is None
    assert scale_of_answer(world) == ScaleKind.FIVE_POINT


def test_a_subject_is_passed_or_failed_where_the_school_says_so(world: World) -> None:
    use(world, ScaleKind.PASS_FAIL, subject=world.algebra.subject)
    assert put(world, "5").refusal is not None
    assert put(world, "Зачёт").refusal is None
    assert standing(world) == ["зач"]
    with school_scope(world.north.school.pk):
        assert Mark.objects.get().points is None


def test_the_grade_speaks_before_the_subject(world: World) -> None:
    use(world, ScaleKind.PASS_FAIL, subject=world.algebra.subject)
    use(world, ScaleKind.HUNDRED, grade=7)
    put(world, "87")
    assert scale_of_answer(world) == ScaleKind.HUNDRED


def test_a_subject_in_a_grade_speaks_before_both(world: World) -> None:
    use(world, ScaleKind.PASS_FAIL, subject=world.algebra.subject)
    use(world, ScaleKind.FIVE_POINT, grade=7)
    use(world, ScaleKind.HUNDRED, subject=world.algebra.subject, grade=7)
    put(world, "87")
    assert scale_of_answer(world) == ScaleKind.HUNDRED


def test_another_grade_is_not_meant(world: World) -> None:
    use(world, ScaleKind.HUNDRED, grade=8)
    assert put(world, "87").refusal is not None


@pytest.mark.parametrize(("value", "points"), [("100", 5), ("85", 5), ("84", 4), ("44", 2), ("0", 2)])
def test_a_hundred_counts_as_the_mark_it_is_worth(world: World, value: str, points: int) -> None:
    use(world, ScaleKind.HUNDRED)
    assert put(world, value).refusal is None
    with school_scope(world.north.school.pk):
        (line,) = marks_of_lessons(school_id=world.north.school.pk, lesson_ids=[world.algebra.pk])
    assert (line.value, line.points, line.five_point) == (value, points, str(points))


@pytest.mark.parametrize("value", ["101", "-1", "087", "зач", "4.5"])
def test_a_hundred_takes_whole_points_up_to_itself(world: World, value: str) -> None:
    use(world, ScaleKind.HUNDRED)
    refusal = put(world, value).refusal
    assert refusal is not None
    assert refusal.code == "value_not_in_scale"


def test_an_opened_work_keeps_its_scale_when_the_school_takes_another(world: World) -> None:
    put(world, "4")
    use(world, ScaleKind.HUNDRED)
    assert put(world, "5", whom="Pyotr").refusal is None
    assert put(world, "90", whom="Pyotr", work="TEST").refusal is None


def test_a_new_work_takes_the_weight_of_its_kind_and_an_opened_one_keeps_its_own(world: World) -> None:
    put(world, "4", work="TEST")
    kind_of_work(world, "TEST", weight=5, counts=False)
    put(world, "5", whom="Pyotr", work="TEST")
    put(world, "5", whom="Timur", who="Oleg", work="TEST", lesson=world.physics)
    with school_scope(world.north.school.pk):
        works = dict(Assessment.objects.values_list("lesson", "weight"))
        assert works == {world.algebra.pk: 3, world.physics.pk: 5}
        assert not Assessment.objects.get(lesson=world.physics).counts


def test_a_retired_kind_opens_no_more_works_but_its_works_go_on(world: World) -> None:
    put(world, "4", work="LAB")
    kind_of_work(world, "LAB", in_use=False)
    assert put(world, "5", whom="Pyotr", work="LAB").refusal is None
    refusal = put(world, "5", whom="Timur", who="Oleg", work="LAB", lesson=world.physics).refusal
    assert refusal is not None
    assert refusal.code == "work_not_in_use"


def test_a_work_is_called_as_the_school_calls_its_kind(world: World) -> None:
    kind_of_work(world, "TEST", title="Срез знаний", short="срез")
    put(world, "4", work="TEST")
    own = {"school_id": world.north.school.pk, "lesson_ids": [world.algebra.pk]}
    with school_scope(world.north.school.pk):
        (line,) = marks_of_lessons(**own)
        (column,) = works_of_lessons(**own)[world.algebra.pk]
    assert (line.work_name, column.short, column.is_test) == ("Срез знаний", "срез", True)


def test_no_work_is_of_a_kind_that_the_school_does_not_have(world: World) -> None:
    put(world, "4")
    with school_scope(world.north.school.pk):
        with expect("assessment_work_of_school"):
            Assessment.objects.update(work="NAP")
        assert Assessment.objects.get().work == "ANSWER"


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"weight": 0}, "work_kind_weight_1_to_5"),
        ({"weight": 6}, "work_kind_weight_1_to_5"),
        ({"code": "a-b"}, "work_kind_code_plain"),
        ({"code": "OWN1"}, "work_kind_is_named"),
        ({"in_use": False}, "work_kind_answer_stays"),
    ],
)
def test_a_kind_of_work_is_never_odd(world: World, changes: dict[str, Any], constraint: str) -> None:
    with school_scope(world.north.school.pk), expect(constraint):
        WorkKind.objects.filter(code="ANSWER").update(**changes)


@pytest.mark.parametrize("odd", [[65, 85, 45], [101, 65, 45], [85, 65, 0], [85, 65], [85, 85, 45], None])
def test_bounds_of_a_scale_go_down(world: World, odd: list[int] | None) -> None:
    with school_scope(world.north.school.pk), expect("scale_bounds"):
        MarkScale.objects.filter(kind=ScaleKind.HUNDRED).update(bounds=odd)
