"""The grid's cells: what is saved, refused and shown to the second teacher."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.test import Client

from tests.screens.journal.conftest import Enter, cell, send, signed_in
from tests.world import MONDAY, NOON, World, lesson, role
from zvonok.domain.attendance.models import Absence
from zvonok.domain.history.models import Fact
from zvonok.domain.marks.models import Mark
from zvonok.domain.schools.models import Enrolment, GroupMembership, Role, StudyPeriod
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.days import through
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import short, uuid7
from zvonok.kernel.scope import school_scope


def standing(world: World) -> list[str]:
    with school_scope(world.north.school.pk):
        return sorted(Mark.objects.filter(withdrawn_at=None).values_list("value", flat=True))


def absent(world: World) -> list[str]:
    with school_scope(world.north.school.pk):
        return sorted(Absence.objects.filter(withdrawn_at=None).values_list("kind", flat=True))


def only(answer: Any) -> dict[str, Any]:
    (told,) = answer.json()["cells"]
    assert isinstance(told, dict)
    return told


def test_a_digit_becomes_a_mark(world: World, enter: Enter) -> None:
    sent = cell(world, "5")
    answer = send(enter("Anna"), world, sent)
    assert answer.status_code == 200
    assert only(answer)["state"] == "saved"
    assert only(answer)["mark"] == {"id": sent["id"], "value": "5", "comment": ""}
    assert standing(world) == ["5"]


@pytest.mark.parametrize(
    ("typed", "kind"), [("Н", "UNEXCUSED"), ("б", "ILL"), ("у", "EXCUSED"), ("o", "LATE"), ("n", "UNEXCUSED")]
)
def test_a_letter_of_either_layout_becomes_an_absence(
    world: World, enter: Enter, typed: str, kind: str
) -> None:
    assert send(enter("Anna"), world, cell(world, typed)).status_code == 200
    assert absent(world) == [kind]


def test_a_digit_leaves_the_absence_alone_and_an_empty_cell_clears_both(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    ill = only(send(anna, world, cell(world, "Б")))["absence"]["id"]
    four = only(send(anna, world, cell(world, "4")))["mark"]["id"]
    assert (standing(world), absent(world)) == (["4"], ["ILL"])
    cleared = only(send(anna, world, cell(world, "", seen_mark=four, seen_absence=ill)))
    assert (cleared["mark"], cleared["absence"]) == (None, None)
    assert (standing(world), absent(world)) == ([], [])


def test_a_cell_goes_back_to_what_it_was_part_by_part(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    told = only(send(anna, world, cell(world, "Н 3")))
    seen = {"seen_mark": told["mark"]["id"], "seen_absence": told["absence"]["id"]}
    send(anna, world, cell(world, mark="5", absence="", **seen))
    assert (standing(world), absent(world)) == (["5"], [])


def test_seven_is_refused_with_a_sentence_and_the_rest_is_saved(world: World, enter: Enter) -> None:
    answer = send(enter("Anna"), world, cell(world, "7"), cell(world, "4", whom="Pyotr"))
    assert answer.status_code == 422
    seven, four = answer.json()["cells"]
    assert (seven["state"], seven["error"]) == ("refused", "value_not_in_scale")
    assert seven["message"] == "“7” is not a mark of this scale."
    assert four["state"] == "saved"
    assert standing(world) == ["4"]


def test_the_second_teacher_is_shown_what_the_first_one_put(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    first = cell(world, "5")
    send(anna, world, first)
    answer = send(anna, world, cell(world, "3"))
    assert answer.status_code == 409
    assert only(answer)["state"] == "conflict"
    assert only(answer)["mark"]["value"] == "5"
    assert standing(world) == ["5"]
    chosen = cell(world, "3", seen_mark=only(answer)["mark"]["id"])
    assert send(anna, world, chosen).status_code == 200
    assert standing(world) == ["3"]


def test_an_absence_changed_meanwhile_is_a_conflict_too(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    send(anna, world, cell(world, "Н"))
    answer = send(anna, world, cell(world, "Б"))
    assert (answer.status_code, only(answer)["absence"]["letter"]) == (409, "Н")
    assert absent(world) == ["UNEXCUSED"]


def test_the_same_edit_sent_twice_counts_once(world: World, enter: Enter) -> None:
    anna, sent = enter("Anna"), cell(world, "4")
    assert [send(anna, world, sent).status_code for _ in range(2)] == [200, 200]
    with school_scope(world.north.school.pk):
        assert Mark.objects.count() == 1
        assert Fact.objects.filter(kind="MarkPut").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_edit_sent_five_times_at_once_counts_once(committed_world: World) -> None:
    client, sent = signed_in(committed_world, "Anna"), cell(committed_world, "4")

    def post(_: int) -> int:
        own = Client()
        own.cookies = client.cookies
        try:
            return int(send(own, committed_world, sent).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        assert list(pool.map(post, range(5))) == [200] * 5
    with school_scope(committed_world.north.school.pk):
        assert Mark.objects.count() == 1


def test_another_digit_keeps_the_comment_and_a_comment_of_its_own_replaces_it(
    world: World, enter: Enter
) -> None:
    anna = enter("Anna")
    neat = only(send(anna, world, cell(world, "3", comment="Neat")))["mark"]
    told = only(send(anna, world, cell(world, "4", seen_mark=neat["id"])))["mark"]
    assert (told["value"], told["comment"]) == ("4", "Neat")
    told = only(send(anna, world, cell(world, mark="4", comment="", seen_mark=told["id"])))["mark"]
    assert (told["value"], told["comment"]) == ("4", "")


def test_what_was_seen_may_be_named_in_short(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    told = only(send(anna, world, cell(world, "Н 3")))
    seen = {f"seen_{part}": short(UUID(told[part]["id"])) for part in ("mark", "absence")}
    stale = {name: "x" * 8 for name in seen}
    assert send(anna, world, cell(world, "", **stale)).status_code == 409
    assert send(anna, world, cell(world, "", **seen)).status_code == 200
    assert (standing(world), absent(world)) == ([], [])


def test_a_student_who_left_is_refused(world: World, enter: Enter) -> None:
    with school_scope(world.north.school.pk):
        days = through(MONDAY - timedelta(days=30), MONDAY - timedelta(days=1))
        for table in (GroupMembership, Enrolment):
            table.objects.filter(student=world.people["Vera"]).update(valid_on=days)
    answer = send(enter("Anna"), world, cell(world, "5"))
    assert (answer.status_code, only(answer)["error"]) == (422, "not_in_the_group")
    assert standing(world) == []


def test_a_student_of_another_group_is_refused(world: World, enter: Enter) -> None:
    answer = send(enter("Anna"), world, cell(world, "5", whom="Timur"), cell(world, "Н", whom="Lev"))
    assert answer.status_code == 422
    assert [told["error"] for told in answer.json()["cells"]] == ["not_in_the_group", "not_in_the_group"]


def test_a_closed_period_is_refused_cell_by_cell(world: World, enter: Enter) -> None:
    with school_scope(world.north.school.pk):
        StudyPeriod.objects.filter(pk=world.north.period.pk).update(closed_at=NOON)
    answer = send(enter("Anna"), world, cell(world, "5"))
    assert (answer.status_code, only(answer)["error"]) == (422, "period_is_closed")
    assert standing(world) == []


@pytest.mark.parametrize("name", ["Oleg", "Egor", "Yana", "Maria", "Vera", "Nina"])
def test_nobody_else_finds_the_cells(world: World, enter: Enter, name: str) -> None:
    client = enter(name)
    assert send(client, world, cell(world, "5")).status_code == 404
    assert (
        client.post(f"/journal/{world.algebra.group_id}/cells/", b"?", "application/json").status_code == 404
    )
    assert standing(world) == []


def test_the_deputy_head_reads_the_journal_and_is_refused_in_it(world: World, enter: Enter) -> None:
    answer = send(enter("Darya"), world, cell(world, "5"))
    assert (answer.status_code, only(answer)["error"]) == (422, "not_the_teacher")
    assert standing(world) == []


def test_a_foreign_lesson_among_own_ones_is_refused_alone(world: World, enter: Enter) -> None:
    foreign = cell(world, "5", whom="Timur", lesson_row=world.physics)
    unknown = cell(world, "5") | {"lesson": str(uuid7())}
    answer = send(enter("Anna"), world, foreign, unknown, cell(world, "4"))
    assert [told["state"] for told in answer.json()["cells"]] == ["refused", "refused", "saved"]
    assert {told["error"] for told in answer.json()["cells"][:2]} == {"not_the_teacher"}
    assert standing(world) == ["4"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"7", b'{"cells": [7]}', b'{"cells": [{"id": "x"}]}', b"\xff", b"[" * 9999],
)
def test_what_cannot_be_read_is_answered_400(world: World, enter: Enter, body: bytes) -> None:
    answer = enter("Anna").post(f"/journal/{world.algebra.group_id}/cells/", body, "application/json")
    assert (answer.status_code, answer.json()["error"]) == (400, "cells_unreadable")


@pytest.mark.parametrize(
    "odd",
    [
        {"work": "a nap"},
        {"weight": 9},
        {"weight": True},
        {"value": ["5"]},
        {"comment": 5},
        {"seen_mark": "5"},
        {"absence": "LATE", "minutes": "5"},
    ],
)
def test_a_cell_of_an_unknown_shape_is_answered_400(world: World, enter: Enter, odd: dict[str, Any]) -> None:
    sent = cell(world, mark="5") | odd
    assert send(enter("Anna"), world, sent).status_code == 400
    assert standing(world) == []


def test_a_kind_of_work_that_the_school_does_not_have_is_refused_alone(world: World, enter: Enter) -> None:
    answer = send(enter("Anna"), world, cell(world, "5", work="NAP"), cell(world, "4", whom="Pyotr"))
    assert [told["error"] for told in answer.json()["cells"]] == ["work_not_in_use", None]
    assert standing(world) == ["4"]


def test_more_than_five_hundred_cells_are_too_many(world: World, enter: Enter) -> None:
    answer = send(enter("Anna"), world, *(cell(world, "5") for _ in range(501)))
    assert (answer.status_code, answer.json()["error"]) == (422, "too_many_cells")


@pytest.mark.parametrize("comment", ["x" * 501, "see\u202eme"])
def test_a_comment_nobody_can_read_is_refused_alone(world: World, enter: Enter, comment: str) -> None:
    answer = send(
        enter("Anna"),
        world,
        cell(world, "5", comment=comment),
        cell(world, "4", whom="Pyotr", comment="Neat"),
    )
    assert [told["state"] for told in answer.json()["cells"]] == ["refused", "saved"]
    assert standing(world) == ["4"]


@pytest.mark.parametrize("minutes", [0, 241, 10**30, -5])
def test_minutes_beyond_a_lesson_are_refused(world: World, enter: Enter, minutes: int) -> None:
    answer = send(enter("Anna"), world, cell(world, absence="LATE", minutes=minutes))
    assert (answer.status_code, only(answer)["error"]) == (422, "not_an_absence")


def test_saving_one_cell_costs_at_most_eight_queries(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    with counted_queries() as first:
        put = only(send(anna, world, cell(world, "5")))
    with counted_queries() as corrected:
        send(anna, world, cell(world, "4", seen_mark=put["mark"]["id"]))
    with counted_queries() as missed:
        send(anna, world, cell(world, "Н", whom="Pyotr"))
    assert max(len(first), len(corrected), len(missed)) <= 8


def test_saving_a_column_costs_no_more_for_thirty_cells(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    with school_scope(world.north.school.pk):
        other = lesson(world.north, "Алгебра 7Б", MONDAY, 2, world.people["Anna"])
    with counted_queries() as queries:
        answer = send(
            anna,
            world,
            *(cell(world, "5", whom=whom, lesson_row=other) for whom in ("Vera", "Pyotr") for _ in range(15)),
        )
    assert len(answer.json()["cells"]) == 30
    assert len(queries) <= 14


def test_a_substitute_fills_that_lesson_and_reads_no_more(world: World, enter: Enter) -> None:
    with school_scope(world.north.school.pk):
        Lesson.objects.filter(pk=world.algebra.pk).update(teacher=world.people["Oleg"])
    oleg = enter("Oleg")
    assert send(oleg, world, cell(world, "5")).status_code == 200
    assert oleg.get(f"/journal/{world.algebra.group_id}/2026-11/").status_code == 404
    assert f"/journal/{world.algebra.group_id}/2026-11/" not in lesson_page(oleg, world)
    assert f"/journal/{world.algebra.group_id}/2026-11/" in lesson_page(enter("Anna"), world)


def lesson_page(client: Client, world: World) -> str:
    return client.get(f"/lessons/{world.algebra.pk}/").content.decode()


def test_a_teacher_of_two_schools_saves_in_each(world: World, enter: Enter) -> None:
    with school_scope(world.south.school.pk):
        role(world.south, world.people["Anna"], Role.TEACHER)
        Lesson.objects.filter(pk=world.southern.pk).update(teacher=world.people["Anna"])
    anna = enter("Anna")
    southern = cell(world, "4", whom="Lev", lesson_row=world.southern)
    assert send(anna, world, southern, group=world.southern.group_id).status_code == 200
    assert send(anna, world, cell(world, "5")).status_code == 200
    assert send(anna, world, cell(world, "5"), southern).status_code == 422
    assert send(anna, world, cell(world, "5") | {"lesson": str(uuid7())}, group=uuid7()).status_code == 404
    assert "North" in anna.get("/journal/?day=2026-11-09").content.decode()


def test_a_session_that_ended_is_told_in_json(world: World) -> None:
    answer = Client(headers={"accept": "application/json"}).post(
        f"/journal/{world.algebra.group_id}/cells/", json.dumps([]), content_type="application/json"
    )
    assert (answer.status_code, answer.json()) == (401, {"error": "not_signed_in"})
