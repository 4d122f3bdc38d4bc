"""How far a plan lags, and a repair that never touches what was taught or tested."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.planning.test_rules import many, plans
from zvonok.domain.planning.pace import pace, repair
from zvonok.domain.planning.rules import Draft, Merge, Shorten, Topic, all_edited


def topics(*hours: int, taught: int = 0) -> list[Topic]:
    made = [Topic(UUID(int=n), Draft(title=f"Topic {n}", hours=h)) for n, h in enumerate(hours, 1)]
    for n in range(taught):
        made[n] = Topic(made[n].id, made[n].draft, made[n].draft.hours)
    return made


def test_a_plan_lags_by_the_lessons_that_covered_none_of_its_hours() -> None:
    stands = pace(topics(1, 2, 3, taught=2), held=6, left=5)
    assert (stands.planned, stands.passed, stands.behind) == (6, 3, 3)
    assert (stands.hours_left, stands.lacking, stands.spare) == (3, 0, 2)


def test_a_topic_that_took_longer_makes_the_plan_lag() -> None:
    plan = [Topic(UUID(int=1), Draft(title="Roots", hours=2), 4), *topics(0)[:0]]
    assert pace(plan, held=2, left=0).behind == 0
    assert pace([*plan, Topic(UUID(int=2), Draft(title="Powers", hours=2))], held=4, left=1).behind == 2


@many
@given(plans(), st.integers(0, 60), st.integers(0, 60))
def test_hours_are_passed_or_left_and_lessons_lack_or_are_spare(
    plan: list[Topic], held: int, left: int
) -> None:
    stands = pace(plan, held=held, left=left)
    assert stands.passed + stands.hours_left == stands.planned
    assert 0 <= stands.behind <= held
    assert stands.hours_left - stands.lacking + stands.spare == left
    assert not (stands.lacking and stands.spare)


@many
@given(plans(), st.integers(0, 40))
def test_a_repair_saves_not_more_than_is_lacking_and_touches_nothing_taught_or_tested(
    plan: list[Topic], lacking: int
) -> None:
    done = all_edited(plan, repair(plan, lacking=lacking)).topics
    before, after = (sum(topic.draft.hours for topic in one) for one in (plan, done))
    assert 0 <= before - after <= lacking
    untouched = [topic for topic in plan if topic.taught or topic.draft.control]
    assert [topic for topic in done if topic in untouched] == untouched
    assert all(topic.draft.hours >= 1 for topic in done)


@many
@given(plans(), st.integers(0, 40))
def test_a_repair_loses_no_title_and_keeps_the_order(plan: list[Topic], lacking: int) -> None:
    done = all_edited(plan, repair(plan, lacking=lacking)).topics
    said = " ".join(topic.draft.title for topic in done)
    at = 0
    for topic in plan:
        at = said.index(topic.draft.title, at) + len(topic.draft.title)
    assert at <= len(said)


def test_long_topics_give_an_hour_first_and_then_neighbours_are_merged_from_the_end() -> None:
    steps = repair(topics(1, 3, 1, 1, 1), lacking=3)
    ids = [UUID(int=n) for n in range(1, 6)]
    assert steps == [Shorten(ids[1], 1), Merge(ids[3], 1)]


def test_a_plan_that_fits_needs_no_repair() -> None:
    assert repair(topics(2, 2), lacking=0) == []
