"""A work of a lesson is changed after it was marked: what stays, what is refused, what is remembered."""

from dataclasses import replace
from typing import Any

import pytest

from tests.domain.test_marks import put
from tests.world import NOON, World
from zvonok.domain.access.models import DiaryRevision
from zvonok.domain.attestation.selectors import averages
from zvonok.domain.history.models import Fact
from zvonok.domain.marks.commands.columns import WorkHasChanged, WorkIsThere, WorkTerms, change_work
from zvonok.domain.marks.commands.put import WorkNotInUse
from zvonok.domain.marks.models import Assessment, WorkKind
from zvonok.domain.marks.selectors import marks_of_lessons
from zvonok.domain.timetable.commands import journal
from zvonok.kernel.scope import school_scope

ANSWER = WorkTerms("ANSWER", "", 1, True)


def change(world: World, *, who: str = "Anna", seen: WorkTerms = ANSWER, **wanted: Any) -> WorkTerms:
    """Change what Monday's algebra was marked for, as somebody."""
    with school_scope(world.north.school.pk):
        return change_work(
            actor=world.actor(who),
            lesson_id=world.algebra.pk,
            seen=seen,
            wanted=replace(seen, **wanted),
            at=NOON,
        )


def works(world: World) -> list[tuple[str, str, int, bool]]:
    with school_scope(world.north.school.pk):
        rows = Assessment.objects.order_by("work")
        return [(row.work, row.title, row.weight, row.counts) for row in rows]


def average_of_vera(world: World) -> str:
    school = world.north.school.pk
    with school_scope(school):
        marks = marks_of_lessons(school_id=school, lesson_ids=[world.algebra.pk])
        return str(averages(mark for mark in marks if mark.student_id == world.people["Vera"].pk).weighted)


def test_a_work_becomes_a_test_with_a_title_and_its_marks_stay(world: World) -> None:
    put(world, "5")
    put(world, "2", work="HOMEWORK")
    change(world, work="TEST", title="Equations", weight=5)
    assert works(world) == [("HOMEWORK", "", 1, True), ("TEST", "Equations", 5, True)]
    assert average_of_vera(world) == "4.50"
    with school_scope(world.north.school.pk):
        fact = Fact.objects.get(kind="WorkChanged")
    assert (fact.data["was"]["work"], fact.data["now"]["weight"]) == ("ANSWER", 5)


def test_a_work_that_does_not_count_leaves_the_average(world: World) -> None:
    put(world, "5")
    put(world, "2", work="HOMEWORK")
    change(world, counts=False)
    assert average_of_vera(world) == "2.00"


def test_only_the_diaries_of_those_who_were_marked_are_raised(world: World) -> None:
    put(world, "5")
    numbers = dict(DiaryRevision.objects.values_list("student", "number"))
    change(world, weight=3)
    raised = {
        one
        for one, number in DiaryRevision.objects.values_list("student", "number")
        if number != numbers[one]
    }
    assert raised == {world.people["Vera"].pk}


def test_the_same_terms_again_change_nothing(world: World) -> None:
    put(world, "5")
    change(world, weight=3)
    change(world, weight=3)
    with school_scope(world.north.school.pk):
        assert Fact.objects.filter(kind="WorkChanged").count() == 1


def test_a_work_changed_meanwhile_is_shown_first(world: World) -> None:
    put(world, "5")
    change(world, weight=3)
    with pytest.raises(WorkHasChanged):
        change(world, weight=2)
    with pytest.raises(WorkHasChanged):
        change(world, seen=replace(ANSWER, work="LAB"), weight=2)


def test_a_lesson_has_one_work_of_each_kind(world: World) -> None:
    put(world, "5")
    put(world, "4", work="TEST")
    with pytest.raises(WorkIsThere):
        change(world, work="TEST")


def test_a_kind_that_the_school_does_not_use_is_refused(world: World) -> None:
    put(world, "5")
    with school_scope(world.north.school.pk):
        WorkKind.objects.filter(code="LAB").update(in_use=False)
    for work in ("LAB", "NAP"):
        with pytest.raises(WorkNotInUse):
            change(world, work=work)


@pytest.mark.parametrize("who", ["Oleg", "Darya", "Yana", "Maria", "Vera"])
def test_nobody_but_the_teacher_changes_a_work(world: World, who: str) -> None:
    put(world, "5")
    with pytest.raises(journal.NotTheTeacher):
        change(world, who=who, weight=3)
