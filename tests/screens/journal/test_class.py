"""The board of a class, its notes and its attendance sheet: what is on them, for whom, at what cost."""

from datetime import date, timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.domain.test_excuse_notes import another, miss, note, send, standing, state
from tests.screens.journal.conftest import Enter, Page, cell
from tests.screens.journal.conftest import send as save
from tests.world import MONDAY, NOON, YEAR_BEGINS, World, person, role
from zvonok.domain.attendance.commands import WholeDayEdit, put_whole_day
from zvonok.domain.attendance.models import WholeDayAbsence
from zvonok.domain.attendance.rules import Reach
from zvonok.domain.people.models import Account
from zvonok.domain.remarks.commands import make_remark
from zvonok.domain.schools.models import Enrolment, GroupMembership, Role
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.days import since
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope
from zvonok.workers.notices import tell

TOMORROW = MONDAY + timedelta(days=1)


def board_of(world: World, title: str = "7Б") -> str:
    return f"/class/{world.north.classes[title].pk}/"


def remark(world: World, text: str) -> None:
    with school_scope(world.north.school.pk):
        make_remark(
            actor=world.actor("Anna"),
            lesson_id=world.algebra.pk,
            edit_id=uuid7(),
            student_id=world.people["Vera"].pk,
            kind="PRAISE",
            text=text,
            at=NOON,
        )


def mark(world: World, anna: Any, value: str, weeks_ago: int, slot: int) -> None:
    target: Lesson = another(world, slot, MONDAY - timedelta(weeks=weeks_ago))
    assert save(anna, world, cell(world, value, lesson_row=target)).status_code == 200


def test_the_board_shows_who_is_away_and_what_is_announced(world: World, enter: Enter) -> None:
    another(world, 2)
    miss(world)
    send(world, note(world, Reach(MONDAY, MONDAY, 2), text="To the dentist", reason="DOCTOR"))
    text = Page(enter("Anna").get(board_of(world))).text
    assert 'data-absence="Н"' in text
    assert "E?" in text
    assert "To the dentist" in text
    assert "Missed without a reason" in text


def test_a_quiet_class_has_a_quiet_board(world: World, enter: Enter) -> None:
    page = Page(enter("Anna").get(board_of(world)))
    for words in (
        "Nobody is away today",
        "Every absence has its reason",
        "No average is falling",
        "No remarks in two weeks",
        "Families have read everything",
        "Everybody has signed in",
    ):
        assert words in page.text


def test_a_note_is_accepted_in_place(world: World, enter: Enter) -> None:
    miss(world)
    edit = note(world)
    send(world, edit)
    anna, board = enter("Anna"), board_of(world)
    assert "accept-note" in Page(anna.get(board)).forms
    answer = anna.post(f"{board}notes/{edit.id}/accept/")
    assert (answer.status_code, answer["Location"]) == (302, board)
    assert standing(world) == [(1, "ILL")]
    assert "Every absence has its reason" in Page(anna.get(board)).text
    assert "accepted" in Page(anna.get(board + "notes/")).text


def test_a_note_is_returned_with_a_word_and_not_without(world: World, enter: Enter) -> None:
    edit = note(world)
    send(world, edit)
    anna, where = enter("Anna"), f"{board_of(world)}notes/{edit.id}/return/"
    refused = anna.post(where, {"answer": ""})
    assert refused.status_code == 422
    assert "Write to the family why the note comes back." in refused.content.decode()
    assert state(world, edit) == "SENT"
    assert anna.post(where, {"answer": "A certificate, please"}).status_code == 302
    assert state(world, edit) == "RETURNED"
    decided = anna.post(where, {"answer": "Another word"})
    assert decided.status_code == 422


def test_a_note_that_is_not_there_is_not_found(world: World, enter: Enter) -> None:
    for way, data in (("accept", {}), ("return", {"answer": "No"})):
        answer = enter("Anna").post(f"{board_of(world)}notes/{uuid7()}/{way}/", data)
        assert answer.status_code == 404


