"""What the rules propose, for any marks and lessons; and that a change of rules changes nothing that stands."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_attestation import decide, mark
from tests.world import MONDAY, NOON, World
from zvonok.domain.attestation.columns import columns_of_group
from zvonok.domain.attestation.commands.accept import NotTheRuleMaker, WantedRules, accept_rules
from zvonok.domain.attestation.models import FinalRule, PeriodMark, YearRule
from zvonok.domain.attestation.proposals import (
    EXEMPT,
    FIGURES,
    NOT_ATTESTED,
    GroupRules,
    Inputs,
    Why,
    departs,
    is_value,
    propose,
    propose_final,
    propose_year,
    spelled,
    verdict_of,
)
from zvonok.domain.attestation.selectors import proposals_of_group
from zvonok.kernel.scope import school_scope

averages = st.integers(100, 500).map(lambda cents: Decimal(cents) / 100)
inputs = st.builds(
    lambda average, count, lessons, share: Inputs(
        average if count else None, count, lessons, lessons * share // 100
    ),
    averages,
    st.integers(0, 20),
    st.integers(0, 60),
    st.integers(0, 100),
)


@given(inputs)
def test_a_proposal_is_a_value_or_nothing(given_inputs: Inputs) -> None:
    proposal = propose(given_inputs, GroupRules())
    assert proposal.value == "" or is_value(proposal.value)
    assert (proposal.value == "") == (not given_inputs.count and not given_inputs.lessons)


@given(inputs)
def test_over_two_thirds_missed_is_never_attested(given_inputs: Inputs) -> None:
    proposal = propose(given_inputs, GroupRules())
    if given_inputs.missed * 3 > given_inputs.lessons * 2:
        assert (proposal.value, proposal.why) == (NOT_ATTESTED, Why.MISSED)
    else:
        assert proposal.why != Why.MISSED


@given(averages, averages)
def test_a_greater_average_never_proposes_less(one: Decimal, other: Decimal) -> None:
    less, more = (propose(Inputs(it, 5, 9), GroupRules()).value for it in sorted((one, other)))
    assert less <= more
    assert {less, more} <= set(FIGURES)


@given(st.lists(st.sampled_from([*FIGURES, NOT_ATTESTED, EXEMPT]), max_size=6))
def test_a_year_mark_lies_between_its_period_marks(values: list[str]) -> None:
    figures = [value for value in values if value in FIGURES]
    proposal = propose_year(values, Inputs(None, 0), GroupRules())
    assert min(figures) <= proposal.value <= max(figures) if figures else proposal.value == ""


@pytest.mark.parametrize(
    ("year", "exam", "final"),
    [("4", "5", "5"), ("4", "", "4"), ("3", "4", "4"), ("", "5", ""), ("5", "2", "4")],
)
def test_a_final_mark_is_half_the_year_and_half_the_exam(year: str, exam: str, final: str) -> None:
    assert propose_final(year, exam, GroupRules()).value == final


def test_a_final_mark_may_be_the_year_mark_alone() -> None:
    assert propose_final("4", "2", GroupRules(final_by_year=True)).value == "4"


@given(inputs, st.sampled_from([*FIGURES, NOT_ATTESTED]))
def test_what_is_proposed_never_wants_a_reason(given_inputs: Inputs, value: str) -> None:
    proposal = propose(given_inputs, GroupRules())
    assert departs(EXEMPT, proposal)
    if value in ("", proposal.value):
        assert not departs(value, proposal)
    elif proposal.value:
        assert departs(value, proposal) == (proposal.why != Why.TOO_FEW or value != proposal.figure)


@pytest.mark.parametrize(
    ("typed", "value"), [("Н", "н/а"), ("n", "н/а"), ("о", "осв"), ("З", "зач"), ("зачёт", "зач"), ("5", "5")]
)
def test_letters_of_either_layout_mean_the_same(typed: str, value: str) -> None:
    assert spelled(typed) == value


def test_new_rules_change_what_is_proposed_but_not_what_stands(world: World) -> None:
    mark(world, "4", "5")
    mark_more = {"whom": "Vera", "reason": "к"}
    first = decide(world, "5", **mark_more).mark
    assert first
    group = world.north.groups["Алгебра 7Б"]
    vera = world.people["Vera"].pk
    with school_scope(world.north.school.pk):
        wanted = WantedRules(valid_from=MONDAY, step_up=Decimal("0.60"), least_quarter=1)
        rules = accept_rules(
            wanted, steps={}, actor=world.actor("Darya"), school_id=world.north.school.pk, at=NOON
        )
        column = columns_of_group(school_id=group.school_id, group_id=group.pk, at=NOON)[0]
        assert proposals_of_group(group, column, student_ids=[vera], at=NOON)[vera].value == "4"
        kept = PeriodMark.objects.get()
        assert (kept.rules_id, kept.average, kept.proposed) == (None, Decimal("4.50"), NOT_ATTESTED)
    decide(world, "4", whom="Pyotr", reason="к")
    with school_scope(world.north.school.pk):
        assert PeriodMark.objects.get(student=world.people["Pyotr"]).rules_id == rules.pk


def test_rules_of_a_later_day_do_not_reach_back(world: World) -> None:
    group = world.north.groups["Алгебра 7Б"]
    with school_scope(world.north.school.pk):
        wanted = WantedRules(valid_from=MONDAY + timedelta(days=60), step_up=Decimal("0.70"))
        accept_rules(
            wanted,
            steps={group.subject_id: Decimal("0.65")},
            actor=world.actor("Darya"),
            school_id=group.school_id,
            at=NOON,
        )
        about = {"school_id": group.school_id, "group_id": group.pk}
        period, *_, final = columns_of_group(**about, at=NOON + timedelta(days=90))
        assert (period.rules.number, period.rules.step_up) == (0, Decimal("0.50"))
        assert final.rules.number == 0


@pytest.mark.parametrize(
    ("values", "verdict"),
    [([], ""), (["зач"], "зач"), (["зач", "незач"], "зач"), (["незач", "незач", "зач"], "незач")],
)
def test_passes_are_weighed_against_fails(values: list[str], verdict: str) -> None:
    school = GroupRules(scale="PASS_FAIL")
    assert verdict_of(values) == verdict
    assert propose_year(values, Inputs(None, 0), school).value == verdict
    assert propose(Inputs(None, 9, 20, 0, verdict), school).value == verdict
    assert propose_final(verdict, "", school).value == verdict


@given(inputs)
def test_a_proposal_lies_on_the_scale_of_the_group(given_inputs: Inputs) -> None:
    for scale in ("FIVE_POINT", "PASS_FAIL", "HUNDRED"):
        value = propose(given_inputs, GroupRules(scale=scale)).value
        assert value == "" or is_value(value, scale=scale)
    assert propose(given_inputs, GroupRules(scale="UNGRADED")).value == ""


def test_the_year_mark_may_be_proposed_by_all_marks_of_the_year(world: World) -> None:
    mark(world, "4", "5")
    group, vera = world.north.groups["Алгебра 7Б"], world.people["Vera"].pk
    with school_scope(world.north.school.pk):
        accept_rules(
            WantedRules(valid_from=MONDAY, year_rule=YearRule.MARKS, final_rule=FinalRule.YEAR),
            steps={},
            actor=world.actor("Darya"),
            school_id=group.school_id,
            at=NOON,
        )
        period, year, exam, final = columns_of_group(school_id=group.school_id, group_id=group.pk, at=NOON)
        told = {
            column.slug: proposals_of_group(group, column, student_ids=[vera], at=NOON)[vera].value
            for column in (period, year, exam, final)
        }
    assert told == {"2": NOT_ATTESTED, "year": "5", "exam": "", "final": ""}


@pytest.mark.parametrize("who", ["Anna", "Yana", "Maria"])
def test_nobody_but_the_deputy_head_accepts_rules(world: World, who: str) -> None:
    school_id, wanted = world.north.school.pk, WantedRules(valid_from=MONDAY)
    with school_scope(school_id), pytest.raises(NotTheRuleMaker):
        accept_rules(wanted, steps={}, actor=world.actor(who), school_id=school_id, at=NOON)
