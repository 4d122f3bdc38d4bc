"""The journal printed and taken away: what stands on its pages, at what cost, and for whom."""

import io
import subprocess
import time
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation
from openpyxl import load_workbook

from tests.screens.journal.conftest import Enter, Page, cell, send
from tests.world import MONDAY, NOON, YEAR_BEGINS, YEAR_ENDS, World, lesson, person
from zvonok.domain.attestation.commands.put import PeriodEdit, put_period_marks
from zvonok.domain.schools.models import AcademicYear, GroupMembership, StudyGroup
from zvonok.domain.timetable.models import Lesson, LessonState
from zvonok.domain.timetable.selectors import LessonLine
from zvonok.kernel.days import through
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope
from zvonok.screens.journal.paper import journal_data, journal_pdf
from zvonok.screens.journal.print import Held, JournalPrint, PrintRow, journal_print
from zvonok.screens.journal.print_spans import Span, months_of, span_named, spans_of
from zvonok.screens.journal.workbook import journal_xlsx

QUERIES = 8
FORMULAS = ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1"]


def address(world: World, rest: str = "", group: UUID | None = None) -> str:
    return f"/journal/{group or world.algebra.group_id}/print/{rest}"


def read(world: World, slug: str = "2") -> tuple[JournalPrint, int]:
    with school_scope(world.north.school.pk):
        groups = StudyGroup.objects.select_related("school", "subject", "year")
        group = groups.get(pk=world.algebra.group_id)
        span = span_named(slug, [*spans_of([world.north.period], group.year), *months_of(group.year)])
        assert span is not None
        with counted_queries() as asked:
            found = journal_print(group, span, at=NOON)
    return found, len(asked)


def more_lessons(world: World, count: int) -> list[Lesson]:
    with school_scope(world.north.school.pk):
        days = (MONDAY + timedelta(days=place) for place in range(1, count + 1))
        return [lesson(world.north, "Алгебра 7Б", day, 1, None) for day in days]


def more_pupils(world: World, *names: str) -> None:
    with school_scope(world.north.school.pk):
        for name in names:
            GroupMembership.objects.create(
                id=uuid7(),
                school=world.north.school,
                student=person(name, "Ученик"),
                group=world.algebra.group,
                valid_on=through(YEAR_BEGINS, YEAR_ENDS),
            )


def made(pupils: int, lessons: int, *, name: str = "Ученик") -> JournalPrint:
    """Make a journal without a school."""
    first = date(2026, 11, 2)
    held = []
    for place in range(lessons):
        line = LessonLine(
            *(uuid7(), first + timedelta(days=place), 1, NOON, NOON, uuid7(), "7Б", uuid7(), "Алгебра"),
            *(None, "", "", "PLANNED", name, 1, None, None),
        )
        held.append(Held(place + 1, line, None))
    rows = [
        PrintRow(f"{name} {place}", ["4/5"] * lessons, Counter(ILL=2), Decimal("4.50"), ["5"])
        for place in range(pupils)
    ]
    span = Span("2", "II четверть", first, first + timedelta(days=lessons))
    return JournalPrint("School", "Алгебра", "7Б", ["Петрова Anna"], span, held, ["II четверть"], rows)


def text_of(pdf: bytes) -> str:
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return found.stdout.decode()