def test_whole_days_are_noted_and_taken_back(world: World, enter: Enter) -> None:
    anna, board = enter("Anna"), board_of(world)
    form = Page(anna.get(board)).forms["whole-day"]
    wrong = anna.post(board + "absences/", form | {"student": str(world.people["Timur"].pk)})
    assert wrong.status_code == 422
    odd = form | {"student": str(world.people["Vera"].pk), "last_day": "2026-11-01", "kind": "ILL"}
    refused = anna.post(board + "absences/", odd)
    assert refused.status_code == 422
    assert 'data-error="whole_days_are_odd"' in refused.content.decode()
    assert anna.post(board + "absences/", odd | {"last_day": str(TOMORROW)}).status_code == 302
    assert standing(world) == [(1, "ILL")]
    assert "Away for whole days" in Page(anna.get(board)).text
    with school_scope(world.north.school.pk):
        whole = WholeDayAbsence.objects.get()
    assert anna.post(f"{board}absences/{whole.pk}/withdraw/").status_code == 302
    assert standing(world) == []


def test_the_deputy_head_reads_every_board_and_changes_nothing(world: World, enter: Enter) -> None:
    edit = note(world, text="Fever")
    send(world, edit)
    darya, board = enter("Darya"), board_of(world)
    page = Page(darya.get(board))
    assert "Fever" in page.text
    assert page.forms.keys().isdisjoint({"accept-note", "return-note", "whole-day"})
    assert darya.post(f"{board}notes/{edit.id}/accept/").status_code == 404
    assert darya.post(f"{board}notes/{edit.id}/return/", {"answer": "No"}).status_code == 404
    assert darya.post(f"{board}notes/{edit.id}/return/", {}).status_code == 404
    assert darya.post(f"{board}absences/", {}).status_code == 404
    assert darya.post(f"{board}absences/{uuid7()}/withdraw/").status_code == 404
    listed = Page(darya.get("/class/"))
    assert listed.having(href=board)
    assert listed.having(href=board_of(world, "8А"))


def test_the_administrator_comes_to_the_accounts_and_sees_no_journal(world: World, enter: Enter) -> None:
    send(world, note(world, text="Fever"))
    yana, board = enter("Yana"), board_of(world)
    answer = yana.get(board)
    assert (answer.status_code, answer["Location"]) == (302, board + "families/")
    page = Page(yana.get(board + "families/"))
    assert "Fever" not in page.text
    assert not page.having(href=board + "attendance/")
    for part in ("attendance/2026-11/", "notes/"):
        assert yana.get(board + part).status_code == 404


def test_a_class_teacher_elsewhere_who_runs_the_school_comes_to_the_accounts(
    world: World, enter: Enter
) -> None:
    with school_scope(world.north.school.pk):
        role(world.north, world.people["Yana"], Role.CLASS_TEACHER, "8А")
    yana = enter("Yana")
    assert yana.get(board_of(world)).status_code == 302
    assert yana.get(board_of(world, "8А")).status_code == 200


def test_a_teacher_of_the_class_sees_no_note(world: World, enter: Enter) -> None:
    send(world, note(world, text="Fever"))
    with school_scope(world.north.school.pk):
        Lesson.objects.filter(pk=world.algebra.pk).update(teacher=world.people["Oleg"])
    oleg = enter("Oleg")
    assert oleg.get(board_of(world)).status_code == 404
    assert "Fever" not in oleg.get(f"/lessons/{world.algebra.pk}/").content.decode()


