"""What is a timetable of FET, and what is only taken for one."""

import pytest

from tests.interop.fet.sample import data, fixed, solution
from zvonok.interop.fet import NotFet, read
from zvonok.interop.fet.choosing import choose, source_at
from zvonok.interop.report import Report


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xml", "<HighSchoolTimetableArchive/>", "xhstt_archive"),
        ("a.xml", '<timetable ascttversion="2024"/>', "asc_timetable"),
        ("a.xml", '<calendar year="2026"/>', "calendar_file"),
        ("a.xml", "<InterchangeStudent/>", "ed_fi_file"),
        ("a_teachers.xml", "<Teachers_Timetable/>", "fet_view"),
        ("a_activities.xml", "<Activities_Timetable/>", "solution_alone"),
        ("a.fet", "<HighSchoolTimetableArchive/>", "xhstt_archive"),
        ("a.fet", "<html/>", "not_fet"),
        ("orgs.csv", "sourcedId,status", "roster_set"),
        ("a.txt", "", "not_fet"),
    ],
)
def test_another_format_is_refused_by_its_name(tmp_path, name, content, code):
    (tmp_path / name).write_text(content)
    with pytest.raises(NotFet) as refusal:
        read(tmp_path, Report())
    assert refusal.value.code == code


def test_two_timetables_at_once_are_refused(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.fet").write_text(data())
        (tmp_path / f"{name}_activities.xml").write_text(solution())
    with pytest.raises(NotFet) as refusal:
        choose(source_at(tmp_path))
    assert refusal.value.code == "several_timetables"


def test_the_pair_is_taken_before_the_file_that_holds_all(tmp_path):
    (tmp_path / "a.fet").write_text(data())
    (tmp_path / "a_activities.xml").write_text(solution())
    (tmp_path / "a_data_and_timetable.fet").write_text(data(constraints=fixed()))
    choice = choose(source_at(tmp_path))
    assert (choice.data, choice.solution) == ("a.fet", "a_activities.xml")


def test_a_solution_in_the_folder_that_fet_makes_for_it_is_found(tmp_path):
    (tmp_path / "a.fet").write_text(data())
    (tmp_path / "timetables").mkdir()
    (tmp_path / "timetables" / "a_activities.xml").write_text(solution())
    choice = choose(source_at(tmp_path))
    assert (choice.data, choice.solution) == ("a.fet", "timetables/a_activities.xml")


def test_an_unsolved_file_beside_the_one_that_holds_all_gives_way(tmp_path):
    (tmp_path / "a.fet").write_text(data())
    (tmp_path / "a_data_and_timetable.fet").write_text(data(constraints=fixed()))
    choice = choose(source_at(tmp_path))
    assert (choice.data, choice.solution) == ("a_data_and_timetable.fet", None)