def cells_of(content: bytes) -> list[list[list[Any]]]:
    return [
        [list(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in load_workbook(io.BytesIO(content))
    ]


def test_marks_and_absences_of_a_lesson_stand_in_one_cell(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    send(anna, world, cell(world, "4"))
    send(anna, world, cell(world, "5", work="TEST"))
    send(anna, world, cell(world, absence="UNEXCUSED", whom="Pyotr"))
    rows = read(world)[0].rows
    assert [(row.name, row.cells, row.missed) for row in rows] == [
        ("Ёлкин Pyotr", ["Н"], 1),
        ("Иванова Vera", ["4/5"], 0),
    ]
    assert [row.average for row in rows] == [None, Decimal("4.75")]


def test_a_work_written_again_shows_both_marks_and_counts_the_last(world: World, enter: Enter) -> None:
    send(enter("Anna"), world, cell(world, "2/4", work="TEST"))
    vera = read(world)[0].rows[1]
    assert (vera.cells, vera.average) == (["2/4"], Decimal("4.00"))


def test_coming_late_is_counted_but_not_as_missed(world: World, enter: Enter) -> None:
    send(enter("Anna"), world, cell(world, absence="LATE"))
    vera = read(world)[0].rows[1]
    assert (vera.cells, vera.missed, vera.absences["LATE"]) == (["О"], 0, 1)


def test_period_marks_stand_at_the_right_of_the_period_and_of_the_year(world: World, enter: Enter) -> None:
    edit = PeriodEdit(uuid7(), world.people["Vera"].pk, "4", "Examined aloud")
    with school_scope(world.north.school.pk):
        put_period_marks(
            actor=world.actor("Anna"),
            group=world.north.groups["Алгебра 7Б"],
            column="2",
            edits=[edit],
            at=NOON,
        )
    quarter, month, year = (read(world, slug)[0] for slug in ("2", "2026-11", "year"))
    assert (quarter.columns, quarter.rows[1].marks) == (["II четверть"], ["4"])
    assert month.columns == []
    assert (len(year.columns), year.rows[1].marks) == (4, ["4", "", "", ""])


def test_a_cancelled_lesson_is_not_printed_and_days_outside_the_group_are_closed(world: World) -> None:
    cancelled, _ = more_lessons(world, 2)
    with school_scope(world.north.school.pk):
        Lesson.objects.filter(pk=cancelled.pk).update(state=LessonState.CANCELLED)
        GroupMembership.objects.filter(student=world.people["Vera"]).update(
            valid_on=through(YEAR_BEGINS, MONDAY)
        )
    assert [row.cells for row in read(world)[0].rows] == [["", ""], ["", None]]


@pytest.mark.parametrize("count", [0, 20])
def test_a_journal_of_any_length_is_read_in_as_many_queries(world: World, count: int) -> None:
    more_lessons(world, count)
    more_pupils(world, *(f"pupil{place}" for place in range(count)))
    journal, asked = read(world)
    assert (len(journal.lessons), len(journal.rows), asked) == (count + 1, count + 2, QUERIES)


def test_the_pdf_says_school_group_teacher_days_pupils_and_topics(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    form = Page(anna.get(f"/lessons/{world.algebra.pk}/")).forms["topic"]
    anna.post(f"/lessons/{world.algebra.pk}/topic/", form | {"topic": "Linear equations"})
    answer = anna.get(address(world, "2.pdf"))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    text = text_of(answer.content)
    for said in ("School north", "Алгебра · 7Б", "Teacher: Петрова Anna", "II четверть", "Ёлкин Pyotr"):
        assert said in text
    assert "Linear equations" in text
    assert "November 2026" in text


def test_the_heads_speak_the_readers_language(world: World) -> None:
    with translation.override("ru"):
        data = journal_data(read(world)[0])
    assert (data["language"], data["labels"]["student"], data["labels"]["homework"]) == (
        "ru",
        "Ученик",
        "Домашнее задание",
    )
    assert data["note"] == "Учитель: Петрова Anna"


def test_no_name_becomes_a_command_of_the_typesetter() -> None:
    name = '#panic("out") $x$ *Ўткир* Ġorġ Łukasz შოთა \\ `"'
    text = text_of(journal_pdf(made(1, 1, name=name)))
    assert '#panic("out")' in text
    assert "Łukasz" in text


@pytest.mark.parametrize(("name", "is_tagged"), [("Ўткир Ġorġ შოთა", True), ("李", False)])
def test_a_letter_that_no_font_has_stops_no_printing(name: str, is_tagged: bool) -> None:
    pdf = journal_pdf(made(2, 2, name=name))
    assert (b"pdfuaid" in pdf) == is_tagged
    assert pdf.startswith(b"%PDF")


def test_a_long_journal_is_split_and_repeats_the_names() -> None:
    data = journal_data(made(35, 60))
    assert [len(part["days"]) for part in data["parts"]] == [21, 20, 19]
    assert [bool(part["sums"]) for part in data["parts"]] == [False, False, True]
    assert {len(part["rows"]) for part in data["parts"]} == {35}
    assert [part["lessons"][0]["number"] for part in data["parts"]] == ["1", "22", "42"]


def test_a_quarter_of_35_is_set_in_time_on_six_pages() -> None:
    began = time.perf_counter()
    pdf = journal_pdf(made(35, 60))
    assert time.perf_counter() - began < 2
    assert text_of(pdf).count("\f") == 6


@pytest.mark.parametrize(("pupils", "lessons"), [(0, 0), (0, 3), (3, 0), (250, 8)])
def test_an_empty_and_a_huge_group_are_printed_too(pupils: int, lessons: int) -> None:
    journal = made(pupils, lessons)
    assert journal_pdf(journal).startswith(b"%PDF")
    marks, topics = cells_of(journal_xlsx(journal))
    assert (len(marks), len(topics)) == (5 + 2 + pupils, 4 + 1 + lessons)


def test_the_spreadsheet_holds_numbers_as_numbers_and_the_official_layout(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    send(anna, world, cell(world, "4"), cell(world, absence="ILL", whom="Pyotr"))
    answer = anna.get(address(world, "2.xlsx"))
    book = load_workbook(io.BytesIO(answer.content))
    marks, topics = book.worksheets
    rows = list(marks.iter_rows(values_only=True))
    assert [row[0] for row in rows[:4]] == [
        "School north",
        "Алгебра · 7Б",
        "II четверть: 2 November 2026 – 30 December 2026",
        "Teacher: Петрова Anna",
    ]
    assert rows[5][:3] == ("№", "Student", "November 2026")
    assert rows[6][2] == MONDAY.day
    assert rows[7][:5] == (1, "Ёлкин Pyotr", "Б", 1, None)
    assert rows[8][:4] == (2, "Иванова Vera", 4, None)
    assert rows[8][8] == 4
    assert marks.cell(9, 9).number_format == "0.00"
    assert [cell.value for cell in topics[6]] == [1, "09.11.2026", None, None]


def test_the_spreadsheet_prints_across_with_its_head_and_names_on_every_page() -> None:
    sheet = load_workbook(io.BytesIO(journal_xlsx(made(3, 40)))).worksheets[0]
    assert (sheet.page_setup.orientation, sheet.freeze_panes) == ("landscape", "C8")
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$6:$7", "$A:$B")
    assert sheet.column_dimensions["B"].width == 32
    assert "C6:AE6" in {str(box) for box in sheet.merged_cells.ranges}


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    marks, topics = load_workbook(io.BytesIO(journal_xlsx(made(1, 1, name=text)))).worksheets
    for found in (marks["B8"], topics["C6"]):
        assert (found.data_type, found.quotePrefix) == ("s", True)
        assert found.value.startswith(text)


@pytest.mark.parametrize("days", ["3", "0", "2025-11", "2026-13", "2027-07", "all", "x" * 200])
@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_days_that_the_year_does_not_have_are_not_found(
    world: World, enter: Enter, days: str, kind: str
) -> None:
    assert enter("Anna").get(address(world, f"{days}.{kind}")).status_code == 404


@pytest.mark.parametrize("who", ["Oleg", "Egor", "Maria", "Vera", "Yana", "Nina"])
@pytest.mark.parametrize("rest", ["", "2.pdf", "2.xlsx"])
def test_somebody_elses_journal_does_not_exist(world: World, enter: Enter, who: str, rest: str) -> None:
    answers = [enter(who).get(address(world, rest, group)) for group in (world.algebra.group_id, uuid7())]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_the_menu_offers_each_period_the_year_and_each_month(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    assert Page(anna.get(f"/journal/{world.algebra.group_id}/2026-11/")).having(href=address(world))
    page = Page(anna.get(address(world)))
    for days in ("2", "year", "2026-09", "2027-05"):
        for kind in ("pdf", "xlsx"):
            assert page.having(href=address(world, f"{days}.{kind}"))
            assert anna.get(address(world, f"{days}.{kind}")).status_code == 200


def test_the_months_of_a_year_are_those_it_has_days_in() -> None:
    year = AcademicYear(starts_on=date(2026, 9, 1), ends_on=date(2027, 5, 26))
    months = months_of(year)
    assert [month.slug for month in months][::8] == ["2026-09", "2027-05"]
    assert (months[-1].first, months[-1].last) == (date(2027, 5, 1), date(2027, 5, 31))
