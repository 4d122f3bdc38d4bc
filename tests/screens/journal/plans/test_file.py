"""A spreadsheet as a lesson plan: its words in two languages, its sections, and each fault with its cell."""

from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.gateways.spreadsheets.test_reading import book
from zvonok.domain.planning.models import Control
from zvonok.domain.planning.rules import Draft
from zvonok.gateways.spreadsheets.reading import read_table
from zvonok.kernel.text import tidy
from zvonok.screens.journal.plans.file import PlanFile, read_plan
from zvonok.screens.journal.plans.sheet import sheet_of, template


def read(*rows: Any, merged: tuple[str, ...] = ()) -> PlanFile:
    return read_plan(read_table(book(*rows, merged=merged)))


def places(found: PlanFile) -> list[tuple[int | None, str]]:
    return [(fault.row, fault.column) for fault in found.faults]


def test_a_plan_as_schools_have_it_is_read() -> None:
    found = read(
        ["Календарно-тематическое планирование, алгебра, 7 класс"],
        ["№ п/п", "Тема урока", "Кол-во часов", "Дата", "Д/З", "Вид контроля"],
        ["Раздел 1. Дроби"],
        [1, "Сложение дробей", 2, "01.09", "§ 5", None],
        [2, "Контрольная работа № 1", 1, None, "-", "Контрольная работа"],
        ["Раздел 2. Степени"],
        [3, "  Свойства\nстепени ", None, None, None, None],
        merged=("A1:F1", "A3:F3", "A6:F6"),
    )
    assert found.faults == []
    assert found.drafts == [
        Draft(section="Раздел 1. Дроби", title="Сложение дробей", hours=2, homework="§ 5"),
        Draft(section="Раздел 1. Дроби", title="Контрольная работа № 1", homework="-", control="TEST"),
        Draft(section="Раздел 2. Степени", title="Свойства степени"),
    ]
    assert found.rows == [4, 5, 7]


def test_a_section_stands_in_its_column_until_another_comes() -> None:
    found = read(
        ["Section", "Topic", "Hours"],
        ["Numbers", "Fractions", 1],
        [None, "Roots", 1],
        ["—", "Excursion", 1],
        ["Letters", None, None],
        [None, "Equations", 2],
    )
    assert [(one.section, one.title) for one in found.drafts] == [
        ("Numbers", "Fractions"),
        ("Numbers", "Roots"),
        ("", "Excursion"),
        ("Letters", "Equations"),
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Hours", 0),
        ("Hours", -1),
        ("Hours", 1.5),
        ("Hours", "two"),
        ("Hours", "²"),
        ("Hours", 10**9),
        ("Hours", "=1+1"),
        ("Minutes", 601),
        ("Control", "dance"),
        ("Homework", "№ 1\u202e"),
        ("Homework", "x" * 4001),
        ("Note", "x" * 1001),
    ],
)
def test_each_fault_names_its_cell_and_reason(column: str, value: object) -> None:
    found = read(
        ["Topic", column], ["Roots", 1 if column in ("Hours", "Minutes") else None], ["Powers", value]
    )
    assert places(found) == [(3, "B")]
    assert found.faults[0].reason
    assert len(found.faults[0].value) <= 80


def test_a_topic_too_long_or_missing_is_refused() -> None:
    found = read(["Topic", "Homework"], ["x" * 501, None], [None, "№ 5"])
    assert places(found) == [(2, "A"), (3, "A")]


def test_topics_merged_downwards_are_refused() -> None:
    found = read(["Topic", "Homework"], ["Roots", "№ 1"], [None, "№ 2"], merged=("A2:A3",))
    assert places(found) == [(2, "A"), (3, "A")]


@pytest.mark.parametrize(
    "rows", [(["Hours", "Homework"], [1, "№ 5"]), (["Topic", "Hours"],), (["just words"],)], ids=str
)
def test_a_table_without_topics_is_refused(rows: tuple[list[Any], ...]) -> None:
    found = read(*rows)
    assert (len(found.faults), found.drafts) == (1, [])


def test_an_unknown_column_is_told_and_passed_over() -> None:
    found = read(["No.", "Topic", "Mood"], [1, "Roots", "good"])
    assert [(one.row, one.column, one.value) for one in found.warnings] == [(1, "C", "Mood")]
    assert len(found.drafts) == 1


def test_two_thousand_topics_are_read_and_one_more_is_refused() -> None:
    head = ["Topic", "Hours"]
    assert len(read(head, *([f"T{n}", 1] for n in range(2000))).drafts) == 2000
    assert places(read(head, *([f"T{n}", 1] for n in range(2001)))) == [(2002, "")]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_template_is_read_without_a_fault(language: str) -> None:
    with translation.override(language):
        found = read_plan(read_table(template()))
    assert (found.faults, found.warnings) == ([], [])
    assert [(one.hours, one.control) for one in found.drafts] == [(2, ""), (1, "TEST")]


WORDS = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=30).map(tidy)
DRAFTS = st.builds(
    Draft,
    title=WORDS,
    section=st.sampled_from(["", "Числа", "=1+1"]),
    hours=st.integers(1, 200),
    homework=st.just("") | WORDS,
    homework_minutes=st.none() | st.integers(1, 600),
    control=st.sampled_from(["", *Control.values]),
    note=st.just("") | WORDS,
)


@settings(deadline=None)
@given(st.lists(DRAFTS, min_size=1, max_size=5), st.sampled_from(["ru", "en"]))
def test_what_is_taken_away_can_be_brought_in_again(drafts: list[Draft], language: str) -> None:
    with translation.override(language):
        found = read_plan(read_table(sheet_of(drafts, title="7Б")))
    assert found.faults == []
    assert found.drafts == drafts
