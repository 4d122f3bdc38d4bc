"""The deputy head's control: counts, filters, pages, notes, changed marks."""

from datetime import timedelta

import pytest

from tests.screens.journal.conftest import Enter, Page
from tests.world import MONDAY, NOON, World, lesson
from zvonok.domain.control.models import ControlNote
from zvonok.domain.marks.commands.put import MarkEdit, put_marks
from zvonok.domain.timetable.models import Lesson
from zvonok.gateways.spreadsheets.reading import read_table
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

CONTROL = "/office/deputy/control/"


def found(page: Page) -> list[str]:
    return [tag["data-check"] for name, tag in page.tags if name == "li" and "data-check" in tag]


def note_form(page: Page) -> dict[str, str]:
    return page.forms["note"]


@pytest.fixture
def topicless(world: World) -> World:
    """A school of which two lessons are over and empty."""
    with school_scope(world.north.school.pk):
        Lesson.objects.update(ends_at=NOON - timedelta(hours=1), starts_at=NOON - timedelta(hours=2))
    return world


def test_the_deputy_head_sees_what_is_found_by_check_and_by_teacher(topicless: World, enter: Enter) -> None:
    page = Page(enter("Darya").get(CONTROL))
    assert found(page) == ["UNFILLED", "UNFILLED"]
    assert {tag["data-heap"] for _name, tag in page.tags if "data-heap" in tag} == {
        "Петрова\u00a0A.",
        "Смирнов\u00a0O.",
    }


@pytest.mark.parametrize(
    ("by", "heaps"), [("school_class", {"7Б", "8А"}), ("subject", {"Алгебра", "Физика"})]
)
def test_the_counts_stand_by_class_and_subject_too(
    topicless: World, enter: Enter, by: str, heaps: set[str]
) -> None:
    page = Page(enter("Darya").get(CONTROL, {"by": by}))
    assert {tag["data-heap"] for _name, tag in page.tags if "data-heap" in tag} == heaps


def test_filters_leave_one_teacher_and_what_is_not_known_filters_nothing(
    topicless: World, enter: Enter
) -> None:
    deputy = enter("Darya")
    anna = str(topicless.people["Anna"].pk)
    assert len(found(Page(deputy.get(CONTROL, {"teacher": anna})))) == 1
    assert found(Page(deputy.get(CONTROL, {"teacher": anna, "check": "NO_TOPIC"}))) == []
    assert len(found(Page(deputy.get(CONTROL, {"teacher": "moon", "check": "MOON", "page": "-1"})))) == 2


def test_an_empty_list_says_what_would_stand_there(world: World, enter: Enter) -> None:
    with school_scope(world.north.school.pk):
        Lesson.objects.update(state="CANCELLED")
    assert "Nothing is found" in Page(enter("Darya").get(CONTROL)).text


def test_a_long_list_is_shown_part_by_part_at_the_same_cost(topicless: World, enter: Enter) -> None:
    deputy = enter("Darya")
    with counted_queries() as few:
        deputy.get(CONTROL)
    with school_scope(topicless.north.school.pk):
        for place in range(60):
            day = MONDAY - timedelta(days=place // 10 + 1)
            if day >= topicless.north.period.starts_on:
                lesson(topicless.north, "Алгебра 7Б", day, place % 10 + 1, None)
    with counted_queries() as many:
        first = Page(deputy.get(CONTROL))
    assert len(found(first)) == 50
    assert len(many) == len(few) <= 24
    assert 0 < len(found(Page(deputy.get(CONTROL, {"page": "2"})))) < 50


def test_a_note_is_sent_seen_by_the_teacher_and_closed(topicless: World, enter: Enter) -> None:
    deputy = enter("Darya")
    anna = {"teacher": str(topicless.people["Anna"].pk)}
    form = note_form(Page(deputy.get(CONTROL, anna)))
    answer = deputy.post(f"{CONTROL}notes/?teacher={anna['teacher']}", form | {"text": "Fill it in"})
    assert answer.status_code == 302
    assert anna["teacher"] in answer.url
    page = Page(deputy.get(CONTROL, anna))
    assert "Fill it in" in page.text
    assert "note" not in page.forms
    assert "Fill it in" in Page(enter("Anna").get("/journal/findings/")).text
    assert "Fill it in" not in Page(enter("Oleg").get("/journal/findings/")).text
    with school_scope(topicless.north.school.pk):
        note = ControlNote.objects.get()
    assert deputy.post(f"{CONTROL}notes/{note.pk}/close/").status_code == 302
    assert "Fill it in" not in Page(deputy.get(CONTROL)).text


def test_a_note_about_what_is_mended_is_refused_and_keeps_its_words(topicless: World, enter: Enter) -> None:
    deputy = enter("Darya")
    form = note_form(Page(deputy.get(CONTROL)))
    with school_scope(topicless.north.school.pk):
        Lesson.objects.update(topic="Roots")
    answer = deputy.post(f"{CONTROL}notes/", form | {"text": "My words"})
    assert answer.status_code == 422
    page = Page(answer)
    assert "My words" in page.text
    assert 'data-error="finding_is_mended"' in page.text


@pytest.mark.parametrize("values", [{}, {"check": "MOON"}, {"group": "x"}, {"text": "a\x00b"}])
def test_a_crooked_note_is_refused(topicless: World, enter: Enter, values: dict[str, str]) -> None:
    deputy = enter("Darya")
    form = note_form(Page(deputy.get(CONTROL))) if values else {}
    assert deputy.post(f"{CONTROL}notes/", form | values).status_code == 422


def test_changed_marks_are_listed_with_their_reason(world: World, enter: Enter) -> None:
    deputy = enter("Darya")
    assert "No mark was changed" in Page(deputy.get(f"{CONTROL}changes/")).text
    with school_scope(world.north.school.pk):
        for value, comment in (("3", ""), ("4", "miscounted")):
            standing = world.algebra.marks.filter(withdrawn_at=None).values_list("pk", flat=True).first()
            edit = MarkEdit(
                id=uuid7(), student_id=world.people["Vera"].pk, value=value, comment=comment, seen=standing
            )
            put_marks(actor=world.actor("Anna"), lesson_id=world.algebra.pk, edits=[edit], at=NOON)
    page = Page(deputy.get(f"{CONTROL}changes/"))
    assert "3 → 4" in page.text
    assert "miscounted" in page.text
    oleg = {"teacher": str(world.people["Oleg"].pk)}
    assert "No mark was changed" in Page(deputy.get(f"{CONTROL}changes/", oleg)).text


def test_the_list_is_taken_away_as_a_spreadsheet(topicless: World, enter: Enter) -> None:
    answer = enter("Darya").get(f"{CONTROL}file/", {"teacher": str(topicless.people["Anna"].pk)})
    table = read_table(answer.content)
    lines = ["\t".join(cell.text for cell in row.values()) for row in table.rows]
    assert len(lines) == 2
    assert "Lesson not filled in" in lines[1]
    assert "Алгебра" in lines[1]
