"""Who holds a lesson in somebody's stead: that lesson's page, and nothing else of the group."""

from datetime import timedelta

from tests.screens.journal.conftest import Enter, Page, cell, send, stood
from tests.world import MONDAY, NOON, World, lesson
from zvonok.domain.homework.commands import HomeworkEdit, set_homework
from zvonok.domain.homework.models import Homework
from zvonok.domain.planning.commands.lay import lay_plan
from zvonok.domain.planning.models import TopicTaught
from zvonok.domain.timetable.commands.substitute import Replacement, join_lesson, replace_lesson
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


def substituted(world: World) -> Lesson:
    """Give Oleg an algebra lesson of Anna's, with a plan, and homework due in it; tell which is still hers."""
    school = world.north.school.pk
    with school_scope(school):
        second = lesson(world.north, "Алгебра 7Б", MONDAY + timedelta(days=1), 2, world.people["Anna"])
        lay_plan(school_id=school, group_id=world.algebra.group_id, topics=["Equations"])
        edit = HomeworkEdit(uuid7(), "№ 112", due_on=second.day)
        set_homework(actor=world.actor("Anna"), lesson_id=world.algebra.pk, edit=edit, at=NOON)
        replace_lesson(
            actor=world.actor("Darya"),
            lesson_id=second.pk,
            replacement=Replacement(second.subject_id, world.people["Oleg"].pk, None, 2),
            reason="",
            version=0,
            has_entries=lambda _lesson: False,
            at=NOON,
        )
    return second


def test_a_substitute_has_the_plan_and_the_homework_of_the_group(world: World, enter: Enter) -> None:
    theirs = substituted(world)
    page = Page(enter("Oleg").get(f"/lessons/{theirs.pk}/"))
    assert "Equations" in page.text
    assert page.having(name="proposal")
    assert "№ 112" in page.text
    assert {"topic", "homework", "register"} <= page.forms.keys()


def test_a_substitute_reaches_nothing_else_of_the_group(world: World, enter: Enter) -> None:
    theirs, oleg = substituted(world), enter("Oleg")
    month = f"/journal/{theirs.group_id}/2026-11/"
    for address in (
        f"/lessons/{world.algebra.pk}/",
        month,
        f"{month}averages/",
        f"/journal/{theirs.group_id}/",
    ):
        assert oleg.get(address).status_code == 404, address
    assert month not in oleg.get(f"/lessons/{theirs.pk}/").content.decode()
    for part in ("topic", "homework", "register", "remarks", "note", "absences"):
        assert oleg.post(f"/lessons/{world.algebra.pk}/{part}/", {}).status_code == 404, part
    assert send(oleg, world, cell(world, "5")).status_code == 404
    assert stood(world) == {}


def joined(world: World) -> None:
    """Let Anna take Oleg's physics of 8А beside her algebra of 7Б."""
    with school_scope(world.north.school.pk):
        join_lesson(
            actor=world.actor("Darya"),
            lesson_id=world.physics.pk,
            other_id=world.algebra.pk,
            reason="",
            version=0,
            at=NOON,
        )


def test_the_pupils_of_both_groups_are_on_the_page_and_each_has_its_own_column(
    world: World, enter: Enter
) -> None:
    joined(world)
    anna = enter("Anna")
    page = Page(anna.get(f"/lessons/{world.algebra.pk}/"))
    for name in ("Vera", "Pyotr", "Timur"):
        assert page.having(data_student=str(world.people[name].pk)), name
    edit = cell(world, "5", whom="Timur", lesson_row=world.physics)
    assert send(anna, world, edit, group=world.physics.group_id).status_code == 200
    assert stood(world, world.physics) == {"Timur": ["5"]}
    assert stood(world) == {}


def test_topic_and_homework_of_a_joined_lesson_go_to_both_groups(world: World, enter: Enter) -> None:
    joined(world)
    anna, address = enter("Anna"), f"/lessons/{world.algebra.pk}/"
    forms = Page(anna.get(address)).forms
    anna.post(f"{address}topic/", forms["topic"] | {"topic": "Equations"})
    anna.post(f"{address}homework/", forms["homework"] | {"text": "№ 1", "due_on": ""})
    again = Page(anna.get(address)).forms["homework"]
    anna.post(f"{address}homework/", again | {"text": "№ 1, 2"})
    with school_scope(world.north.school.pk):
        assert Lesson.objects.get(pk=world.physics.pk).topic == "Equations"
        standing = Homework.objects.filter(withdrawn_at=None)
        assert sorted(standing.values_list("issued_lesson_id", "text")) == sorted(
            (stands.pk, "№ 1, 2") for stands in (world.algebra, world.physics)
        )


def test_a_topic_of_the_plan_ties_the_other_group_to_its_own_plan_alone(world: World, enter: Enter) -> None:
    joined(world)
    anna, address = enter("Anna"), f"/lessons/{world.algebra.pk}/"
    school = world.north.school.pk
    with school_scope(school):
        equations, roots = lay_plan(
            school_id=school, group_id=world.algebra.group_id, topics=["Equations", "Roots"]
        )
        (theirs,) = lay_plan(school_id=school, group_id=world.physics.group_id, topics=["Equations"])
    for mine, tied in ((roots, None), (equations, theirs)):
        form = Page(anna.get(address)).forms["topic"]
        anna.post(f"{address}topic/", form | {"proposal": str(mine)})
        with school_scope(school):
            taught = dict(TopicTaught.objects.values_list("lesson_id", "topic_id"))
            lessons = Lesson.objects.filter(pk__in=(world.algebra.pk, world.physics.pk))
            assert len({each.topic for each in lessons}) == 1
        assert (taught[world.algebra.pk], taught.get(world.physics.pk)) == (mine, tied)


def test_what_was_set_otherwise_in_the_other_group_stays(world: World, enter: Enter) -> None:
    joined(world)
    anna = enter("Anna")
    with school_scope(world.north.school.pk):
        edit = HomeworkEdit(uuid7(), "Read § 7")
        set_homework(actor=world.actor("Anna"), lesson_id=world.physics.pk, edit=edit, at=NOON)
    form = Page(anna.get(f"/lessons/{world.algebra.pk}/")).forms["homework"] | {"text": "№ 1"}
    anna.post(f"/lessons/{world.algebra.pk}/homework/", form)
    with school_scope(world.north.school.pk):
        assert Homework.objects.get(issued_lesson=world.physics, withdrawn_at=None).text == "Read § 7"


def test_the_teacher_of_one_group_does_not_see_the_other(world: World, enter: Enter) -> None:
    joined(world)
    page = Page(enter("Oleg").get(f"/lessons/{world.physics.pk}/"))
    assert not page.having(data_student=str(world.people["Vera"].pk))