def test_an_average_that_falls_is_named_with_its_subject(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    for weeks_ago, value in ((5, "5"), (6, "5"), (1, "3"), (2, "4")):
        mark(world, anna, value, weeks_ago, 1)
    text = Page(anna.get(board_of(world))).text
    assert "Falling averages" in text
    assert "Иванова Vera" in text
    assert all(value in text for value in ("5.00", "3.50", "Алгебра"))


def test_remarks_and_unread_notices_and_who_never_came_stand_there(world: World, enter: Enter) -> None:
    remark(world, "Well argued")
    miss(world)
    for values in ProcrastinateJob.objects.values_list("args", flat=True):
        tell(**values)
    Account.objects.filter(login="olga").update(entered_at=None)
    anna = enter("Anna")
    text = Page(anna.get(board_of(world))).text
    assert "Well argued" in text
    assert "Families have read everything" in text
    assert "Ёлкина Olga" in text
    assert f"{board_of(world)}slips/" in text


def test_notices_count_as_unread_after_three_days(
    world: World, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    miss(world)
    for values in ProcrastinateJob.objects.values_list("args", flat=True):
        tell(**values)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + timedelta(days=4))
    text = Page(enter("Anna").get(board_of(world))).text
    assert "Notices unread for three days" in text
    assert "Иванова Maria" in text


@pytest.mark.parametrize(
    "query",
    [
        "absent_before=soon",
        "absent_before=0001-01-01",
        "remarked_before=x",
        "remarked_before=2026-11-09",
        "remarked_before=2026-13-09T10:00Z",
    ],
)
def test_odd_turns_are_no_page(world: World, enter: Enter, query: str) -> None:
    assert enter("Anna").get(f"{board_of(world)}?{query}").status_code == 404


def test_lists_that_grow_are_turned(world: World, enter: Enter) -> None:
    for days in range(18):
        miss(world, of=another(world, 5, MONDAY - timedelta(days=days)))
    for index in range(18):
        remark(world, f"Remark {index}")
    anna = enter("Anna")
    page = Page(anna.get(board_of(world)))
    last = MONDAY - timedelta(days=14)
    assert page.having(href=f"?absent_before={last}")
    assert page.text.count("data-remark=") == 15
    earlier = Page(anna.get(board_of(world), {"remarked_before": NOON.isoformat()}))
    assert "data-remark=" not in earlier.text
    turned = Page(anna.get(f"{board_of(world)}?absent_before={last}"))
    assert turned.text.count(f'data-day="{MONDAY - timedelta(days=17)}"') == 1
    assert f'data-day="{last}"' not in turned.text


def grow(world: World, names: range) -> None:
    """Let more pupils into the class, each away for whole days."""
    for index in names:
        child = person(f"Pupil{index}", "Новиков")
        with school_scope(world.north.school.pk):
            own = {"school": world.north.school, "student": child, "valid_on": since(YEAR_BEGINS)}
            Enrolment.objects.create(id=uuid7(), school_class=world.north.classes["7Б"], **own)
            GroupMembership.objects.create(id=uuid7(), group=world.algebra.group, **own)
            put_whole_day(
                actor=world.actor("Anna"),
                school_id=world.north.school.pk,
                edit=WholeDayEdit(uuid7(), child.pk, MONDAY, TOMORROW, "UNEXCUSED"),
                at=NOON,
            )


@pytest.mark.parametrize("part", ["", "attendance/2026-11/", "notes/"])
def test_a_large_class_costs_no_more_queries_than_a_small_one(world: World, enter: Enter, part: str) -> None:
    anna, costs = enter("Anna"), []
    for names in (range(1), range(1, 9)):
        grow(world, names)
        with counted_queries() as statements:
            assert anna.get(board_of(world) + part).status_code == 200
        costs.append(len(statements))
    assert costs[0] == costs[1]
    assert costs[0] <= {"": 14, "attendance/2026-11/": 6, "notes/": 5}[part], statements


def test_the_sheet_counts_lessons_and_days_and_their_share(world: World, enter: Enter) -> None:
    second = another(world, 2)
    third = another(world, 1, date(2026, 11, 6))
    another(world, 1, TOMORROW)
    for target in (world.algebra, second):
        miss(world, "ILL", of=target)
    miss(world, "LATE", of=third)
    page = Page(enter("Anna").get(board_of(world) + "attendance/2026-11/"))
    (row,) = (part for part in page.text.split("<tr") if str(world.people["Vera"].pk) in part)
    sums = [part.split("</td>")[0] for part in row.split('<td class="grid__sum">')[1:]]
    assert sums == ["", "2", "", "1", "2", "1", "66.7\u00a0%"]
    assert row.count("tally__day") == 1
    assert f'data-day="{TOMORROW}"' not in page.text
    assert page.having(href=board_of(world) + "attendance/2026-10/")


def test_the_sheet_leads_to_the_present_month_and_says_when_it_is_empty(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    answer = anna.get(board_of(world) + "attendance/")
    assert answer["Location"] == board_of(world) + "attendance/2026-11/"
    assert "No lessons in this month yet" in Page(anna.get(board_of(world) + "attendance/2026-12/")).text
