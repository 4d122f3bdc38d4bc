"""Edits of a plan keep its hours, its order and its topics; a file laid over it loses nothing that was taught."""

from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from zvonok.domain.planning.rules import (
    Add,
    Difference,
    Draft,
    Merge,
    Move,
    Remove,
    RenameSection,
    Split,
    Topic,
    all_edited,
    edited,
    laid_over,
    place_of,
)

many, some = settings(max_examples=1000, deadline=None), settings(deadline=None)
TITLES = st.sampled_from(["Fractions", "Powers", "Roots", "Test", "Ёлки", "елки"])
SECTIONS = st.sampled_from(["", "Numbers", "Letters"])
CONTROLS = st.sampled_from(["", "", "", "TEST"])
DRAFTS = st.builds(Draft, title=TITLES, section=SECTIONS, hours=st.integers(1, 6), control=CONTROLS)


@st.composite
def plans(draw: st.DrawFn, *, least: int = 1) -> list[Topic]:
    drafts = draw(st.lists(DRAFTS, min_size=least, max_size=12))
    taught = [draw(st.integers(0, draft.hours + 1)) for draft in drafts]
    return [
        Topic(UUID(int=n), draft, had) for n, (draft, had) in enumerate(zip(drafts, taught, strict=True), 1)
    ]


NEW = UUID(int=999)
PLACES = st.integers(-3, 20)


def hours(plan: list[Topic]) -> int:
    return sum(topic.draft.hours for topic in plan)


@some
@given(plans(), PLACES, st.data())
def test_a_move_keeps_every_topic_and_the_order_of_the_others(
    plan: list[Topic], place: int, data: st.DataObject
) -> None:
    moved = data.draw(st.sampled_from(plan))
    after = edited(plan, Move(moved.id, place)).topics
    assert hours(after) == hours(plan)
    assert [one for one in after if one.id != moved.id] == [one for one in plan if one.id != moved.id]
    assert place_of(after, moved.id) == min(max(place, 0), len(plan) - 1)


@some
@given(plans(), st.data())
def test_a_move_there_and_back_changes_only_the_section(plan: list[Topic], data: st.DataObject) -> None:
    moved = data.draw(st.sampled_from(plan))
    place = data.draw(st.integers(0, len(plan) - 1))
    after = all_edited(plan, [Move(moved.id, place), Move(moved.id, place_of(plan, moved.id))]).topics
    assert [one.id for one in after] == [one.id for one in plan]


@some
@given(plans(), DRAFTS, PLACES)
def test_what_is_added_and_removed_again_leaves_the_plan_as_it_was(
    plan: list[Topic], draft: Draft, place: int
) -> None:
    with_new = edited(plan, Add(NEW, draft, place)).topics
    assert hours(with_new) == hours(plan) + draft.hours
    assert edited(with_new, Remove(NEW)).topics == plan


@some
@given(plans(), st.data())
def test_a_split_keeps_the_hours_and_never_takes_hours_that_were_taught(
    plan: list[Topic], data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(plan))
    after = edited(plan, Split(one.id, NEW, "More")).topics
    assert hours(after) == hours(plan) + (one.draft.hours == 1)
    first, second = after[place_of(plan, one.id)], after[place_of(plan, one.id) + 1]
    assert second.id == NEW
    assert first.draft.hours >= min(one.taught, max(one.draft.hours - 1, 1))
    assert (first.draft.control, second.draft.control) == ("", one.draft.control)


@some
@given(plans(least=2), st.data())
def test_a_merge_keeps_the_hours_and_the_lessons_of_both(plan: list[Topic], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(plan) - 2))
    first, second = plan[place], plan[place + 1]
    done = edited(plan, Merge(first.id))
    both = done.topics[place]
    assert hours(done.topics) == hours(plan)
    assert both.taught == first.taught + second.taught
    assert first.draft.title in both.draft.title
    assert second.draft.title in both.draft.title
    assert done.joined == {second.id: first.id}


@some
@given(plans(), st.data())
def test_a_section_renamed_keeps_to_the_topics_that_stand_together(
    plan: list[Topic], data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(plan))
    after = edited(plan, RenameSection(one.id, "Figures")).topics
    renamed = [place for place, topic in enumerate(after) if topic.draft.section == "Figures"]
    assert place_of(plan, one.id) in renamed
    assert renamed == list(range(renamed[0], renamed[-1] + 1))
    assert {plan[place].draft.section for place in renamed} == {one.draft.section}


@many
@given(plans(), st.lists(DRAFTS, max_size=12))
def test_a_file_loses_nothing_that_was_taught_or_says_so(plan: list[Topic], drafts: list[Draft]) -> None:
    laid = laid_over(plan, drafts)
    matched = [topic for topic, _draft in laid.pairs if topic]
    assert len({topic.id for topic in matched}) == len(matched)
    assert {topic.id for topic in [*matched, *laid.removed, *laid.lost]} == {topic.id for topic in plan}
    assert [draft for _topic, draft in laid.pairs] == drafts
    assert all(not topic.taught for topic in laid.removed)
    if laid.is_possible:
        kept = {topic.id: draft for topic, draft in laid.pairs if topic}
        assert all(kept[topic.id].hours >= topic.passed for topic in plan if topic.taught)


@some
@given(plans())
def test_a_plan_laid_over_itself_changes_nothing(plan: list[Topic]) -> None:
    laid = laid_over(plan, [topic.draft for topic in plan])
    assert laid.is_possible
    assert len(laid.pairs) == len(plan)


def test_the_difference_is_told_in_words() -> None:
    plan = [Topic(UUID(int=n), Draft(title=title), 0) for n, title in enumerate("ABCD", 1)]
    drafts = [Draft(title="C"), Draft(title="a", hours=2), Draft(title="E"), Draft(title="D")]
    told = [(kind, draft.title) for kind, draft, _before in laid_over(plan, drafts).differences]
    assert told == [
        (Difference.KEPT, "C"),
        (Difference.CHANGED, "a"),
        (Difference.ADDED, "E"),
        (Difference.KEPT, "D"),
        (Difference.REMOVED, "B"),
    ]
