"""A solved timetable, in each of the shapes that FET writes."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.interop.fet.sample import ACTIVITIES, HOURS, SOLUTION, activity, data, fixed, solution, written
from zvonok.interop.fet import NotFet, Timetable, read
from zvonok.interop.fet.reading import NoActivities, OtherMode
from zvonok.interop.report import Fault, Report
from zvonok.interop.source import SourceRefused


def told(timetable: Timetable) -> set[tuple[int, int, int, int, str]]:
    return {
        (p.placed.activity.id, p.placed.day.week, p.placed.day.weekday, p.hour.number, p.placed.room)
        for p in timetable.periods()
    }


LESSONS = {(1, 0, 1, 1, "11"), (2, 0, 1, 1, "12"), (3, 0, 1, 1, ""), (4, 0, 2, 2, ""), (4, 0, 2, 3, "")}


@pytest.fixture
def report() -> Report:
    return Report()


def faults_of(tmp_path: Path, fet: str, solved: str) -> list[Fault]:
    report = Report()
    read(written(tmp_path / "set", fet, solved), report)
    return report.faults


def test_a_folder_with_the_pair_gives_every_class_period(tmp_path, report):
    timetable = read(written(tmp_path / "set", data(), solution()), report)
    assert told(timetable) == LESSONS
    assert (report.faults, report.warnings) == ([], [])


def test_a_zip_with_the_pair_reads_like_the_folder(tmp_path, report):
    folder = written(tmp_path / "set", data(), solution())
    with zipfile.ZipFile(tmp_path / "set.zip", "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)
    assert told(read(tmp_path / "set.zip", report)) == LESSONS


@pytest.mark.parametrize("half", ["school.fet", "school_activities.xml"])
def test_one_half_of_the_pair_finds_the_other_beside_it(tmp_path, report, half):
    folder = written(tmp_path / "set", data(), solution())
    assert told(read(folder / half, report)) == LESSONS


@pytest.mark.parametrize("tag", ["Preferred_Day", "Preferred_Starting_Day", "Day"])
def test_a_file_with_its_own_timetable_needs_no_solution(tmp_path, report, tag):
    folder = written(tmp_path / "set", data(constraints=fixed(day=tag)))
    assert told(read(folder / "school.fet", report)) == LESSONS
    assert report.faults == []


def test_times_that_are_only_wished_for_do_not_solve_a_timetable(tmp_path, report):
    wishes = fixed().replace(">100<", ">95<")
    with pytest.raises(NotFet) as refusal:
        read(written(tmp_path / "set", data(constraints=wishes)), report)
    assert (refusal.value.code, refusal.value.details["placed"], refusal.value.details["count"]) == (
        "not_solved",
        0,
        4,
    )


def test_an_unsolved_file_is_refused_with_what_is_missing(tmp_path, report):
    some = {number: SOLUTION[number] for number in (1, 2)}
    with pytest.raises(NotFet) as refusal:
        read(written(tmp_path / "set", data(constraints=fixed(some))), report)
    assert (refusal.value.code, refusal.value.details["placed"]) == ("not_solved", 2)


def test_bom_carriage_returns_and_an_old_doctype_do_no_harm(tmp_path, report):
    folder = written(tmp_path / "set", "", solution())
    old = data().replace("<fet ", "<!DOCTYPE FET><FET ").replace("</fet>", "</FET>").replace("\n", "\r")
    (folder / "school.fet").write_bytes(b"\xef\xbb\xbf" + old.encode())
    assert told(read(folder, report)) == LESSONS


def test_the_encoding_that_the_file_declares_is_believed(tmp_path, report):
    folder = written(tmp_path / "set", "", solution())
    (folder / "school.fet").write_bytes(data().replace("UTF-8", "windows-1251").encode("cp1251"))
    timetable = read(folder, report)
    assert (timetable.institution, report.warnings) == ("Школа", [])


def test_cp1251_under_a_false_declaration_is_read_with_a_warning(tmp_path, report):
    folder = written(tmp_path / "set", "", solution())
    (folder / "school.fet").write_bytes(data().encode("cp1251"))
    assert read(folder, report).institution == "Школа"
    assert [warning.file for warning in report.warnings] == ["school.fet"]


def test_bare_names_of_the_oldest_files_are_days_and_hours_too(tmp_path, report):
    old = (
        data().replace("<Day>\n", "").replace("</Day>\n", "").replace("<Hour>\n", "").replace("</Hour>\n", "")
    )
    timetable = read(written(tmp_path / "set", old, solution()), report)
    assert told(timetable) == LESSONS


def test_activities_switched_off_are_left_out_and_counted(tmp_path, report):
    off = activity(9, "Алгебра", ["7А"], ["Ладин"], active="false")
    timetable = read(written(tmp_path / "set", data(activities=(*ACTIVITIES, off)), solution()), report)
    assert (timetable.inactive, told(timetable)) == (1, LESSONS)
    assert [warning.column for warning in report.warnings] == ["Active"]


def test_an_activity_may_lack_teachers_or_students(tmp_path, report):
    alone = (activity(1, "Алгебра", [], ["Ладин"]), activity(2, "Алгебра", ["7А"], []))
    places = {number: SOLUTION[number] for number in (1, 2)}
    timetable = read(written(tmp_path / "set", data(activities=alone), solution(places)), report)
    assert [(one.teachers, one.students) for one in timetable.activities] == [(("Ладин",), ()), ((), ("7А",))]
    assert report.faults == []


def test_of_a_virtual_room_the_real_rooms_are_taken(tmp_path, report):
    solved = solution().replace(
        "<Room>11</Room>", "<Room>v</Room><Real_Room>11</Real_Room><Real_Room>12</Real_Room>"
    )
    solved = solved.replace("<Room>12</Room>", "<Room></Room>")
    timetable = read(written(tmp_path / "set", data(), solved), report)
    assert timetable.placed[0].rooms == ("11", "12")


@pytest.mark.parametrize(
    ("wrong", "column", "value"),
    [
        (activity(4, "Астрономия", ["7А"], ["Ладин"]), "Subject", "Астрономия"),
        (activity(4, "Алгебра", ["8А"], ["Ладин"]), "Students", "8А"),
        (activity(4, "Алгебра", ["7А"], ["Никто"]), "Teacher", "Никто"),
        (activity(4, "", ["7А"], ["Ладин"]), "Subject", ""),
        (activity(4, "Алгебра", ["7А"], ["Ладин"], duration=0), "Duration", "0"),
        (activity(4, "Алгебра", ["7А"], ["Ладин"], duration=4), "Duration", "4"),
        (activity(3, "Алгебра", ["7А"], ["Ладин"]), "Id", "3"),
    ],
)
def test_a_wrong_cell_of_an_activity_is_named_with_its_line(tmp_path, wrong, column, value):
    fet = data(activities=(*ACTIVITIES[:3], wrong))
    line = fet[: fet.rindex("<Activity>")].count("\n") + 1
    places = {number: place for number, place in SOLUTION.items() if f"<Id>{number}</Id>" in fet}
    (fault,) = faults_of(tmp_path, fet, solution(places))
    assert (fault.file, fault.line, fault.column, fault.value) == ("school.fet", line, column, value)


@pytest.mark.parametrize(
    ("place", "column", "value"),
    [
        (("Суббота", HOURS[0], ""), "Day", "Суббота"),
        (("Вторник", "23:00", ""), "Hour", "23:00"),
        (("Вторник", HOURS[0], "99"), "Room", "99"),
        (("", "", ""), "Day", ""),
        (("Вторник", HOURS[2], ""), "Hour", HOURS[2]),
    ],
)
def test_a_wrong_cell_of_the_solution_is_named_with_its_line(tmp_path, place, column, value):
    fault = faults_of(tmp_path, data(), solution(SOLUTION | {4: place}))[0]
    assert (fault.file, fault.line, fault.column, fault.value) == ("school_activities.xml", 9, column, value)


def test_an_activity_without_a_time_in_the_solution_is_refused(tmp_path):
    places = {number: SOLUTION[number] for number in (1, 2, 3)}
    (fault,) = faults_of(tmp_path, data(), solution(places))
    assert (fault.file, fault.column, fault.value) == ("school.fet", "Id", "4")


def test_a_solution_of_another_timetable_is_refused(tmp_path):
    (fault,) = faults_of(tmp_path, data(), solution(SOLUTION | {77: SOLUTION[4]}))
    assert (fault.file, fault.column, fault.value) == ("school_activities.xml", "Id", "77")


def test_an_activity_with_two_times_is_refused(tmp_path):
    twice = solution().replace("<Id>4</Id>", "<Id>3</Id>")
    assert [(fault.column, fault.value) for fault in faults_of(tmp_path, data(), twice)] == [
        ("Id", "3"),
        ("Id", "4"),
    ]


def test_a_class_taught_with_its_own_subgroup_is_a_clash(tmp_path):
    whole = (*ACTIVITIES[:2], activity(3, "Алгебра", ["7Б"], ["Ладин"]), ACTIVITIES[3])
    faults = faults_of(tmp_path, data(activities=whole), solution())
    assert [(fault.column, fault.value) for fault in faults] == [("Students", "7Б/1"), ("Students", "7Б/2")]


def test_a_teacher_and_a_room_in_two_places_are_clashes(tmp_path):
    both = (ACTIVITIES[0], activity(2, "Английский язык", ["7Б/2"], ["Котова"]), *ACTIVITIES[2:])
    faults = faults_of(tmp_path, data(activities=both), solution(SOLUTION | {2: SOLUTION[1]}))
    assert [(fault.column, fault.value) for fault in faults] == [("Teacher", "Котова"), ("Room", "11")]


@pytest.mark.parametrize(
    ("hours", "days", "columns"),
    [
        (("08:30", "09:30", "10:30"), ("Пн", "Вт", "Ср"), ["Hour"]),
        (("1", "2", "3"), ("Пн", "Вт", "Ср"), ["Hour"]),
        (HOURS, ("Первый", "Второй", "Третий"), ["Day"]),
    ],
)
def test_what_had_to_be_assumed_is_told(tmp_path, report, hours, days, columns):
    places = {
        number: (days[["Понедельник", "Вторник"].index(day)], hours[HOURS.index(hour)], room)
        for number, (day, hour, room) in SOLUTION.items()
    }
    assert told(read(written(tmp_path / "set", data(days, hours), solution(places)), report)) == LESSONS
    assert [warning.column for warning in report.warnings] == columns


@pytest.mark.parametrize(
    ("days", "hours", "column", "value"),
    [
        (["Пн", "Пн"], HOURS, "Day", "Пн"),
        ([], HOURS, "Day", "0"),
        ([f"D{number}" for number in range(8)], HOURS, "Day", "8"),
        (["Пн"], [], "Hour", ""),
        (["Пн"], ["08:00", "later"], "Hour", "later"),
        (["Пн"], ["08:00-09:00", "08:30-09:30"], "Hour", "08:30-09:30"),
    ],
)
def test_days_and_hours_that_cannot_be_told_are_refused(tmp_path, days, hours, column, value):
    faults = faults_of(tmp_path, data(days, hours), solution())
    assert (faults[0].file, faults[0].column, faults[0].value) == ("school.fet", column, value)


def test_an_activity_fixed_at_two_times_is_refused(tmp_path, report):
    again = fixed({4: ("Среда", HOURS[0], "")}).split("<Space")[0].removeprefix("<Time_Constraints_List>\n")
    both = fixed().replace("</Time_Constraints_List>\n", again)
    read(written(tmp_path / "set", data(constraints=both)), report)
    assert [(fault.column, fault.value) for fault in report.faults] == [("Preferred_Hour", HOURS[0])]


def test_of_two_fixed_rooms_the_first_is_taken_with_a_warning(tmp_path, report):
    again = fixed({1: ("", "", "12")}).split("<Space_Constraints_List>\n")[1]
    both = fixed().replace("</Space_Constraints_List>\n", again)
    timetable = read(written(tmp_path / "set", data(constraints=both)), report)
    assert (told(timetable), [warning.column for warning in report.warnings]) == (LESSONS, ["Room"])


def test_a_weight_that_is_no_number_fixes_nothing(tmp_path, report):
    with pytest.raises(NotFet):
        read(written(tmp_path / "set", data(constraints=fixed().replace(">100<", ">heavy<"))), report)


def test_a_students_set_without_a_name_is_refused(tmp_path):
    fet = data().replace(
        "<Subgroup><Name>7Б/1</Name></Subgroup>", "<Subgroup><Name>7Б/1</Name></Subgroup><Subgroup/>"
    )
    assert [fault.column for fault in faults_of(tmp_path, fet, solution())] == ["Name"]


@given(st.data())
def test_a_spoilt_file_gives_a_timetable_faults_or_a_refusal(tmp_path_factory, draws):
    folder = written(tmp_path_factory.mktemp("spoilt"), data(), solution())
    file = folder / draws.draw(st.sampled_from(["school.fet", "school_activities.xml"]))
    text = file.read_text()
    begin = draws.draw(st.integers(0, len(text)))
    length = draws.draw(st.integers(0, 60))
    file.write_text(text[:begin] + draws.draw(st.text("<>/&1Ёa ", max_size=8)) + text[begin + length :])
    result: object
    try:
        result = read(folder, Report())
    except SourceRefused as refusal:
        result = refusal
    assert isinstance(result, Timetable | SourceRefused)


def test_a_timetable_of_another_mode_is_refused_by_name(tmp_path, report):
    other = data().replace("<Institution_Name>", "<Mode>Mornings-Afternoons</Mode><Institution_Name>")
    with pytest.raises(OtherMode):
        read(written(tmp_path / "set", other, solution()), report)


def test_a_timetable_without_activities_is_refused(tmp_path, report):
    with pytest.raises(NoActivities):
        read(written(tmp_path / "set", data(activities=()), solution({})), report)
