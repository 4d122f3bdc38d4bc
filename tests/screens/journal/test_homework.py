"""Homework on the lesson's page: for whom, with what, beside what others have set, and copied to a parallel group."""

from datetime import timedelta

import pytest

from tests.screens.journal.conftest import Enter, Page
from tests.world import MONDAY, NOON, World, lesson, study_group
from zvonok.domain.homework.commands import HomeworkEdit, set_homework
from zvonok.domain.homework.models import Homework
from zvonok.domain.schools.models import GroupMembership
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.days import through
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

WEDNESDAY = MONDAY + timedelta(days=2)


def at(world: World, part: str = "") -> str:
    return f"/lessons/{world.algebra.pk}/{part}"


def parallel(world: World) -> Lesson:
    """Let Anna teach algebra to 7В too, on Tuesday."""
    with school_scope(world.north.school.pk):
        other = type(world.north.classes["7Б"]).objects.create(
            id=uuid7(), school=world.north.school, year=world.north.year, title="7В", grade=7
        )
        world.north.classes["7В"] = other
        study_group(world.north, "Алгебра", "7В", world.people["Anna"], [])
        return lesson(world.north, "Алгебра 7В", MONDAY + timedelta(days=1), 1, world.people["Anna"])


def test_homework_for_chosen_pupils_stands_beside_that_for_all(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    form = Page(anna.get(at(world))).forms["homework"] | {"text": "№ 142"}
    assert anna.post(at(world, "homework/"), form).status_code == 302
    more = Page(anna.get(at(world))).forms["homework-1"]
    more |= {"text": "№ 300*", "student_ids": str(world.people["Vera"].pk), "hand_in": "on"}
    more["links"] = "https://example.org/video\nhttp://example.org/book"
    assert anna.post(at(world, "homework/"), more).status_code == 302
    page = Page(anna.get(at(world)))
    assert {"homework", "homework-1", "homework-2"} <= page.forms.keys()
    assert page.forms["homework-1"]["student_ids"] == str(world.people["Vera"].pk)
    with school_scope(world.north.school.pk):
        mine = Homework.objects.get(audience="CHOSEN")
    assert (mine.links, mine.hand_in) == (["https://example.org/video", "http://example.org/book"], True)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"links": "javascript:alert(1)"}, "link"),
        ({"links": "https://example.org/\n" * 11}, "too_many_links"),
        ({"student_ids": "x"}, "invalid_choice"),
        ({"copy_to": str(uuid7())}, "invalid_choice"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    world: World, enter: Enter, wrong: dict[str, str], code: str
) -> None:
    anna = enter("Anna")
    form = Page(anna.get(at(world))).forms["homework"] | {"text": "№ 142"} | wrong
    answer = anna.post(at(world, "homework/"), form)
    assert answer.status_code == 422
    assert "copy_to" in wrong or Page(answer).having(data_error=code)
    with school_scope(world.north.school.pk):
        assert not Homework.objects.exists()


def test_homework_is_copied_to_a_parallel_group_for_its_own_next_lesson(world: World, enter: Enter) -> None:
    other = parallel(world)
    anna = enter("Anna")
    form = Page(anna.get(at(world))).forms["homework"]
    form |= {"text": "№ 142", "copy_to": str(other.pk), "expected_minutes": "20"}
    assert anna.post(at(world, "homework/"), form).status_code == 302
    with school_scope(world.north.school.pk):
        copied = Homework.objects.get(issued_lesson=other)
    assert (copied.text, copied.expected_minutes, copied.due_on) == (
        "№ 142",
        20,
        other.day + timedelta(days=7),
    )


def test_a_lesson_of_somebody_else_takes_no_copy(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    form = Page(anna.get(at(world))).forms["homework"] | {"text": "№ 142", "copy_to": str(world.physics.pk)}
    assert anna.post(at(world, "homework/"), form).status_code == 422


def test_the_page_warns_when_the_day_is_heavier_than_the_norm_and_lets_it_be(
    world: World, enter: Enter
) -> None:
    school = world.north.school.pk
    with school_scope(school):
        group = study_group(world.north, "Геометрия", "7Б", world.people["Oleg"], [])
        GroupMembership.objects.create(
            id=uuid7(),
            school=world.north.school,
            group=group,
            student=world.people["Vera"],
            valid_on=through(MONDAY, WEDNESDAY),
        )
        other = lesson(world.north, "Геометрия 7Б", MONDAY, 3, world.people["Oleg"])
        edit = HomeworkEdit(uuid7(), "Draw a cube", due_on=WEDNESDAY, expected_minutes=100)
        set_homework(actor=world.actor("Oleg"), lesson_id=other.pk, edit=edit, at=NOON)
    anna = enter("Anna")
    asked = anna.get(
        at(world, "load/"), {"due_on": str(WEDNESDAY), "expected_minutes": "50"}
    ).content.decode()
    assert "Draw a cube" in asked
    assert "notice" not in asked
    heavier = anna.get(
        at(world, "load/"), {"due_on": str(WEDNESDAY), "expected_minutes": "51"}
    ).content.decode()
    assert "notice--weak" in heavier
    form = Page(anna.get(at(world))).forms["homework"]
    form |= {"text": "№ 142", "due_on": str(WEDNESDAY), "expected_minutes": "51"}
    assert anna.post(at(world, "homework/"), form).status_code == 302
    assert "The sanitary norm is" in anna.get(at(world)).content.decode()


def test_a_form_that_was_refused_stays_in_its_place(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    anna.post(at(world, "homework/"), Page(anna.get(at(world))).forms["homework"] | {"text": "№ 142"})
    more = Page(anna.get(at(world))).forms["homework-1"]
    more |= {"text": "№ 300*", "student_ids": str(world.people["Vera"].pk), "due_on": str(MONDAY)}
    page = Page(anna.post(at(world, "homework/"), more))
    assert page.forms["homework"]["due_on"] != str(MONDAY)
    again = page.forms["homework-1"]
    assert again["student_ids"] == str(world.people["Vera"].pk)
    assert anna.post(at(world, "homework/"), again | {"due_on": ""}).status_code == 302
