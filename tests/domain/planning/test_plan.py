"""A plan in the database: who changes it, what stays of it, which topics lessons took."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import ProtectedError

from tests.world import MONDAY, NOON, World, lesson, study_group
from zvonok.domain.history.models import Fact
from zvonok.domain.planning.commands.edit import (
    HoursAreTaught,
    TitleIsTooLong,
    TopicIsGone,
    TopicIsTaught,
    edit_plan,
)
from zvonok.domain.planning.commands.lay import TaughtTopicsLost, TooManyTopics, bring_in_plan, lay_plan
from zvonok.domain.planning.commands.teach import teach_topic
from zvonok.domain.planning.commands.writing import NotYourPlan, PlanHasChanged
from zvonok.domain.planning.models import PlannedTopic, TopicTaught
from zvonok.domain.planning.rules import (
    Add,
    Change,
    Draft,
    Edit,
    Merge,
    Move,
    Remove,
    RenameSection,
    Shorten,
    Split,
)
from zvonok.domain.planning.selectors import (
    lesson_numbers,
    next_topics,
    plan_version,
    plans_to_copy,
    topic_of_lesson,
    topics_of_plan,
)
from zvonok.domain.schools.models import AcademicYear, SchoolClass, StudyGroup
from zvonok.domain.timetable.models import Lesson, LessonState
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


@pytest.fixture
def north(world: World) -> Iterator[World]:
    with school_scope(world.north.school.pk):
        yield world


def own(north: World) -> dict[str, Any]:
    return {"school_id": north.north.school.pk, "group_id": north.algebra.group_id}


def titles(north: World) -> list[str]:
    return [one.topic.draft.title for one in topics_of_plan(**own(north))]


def edit(north: World, *edits: Edit, who: str = "Anna", version: int | None = None) -> int:
    seen = plan_version(**own(north)) if version is None else version
    return edit_plan(
        actor=north.actor(who), group_id=north.algebra.group_id, edits=edits, version=seen, at=NOON
    )


def bring_in(north: World, *drafts: Draft, version: int | None = None) -> Any:
    return bring_in_plan(
        actor=north.actor("Anna"),
        group_id=north.algebra.group_id,
        drafts=drafts,
        version=plan_version(**own(north)) if version is None else version,
        source="plan.xlsx",
        at=NOON,
    )


def teach(north: World, of: Lesson, topic: str = "", planned: Any = None) -> None:
    version = Lesson.objects.get(pk=of.pk).version
    teach_topic(
        actor=north.actor("Anna"), lesson_id=of.pk, topic=topic, planned=planned, version=version, at=NOON
    )


def test_the_plan_proposes_what_has_hours_left(north: World) -> None:
    lay_plan(**own(north), topics=["Повторение"])
    fractions, *_rest = lay_plan(
        **own(north), topics=[Draft(title="Дроби", hours=2), Draft(title="Степени"), Draft(title="Корни")]
    )
    assert [topic.title for topic in next_topics(**own(north), most=2)] == ["Дроби", "Степени"]
    teach(north, north.algebra, planned=fractions)
    second = lesson(north.north, "Алгебра 7Б", MONDAY, 2, north.people["Anna"])
    assert [(topic.title, topic.hour) for topic in next_topics(**own(north), most=2)] == [
        ("Дроби", 2),
        ("Степени", 1),
    ]
    teach(north, second, "Дроби")
    assert [topic.title for topic in next_topics(**own(north))] == ["Степени", "Корни"]
    found = topic_of_lesson(school_id=north.north.school.pk, lesson_id=second.pk)
    assert found is not None
    assert (found.title, found.hour, found.hours) == ("Дроби", 2, 2)


def test_a_cancelled_lesson_teaches_nothing(north: World) -> None:
    (fractions,) = lay_plan(**own(north), topics=["Дроби"])
    teach(north, north.algebra, planned=fractions)
    assert next_topics(**own(north)) == []
    Lesson.objects.filter(pk=north.algebra.pk).update(state=LessonState.CANCELLED)
    assert [topic.id for topic in next_topics(**own(north))] == [fractions]


def test_other_words_keep_the_tie_and_no_words_cut_it(north: World) -> None:
    fractions, powers = lay_plan(**own(north), topics=["Дроби", "Степени"])
    teach(north, north.algebra, planned=fractions)
    teach(north, north.algebra, "Дроби, продолжение")
    assert TopicTaught.objects.get().topic_id == fractions
    teach(north, north.algebra, "Степени")
    assert TopicTaught.objects.get().topic_id == powers
    teach(north, north.algebra, "")
    assert not TopicTaught.objects.exists()
    kinds = list(Fact.objects.filter(kind="TopicTaken").values_list("data__topic_id", flat=True))
    assert kinds == [str(fractions), str(powers), None]


def test_a_topic_of_another_group_cannot_be_taken(north: World) -> None:
    physics = {"school_id": north.north.school.pk, "group_id": north.physics.group_id}
    (motion,) = lay_plan(**physics, topics=["Движение"])
    with pytest.raises(TopicIsGone):
        teach(north, north.algebra, planned=motion)


def test_edits_are_written_in_their_order(north: World) -> None:
    a, _b, c = lay_plan(**own(north), topics=["A", "B", "C"])
    edit(north, Move(c, 0), Add(uuid7(), Draft(title="D"), 99), RenameSection(a, "S"))
    assert titles(north) == ["C", "A", "B", "D"]
    edit(north, Merge(a), Shorten(a, 1), Split(c, uuid7(), "C2"), Move(c, 1))
    assert titles(north) == ["C2", "C", "A. B", "D"]
    positions = PlannedTopic.objects.order_by("position").values_list("position", flat=True)
    assert list(positions) == [1, 2, 3, 4]
    fact = Fact.objects.filter(kind="PlanEdited").latest("at", "id")
    assert fact.actor_id == north.people["Anna"].pk


def test_a_merge_takes_the_lessons_along(north: World) -> None:
    a, b = lay_plan(**own(north), topics=["A", "B"])
    teach(north, north.algebra, planned=b)
    edit(north, Merge(a))
    assert TopicTaught.objects.get().topic_id == a
    assert topics_of_plan(**own(north))[0].days == (MONDAY,)


def test_an_edit_that_changes_nothing_leaves_no_trace(north: World) -> None:
    a, _b = lay_plan(**own(north), topics=["A", "B"])
    assert edit(north, Move(a, 0)) == 0
    assert not Fact.objects.filter(kind="PlanEdited").exists()


def test_what_has_been_taught_cannot_go_or_lose_its_hours(north: World) -> None:
    long, short = lay_plan(**own(north), topics=[Draft(title="A", hours=2), "B"])
    for slot in (1, 2):
        of = (
            north.algebra if slot == 1 else lesson(north.north, "Алгебра 7Б", MONDAY, 2, north.people["Anna"])
        )
        teach(north, of, planned=long)
    with pytest.raises(TopicIsTaught):
        edit(north, Remove(long))
    with pytest.raises(HoursAreTaught):
        edit(north, Change(long, Draft(title="A")))
    with pytest.raises(ProtectedError):
        PlannedTopic.objects.filter(pk=long).delete()
    edit(north, Remove(short))
    assert titles(north) == ["A"]


def test_what_cannot_be_done_is_refused(north: World) -> None:
    (a,) = lay_plan(**own(north), topics=["A"])
    for gone in (Merge(a), Remove(uuid7())):
        with pytest.raises(TopicIsGone):
            edit(north, gone)
    edit(north, Change(a, Draft(title="A" * 400)), Add(uuid7(), Draft(title="B" * 400), 1))
    with pytest.raises(TitleIsTooLong):
        edit(north, Merge(a))
    with pytest.raises(PlanHasChanged):
        edit(north, Remove(a), version=0)


@pytest.mark.parametrize("who", ["Oleg", "Darya", "Yana", "Vera", "Maria", "Egor"])
def test_only_the_teachers_of_the_group_change_its_plan(north: World, who: str) -> None:
    (a,) = lay_plan(**own(north), topics=["A"])
    with pytest.raises(NotYourPlan):
        edit(north, Remove(a), who=who)


def test_a_file_is_laid_over_what_is_not_yet_taught_and_again_changes_nothing(north: World) -> None:
    a, b = lay_plan(**own(north), topics=["A", "B"])
    teach(north, north.algebra, planned=a)
    drafts = (Draft(title="Intro"), Draft(title="A", hours=2), Draft(title="C", homework="№ 1"))
    bring_in(north, *drafts)
    assert titles(north) == ["Intro", "A", "C"]
    assert PlannedTopic.objects.filter(pk=a).exists()
    assert not PlannedTopic.objects.filter(pk=b).exists()
    fact = Fact.objects.get(kind="PlanBroughtIn")
    assert fact.data == {"source": "plan.xlsx", "added": 2, "changed": 1, "removed": 1}
    bring_in(north, *drafts)
    assert Fact.objects.filter(kind="PlanBroughtIn").count() == 1


def test_a_file_that_would_lose_what_was_taught_changes_nothing(north: World) -> None:
    a, _b = lay_plan(**own(north), topics=["A", "B"])
    teach(north, north.algebra, planned=a)
    with pytest.raises(TaughtTopicsLost):
        bring_in(north, Draft(title="C"))
    assert titles(north) == ["A", "B"]
    with pytest.raises(TooManyTopics):
        bring_in(north, *(Draft(title=str(n)) for n in range(2001)))


def test_a_plan_of_two_thousand_topics_is_laid_in_few_statements(north: World) -> None:
    with counted_queries() as asked:
        bring_in(north, *(Draft(title=str(n)) for n in range(2000)))
    assert len(asked) <= 20
    assert len(titles(north)) == 2000


def test_lessons_are_counted_before_today_and_from_today_on(north: World) -> None:
    (a,) = lay_plan(**own(north), topics=["A"])
    later = lesson(north.north, "Алгебра 7Б", MONDAY + timedelta(days=1), 1, north.people["Anna"])
    lesson(north.north, "Алгебра 7Б", MONDAY + timedelta(days=2), 1, north.people["Anna"])
    numbers = lesson_numbers(**own(north), today=MONDAY + timedelta(days=1))
    assert (numbers.held, numbers.left) == (1, 2)
    teach(north, later, planned=a)
    assert lesson_numbers(**own(north), today=MONDAY).left == 2


def test_plans_of_the_same_subject_and_grade_can_be_copied(north: World) -> None:
    place = north.north
    for title, grade in (("7А", 7), ("9А", 9)):
        place.classes[title] = SchoolClass.objects.create(
            id=uuid7(), school=place.school, year=place.year, title=title, grade=grade
        )
        group = study_group(place, "Алгебра", title, north.people["Nina" if grade == 9 else "Sonya"], [])
        lay_plan(school_id=place.school.pk, group_id=group.pk, topics=["A", Draft(title="B", hours=3)])
        place.groups[title] = group
    last_year = AcademicYear.objects.create(
        id=uuid7(),
        school=place.school,
        title="2025/26",
        starts_on=date(2025, 9, 1),
        ends_on=date(2026, 5, 26),
    )
    earlier = StudyGroup.objects.create(
        id=uuid7(),
        school=place.school,
        year=last_year,
        subject=north.algebra.subject,
        title="Алгебра 7Г",
        code="7Г",
        school_class=SchoolClass.objects.create(
            id=uuid7(), school=place.school, year=last_year, title="7Г", grade=7
        ),
    )
    lay_plan(school_id=place.school.pk, group_id=earlier.pk, topics=["Z"])
    found, before = plans_to_copy(**own(north))
    assert (before.group_id, before.year) == (earlier.pk, "2025/26")
    assert (found.group_id, found.topics, found.hours) == (place.groups["7А"].pk, 2, 4)
    assert "Белова" in found.teachers
