"""All marks by subject with their averages, a single mark, and final marks."""

from datetime import timedelta
from uuid import uuid4

from tests.screens.diary.conftest import HOUR, Enter
from tests.screens.diary.desk import Desk, page
from tests.world import MONDAY, NOON, World
from zvonok.domain.attestation.commands.put import PeriodEdit, put_period_marks
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7


def marks_of(world: World, reader: str = "Maria") -> str:
    return f"/diary/{world.link(reader, 'Vera')}/marks/"


def test_averages_say_what_they_are_made_of(enter: Enter, desk: Desk) -> None:
    desk.mark("5")
    desk.mark("4", work="TEST")
    text = page(enter("Maria").get(marks_of(desk.world)))
    assert "(5×1 + 4×3) ÷ 4 = 4.25" in text
    assert "(5 + 4) ÷ 2 = 4.50" in text
    assert 'data-subject="Алгебра"' in text


def test_averages_have_a_comma_in_russian(enter: Enter, desk: Desk) -> None:
    desk.mark("5")
    maria = enter("Maria")
    maria.cookies["language"] = "ru"
    assert "5,00" in page(maria.get(marks_of(desk.world)))


def test_without_marks_the_page_says_when_they_will_come(enter: Enter, world: World) -> None:
    assert "No marks yet" in page(enter("Maria").get(marks_of(world)))


def test_a_mark_of_another_period_stands_in_the_whole_year_only(enter: Enter, desk: Desk) -> None:
    desk.mark("3", on=desk.lesson(MONDAY - timedelta(days=14)))
    maria, address = enter("Maria"), marks_of(desk.world)
    assert "data-mark" not in page(maria.get(address))
    assert "data-mark" not in page(maria.get(f"{address}?period=2"))
    assert 'data-mark="3"' in page(maria.get(f"{address}?period=year"))


def test_an_unknown_period_does_not_exist(enter: Enter, world: World) -> None:
    maria = enter("Maria")
    assert maria.get(f"{marks_of(world)}?period=9").status_code == 404
    assert maria.get(f"{marks_of(world)}?period=%00").status_code == 404


def test_a_year_of_marks_costs_no_more_queries_than_one(enter: Enter, desk: Desk) -> None:
    maria, address = enter("Maria"), f"{marks_of(desk.world)}?period=year"
    desk.mark("5")
    with counted_queries() as one:
        page(maria.get(address))
    for weeks in range(1, 9):
        desk.mark("4", on=desk.lesson(MONDAY - timedelta(days=7 * weeks)))
    with counted_queries() as many:
        assert page(maria.get(address)).count("data-mark=") == 9
    assert len(one) == len(many) <= 8


def test_a_mark_tells_its_author_its_time_and_what_it_was(enter: Enter, desk: Desk) -> None:
    first = desk.mark("2", work="TEST")
    now = desk.mark("4", work="TEST", comment="Пересдала", seen=first, at=NOON + HOUR)
    maria = enter("Maria")
    text = page(maria.get(f"{marks_of(desk.world)}{now}/"))
    assert "Петрова Anna" in text
    assert "Пересдала" in text
    assert "What stood here before" in text
    assert 'data-mark="2"' in text
    assert maria.get(f"{marks_of(desk.world)}{first}/").status_code == 404


def test_a_mark_of_another_child_does_not_exist(enter: Enter, desk: Desk) -> None:
    mark = desk.mark("5")
    link = desk.world.link("Olga", "Pyotr")
    assert enter("Olga").get(f"/diary/{link}/marks/{mark}/").status_code == 404
    assert enter("Maria").get(f"{marks_of(desk.world)}{uuid4()}/").status_code == 404


def test_final_marks_stand_as_far_as_they_are_set(enter: Enter, desk: Desk) -> None:
    world = desk.world
    maria, address = enter("Maria"), f"/diary/{world.link('Maria', 'Vera')}/final-marks/"
    assert "The next one ends on 30 December." in page(maria.get(address))
    with desk.scope:
        put_period_marks(
            actor=world.actor("Anna"),
            group=world.north.groups["Алгебра 7Б"],
            column="2",
            edits=[PeriodEdit(uuid7(), world.people["Vera"].pk, "5", "Won the olympiad")],
            at=NOON,
        )
    text = page(maria.get(address))
    assert "II четверть" in text
    assert 'data-mark="5"' in text
    assert "Won the olympiad" in text


def test_final_marks_cost_five_queries(enter: Enter, world: World) -> None:
    maria, address = enter("Maria"), f"/diary/{world.link('Maria', 'Vera')}/final-marks/"
    with counted_queries() as asked:
        page(maria.get(address))
    assert len(asked) == 5
