"""What a teacher keeps for nobody else: words for remarks, and notes to oneself."""

from datetime import timedelta

import pytest

from tests.screens.journal.conftest import Enter, Page
from tests.world import MONDAY, World, lesson
from zvonok.domain.history.models import Fact
from zvonok.domain.remarks.commands import MOST_TEMPLATES, TooManyTemplates, keep_template, write_note
from zvonok.domain.remarks.models import OwnNote, RemarkTemplate
from zvonok.domain.remarks.selectors import own_notes, remark_templates
from zvonok.domain.timetable.commands.journal import NotTheTeacher
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.scope import school_scope


def at(world: World, part: str = "") -> str:
    return f"/lessons/{world.algebra.pk}/{part}"


def test_words_are_kept_with_a_remark_used_again_and_deleted(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    sent = Page(anna.get(at(world))).forms["remark"]
    sent |= {
        "student": str(world.people["Vera"].pk),
        "kind": "ORGANISATION",
        "text": "No textbook",
        "keep": "on",
    }
    assert anna.post(at(world, "remarks/"), sent).status_code == 302
    (link,) = Page(anna.get(at(world))).having(data_text="No textbook")
    assert link["data-kind"] == "ORGANISATION"
    again = anna.get(at(world) + link["href"].partition("#")[0])
    assert "No textbook</textarea>" in again.content.decode()
    assert Page(again).forms["remark"]["kind"] == "ORGANISATION"
    with school_scope(world.north.school.pk):
        kept = RemarkTemplate.objects.get()
    assert anna.post(at(world, f"templates/{kept.pk}/drop/")).status_code == 302
    assert not Page(anna.get(at(world))).having(data_text="No textbook")


def test_templates_of_others_are_neither_seen_nor_deleted(world: World, enter: Enter) -> None:
    school = world.north.school.pk
    with school_scope(school):
        keep_template(actor=world.actor("Oleg"), school_id=school, kind="PRAISE", text="Well done")
        kept = RemarkTemplate.objects.get()
        assert remark_templates(school_id=school, teacher_id=world.people["Anna"].pk) == []
    assert enter("Anna").post(at(world, f"templates/{kept.pk}/drop/")).status_code == 302
    with school_scope(school):
        assert RemarkTemplate.objects.get() == kept


def test_the_same_words_are_kept_once_and_not_without_end(world: World) -> None:
    school, anna = world.north.school.pk, world.actor("Anna")
    with school_scope(school):
        for _ in range(2):
            keep_template(actor=anna, school_id=school, kind="PRAISE", text="Well done")
        assert RemarkTemplate.objects.count() == 1
        for number in range(MOST_TEMPLATES - 1):
            keep_template(actor=anna, school_id=school, kind="PRAISE", text=f"Well done, {number}")
        with pytest.raises(TooManyTemplates):
            keep_template(actor=anna, school_id=school, kind="PRAISE", text="One more")


def following(world: World) -> Lesson:
    with school_scope(world.north.school.pk):
        return lesson(world.north, "Алгебра 7Б", MONDAY + timedelta(days=2), 1, world.people["Anna"])


def test_a_note_comes_back_at_the_next_lesson_and_goes_when_emptied(world: World, enter: Enter) -> None:
    anna, later = enter("Anna"), following(world)
    assert anna.post(at(world, "note/"), {"text": "Return the essays"}).status_code == 302
    assert "Return the essays</textarea>" in anna.get(at(world)).content.decode()
    assert "Return the essays" in anna.get(f"/lessons/{later.pk}/").content.decode()
    anna.post(at(world, "note/"), {"text": "Return the drafts"})
    anna.post(at(world, "note/"), {"text": ""})
    with school_scope(world.north.school.pk):
        assert not OwnNote.objects.exists()


def test_nobody_else_reads_a_note_and_no_fact_holds_it(world: World, enter: Enter) -> None:
    """Oleg holds the lesson in Anna's stead; Darya oversees all."""
    school = world.north.school.pk
    with school_scope(school):
        write_note(actor=world.actor("Anna"), lesson_id=world.algebra.pk, text="Ask Vera about home")
        Lesson.objects.filter(pk=world.algebra.pk).update(teacher=world.people["Oleg"])
        oleg = {"school_id": school, "author_id": world.people["Oleg"].pk}
        assert own_notes(**oleg, lesson_id=world.algebra.pk) == []
        assert not Fact.objects.exists()
    assert "Ask Vera" not in enter("Oleg").get(at(world)).content.decode()
    month = f"/journal/{world.algebra.group_id}/2026-11/"
    assert "Ask Vera" not in enter("Darya").get(month).content.decode()
    with school_scope(world.south.school.pk):
        assert not OwnNote.objects.exists()


def test_only_who_keeps_the_journal_notes_anything(world: World) -> None:
    with school_scope(world.north.school.pk), pytest.raises(NotTheTeacher):
        write_note(actor=world.actor("Darya"), lesson_id=world.algebra.pk, text="Look here")


def test_a_note_with_hidden_characters_is_refused_and_kept(world: World, enter: Enter) -> None:
    answer = enter("Anna").post(at(world, "note/"), {"text": "see\u202eme"})
    assert answer.status_code == 422
    assert Page(answer).having(data_error="hidden_characters")
