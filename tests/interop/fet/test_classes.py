"""Which of FET's students sets are the classes of a school."""

from tests.interop.fet.sample import activity, data, solution, written
from zvonok.interop.fet import read
from zvonok.interop.fet.classes import classes_by_set
from zvonok.interop.report import Report

HOURS = ("08:30-09:15", "09:30-10:15", "10:30-11:15")


def classes(folder, students, *taught):
    activities = [activity(number, "Химия", [name], []) for number, name in enumerate(taught, start=1)]
    days = ("Понедельник", "Вторник", "Среда", "Четверг")
    places = {n + 1: (days[n // 3], HOURS[n % 3], "") for n in range(len(taught))}
    report = Report()
    timetable = read(
        written(folder / "set", data((*days,), HOURS, activities, students), solution(places)), report
    )
    assert report.faults == []
    return classes_by_set(timetable)


def year(name, *groups):
    inner = "".join(
        f"<Group><Name>{group}</Name>{''.join(f'<Subgroup><Name>{part}</Name></Subgroup>' for part in parts)}</Group>"
        for group, parts in groups
    )
    return f"<Year><Name>{name}</Name>{inner}</Year>"


def test_the_groups_of_a_grade_are_its_classes(tmp_path):
    students = year("7", ("7А", ()), ("7Б", ("7Б/1", "7Б/2")))
    assert classes(tmp_path, students, "7А", "7Б", "7Б/1", "7") == {
        "7А": "7А",
        "7Б": "7Б",
        "7Б/1": "7Б",
        "7Б/2": "7Б",
    }


def test_a_year_that_is_taught_as_one_is_the_class_and_its_groups_are_parts(tmp_path):
    students = year("ЛД101", ("П1", ("П1Б1", "П1Б2")), ("П2", ("П2Б2",)), ("Б2", ("П1Б2", "П2Б2")))
    found = classes(tmp_path, students, "ЛД101", "ЛД101", "П1", "П2", "Б2")
    assert set(found.values()) == {"ЛД101"}
    assert found.keys() == {"ЛД101", "П1", "П2", "Б2", "П1Б1", "П1Б2", "П2Б2"}


def test_a_group_drawn_from_two_classes_is_none(tmp_path):
    students = year("7", ("7А", ("7Аа", "7Ан")), ("7Б", ("7Ба", "7Бн")), ("англ", ("7Аа", "7Ба")))
    found = classes(tmp_path, students, "7А", "7А", "7Б", "7Б", "англ")
    assert found == {"7А": "7А", "7Б": "7Б", "7Аа": "7А", "7Ан": "7А", "7Ба": "7Б", "7Бн": "7Б"}


def test_a_year_without_groups_is_a_class(tmp_path):
    assert classes(tmp_path, year("7А") + year("7Б"), "7А") == {"7А": "7А", "7Б": "7Б"}


def test_sets_that_hold_each_other_in_a_ring_come_to_an_end(tmp_path):
    students = year("A", ("B", ("A",))) + year("7А")
    assert classes(tmp_path, students, "B", "7А")["7А"] == "7А"
