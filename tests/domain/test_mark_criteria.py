"""Comments without a mark, works marked by criteria, and the terms in which marks are corrected."""

from datetime import timedelta
from typing import Any

import pytest

from tests.domain.test_mark_scales import expect, use
from tests.domain.test_marks import put, seen, standing
from tests.world import NOON, World
from zvonok.domain.history.models import Fact
from zvonok.domain.marks.commands.put import Outcome
from zvonok.domain.marks.commands.settings import NotYoursToSet, set_terms
from zvonok.domain.marks.commands.works import CriteriaOdd, Measure, WorkHasMarks, open_work
from zvonok.domain.marks.models import Assessment, Criterion, Mark, MarkingTerms, ScaleKind
from zvonok.domain.timetable.commands.journal import NotTheTeacher
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

ESSAY = (Measure("Thought", 5), Measure("Order", 3), Measure("Language", 4))
LATER = NOON + timedelta(minutes=1)


def opened(world: World, *, who: str = "Anna", **more: Any) -> None:
    """Open Monday's essay by criteria."""
    wanted = {"work": "ESSAY", "scale": ScaleKind.CRITERIA, "criteria": ESSAY, "at": NOON} | more
    with school_scope(world.north.school.pk):
        open_work(actor=world.actor(who), lesson_id=world.algebra.pk, **wanted)


def code(outcome: Outcome) -> str | None:
    return outcome.refusal.code if outcome.refusal else None


def test_in_the_first_grade_a_comment_stands_without_a_mark(world: World) -> None:
    use(world, ScaleKind.UNGRADED)
    outcome = put(world, "", comment="Reads by herself")
    assert (outcome.refusal, standing(world)) == (None, [""])
    with school_scope(world.north.school.pk):
        mark = Mark.objects.get()
        assert (mark.comment, mark.points) == ("Reads by herself", None)


def test_an_ungraded_work_takes_no_mark(world: World) -> None:
    use(world, ScaleKind.UNGRADED)
    assert code(put(world, "5", comment="Well read")) == "only_comments"
    assert standing(world) == []


def test_a_comment_is_corrected_and_taken_back(world: World) -> None:
    use(world, ScaleKind.UNGRADED)
    first = put(world, "", comment="Reads")
    second = put(world, "", comment="Reads aloud", seen=seen(first), at=LATER)
    assert put(world, "", seen=seen(second), at=LATER + timedelta(minutes=1)).mark is None
    assert standing(world) == []


def test_a_comment_beside_no_mark_of_five_points_changes_nothing(world: World) -> None:
    assert put(world, "", comment="Well read").mark is None
    assert standing(world) == []


@pytest.mark.parametrize(("typed", "value"), [("5+3+4", "5"), ("4/2/2", "4"), ("0 0 0", "2"), ("3;2;1", "3")])
def test_the_points_of_criteria_make_a_mark_and_stay_with_it(world: World, typed: str, value: str) -> None:
    opened(world)
    assert put(world, typed, work="ESSAY").refusal is None
    with school_scope(world.north.school.pk):
        mark = Mark.objects.get()
        assert (mark.value, str(mark.points)) == (value, f"{value}.00")
        assert mark.criteria == "+".join(part for part in typed if part.isdigit())


@pytest.mark.parametrize("typed", ["6+3+4", "5+3", "5", "5+3+4+1", "a+b+c", "5+3+-1"])
def test_points_that_do_not_fit_the_criteria_are_refused(world: World, typed: str) -> None:
    opened(world)
    assert code(put(world, typed, work="ESSAY")) == "points_wanted"


def test_a_comment_is_added_and_the_points_stay(world: World) -> None:
    opened(world)
    first = put(world, "4+2+2", work="ESSAY")
    put(world, "4", work="ESSAY", comment="Neat", seen=seen(first), at=LATER)
    with school_scope(world.north.school.pk):
        mark = Mark.objects.get(withdrawn_at=None)
        assert (mark.criteria, mark.comment) == ("4+2+2", "Neat")


def test_the_same_mark_of_other_points_is_another_mark(world: World) -> None:
    opened(world)
    first = put(world, "4+2+2", work="ESSAY")
    second = put(world, "4+1+3", work="ESSAY", seen=seen(first), at=LATER)
    assert second.mark is not None
    assert second.mark.criteria == "4+1+3"


def test_without_criteria_such_a_work_takes_no_mark_yet(world: World) -> None:
    use(world, ScaleKind.CRITERIA)
    assert code(put(world, "5+3")) == "criteria_wanted"
    with school_scope(world.north.school.pk):
        assert not Assessment.objects.exists()


