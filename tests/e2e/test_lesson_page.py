"""The lesson page with its scripts: what saves itself, and what stands ready."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.e2e.people import Visitors
from tests.world import MONDAY, NOON, World, lesson
from zvonok.domain.attendance.commands import AbsenceEdit, put_absences
from zvonok.domain.homework.models import Homework
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


def test_topic_and_homework_save_themselves_when_one_leaves_them(world: World, visit: Visitors) -> None:
    anna = visit("Anna")
    anna.open(f"/lessons/{world.algebra.pk}/")
    topic, homework = anna.see(form="topic"), anna.see(form="homework")
    topic.locator("[name=topic]").fill("Equations")
    homework.locator("[name=text]").fill("№ 142")
    expect(topic.locator("[data-says]")).to_have_text("Saved")
    homework.locator("[name=due_on]").fill(str(MONDAY + timedelta(days=1)))
    topic.locator("[name=topic]").focus()
    expect(homework.locator("[data-says]")).to_have_text("Saved")
    with school_scope(world.north.school.pk):
        assert Lesson.objects.get(pk=world.algebra.pk).topic == "Equations"
        assert Homework.objects.get(withdrawn_at=None).text == "№ 142"


def test_what_could_not_be_sent_stays_and_goes_when_the_network_is_back(
    world: World, visit: Visitors
) -> None:
    anna = visit("Anna")
    anna.open(f"/lessons/{world.algebra.pk}/")
    topic = anna.see(form="topic")
    anna.context.set_offline(True)
    topic.locator("[name=topic]").fill("Equations")
    anna.see(form="homework").locator("[name=text]").focus()
    expect(topic.locator("[data-says]")).to_contain_text("No connection")
    anna.context.set_offline(False)
    expect(topic.locator("[data-says]")).to_have_text("Saved")


def test_one_key_confirms_who_is_absent(world: World, visit: Visitors) -> None:
    with school_scope(world.north.school.pk):
        following = lesson(world.north, "Алгебра 7Б", MONDAY, 2, world.people["Anna"])
        edit = AbsenceEdit(uuid7(), world.people["Vera"].pk, "ILL")
        put_absences(actor=world.actor("Anna"), lesson_id=world.algebra.pk, edits=[edit], at=NOON)
    anna = visit("Anna")
    anna.open(f"/lessons/{following.pk}/")
    anna.page.keyboard.press("Enter")
    expect(anna.see(student=world.people["Vera"].pk)).to_have_attribute("data-absence", "Б")
    expect(anna.see(form="absences")).to_have_count(0)
