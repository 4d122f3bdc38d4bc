"""The family's page of absences: what is to be explained, who writes, what becomes of it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.domain.test_excuse_notes import decide, note, send
from tests.screens.diary.conftest import HOUR, Enter
from tests.screens.diary.desk import Desk, page
from tests.screens.journal.conftest import Page
from tests.world import MONDAY, NOON, World
from zvonok.domain.access.models import TrustedPerson
from zvonok.domain.attendance.commands import accept_note, return_note
from zvonok.domain.attendance.models import ExcuseNote
from zvonok.domain.attendance.rules import Reach
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

TOMORROW = MONDAY + timedelta(days=1)


def address(world: World, who: str = "Maria", whom: str = "Vera") -> str:
    return f"/diary/{world.link(who, whom)}/attendance/"


def form_of(client: Any, where: str) -> dict[str, str]:
    return Page(client.get(where)).forms["note"]


def notes(world: World) -> list[tuple[str, str, str]]:
    with school_scope(world.north.school.pk):
        return list(ExcuseNote.objects.order_by("sent_at").values_list("kind", "reason", "state"))


def test_a_mother_explains_what_was_missed(world: World, desk: Desk, enter: Enter) -> None:
    desk.miss("UNEXCUSED")
    maria, where = enter("Maria"), address(world)
    shown = page(maria.get(where))
    assert "1. Алгебра" in shown
    assert "?day=2026-11-09&amp;from_slot=1&amp;to_slot=1#note" in shown
    form = form_of(maria, where + "?day=2026-11-09&from_slot=1&to_slot=1")
    assert (form["first_day"], form["from_slot"], form["to_slot"]) == ("2026-11-09", "1", "1")
    answer = maria.post(where + "notes/", form | {"reason": "FAMILY", "text": "A wedding"})
    assert (answer.status_code, answer["Location"]) == (302, where)
    assert notes(world) == [("EXPLANATION", "FAMILY", "SENT")]
    after = page(maria.get(where))
    assert "the family has written" in after
    assert "Family reasons: A wedding" in after
    assert "waits for an answer" in after


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(world: World, enter: Enter) -> None:
    maria, where = enter("Maria"), address(world)
    form = form_of(maria, where) | {
        "first_day": "2026-11-12",
        "last_day": "2026-11-10",
        "text": "Grandmother",
    }
    answer = maria.post(where + "notes/", form)
    assert answer.status_code == 422
    assert b'data-error="note_days_are_odd"' in answer.content
    assert b"Grandmother" in answer.content
    empty = maria.post(where + "notes/", {"first_day": "soon", "edit": "x", "from_slot": "99"})
    assert empty.status_code == 422
    assert notes(world) == []


def test_the_same_form_sent_twice_counts_once(world: World, enter: Enter) -> None:
    maria, where = enter("Maria"), address(world)
    form = form_of(maria, where) | {"first_day": str(TOMORROW)}
    assert [maria.post(where + "notes/", form).status_code for _ in range(2)] == [302, 302]
    assert notes(world) == [("REPORT", "ILLNESS", "SENT")]


def test_a_report_is_taken_back_before_it_begins(world: World, enter: Enter) -> None:
    maria, where = enter("Maria"), address(world)
    edit, begun = note(world, Reach(TOMORROW, TOMORROW)), note(world)
    for one in (edit, begun):
        send(world, one) if one is begun else maria.post(
            where + "notes/", form_of(maria, where) | {"first_day": str(TOMORROW), "edit": str(edit.id)}
        )
    shown = page(maria.get(where))
    assert f"/notes/{edit.id}/withdraw/" in shown
    assert maria.post(f"{where}notes/{edit.id}/withdraw/").status_code == 302
    assert maria.post(f"{where}notes/{uuid7()}/withdraw/").status_code == 404
    assert ("REPORT", "ILLNESS", "WITHDRAWN") in notes(world)


def test_a_note_that_is_answered_stays(world: World, enter: Enter) -> None:
    edit = note(world)
    send(world, edit)
    decide(world, accept_note, edit.id)
    answer = enter("Maria").post(f"{address(world)}notes/{edit.id}/withdraw/")
    assert answer.status_code == 422
    assert notes(world) == [("EXPLANATION", "ILLNESS", "ACCEPTED")]


def test_the_answer_of_the_class_teacher_stands_beside_the_note(world: World, enter: Enter) -> None:
    edit = note(world)
    send(world, edit)
    decide(world, return_note, edit.id, answer="Bring a certificate, please")
    assert "Bring a certificate, please" in page(enter("Maria").get(address(world)))


def test_a_pupil_reads_and_does_not_write(world: World, enter: Enter) -> None:
    send(world, note(world, text="Fever"))
    vera, where = enter("Vera"), address(world, "Vera")
    shown = page(vera.get(where))
    assert "Fever" in shown
    assert 'data-form="note"' not in shown
    assert "sent by another member of the family" in shown
    assert vera.post(where + "notes/", {}).status_code == 404
    assert vera.post(f"{where}notes/{uuid7()}/withdraw/").status_code == 404


def test_a_trusted_person_sees_absences_and_no_note(world: World, desk: Desk, enter: Enter) -> None:
    desk.miss("UNEXCUSED")
    send(world, note(world, text="Fever"))
    zoya, where = enter("Zoya"), address(world, "Zoya")
    assert zoya.get(where).status_code == 404
    TrustedPerson.objects.update(sections=["ATTENDANCE"])
    shown = page(zoya.get(where))
    assert "1. Алгебра" in shown
    assert "Fever" not in shown
    assert "the family has written" not in shown
    assert zoya.post(where + "notes/", {}).status_code == 404


def test_another_family_sees_nothing(world: World, enter: Enter) -> None:
    edit = note(world, text="Fever")
    send(world, edit)
    olga = enter("Olga")
    assert olga.get(address(world)).status_code == 404
    assert olga.post(f"{address(world)}notes/{edit.id}/withdraw/").status_code == 404
    own = address(world, "Olga", "Pyotr")
    assert "Fever" not in page(olga.get(own))
    assert olga.post(f"{own}notes/{edit.id}/withdraw/").status_code == 404
    assert notes(world) == [("EXPLANATION", "ILLNESS", "SENT")]


@pytest.mark.parametrize(
    "query", ["before=yesterday", "before=2026-11-09", "before=%00", "before=2026-13-09T10:00Z"]
)
def test_odd_moments_are_no_page(world: World, enter: Enter, query: str) -> None:
    assert enter("Maria").get(f"{address(world)}?{query}").status_code == 404


@pytest.mark.parametrize("query", ["day=never", "day=2026-11-09&from_slot=0", "day=&to_slot=x"])
def test_an_odd_wish_leaves_the_form_empty(world: World, enter: Enter, query: str) -> None:
    assert form_of(enter("Maria"), f"{address(world)}?{query}").get("first_day", "") == ""


def test_more_notes_cost_no_more_queries_and_are_paged(world: World, enter: Enter) -> None:
    maria, costs = enter("Maria"), []
    for many in (1, 22):
        for _ in range(many):
            send(world, note(world))
        with counted_queries() as statements:
            shown = page(maria.get(address(world)))
        costs.append(len(statements))
    assert costs[0] == costs[1]
    assert costs[0] <= 8
    assert shown.count("data-note=") == 20
    assert 'rel="next"' in shown
    older = page(maria.get(address(world), {"before": (NOON + HOUR).isoformat()}))
    assert older.count("data-note=") == 20
    assert maria.get(address(world), {"before": NOON.isoformat()}).content.count(b"data-note=") == 0
