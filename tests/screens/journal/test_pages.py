"""The teacher's day, the journal page and the class: what is on them, for whom, at what cost."""

from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from tests.screens.journal.conftest import Enter, Page, cell, send
from tests.world import MONDAY, NOON, YEAR_ENDS, World, lesson, person
from zvonok.domain.attestation.commands.put import PeriodEdit, put_period_marks
from zvonok.domain.marks.commands.past import PastWork, bring_in_marks
from zvonok.domain.people.models import Account
from zvonok.domain.schools.models import Enrolment, GroupMembership, StudyPeriod
from zvonok.domain.timetable.models import Lesson, LessonState
from zvonok.kernel.days import through
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


def month(world: World) -> str:
    return f"/journal/{world.algebra.group_id}/2026-11/"


def test_the_day_lists_the_teachers_own_lessons_and_what_they_lack(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    page = Page(anna.get("/journal/?day=2026-11-09"))
    (entry,) = page.having(data_lesson=str(world.algebra.pk))
    assert (entry["data-slot"], entry["data-subject"]) == ("1", "Алгебра")
    assert not page.having(data_lesson=str(world.physics.pk))
    assert "no topic yet" in page.text
    assert "no homework yet" in page.text


def test_a_filled_lesson_lacks_nothing(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    for part, field in (("topic", "topic"), ("homework", "text")):
        form = Page(anna.get(f"/lessons/{world.algebra.pk}/")).forms[part]
        anna.post(f"/lessons/{world.algebra.pk}/{part}/", form | {field: "Equations"})
    page = Page(anna.get("/journal/?day=2026-11-09"))
    assert "no topic yet" not in page.text
    assert "no homework yet" not in page.text
    assert "Equations" in page.text


def test_a_cancelled_lesson_is_shown_as_cancelled(world: World, enter: Enter) -> None:
    with school_scope(world.north.school.pk):
        Lesson.objects.filter(pk=world.algebra.pk).update(state=LessonState.CANCELLED)
    page = Page(enter("Anna").get("/journal/?day=2026-11-09"))
    assert "cancelled" in page.text
    assert "no topic yet" not in page.text


def test_a_day_without_lessons_names_the_next_one(world: World, enter: Enter) -> None:
    page = Page(enter("Anna").get("/journal/?day=2026-11-08"))
    assert "No lessons on this day" in page.text
    assert page.having(href="/journal/?day=2026-11-09")
    assert page.having(href=f"/journal/{world.algebra.group_id}/")


def test_the_deputy_head_finds_every_journal_of_the_school(world: World, enter: Enter) -> None:
    page = Page(enter("Darya").get("/journal/"))
    for group in world.north.groups.values():
        assert page.having(href=f"/journal/{group.pk}/")
    for group in world.south.groups.values():
        assert not page.having(href=f"/journal/{group.pk}/")


@pytest.mark.parametrize("day", ["soon", "2026-02-30", "0001-01-01", "9999-12-31", "2026-11-09'"])
def test_an_impossible_day_is_no_page(world: World, enter: Enter, day: str) -> None:
    assert enter("Anna").get("/journal/", {"day": day}).status_code == 404


@pytest.mark.parametrize("name", ["Maria", "Vera", "Zoya", "Nina", "Sonya", "Yana"])
def test_the_teachers_day_is_not_for_others(world: World, enter: Enter, name: str) -> None:
    assert enter(name).get("/journal/").status_code == 403


def test_the_journal_shows_each_student_with_marks_and_absences(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    send(anna, world, cell(world, "5", comment="Neat"), cell(world, "Б", whom="Pyotr"))
    page = Page(anna.get(month(world)))
    vera = page.having(data_cell="", data_student=str(world.people["Vera"].pk))
    assert [(it["data-mark"], it["data-state"], it["title"]) for it in vera] == [("5", "saved", "Neat")]
    pyotr = page.having(data_cell="", data_student=str(world.people["Pyotr"].pk))
    assert [it["data-absence"] for it in pyotr] == ["Б"]
    assert not page.having(data_fixed="")
    assert page.having(href=f"/lessons/{world.algebra.pk}/")


def test_both_averages_and_where_they_lead_stand_beside_the_period_mark(world: World, enter: Enter) -> None:
    anna, vera = enter("Anna"), world.people["Vera"].pk
    send(anna, world, cell(world, mark="5"), cell(world, mark="3", work="TEST", weight=3))
    with school_scope(world.north.school.pk):
        put_period_marks(
            actor=world.actor("Anna"),
            group=world.north.groups["Алгебра 7Б"],
            column="2",
            edits=[PeriodEdit(uuid7(), vera, "4")],
            at=NOON,
        )
    page = Page(anna.get(month(world)))
    assert len(page.having(data_cell="", data_student=str(vera))) == 2
    sums = "".join(f"<td data-average>{text}" for text in ("4.00", "3.50", "4"))
    assert f"{sums}<td data-set>4" in page.text
    assert anna.get(f"{month(world)}averages/").json() == {str(vera): ["4.00", "3.50", "4"]}


def test_a_student_who_came_in_the_middle_of_the_month_has_no_cells_before(
    world: World, enter: Enter
) -> None:
    with school_scope(world.north.school.pk):
        later = lesson(world.north, "Алгебра 7Б", MONDAY + timedelta(days=2), 1, world.people["Anna"])
        came = DateRange(MONDAY + timedelta(days=1), YEAR_ENDS)
        for table in (GroupMembership, Enrolment):
            table.objects.filter(student=world.people["Vera"]).update(valid_on=came)
    page = Page(enter("Anna").get(month(world)))
    cells = page.having(data_cell="", data_student=str(world.people["Vera"].pk))
    assert [it["data-lesson"] for it in cells] == [str(later.pk)]


def test_cells_of_a_closed_period_take_no_keys(world: World, enter: Enter) -> None:
    with school_scope(world.north.school.pk):
        StudyPeriod.objects.filter(pk=world.north.period.pk).update(closed_at=NOON)
    page = Page(enter("Anna").get(month(world)))
    assert len(page.having(data_cell="")) == 2
    assert [it["data-lesson"] for it in page.having(data_fixed="")] == [str(world.algebra.pk)]


def test_the_deputy_head_reads_what_the_teacher_writes(world: World, enter: Enter) -> None:
    send(enter("Anna"), world, cell(world, "5"))
    page = Page(enter("Darya").get(month(world)))
    assert "read only" in page.text
    assert [it["data-mark"] for it in page.having(data_cell="") if "data-mark" in it] == ["5"]
    assert [it["data-lesson"] for it in page.having(data_fixed="")] == [str(world.algebra.pk)]
    assert not page.having(href=f"/lessons/{world.algebra.pk}/")


@pytest.mark.parametrize("name", ["Oleg", "Egor", "Yana", "Maria", "Vera", "Nina", "Sonya"])
def test_a_journal_that_is_not_ones_own_is_not_found(world: World, enter: Enter, name: str) -> None:
    client = enter(name)
    for address in (f"/journal/{world.algebra.group_id}/", month(world), f"{month(world)}averages/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("which", ["2026-13", "2026-1", "0000-01", "9999-12", "x"])
def test_an_impossible_month_is_no_page(world: World, enter: Enter, which: str) -> None:
    assert enter("Anna").get(f"/journal/{world.algebra.group_id}/{which}/").status_code == 404


def test_the_months_of_the_year_can_be_turned_over(world: World, enter: Enter) -> None:
    anna, group = enter("Anna"), world.algebra.group_id
    assert anna.get(f"/journal/{group}/").status_code == 302
    first = Page(anna.get(f"/journal/{group}/2026-09/"))
    assert "No lessons in these days" in first.text
    assert not first.having(rel="prev")
    assert first.having(rel="next", href=f"/journal/{group}/2026-10/")


def test_a_study_period_and_the_year_are_pages_too(world: World, enter: Enter) -> None:
    anna, group = enter("Anna"), world.algebra.group_id
    send(anna, world, cell(world, "4"))
    for address in (f"/journal/{group}/period/2/", f"/journal/{group}/year/"):
        page = Page(anna.get(address))
        assert [it["data-mark"] for it in page.having(data_cell="") if "data-mark" in it] == ["4"]
        assert page.having(data_averages=f"{address}averages/")
        assert anna.get(f"{address}averages/").json() == {str(world.people["Vera"].pk): ["4.00", "4.00", "4"]}
        assert [it["href"] for it in page.having(aria_current="page", **{"class": "choice__item"})] == [
            address
        ]
    assert anna.get(f"/journal/{group}/period/7/").status_code == 404
    assert anna.get(f"/journal/{group}/period/7/averages/").status_code == 404


def test_the_topics_and_the_homework_of_a_month_are_read_apart(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    for part, field in (("topic", "topic"), ("homework", "text")):
        form = Page(anna.get(f"/lessons/{world.algebra.pk}/")).forms[part]
        anna.post(f"/lessons/{world.algebra.pk}/{part}/", form | {field: f"About {part}"})
    address = f"{month(world)}lessons/"
    assert Page(anna.get(month(world))).having(hx_get=address)
    for answer in (anna.get(address), anna.get(address, headers={"HX-Request": "true"})):
        page = Page(answer)
        assert "About topic" in page.text
        assert "About homework" in page.text
        assert [it["data-lesson"] for it in page.having(data_slot="1")] == [str(world.algebra.pk)]


def test_a_big_journal_costs_no_more_queries_than_a_small_one(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    with counted_queries() as small:
        anna.get(month(world))
    fill(world)
    with counted_queries() as big:
        answer = anna.get(month(world))
    assert len(Page(answer).having(data_cell="")) == 35 * 40
    assert len(big) == len(small) <= 12
    assert len(answer.content) <= 250_000


def test_a_journal_with_a_mark_in_every_cell_is_still_a_light_page(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    fill(world)
    mark_all(world)
    with counted_queries() as statements:
        answer = anna.get(f"/journal/{world.algebra.group_id}/period/2/")
    page = Page(answer)
    assert len([it for it in page.having(data_cell="", data_state="saved") if it["data-mark"] == "5"]) == 1400
    assert len(statements) <= 12
    assert len(answer.content) <= 250_000


def mark_all(world: World) -> None:
    """Put a mark into every cell of the filled journal."""
    school = world.north.school.pk
    with school_scope(school):
        students = list(
            GroupMembership.objects.filter(group=world.algebra.group_id).values_list("student", flat=True)
        )
        works = [
            PastWork(
                lesson_id=one.pk,
                subject_id=one.subject_id,
                day=one.day,
                work="ANSWER",
                weight=1,
                put_by=world.people["Anna"].pk,
                put_at=NOON,
                marks=tuple((student, "5", "") for student in students),
            )
            for one in Lesson.objects.filter(group=world.algebra.group_id)
        ]
        bring_in_marks(works, school_id=school, actor_id=None, at=NOON)


def fill(world: World) -> None:
    """Make the group one of 35 students with 40 lessons in the month."""
    north = world.north
    with school_scope(north.school.pk):
        for number in range(39):
            day = MONDAY - timedelta(days=1 + number % 7)
            lesson(north, "Алгебра 7Б", day, 1 + number // 7, world.people["Anna"])
        newcomers = [person(f"Pupil{number}", "Новый") for number in range(33)]
        GroupMembership.objects.bulk_create(
            GroupMembership(
                id=uuid7(),
                school=north.school,
                student=student,
                group_id=world.algebra.group_id,
                valid_on=through(MONDAY - timedelta(days=30), YEAR_ENDS),
            )
            for student in newcomers
        )


def test_the_class_teacher_sees_who_has_come_in_and_who_waits_for_a_slip(world: World, enter: Enter) -> None:
    Account.objects.filter(login="maria").update(entered_at=None)
    Account.objects.filter(login="olga").update(entered_at=None, temporary_until=MONDAY - timedelta(days=1))
    address = f"/class/{world.north.classes['7Б'].pk}/"
    page = Page(enter("Anna").get(f"{address}families/"))
    for words in ("Иванова Maria", "waits for a slip", "slip has expired", "signed in already"):
        assert words in page.text
    assert page.having(href=f"{address}slips/")
    assert "Мамедов" not in page.text


@pytest.mark.parametrize(
    ("name", "status"), [("Yana", 200), ("Oleg", 404), ("Darya", 404), ("Egor", 404), ("Maria", 404)]
)
def test_a_class_is_open_to_its_teacher_and_the_administrator(
    world: World, enter: Enter, name: str, status: int
) -> None:
    assert enter(name).get(f"/class/{world.north.classes['7Б'].pk}/families/").status_code == status