def test_criteria_are_changed_until_there_is_a_mark(world: World) -> None:
    opened(world)
    opened(world, criteria=ESSAY[:2])
    with school_scope(world.north.school.pk):
        assert list(Criterion.objects.order_by("position").values_list("most", flat=True)) == [5, 3]
        assert Fact.objects.filter(kind="WorkOpened").count() == 2
    put(world, "5+3", work="ESSAY")
    opened(world, criteria=ESSAY[:2])
    with pytest.raises(WorkHasMarks):
        opened(world)


def test_a_single_work_is_marked_by_another_scale_than_its_subject(world: World) -> None:
    opened(world, work="TEST", scale=ScaleKind.HUNDRED)
    assert put(world, "87", work="TEST").refusal is None
    assert put(world, "87").refusal is not None


@pytest.mark.parametrize(
    "odd", [ESSAY[:1], ESSAY * 2, (*ESSAY, Measure("", 5)), (*ESSAY, Measure("Pace", 0)), ()]
)
def test_odd_criteria_are_refused(world: World, odd: tuple[Measure, ...]) -> None:
    with pytest.raises(CriteriaOdd):
        opened(world, criteria=odd)


@pytest.mark.parametrize("who", ["Oleg", "Darya", "Maria"])
def test_nobody_but_the_teacher_opens_a_work(world: World, who: str) -> None:
    with pytest.raises(NotTheTeacher):
        opened(world, who=who)


def correct_within(world: World, days: int | None, *, who: str = "Darya") -> None:
    school = world.north.school.pk
    with school_scope(school):
        set_terms(actor=world.actor(who), school_id=school, correct_within=days, at=NOON)


def test_without_terms_a_mark_is_corrected_until_its_period_closes(world: World) -> None:
    first = put(world, "3")
    assert put(world, "4", seen=seen(first), at=NOON + timedelta(days=40)).refusal is None


def test_in_its_days_a_mark_is_corrected_without_a_word(world: World) -> None:
    correct_within(world, 7)
    first = put(world, "3")
    assert put(world, "4", seen=seen(first), at=NOON + timedelta(days=7)).refusal is None


def test_after_its_days_a_mark_is_corrected_with_a_reason_alone(world: World) -> None:
    correct_within(world, 7)
    first, late = put(world, "3", comment="Hasty"), NOON + timedelta(days=8)
    assert code(put(world, "4", seen=seen(first), at=late)) == "reason_for_late_change"
    assert code(put(world, "4", comment="Hasty", seen=seen(first), at=late)) == "reason_for_late_change"
    assert code(put(world, "", seen=seen(first), at=late)) == "reason_for_late_change"
    assert standing(world) == ["3"]
    assert put(world, "4", comment="Miscounted", seen=seen(first), at=late).refusal is None
    assert standing(world) == ["4"]


def test_a_mark_taken_back_late_says_why(world: World) -> None:
    correct_within(world, 7)
    first = put(world, "3")
    put(world, "", comment="Wrong pupil", seen=seen(first), at=NOON + timedelta(days=8))
    with school_scope(world.north.school.pk):
        assert Fact.objects.get(kind="MarkWithdrawn").data["reason"] == "Wrong pupil"


def test_a_late_first_mark_needs_no_reason(world: World) -> None:
    correct_within(world, 1)
    assert put(world, "5", at=NOON + timedelta(days=30)).refusal is None


@pytest.mark.parametrize("who", ["Anna", "Maria", "Vera", "Nina", "Sonya", "Egor"])
def test_terms_are_not_everybodys_to_set(world: World, who: str) -> None:
    with pytest.raises(NotYoursToSet):
        correct_within(world, 7, who=who)
    assert put(world, "5").refusal is None


@pytest.mark.parametrize(
    ("row", "constraint"),
    [
        ({"title": "Pace", "most": 0}, "criterion_points_1_to_100"),
        ({"title": "Pace", "most": 101}, "criterion_points_1_to_100"),
        ({"title": "Pace", "most": 5, "position": 1}, "criterion_once"),
    ],
)
def test_a_criterion_is_never_odd(world: World, row: dict[str, Any], constraint: str) -> None:
    opened(world)
    with school_scope(world.north.school.pk), expect(constraint):
        own = {"school": world.north.school, "assessment": Assessment.objects.get(), "position": 9}
        Criterion.objects.create(id=uuid7(), **(own | row))


@pytest.mark.parametrize("days", [0, 366])
def test_the_days_of_corrections_are_never_odd(world: World, days: int) -> None:
    with school_scope(world.north.school.pk), expect("marking_terms_days_sane"):
        MarkingTerms.objects.create(id=uuid7(), school=world.north.school, correct_within=days)


def test_terms_of_another_school_are_not_seen(world: World) -> None:
    correct_within(world, 7)
    with school_scope(world.south.school.pk):
        assert not MarkingTerms.objects.exists()
