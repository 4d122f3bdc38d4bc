"""The office's page of a day, and the diary that shows at once what it changed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from tests.world import MONDAY, NOON, PASSWORD, World, lesson
from zvonok.domain.homework.commands import HomeworkEdit, set_homework
from zvonok.domain.homework.models import Homework
from zvonok.domain.timetable.models import Lesson, LessonState
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


@pytest.fixture
def enter(world: World) -> Callable[[str], Client]:
    cache.clear()

    def entered(login: str) -> Client:
        client = Client()
        client.post("/sign-in/", {"login": login, "password": PASSWORD})
        return client

    return entered


@pytest.fixture
def darya(enter: Callable[[str], Client]) -> Client:
    return enter("darya")


def post(client: Client, stands: Lesson, what: str, **values: Any) -> Any:
    return client.post(f"/office/lessons/{stands.pk}/{what}/", {"version": 0} | values)


def replacement(stands: Lesson, **changed: Any) -> dict[str, Any]:
    return {
        "teacher": stands.teacher_id,
        "subject": stands.subject_id,
        "room": "",
        "slot": stands.slot,
    } | changed


def fresh(world: World, stands: Lesson) -> Lesson:
    with school_scope(world.north.school.pk):
        return Lesson.objects.get(pk=stands.pk)


def shown(client: Client, path: str = f"/office/day/{MONDAY}/", **filters: Any) -> str:
    answer = client.get(path, filters)
    assert answer.status_code == 200
    html: str = answer.content.decode()
    return html


def test_the_day_shows_every_lesson_of_the_own_school_and_no_other(darya: Client, world: World) -> None:
    html = shown(darya)
    assert f'data-lesson="{world.algebra.pk}"' in html
    assert f'data-lesson="{world.physics.pk}"' in html
    assert str(world.southern.pk) not in html
    assert f'data-day="{MONDAY}"' in html


def test_the_day_is_filtered_by_class_and_by_teacher(darya: Client, world: World) -> None:
    by_class = shown(darya, school_class=world.north.classes["7Б"].pk)
    by_teacher = shown(darya, teacher=world.people["Oleg"].pk)
    assert [str(one.pk) in by_class for one in (world.algebra, world.physics)] == [True, False]
    assert [str(one.pk) in by_teacher for one in (world.algebra, world.physics)] == [False, True]
    assert str(world.algebra.pk) in shown(darya, school_class="nonsense")


def test_a_day_without_lessons_says_so(darya: Client) -> None:
    assert "empty__title" in shown(darya, "/office/day/2026-07-05/")
    assert darya.get("/office/day/2026-02-30/").status_code == 404
    assert darya.get("/office/day/").status_code == 200


def test_a_full_day_costs_no_more_queries_than_an_empty_one(darya: Client, world: World) -> None:
    with counted_queries() as few:
        shown(darya, "/office/day/2026-11-15/")
    with school_scope(world.north.school.pk):
        for slot in range(2, 7):
            lesson(world.north, "Алгебра 7Б", MONDAY, slot, world.people["Anna"])
    with counted_queries() as many:
        shown(darya)
    assert len(many) == len(few) <= 10


def test_a_cancelled_lesson_is_seen_in_the_diary_at_once(
    darya: Client, enter: Callable[[str], Client], world: World
) -> None:
    maria = enter("maria")
    week = f"/diary/{world.link('Maria', 'Vera')}/week/{MONDAY}/"
    before = maria.get(week)
    assert post(darya, world.algebra, "cancel", reason="Наводнение").status_code == 302
    after = maria.get(week, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "Наводнение" in after.content.decode()
    assert "Наводнение" not in before.content.decode()


def test_a_replaced_lesson_shows_what_was_planned_and_is_restored(darya: Client, world: World) -> None:
    room = world.north.rooms["305"].pk
    values = replacement(world.algebra, room=room, slot=3)
    assert post(darya, world.algebra, "replace", **values).status_code == 302
    assert fresh(world, world.algebra).slot == 3
    html = shown(darya)
    assert "305" in html
    assert 'data-form="restore-lesson"' in html
    assert post(darya, world.algebra, "restore", version=1).status_code == 302
    assert fresh(world, world.algebra).slot == 1


def test_a_clash_names_what_is_busy_and_keeps_what_was_chosen(darya: Client, world: World) -> None:
    values = replacement(world.algebra, teacher=world.people["Oleg"].pk, reason="Анна больна")
    answer = post(darya, world.algebra, "replace", **values)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'data-error="teacher_is_busy"' in html
    assert "Смирнов\u00a0O." in html
    assert 'value="Анна больна"' in html


def test_a_stale_page_is_refused_and_shown_anew(darya: Client, world: World) -> None:
    post(darya, world.algebra, "replace", **replacement(world.algebra, slot=3))
    answer = post(darya, world.algebra, "cancel")
    assert answer.status_code == 409
    assert 'data-error="lesson_has_changed"' in answer.content.decode()
    assert 'name="version" value="1"' in answer.content.decode()
    assert fresh(world, world.algebra).state == LessonState.PLANNED


@pytest.mark.parametrize(
    "changed",
    [{"slot": "x"}, {"slot": 99}, {"teacher": "nobody"}, {"subject": ""}, {"reason": "a\x00"}],
)
def test_bad_input_is_refused_at_its_field(darya: Client, world: World, changed: dict[str, Any]) -> None:
    answer = post(darya, world.algebra, "replace", **(replacement(world.algebra) | changed))
    assert answer.status_code == 422
    assert "data-error" in answer.content.decode()


@pytest.mark.parametrize("version", ["", -1, "9" * 30])
def test_a_form_without_the_version_it_was_made_for_is_not_read(
    darya: Client, world: World, version: Any
) -> None:
    assert post(darya, world.algebra, "cancel", version=version).status_code == 400
    assert fresh(world, world.algebra).state == LessonState.PLANNED


def test_a_lesson_of_another_school_is_not_there(darya: Client, world: World) -> None:
    assert darya.get(f"/office/lessons/{world.southern.pk}/").status_code == 404
    assert post(darya, world.southern, "cancel").status_code == 404
    assert darya.get(f"/office/lessons/{uuid7()}/").status_code == 404


@pytest.mark.parametrize("login", ["anna", "maria", "vera", "nina", "sonya"])
def test_the_day_is_not_open_to_others(enter: Callable[[str], Client], world: World, login: str) -> None:
    client = enter(login)
    assert client.get("/office/day/").status_code == 403
    assert post(client, world.algebra, "cancel").status_code == 403


def test_the_school_of_somebody_else_is_not_chosen(darya: Client, world: World) -> None:
    strange: list[UUID | str] = [world.south.school.pk, "nonsense"]
    assert [darya.get("/office/day/", {"school": key}).status_code for key in strange] == [404, 404]
    assert darya.get("/office/day/", {"school": world.north.school.pk}).status_code == 200


def test_the_administrator_sees_the_school_in_numbers(enter: Callable[[str], Client]) -> None:
    html = shown(enter("yana"), "/office/")
    assert "7Б" in html
    assert enter("darya").get("/office/").status_code == 403


def test_two_lessons_of_one_time_are_joined_and_restored(world: World, darya: Client) -> None:
    page = darya.get(f"/office/lessons/{world.physics.pk}/").content.decode()
    assert "Алгебра 7Б — Петрова" in page
    assert post(darya, world.physics, "join", other=world.algebra.pk).status_code == 302
    assert fresh(world, world.physics).held_with_id == world.algebra.pk
    assert post(darya, world.algebra, "cancel").status_code == 422
    assert post(darya, world.physics, "restore", version=1).status_code == 302
    assert fresh(world, world.physics).held_with_id is None


def test_a_lesson_of_another_time_is_not_offered(world: World, darya: Client) -> None:
    with school_scope(world.north.school.pk):
        later = lesson(world.north, "Алгебра 7Б", MONDAY, 2, world.people["Anna"])
    assert post(darya, world.physics, "join", other=later.pk).status_code == 422
    assert fresh(world, world.physics).held_with_id is None


def homework_for(world: World, due: Lesson) -> None:
    edit = HomeworkEdit(uuid7(), "№ 214", due_on=due.day)
    with school_scope(world.north.school.pk):
        set_homework(actor=world.actor("Anna"), lesson_id=world.algebra.pk, edit=edit, at=NOON)


def test_cancelling_asks_where_the_homework_goes(world: World, darya: Client) -> None:
    with school_scope(world.north.school.pk):
        due, following = (
            lesson(world.north, "Алгебра 7Б", MONDAY + timedelta(days=days), 1, world.people["Anna"])
            for days in (1, 3)
        )
    homework_for(world, due)
    assert "№ 214" in darya.get(f"/office/lessons/{due.pk}/").content.decode()
    assert post(darya, due, "cancel").status_code == 422
    assert fresh(world, due).state == LessonState.PLANNED
    assert post(darya, due, "cancel", homework="MOVE").status_code == 302
    with school_scope(world.north.school.pk):
        assert Homework.objects.get(withdrawn_at=None).due_lesson_id == following.pk


def test_the_teacher_is_asked_where_nobody_has_said(world: World, enter: Callable[[str], Client]) -> None:
    with school_scope(world.north.school.pk):
        due = lesson(world.north, "Алгебра 7Б", MONDAY + timedelta(days=1), 1, world.people["Anna"])
    homework_for(world, due)
    with school_scope(world.north.school.pk):
        Lesson.objects.filter(pk=due.pk).update(state=LessonState.CANCELLED)
    anna = enter("anna")
    assert "data-unsettled" in anna.get(f"/journal/?day={due.day}").content.decode()
    assert 'data-form="settle"' in anna.get(f"/lessons/{due.pk}/").content.decode()
    assert anna.post(f"/lessons/{due.pk}/settle/", {"destination": "WITHDRAW"}).status_code == 302
    assert 'data-form="settle"' not in anna.get(f"/lessons/{due.pk}/").content.decode()
