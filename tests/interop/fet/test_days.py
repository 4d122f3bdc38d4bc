"""Names of days become weekdays and weeks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zvonok.interop.fet.days import cycle_of

WEEK = [(0, day) for day in range(1, 6)]


@pytest.mark.parametrize(
    "names",
    [
        "Понедельник Вторник Среда Четверг Пятница",
        "пн вт ср чт пт",
        "Пн. Вт. Ср. Чт. Пт.",
        "Понеделник Вторник Сряда Четвъртък Петък",
        "понеділок вівторок середа четвер п'ятниця",
        "Monday Tuesday Wednesday Thursday Friday",
        "Mon Tue Wed Thu Fri",
        "M T W T F",
        "h k sz cs p",
        "Luni Marţi Miercuri Joi Vineri",
        "Lunes Martes Miércoles Jueves Viernes",
        "L M X J V",
        "Lundi Mardi Mercredi Jeudi Vendredi",
        "Montag Dienstag Mittwoch Donnerstag Freitag",
        "po út st čt pá",
        "pn wt śr cz pt",
        "Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή",
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira",
    ],
)
def test_a_working_week_is_known_in_many_languages(names):
    cycle = cycle_of(names.split())
    assert cycle is not None
    assert (list(cycle.places), cycle.named) == (WEEK, True)


def test_a_week_may_begin_on_sunday_and_skip_days():
    cycle = cycle_of(["Sunday", "Monday", "Wednesday"])
    assert cycle is not None
    assert cycle.places == ((0, 7), (0, 1), (0, 3))


@pytest.mark.parametrize(
    ("names", "places"),
    [
        (["А-Пн", "А-Вт", "В-Пн", "В-Вт"], [(0, 1), (0, 2), (1, 1), (1, 2)]),
        (["Mon A", "Mon B", "Tue A", "Tue B"], [(0, 1), (1, 1), (0, 2), (1, 2)]),
        (["Пн чёт", "Вт чёт", "Пн нечёт", "Вт нечёт", "Чт нечёт"], [(0, 1), (0, 2), (1, 1), (1, 2), (1, 4)]),
        (["Понедельник", "Вторник", "Понедельник", "Вторник"], [(0, 1), (0, 2), (1, 1), (1, 2)]),
        (["Неделя 1 Пн", "Неделя 2 Пн"], [(0, 1), (1, 1)]),
    ],
)
def test_two_weeks_are_told_apart_by_what_stands_beside_the_weekday(names, places):
    cycle = cycle_of(names)
    assert cycle is not None
    assert list(cycle.places) == places


def test_days_without_weekdays_count_from_monday():
    cycle = cycle_of([f"День {number}" for number in range(1, 7)])
    assert cycle is not None
    assert (cycle.named, cycle.places[0], cycle.places[-1]) == (False, (0, 1), (0, 6))


def test_twelve_days_without_weekdays_are_two_weeks_of_six():
    cycle = cycle_of([f"D{number}" for number in range(12)])
    assert cycle is not None
    assert (cycle.places[5], cycle.places[6], cycle.places[11]) == ((0, 6), (1, 1), (1, 6))


@pytest.mark.parametrize("names", [[], ["?"] * 8, ["Пн", "Пн", "Пн"], ["x"] * 15])
def test_a_cycle_that_is_neither_one_week_nor_two_is_unknown(names):
    assert cycle_of(names) is None


@given(st.lists(st.text(max_size=12), max_size=16))
def test_no_two_days_ever_share_a_place(names):
    cycle = cycle_of(names)
    assert cycle is None or (
        len(set(cycle.places)) == len(names)
        and set(cycle.places) <= {(w, d) for w in (0, 1) for d in range(1, 8)}
    )
