"""The feed of notices, and the page of diaries."""

from datetime import timedelta

import pytest

from tests.domain.test_excuse_notes import decide, note, send
from tests.domain.test_mark_scales import use
from tests.screens.diary.conftest import HOUR, Enter
from tests.screens.diary.desk import Desk, page
from tests.world import MONDAY, NOON, World
from zvonok.domain.access.models import DiaryLink
from zvonok.domain.attendance.commands import return_note
from zvonok.domain.attendance.rules import Reach
from zvonok.domain.history.models import Fact
from zvonok.domain.marks.commands.settings import Kind, add_kind
from zvonok.domain.marks.models import ScaleKind
from zvonok.domain.notices.commands import tell
from zvonok.domain.notices.models import Notice
from zvonok.domain.people.models import Guardianship
from zvonok.kernel.db import counted_queries
from zvonok.kernel.scope import school_scope


@pytest.fixture
def told(desk: Desk) -> Desk:
    """Anna puts, corrects and withdraws marks, notes an absence and sets homework; the worker tells of it."""
    first = desk.mark("4", work="TEST")
    second = desk.mark("5", work="TEST", comment="Молодец", seen=first, at=NOON + timedelta(minutes=1))
    desk.mark("", work="TEST", seen=second, at=NOON + timedelta(minutes=2))
    desk.miss("LATE", minutes=7)
    desk.task("№ 112", due=MONDAY + timedelta(days=1), minutes=20)
    tell_all(desk)
    return desk


def test_notices_are_sentences_by_day(enter: Enter, told: Desk) -> None:
    text = page(enter("Maria").get("/notices/"))
    assert "Vera. Алгебра: 4 for a test, 9 November" in text
    assert "Vera. Алгебра: 5 instead of 4 for a test, 9 November" in text
    assert "Vera. Алгебра: 5 for a test was taken back, 9 November" in text
    assert "Vera. Алгебра, lesson 1, 9 November: late (7\u00a0min)" in text
    assert "Vera. Алгебра: homework for 10 November" in text
    assert "№ 112 · 20\u00a0min" in text
    assert "<h2>Today</h2>" in text
    assert f"/diary/{told.world.link('Maria', 'Vera')}/day/{MONDAY}/" in text


def test_the_feed_of_one_child_holds_nothing_of_the_other(enter: Enter, told: Desk) -> None:
    maria, world = enter("Maria"), told.world
    assert "Алгебра: 4" in page(maria.get(f"/diary/{world.link('Maria', 'Vera')}/notices/"))
    assert "Nothing has happened yet" in page(maria.get(f"/diary/{world.link('Maria', 'Lev')}/notices/"))


