"""Forecast and planner agree with trying everything out."""

from decimal import Decimal
from itertools import combinations_with_replacement, product

from hypothesis import given, settings
from hypothesis import strategies as st

from zvonok.domain.attestation.forecast import after, fewest_to, leads_to, paths_to
from zvonok.domain.attestation.proposals import FIGURES, GroupRules, figure_of
from zvonok.domain.attestation.rules import Counted

marks = st.lists(
    st.builds(Counted, st.integers(2, 5).map(Decimal), st.integers(1, 5)), min_size=0, max_size=8
)
rules = st.builds(
    GroupRules,
    step_up=st.integers(10, 90).map(lambda hundredths: Decimal(hundredths) / 100),
    is_weighted=st.booleans(),
)
targets = st.sampled_from(FIGURES)
WEIGHTS = (1, 3)
EVERY = [Counted(Decimal(points), weight) for points, weight in product(range(2, 6), WEIGHTS)]


def everything(count: int) -> list[tuple[Counted, ...]]:
    return list(combinations_with_replacement(EVERY, count))


@settings(max_examples=25, deadline=None)
@given(marks, rules, targets)
def test_the_fewest_marks_to_come_are_what_brute_force_finds(
    now: list[Counted], school: GroupRules, target: str
) -> None:
    tried = next(
        (
            count
            for count in range(6)
            if any(figure_of(after(now, coming, school), school) >= target for coming in everything(count))
        ),
        None,
    )
    assert fewest_to(target, now, school, weights=WEIGHTS) == tried


@given(marks, rules, targets)
def test_every_path_reaches_its_target_and_none_is_longer_than_it_must_be(
    now: list[Counted], school: GroupRules, target: str
) -> None:
    for path in paths_to(target, now, school):
        one = Counted(Decimal(path.value), path.weight)
        assert figure_of(after(now, [one] * path.count, school), school) >= target
        assert figure_of(after(now, [one] * (path.count - 1), school), school) < target
        assert path.average == after(now, [one] * path.count, school)


@given(marks, rules, targets)
def test_the_shortest_path_is_as_short_as_the_best_case(
    now: list[Counted], school: GroupRules, target: str
) -> None:
    fewest, paths = fewest_to(target, now, school), paths_to(target, now, school)
    assert [path.count for path in paths[:1]] == ([fewest] if fewest else [])


@given(marks, rules)
def test_the_figure_the_marks_lead_to_needs_no_mark_to_come(now: list[Counted], school: GroupRules) -> None:
    figure = leads_to(now, school)
    assert fewest_to(figure, now, school) == 0
    assert figure in ("", *FIGURES)


def test_a_four_and_a_half_and_one_five_more() -> None:
    now = [Counted(Decimal(points), 1) for points in (4, 4, 5)]
    assert leads_to(now, GroupRules()) == "4"
    assert fewest_to("5", now, GroupRules(), weights=(1,)) == 1
    assert [(path.value, path.count) for path in paths_to("5", now, GroupRules(), weights=(1,))] == [("5", 1)]
