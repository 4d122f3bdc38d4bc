"""The week of the diary: what stands at a lesson, in how many queries, and what an empty week says."""

import gzip
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.screens.diary.conftest import HOUR, Enter
from tests.screens.diary.desk import Desk, page
from tests.world import MONDAY, NOON, World, lesson, study_group
from zvonok.domain.access.commands import open_diaries
from zvonok.domain.remarks.commands import make_remark
from zvonok.domain.schools.models import Enrolment
from zvonok.domain.timetable.commands import substitute
from zvonok.domain.timetable.commands.journal import write_topic
from zvonok.domain.timetable.models import CalendarDay
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope
from zvonok.screens.shell.jinja import SCREENS
from zvonok.screens.shell.static_files import style_sheet

Week = Callable[..., str]
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def week(enter: Enter, world: World) -> Week:
    """Read Vera's week as her mother: `week()`, `week(day)`."""
    maria, link = enter("Maria"), world.link("Maria", "Vera")
    return lambda day=MONDAY, kind="week": page(maria.get(f"/diary/{link}/{kind}/{day}/"))


def test_a_lesson_says_when_where_and_with_whom(week: Week, desk: Desk) -> None:
    room = desk.world.north.rooms["305"]
    with desk.scope:
        type(desk.world.algebra).objects.update(room=room)
    text = week()
    assert f'data-day="{MONDAY}"' in text
    assert f'data-lesson="{desk.world.algebra.pk}" data-slot="1" data-subject="Алгебра"' in " ".join(
        text.split()
    )
    assert "08:30 · room 305 · Петрова\u00a0A." in text


def test_a_mark_says_its_weight_comment_and_what_it_was(week: Week, desk: Desk) -> None:
    first = desk.mark("3", work="TEST")
    desk.mark("5", at=NOON + HOUR, work="TEST", comment="Переписала", seen=first)
    text = week()
    assert 'data-mark="5"' in text
    assert "×3" in text
    assert "test: Переписала" in text
    assert 'mark__was"><span class="visually-hidden">earlier </span>3' in text


def test_absence_remark_topic_and_homework_stand_at_their_lessons(week: Week, desk: Desk) -> None:
    world = desk.world
    desk.lesson(TUESDAY)
    desk.miss("LATE", minutes=7)
    desk.task("№ 112, 115", due=TUESDAY, minutes=40)
    with desk.scope:
        anna = world.actor("Anna")
        write_topic(actor=anna, lesson_id=world.algebra.pk, topic="Разность квадратов", version=0, at=NOON)
        make_remark(
            actor=anna,
            lesson_id=world.algebra.pk,
            edit_id=uuid7(),
            student_id=world.people["Vera"].pk,
            kind="PRAISE",
            text="Помогла соседу",
            at=NOON,
        )
    text = week()
    monday, tuesday = text.index(f'data-day="{MONDAY}"'), text.index(f'data-day="{TUESDAY}"')
    assert 'data-absence="О"' in text[monday:tuesday]
    assert "Разность квадратов" in text[monday:tuesday]
    assert "Помогла соседу" in text[monday:tuesday]
    assert "data-homework" in text[tuesday:]
    assert "№ 112, 115" in text[tuesday:]
    assert "Homework for tomorrow" in text[:monday]
    assert "40\u00a0min" in text[:monday]


def test_homework_due_on_a_day_without_the_lesson_stands_at_the_foot(week: Week, desk: Desk) -> None:
    friday = MONDAY + timedelta(days=4)
    desk.task("Проект о дробях", due=friday)
    text = week()
    assert "Проект о дробях" in text[text.index(f'data-day="{friday}"') :]


def test_a_cancelled_lesson_says_why(week: Week, desk: Desk) -> None:
    with desk.scope:
        substitute.cancel_lesson(
            actor=desk.world.actor("Darya"),
            lesson_id=desk.world.algebra.pk,
            reason="карантин",
            version=0,
            has_entries=lambda _lesson: False,
            at=NOON,
        )
    assert "✕ cancelled: карантин" in week()


def test_a_replaced_lesson_says_by_whom_and_instead_of_whom(week: Week, desk: Desk) -> None:
    world = desk.world
    free = desk.lesson(TUESDAY)
    with desk.scope:
        wanted = substitute.Replacement(free.subject_id, world.people["Oleg"].pk, None, free.slot)
        substitute.replace_lesson(
            actor=world.actor("Darya"),
            lesson_id=free.pk,
            replacement=wanted,
            reason="",
            version=0,
            has_entries=lambda _lesson: False,
            at=NOON,
        )
    assert "replaced: Смирнов\u00a0O. instead of Петрова\u00a0A." in week()


