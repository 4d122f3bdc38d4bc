"""Remarks: who writes them, and how they are taken back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.world import MONDAY, NOON, World, lesson
from zvonok.domain.access.models import DiaryRevision
from zvonok.domain.history.models import Fact
from zvonok.domain.remarks.commands import RemarkSaysNothing, make_remark, withdraw_remark
from zvonok.domain.remarks.models import Remark
from zvonok.domain.remarks.selectors import remarks_of_lesson
from zvonok.domain.timetable.commands import journal
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


def make(world: World, text: str = "Помогла соседу", **more: Any) -> Remark:
    """Write a praise for Vera at Monday's algebra, as Anna."""
    with school_scope(world.north.school.pk):
        return make_remark(
            actor=world.actor(more.get("who", "Anna")),
            lesson_id=more.get("lesson", world.algebra).pk,
            edit_id=more.get("edit_id") or uuid7(),
            student_id=world.people[more.get("whom", "Vera")].pk,
            kind=more.get("kind", "PRAISE"),
            text=text,
            at=more.get("at", NOON),
        )


def withdraw(world: World, remark_id: UUID, who: str = "Anna") -> None:
    with school_scope(world.north.school.pk):
        withdraw_remark(actor=world.actor(who), lesson_id=world.algebra.pk, remark_id=remark_id, at=NOON)


def facts(world: World) -> list[str]:
    with school_scope(world.north.school.pk):
        return list(Fact.objects.order_by("id").values_list("kind", flat=True))


def read(world: World) -> list[str]:
    with school_scope(world.north.school.pk):
        lines = remarks_of_lesson(school_id=world.north.school.pk, lesson_id=world.algebra.pk)
        return [f"{line.put_by}: {line.text}" for line in lines]


def test_a_remark_is_read_with_its_author(world: World) -> None:
    before = DiaryRevision.objects.get(student=world.people["Vera"]).number
    make(world)
    assert read(world) == ["Петрова Anna: Помогла соседу"]
    assert DiaryRevision.objects.get(student=world.people["Vera"]).number == before + 1


def test_the_same_edit_sent_twice_counts_once(world: World) -> None:
    first = make(world)
    assert make(world, edit_id=first.pk) == first
    assert facts(world) == ["RemarkMade"]


def test_a_remark_taken_back_is_kept_and_not_read(world: World) -> None:
    remark = make(world)
    withdraw(world, remark.pk)
    withdraw(world, remark.pk)
    assert read(world) == []
    assert facts(world) == ["RemarkMade", "RemarkWithdrawn"]
    with school_scope(world.north.school.pk):
        assert Remark.objects.get().withdrawn_at == NOON


@pytest.mark.parametrize(("text", "kind"), [("", "PRAISE"), ("Шумел", "SHOUTED")])
def test_a_remark_says_something_of_a_known_kind(world: World, text: str, kind: str) -> None:
    with pytest.raises(RemarkSaysNothing):
        make(world, text, kind=kind)


def test_a_student_of_another_group_gets_no_remark(world: World) -> None:
    with pytest.raises(journal.NotInTheGroup):
        make(world, whom="Timur")


def test_nobody_but_the_teacher_writes_or_withdraws_a_remark(world: World) -> None:
    with pytest.raises(journal.NotTheTeacher):
        make(world, who="Oleg")
    with pytest.raises(journal.NotTheTeacher):
        withdraw(world, make(world).pk, who="Oleg")


def test_a_remark_waits_for_the_day_of_the_lesson(world: World) -> None:
    with pytest.raises(journal.LessonIsAhead):
        make(world, at=NOON - timedelta(days=1))


def test_an_edit_id_of_another_lesson_is_refused(world: World) -> None:
    used = make(world)
    with school_scope(world.north.school.pk):
        second = lesson(world.north, "Алгебра 7Б", MONDAY, 2, world.people["Anna"])
    with pytest.raises(journal.EditIsUsed):
        make(world, edit_id=used.pk, lesson=second)
