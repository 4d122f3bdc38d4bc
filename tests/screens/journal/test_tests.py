"""Tests announced at a lesson: what the teacher is told, and what the family sees."""

from datetime import date, timedelta

import pytest

from tests.screens.journal.conftest import Enter, Page, cell, send
from tests.world import MONDAY, NOON, World, lesson, study_group
from zvonok.domain.access.models import DiaryRevision
from zvonok.domain.history.models import Fact
from zvonok.domain.marks.commands.announce import NotATest, announce_test
from zvonok.domain.marks.models import Assessment
from zvonok.domain.schools.models import GroupMembership
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.days import through
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

WEDNESDAY = MONDAY + timedelta(days=2)


def ahead(world: World, day: date = WEDNESDAY, slot: int = 1) -> Lesson:
    with school_scope(world.north.school.pk):
        return lesson(world.north, "Алгебра 7Б", day, slot, world.people["Anna"])


def announce(world: World, enter: Enter, at: Lesson, **more: str) -> int:
    sent = {"lesson": str(at.pk), "work": "TEST", "title": "Equations"} | more
    return enter("Anna").post(f"/lessons/{world.algebra.pk}/tests/", sent).status_code


def test_an_announced_test_stands_in_the_diary_on_its_day(world: World, enter: Enter) -> None:
    following, link = ahead(world), world.link("Maria", "Vera")
    before = DiaryRevision.objects.get(student=world.people["Vera"]).number
    assert announce(world, enter, following) == 302
    assert "test: Equations" in enter("Maria").get(f"/diary/{link}/week/{MONDAY}/").content.decode()
    assert DiaryRevision.objects.get(student=world.people["Vera"]).number == before + 1


def test_announcing_again_changes_the_title_and_nothing_twice(world: World, enter: Enter) -> None:
    following = ahead(world)
    for title in ("Equations", "Equations", "Functions"):
        assert announce(world, enter, following, title=title) == 302
    with school_scope(world.north.school.pk):
        assert Assessment.objects.get(lesson=following).title == "Functions"
        assert Fact.objects.filter(kind="WorkAnnounced").count() == 2


def test_a_test_is_called_off_until_it_has_marks(world: World, enter: Enter) -> None:
    following, anna = ahead(world), enter("Anna")
    announce(world, enter, following)
    announce(world, enter, world.algebra)
    send(anna, world, cell(world, None, mark="5", work="TEST"))
    with school_scope(world.north.school.pk):
        written = Assessment.objects.get(lesson=world.algebra, work="TEST")
        planned = Assessment.objects.get(lesson=following)
    assert anna.post(f"/lessons/{following.pk}/tests/{planned.pk}/withdraw/").status_code == 302
    assert anna.post(f"/lessons/{world.algebra.pk}/tests/{written.pk}/withdraw/").status_code == 422
    with school_scope(world.north.school.pk):
        assert Assessment.objects.filter(work="TEST").get() == written


def test_two_tests_of_a_pupil_on_one_day_are_said(world: World, enter: Enter) -> None:
    following = ahead(world)
    with school_scope(world.north.school.pk):
        group = study_group(world.north, "Геометрия", "7Б", world.people["Oleg"], [])
        GroupMembership.objects.create(
            id=uuid7(),
            school=world.north.school,
            group=group,
            student=world.people["Vera"],
            valid_on=through(MONDAY, WEDNESDAY),
        )
        other = lesson(world.north, "Геометрия 7Б", WEDNESDAY, 3, world.people["Oleg"])
        announce_test(actor=world.actor("Oleg"), lesson_id=other.pk, work="TEST", title="", at=NOON)
    address = f"/lessons/{world.algebra.pk}/tests/"
    assert "Геометрия" in enter("Anna").get(address).content.decode()
    assert "two tests on this day" not in enter("Anna").get(address).content.decode()
    announce(world, enter, following)
    assert enter("Anna").get(address).content.decode().count("two tests on this day") == 2


def test_too_many_tests_are_said_and_never_refused(world: World, enter: Enter) -> None:
    for day in range(1, 11):
        ahead(world, MONDAY + timedelta(days=day), 2)
    address = f"/lessons/{world.algebra.pk}/tests/"
    assert announce(world, enter, world.algebra) == 302
    assert "at most a tenth" not in enter("Anna").get(address).content.decode()
    with school_scope(world.north.school.pk):
        second = Lesson.objects.filter(group=world.algebra.group_id, day__gt=MONDAY).order_by("day")[0]
    assert announce(world, enter, second) == 302
    assert "at most a tenth" in enter("Anna").get(address).content.decode()


@pytest.mark.parametrize("wrong", [{"work": "ANSWER"}, {"lesson": str(uuid7())}, {"title": "see\u202eme"}])
def test_what_is_no_test_is_not_announced(world: World, enter: Enter, wrong: dict[str, str]) -> None:
    assert announce(world, enter, world.algebra, **wrong) == 422
    with school_scope(world.north.school.pk):
        assert not Assessment.objects.exists()


def test_work_in_class_is_no_test(world: World) -> None:
    about = {"actor": world.actor("Anna"), "lesson_id": world.algebra.pk, "title": "", "at": NOON}
    with school_scope(world.north.school.pk), pytest.raises(NotATest):
        announce_test(work="ANSWER", **about)


def test_a_substitute_announces_nothing_at_other_lessons(world: World, enter: Enter) -> None:
    following = ahead(world)
    with school_scope(world.north.school.pk):
        Lesson.objects.filter(pk=world.algebra.pk).update(teacher=world.people["Oleg"])
    page = Page(enter("Oleg").get(f"/lessons/{world.algebra.pk}/tests/"))
    assert not page.having(value=str(following.pk))
    sent = {"lesson": str(following.pk), "work": "TEST", "title": ""}
    assert enter("Oleg").post(f"/lessons/{world.algebra.pk}/tests/", sent).status_code == 422
