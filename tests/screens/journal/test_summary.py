"""A class's summary: what stands in it, what it comes to, and for whom."""

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.screens.journal.conftest import Enter, Page, cell, send
from tests.screens.journal.test_print import FORMULAS, text_of
from tests.world import NOON, YEAR_BEGINS, YEAR_ENDS, World, person
from zvonok.domain.attestation.commands.put import PeriodEdit, put_period_marks
from zvonok.domain.schools.models import Enrolment, SchoolClass, StudyGroup, Subject
from zvonok.kernel.days import through
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope
from zvonok.screens.journal.paper import summary_pdf
from zvonok.screens.journal.summary import ClassSummary, Figures, class_summary
from zvonok.screens.journal.workbook import summary_xlsx

QUERIES = 6


def address(world: World, rest: str = "") -> str:
    return f"/class/{world.north.classes['7Б'].pk}/summary/{rest}"


def read(world: World, slug: str = "2") -> tuple[ClassSummary, int]:
    with school_scope(world.north.school.pk):
        classes = SchoolClass.objects.select_related("school", "year")
        found = classes.get(pk=world.north.classes["7Б"].pk)
        with counted_queries() as asked:
            summary = class_summary(found, slug)
        assert summary is not None
    return summary, len(asked)


def attest(world: World, values: Mapping[str, str], column: str = "2") -> None:
    edits = [PeriodEdit(uuid7(), world.people[name].pk, value, "Examined") for name, value in values.items()]
    group = StudyGroup.objects.select_related("subject", "school", "year")
    with school_scope(world.north.school.pk):
        outcomes = put_period_marks(
            actor=world.actor("Anna"),
            group=group.get(pk=world.algebra.group_id),
            column=column,
            edits=edits,
            at=NOON,
        )
    assert [outcome.refusal for outcome in outcomes] == [None] * len(edits)


def test_marks_missed_lessons_and_shares_stand_in_the_summary(world: World, enter: Enter) -> None:
    attest(world, {"Vera": "5", "Pyotr": "2"})
    send(enter("Anna"), world, cell(world, absence="UNEXCUSED", whom="Pyotr"))
    summary, asked = read(world)
    assert asked == QUERIES
    assert (summary.teacher, summary.columns) == ("Петрова Anna", ["Алгебра"])
    assert [(row.name, row.marks, row.average, row.missed, row.unexcused) for row in summary.rows] == [
        ("Ёлкин Pyotr", ["2"], Decimal("2.00"), 1, 1),
        ("Иванова Vera", ["5"], Decimal("5.00"), 0, 0),
    ]
    assert summary.subjects == [Figures(Decimal("3.50"), 50, 50)]
    assert summary.whole == Figures(Decimal("3.50"), 50, 50)


def test_the_summary_of_the_year_has_the_year_marks_alone(world: World) -> None:
    attest(world, {"Vera": "5"})
    attest(world, {"Vera": "4", "Pyotr": "3"}, column="year")
    assert [row.marks for row in read(world, "year")[0].rows] == [["3"], ["4"]]


def test_a_class_of_any_size_is_read_in_as_many_queries(world: World) -> None:
    north = world.north
    with school_scope(north.school.pk):
        for place in range(30):
            Enrolment.objects.create(
                id=uuid7(),
                school=north.school,
                student=person(f"pupil{place}", "Ученик"),
                school_class=north.classes["7Б"],
                valid_on=through(YEAR_BEGINS, YEAR_ENDS),
            )
    summary, asked = read(world)
    assert (len(summary.rows), asked) == (32, QUERIES)


def test_a_class_without_anybody_is_printed_too(world: World) -> None:
    with school_scope(world.north.school.pk):
        Enrolment.objects.all().delete()
    summary, _ = read(world)
    assert (summary.rows, summary.columns, summary.whole) == ([], [], Figures(None, None, None))
    assert "No marks yet." in text_of(summary_pdf(summary))
    assert summary_xlsx(summary).startswith(b"PK")


def test_the_pdf_says_what_the_class_has_come_to(world: World, enter: Enter) -> None:
    attest(world, {"Vera": "5", "Pyotr": "3"})
    answer = enter("Anna").get(address(world, "2.pdf"))
    text = text_of(answer.content)
    for said in ("Summary of class 7Б", "Class teacher: Петрова Anna", "Иванова Vera", "II четверть"):
        assert said in text
    assert "Average 4.00; quality 50 %, success 100 % of the students." in text


def test_the_spreadsheet_holds_the_same_cell_by_cell(world: World, enter: Enter) -> None:
    attest(world, {"Vera": "5", "Pyotr": "н/а"})
    answer = enter("Darya").get(address(world, "2.xlsx"))
    (sheet,) = load_workbook(io.BytesIO(answer.content)).worksheets
    rows = [list(row) for row in sheet.iter_rows(min_row=6, values_only=True)]
    assert rows == [
        ["№", "Student", "Алгебра", "Average", "Missed lessons", "of them without a reason"],
        [1, "Ёлкин Pyotr", "н/а", None, None, None],
        [2, "Иванова Vera", 5, 5, None, None],
        [None, "Average", 5, 5, None, None],
        [None, "Quality, %", 50, 50, None, None],
        [None, "Success, %", 50, 50, None, None],
        [None, "In all", None, None, 0, 0],
    ]
    assert sheet.freeze_panes == "C7"


@pytest.mark.parametrize("text", FORMULAS)
def test_a_subject_that_looks_like_a_formula_stays_a_text(world: World, text: str) -> None:
    with school_scope(world.north.school.pk):
        Subject.objects.filter(name="Алгебра").update(name=text)
    (sheet,) = load_workbook(io.BytesIO(summary_xlsx(read(world)[0]))).worksheets
    assert (sheet["C6"].value, sheet["C6"].data_type, sheet["C6"].quotePrefix) == (text, "s", True)


@pytest.mark.parametrize("rest", ["3.pdf", "2026-11.pdf", "month.xlsx"])
def test_a_period_that_the_class_does_not_have_is_not_found(world: World, enter: Enter, rest: str) -> None:
    assert enter("Anna").get(address(world, rest)).status_code == 404


@pytest.mark.parametrize("who", ["Oleg", "Egor", "Maria", "Vera", "Yana", "Nina"])
@pytest.mark.parametrize("rest", ["", "2.pdf", "2.xlsx"])
def test_somebody_elses_class_does_not_exist(world: World, enter: Enter, who: str, rest: str) -> None:
    client: Any = enter(who)
    strange = f"/class/{uuid7()}/summary/{rest}"
    assert [client.get(where).status_code for where in (address(world, rest), strange)] == [404, 404]


def test_the_class_page_leads_to_the_menu_of_periods(world: World, enter: Enter) -> None:
    anna, yana = enter("Anna"), enter("Yana")
    families = f"/class/{world.north.classes['7Б'].pk}/families/"
    assert Page(anna.get(families)).having(href=address(world))
    assert not Page(yana.get(families)).having(href=address(world))
    page = Page(anna.get(address(world)))
    for file in ("2.pdf", "2.xlsx", "year.pdf", "year.xlsx"):
        assert page.having(href=address(world, file))
        assert anna.get(address(world, file)).status_code == 200
