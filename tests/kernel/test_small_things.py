"""Ids, days, text and refusals."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from zvonok.kernel.days import days_between, monday_of, since, through, week_of
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.kernel.text import plain_text, sort_key, tidy


def test_ids_are_of_version_seven_and_sort_by_time() -> None:
    ids = [uuid7() for _ in range(200)]
    assert {one.version for one in ids} == {7}
    assert len(set(ids)) == 200
    assert ids[0].int >> 80 <= ids[-1].int >> 80


def test_yo_sorts_as_ye() -> None:
    assert sorted(["Жуков", "Ёлкин", "Ежов", "Дятлов"], key=sort_key) == ["Дятлов", "Ежов", "Ёлкин", "Жуков"]


@pytest.mark.parametrize("name", ["О’Нил", "Нгуен Ван Ань", "Салтыков-Щедрин", "Müller", "أحمد"])
def test_any_alphabet_is_a_name(name: str) -> None:
    plain_text(name)
    assert tidy(name) == name


@pytest.mark.parametrize("text", ["a\u202eb", "a\x00b", "a\u200bb", "\ue000"])
def test_hidden_characters_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        plain_text(text)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_week_begins_on_monday_and_holds_its_day(day: date) -> None:
    week = week_of(monday_of(day))
    assert week[0].weekday() == 0
    assert day in week
    assert len(week) == 7


def test_a_range_through_a_day_holds_that_day() -> None:
    assert through(date(2026, 9, 1), date(2026, 9, 1)).upper == date(2026, 9, 2)
    assert since(date(2026, 9, 1)).upper is None
    assert days_between(date(2026, 9, 1), date(2026, 8, 1)) == []


class NotTheTeacher(Refused):
    message = "Only %(who)s."


def test_a_refusal_has_a_sentence_and_a_code() -> None:
    refusal = NotTheTeacher(who="Anna")
    assert str(refusal) == "Only Anna."
    assert refusal.code == "not_the_teacher"