def test_a_full_week_costs_no_more_queries_than_one_lesson(enter: Enter, desk: Desk) -> None:
    world = desk.world
    maria, address = enter("Maria"), f"/diary/{world.link('Maria', 'Vera')}/week/{MONDAY}/"
    with counted_queries() as one:
        page(maria.get(address))
    for slot in range(2, 8):
        for offset in range(5):
            desk.lesson(MONDAY + timedelta(days=offset), slot)
            if offset == 0:
                desk.mark("4", on=desk.lesson(MONDAY - timedelta(days=7), slot))
    desk.mark("5")
    desk.miss("LATE", minutes=3)
    desk.task("№ 1", due=TUESDAY)
    with counted_queries() as full:
        text = page(maria.get(address))
    assert text.count("data-lesson=") == 31
    assert len(one) == len(full) == 8


def test_the_week_of_a_pupil_is_light_on_the_wire(week: Week, desk: Desk) -> None:
    for slot in range(2, 8):
        for offset in range(6):
            desk.lesson(MONDAY + timedelta(days=offset), slot)
    assert len(gzip.compress(week().encode(), 6)) < 15_000


def test_a_first_load_weighs_little(week: Week, desk: Desk) -> None:
    for slot in range(2, 8):
        for offset in range(6):
            desk.lesson(MONDAY + timedelta(days=offset), slot)
    modules = [path.read_bytes() for path in SCREENS.glob("*/static/[sd]*/*.js")]
    parts = [week().encode(), style_sheet().encode(), *modules]
    assert sum(len(gzip.compress(part, 6)) for part in parts) < 60_000


def test_holidays_are_named_and_lead_to_the_next_lessons(week: Week, desk: Desk) -> None:
    holiday = MONDAY + timedelta(days=7)
    back = desk.lesson(MONDAY + timedelta(days=14)).day
    with desk.scope:
        CalendarDay.objects.bulk_create(
            CalendarDay(
                id=uuid7(), school=desk.world.north.school, day=holiday + timedelta(days=n), kind="HOLIDAY",
                title="осенние каникулы",
            )
            for n in range(7)
        )  # fmt: skip
    text = week(holiday)
    assert "Осенние каникулы" in text
    assert f'href="../{back}/"' in text


def test_an_empty_week_costs_no_more_than_a_full_one(enter: Enter, world: World) -> None:
    maria, link = enter("Maria"), world.link("Maria", "Vera")
    with counted_queries() as asked:
        page(maria.get(f"/diary/{link}/week/{MONDAY + timedelta(days=7)}/"))
    assert len(asked) <= 8


def test_weeks_are_turned_over_within_the_year_only(week: Week) -> None:
    assert 'href="../2026-11-02/" rel="prev"' in week()
    assert 'href="../2026-11-16/" rel="next"' in week()
    assert 'rel="prev"' not in week(date(2026, 9, 1))
    assert 'rel="next"' not in week(date(2027, 5, 26))


def test_any_day_of_a_week_opens_it(week: Week, desk: Desk) -> None:
    assert 'data-start="day-2026-11-12"' in week(date(2026, 11, 12))
    assert str(desk.world.algebra.pk) in week(date(2026, 11, 15))


def test_a_single_day_has_a_page_of_its_own(week: Week, desk: Desk) -> None:
    text = week(MONDAY, "day")
    assert text.count("data-day=") == 1
    assert str(desk.world.algebra.pk) in text
    assert f'href="../{TUESDAY}/" rel="next"' in text


def test_a_pupil_of_two_schools_has_one_diary(enter: Enter, desk: Desk) -> None:
    world, vera = desk.world, desk.world.people["Vera"]
    with school_scope(world.south.school.pk):
        study_group(world.south, "Музыка", "2А", world.people["Oleg"], [vera])
        lesson(world.south, "Музыка 2А", MONDAY, 6, world.people["Oleg"])
        assert Enrolment.objects.filter(student=vera).count() == 1
    open_diaries([vera.pk], school_id=world.south.school.pk)
    text = page(enter("Maria").get(f"/diary/{world.link('Maria', 'Vera')}/week/{MONDAY}/"))
    assert text.index("Алгебра") < text.index("Музыка")
    assert "7Б, North; 2А, South" in text
