"""Who is probably absent stands ready on the lesson's page, and one key confirms it."""

from tests.screens.journal.conftest import Enter, Page, cell, send, stood
from tests.world import MONDAY, NOON, World, lesson
from zvonok.domain.attendance.commands import AbsenceEdit, NoteEdit, accept_note, put_absences, report_absence
from zvonok.domain.attendance.models import Absence
from zvonok.domain.attendance.rules import Reach
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


def second(world: World, slot: int = 2) -> Lesson:
    with school_scope(world.north.school.pk):
        return lesson(world.north, "Алгебра 7Б", MONDAY, slot, world.people["Anna"])


def shown(page: Page) -> list[dict[str, str]]:
    return page.having(type="checkbox", name="absent")


def test_who_missed_the_lesson_before_is_proposed_and_confirmed_at_once(world: World, enter: Enter) -> None:
    anna, following = enter("Anna"), second(world)
    send(anna, world, cell(world, "Б"), cell(world, "О", whom="Pyotr"))
    page = Page(anna.get(f"/lessons/{following.pk}/"))
    (proposed,) = shown(page)
    assert "checked" in proposed
    assert page.having(autofocus="")
    assert stood(world, following) == {}
    answer = anna.post(f"/lessons/{following.pk}/absences/", {"absent": [proposed["value"]]})
    assert answer.status_code == 302
    assert stood(world, following) == {"Vera": ["ILL"]}
    assert shown(Page(anna.get(f"/lessons/{following.pk}/"))) == []


def test_confirming_twice_counts_once(world: World, enter: Enter) -> None:
    anna, following = enter("Anna"), second(world)
    send(anna, world, cell(world, "Н"))
    (proposed,) = shown(Page(anna.get(f"/lessons/{following.pk}/")))
    for _ in range(2):
        anna.post(f"/lessons/{following.pk}/absences/", {"absent": [proposed["value"]]})
    with school_scope(world.north.school.pk):
        assert Absence.objects.filter(lesson=following).count() == 1


def test_the_last_lesson_that_noted_anybody_decides(world: World, enter: Enter) -> None:
    """Vera missed the first lesson and was back in the second, from which Pyotr was missing."""
    anna, following, third = enter("Anna"), second(world), second(world, 3)
    send(anna, world, cell(world, "Н"))
    send(anna, world, cell(world, "Н", whom="Pyotr", lesson_row=following))
    (proposed,) = shown(Page(anna.get(f"/lessons/{third.pk}/")))
    assert str(world.people["Pyotr"].pk) in proposed["value"]


def test_nobody_is_proposed_who_has_a_mark_or_was_said_to_be_here(world: World, enter: Enter) -> None:
    anna, following = enter("Anna"), second(world)
    send(anna, world, cell(world, "Н"), cell(world, "Н", whom="Pyotr"))
    send(anna, world, cell(world, "5", lesson_row=following))
    noted = cell(world, "Н", whom="Pyotr", lesson_row=following)
    send(anna, world, noted)
    send(anna, world, cell(world, "", whom="Pyotr", lesson_row=following, seen_absence=noted["id"]))
    assert stood(world, following) == {"Vera": ["5"]}
    assert shown(Page(anna.get(f"/lessons/{following.pk}/"))) == []


def test_a_lesson_before_proposes_nothing_for_itself(world: World, enter: Enter) -> None:
    anna, following = enter("Anna"), second(world)
    send(anna, world, cell(world, "Н", lesson_row=following))
    assert shown(Page(anna.get(f"/lessons/{world.algebra.pk}/"))) == []


def test_what_somebody_put_meanwhile_is_shown_beside_the_proposal(world: World, enter: Enter) -> None:
    anna, following = enter("Anna"), second(world)
    send(anna, world, cell(world, "Н"))
    (proposed,) = shown(Page(anna.get(f"/lessons/{following.pk}/")))
    send(anna, world, cell(world, "О", lesson_row=following))
    answer = anna.post(f"/lessons/{following.pk}/absences/", {"absent": [proposed["value"]]})
    assert answer.status_code == 422
    assert Page(answer).having(data_error="absence_has_changed")
    assert stood(world, following) == {"Vera": ["LATE"]}


def test_a_forged_proposal_is_refused(world: World, enter: Enter) -> None:
    answer = enter("Anna").post(f"/lessons/{world.algebra.pk}/absences/", {"absent": ["x|y"]})
    assert answer.status_code == 422
    assert Page(answer).having(data_error="cells_unreadable")


def test_what_a_family_has_announced_is_proposed_before_what_earlier_lessons_say(
    world: World, enter: Enter
) -> None:
    following, vera = second(world), world.people["Vera"].pk
    edit = NoteEdit(uuid7(), vera, Reach(MONDAY, MONDAY), reason="ILLNESS", text="")
    with school_scope(world.north.school.pk):
        report_absence(actor=world.actor("Maria"), school_id=world.north.school.pk, edit=edit, at=NOON)
    anna = enter("Anna")
    page = anna.get(f"/lessons/{following.pk}/").content.decode()
    assert "the family has written" in page
    with school_scope(world.north.school.pk):
        accept_note(actor=world.actor("Anna"), school_id=world.north.school.pk, note_id=edit.id, at=NOON)
    page = anna.get(f"/lessons/{following.pk}/").content.decode()
    assert "the class teacher knows" in page
    with school_scope(world.north.school.pk):
        mine = AbsenceEdit(uuid7(), vera, "UNEXCUSED")
        put_absences(actor=world.actor("Anna"), lesson_id=following.pk, edits=[mine], at=NOON)
    assert "the class teacher knows" not in anna.get(f"/lessons/{following.pk}/").content.decode()