def test_notices_are_new_until_they_have_been_read(enter: Enter, told: Desk) -> None:
    maria = enter("Maria")
    assert page(maria.get("/notices/")).count("data-new") == 5
    answer = maria.post("/notices/", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/notices/")
    assert "data-new" not in page(maria.get("/notices/"))
    assert page(enter("Vera").get("/notices/")).count("data-new") == 5


def test_a_parent_who_has_lost_the_right_reads_no_old_notices(enter: Enter, told: Desk) -> None:
    Guardianship.objects.filter(guardian=told.world.people["Maria"]).update(withdrawn_at=NOON)
    assert "Алгебра" not in page(enter("Maria").get("/notices/"))


def test_earlier_notices_are_a_page_away(enter: Enter, told: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zvonok.screens.diary.feed.PAGE", 3)
    maria = enter("Maria")
    first = page(maria.get("/notices/"))
    assert first.count('<li class="told') == 3
    with told.scope:
        third = list(Notice.objects.filter(recipient=told.world.people["Maria"]).order_by("-at", "-id"))[2]
    older = page(maria.get("/notices/", {"before": third.at.isoformat()}))
    assert "Алгебра" in older or "Nothing has happened yet" in older
    assert "Earlier" in first


@pytest.mark.parametrize("before", ["yesterday", "2026-99-01T00:00Z", "2026-11-09", "2026-11-09T12:00"])
def test_a_moment_that_is_none_is_not_found(enter: Enter, before: str) -> None:
    assert enter("Maria").get("/notices/", {"before": before}).status_code == 404


def test_somebody_without_children_has_an_empty_feed(enter: Enter) -> None:
    assert "Nothing has happened yet" in page(enter("Oleg").get("/notices/"))
    assert "No diaries yet" in page(enter("Oleg").get("/diaries/"))


def test_the_children_stand_by_name_with_class_school_and_news(enter: Enter, desk: Desk) -> None:
    world = desk.world
    desk.lesson(MONDAY, 4)
    desk.mark("5")
    link = world.link("Maria", "Vera")
    DiaryLink.objects.filter(pk=link).update(seen_at=NOON - HOUR)
    text = page(enter("Maria").get("/diaries/"))
    assert f'data-child="{link}"' in text
    assert f'data-child="{world.link("Maria", "Lev")}"' in text
    assert "7Б, North" in text
    assert "2А, South" in text
    assert "Next lesson: Алгебра, today at 11:15" not in text
    assert '<span class="count">1' in text


def test_the_next_lesson_is_the_first_that_has_not_begun(enter: Enter, desk: Desk) -> None:
    desk.lesson(MONDAY, 6)
    desk.lesson(MONDAY + timedelta(days=1), 1)
    assert "Next lesson: Алгебра, today at 13:05" in page(enter("Maria").get("/diaries/"))


def test_the_page_of_diaries_costs_three_queries_a_school(enter: Enter, world: World) -> None:
    maria = enter("Maria")
    with counted_queries() as asked:
        page(maria.get("/diaries/"))
    assert len(asked) == 2 + 3 * 2


def test_a_diary_leads_to_the_present_week(enter: Enter, world: World) -> None:
    link = world.link("Maria", "Vera")
    assert enter("Maria").get(f"/diary/{link}/").headers["Location"] == f"/diary/{link}/week/{MONDAY}/"


def tell_all(desk: Desk) -> None:
    with desk.scope:
        told = Fact.objects.exclude(kind="MarkingSet").values_list("pk", flat=True)
        tell(school_id=desk.world.north.school.pk, fact_ids=list(told))


def test_a_mark_for_a_work_of_the_schools_own_is_told_in_its_words(enter: Enter, desk: Desk) -> None:
    own = Kind("Чтение наизусть", "наиз.", 2, counts=True, is_test=False)
    with desk.scope:
        add_kind(actor=desk.world.actor("Darya"), school_id=desk.world.north.school.pk, kind=own, at=NOON)
    desk.mark("5", work="OWN1")
    tell_all(desk)
    assert "Алгебра: 5 for “Чтение наизусть”, 9 November" in page(enter("Maria").get("/notices/"))


def test_a_comment_without_a_mark_is_told_as_one(enter: Enter, desk: Desk) -> None:
    use(desk.world, ScaleKind.UNGRADED)
    first = desk.mark("", comment="Читает вслух")
    desk.mark("", seen=first, at=NOON + timedelta(minutes=1))
    tell_all(desk)
    text = page(enter("Maria").get("/notices/"))
    assert "Алгебра: a comment for work in class, 9 November" in text
    assert "Читает вслух" in text
    assert "the comment for work in class was taken back" in text


def test_a_class_teacher_is_told_what_families_write_and_the_family_what_became_of_it(
    world: World, enter: Enter
) -> None:
    edit = note(world, Reach(MONDAY, MONDAY + timedelta(days=1)))
    send(world, edit)
    decide(world, return_note, edit.id, answer="A certificate, please", at=NOON)
    school = world.north.school.pk
    with school_scope(school):
        tell(school_id=school, fact_ids=list(Fact.objects.values_list("pk", flat=True)))
    anna, maria = enter("Anna"), enter("Maria")
    text = page(anna.get("/notices/"))
    assert "Иванова Vera. The family explains an absence: 9 November – 10 November" in text
    assert f"/class/{world.north.classes['7Б'].pk}/" in text
    anna.post("/notices/", headers={"accept": "text/html"})
    assert "data-new" not in page(anna.get("/notices/"))
    told = page(maria.get("/notices/"))
    assert "The class teacher has returned the note about 9 November – 10 November" in told
    assert "A certificate, please" in told
    assert f"/diary/{world.link('Maria', 'Vera')}/attendance/" in told
    assert "explains an absence" not in told
