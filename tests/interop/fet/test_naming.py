"""Names that could not be kept are refused where they stand."""

import pytest

from tests.interop.fet.sample import data, solution, written
from zvonok.domain.people.models import Person
from zvonok.domain.schools.models import School, SchoolClass, Subject
from zvonok.domain.timetable.models import CalendarDay, Room
from zvonok.interop.fet import read
from zvonok.interop.naming import CLASS_LENGTH, DAY_TITLE_LENGTH, NAME_LENGTH, ROOM_LENGTH
from zvonok.interop.report import Report


def faults(folder, text):
    report = Report()
    read(written(folder / "set", text, solution()), report)
    return [(fault.file, fault.column) for fault in report.faults if fault.line]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("<Name>Химия</Name>", f"<Name>{'Х' * 256}</Name>", "Subject"),
        ("<Name>Новикова</Name>", f"<Name>{'Н' * 256}</Name>", "Teacher"),
        ("<Name>Новикова</Name>", "<Name>Нови\u202eкова</Name>", "Teacher"),
        ("</Rooms_List>", f"<Room><Name>{'1' * 81}</Name></Room></Rooms_List>", "Room"),
        ("</Students_List>", f"<Year><Name>{'7' * 81}</Name></Year></Students_List>", "Students"),
        ("<Institution_Name>Школа", f"<Institution_Name>{'Ш' * 256}", "Institution_Name"),
        ("<Institution_Name>Школа", "<Institution_Name>Шко\u200bла", "Institution_Name"),
    ],
)
def test_what_does_not_fit_or_cannot_be_seen_is_refused_with_its_line(tmp_path, old, new, column):
    assert faults(tmp_path, data().replace(old, new)) == [("school.fet", column)]


def test_names_as_long_as_the_columns_are_taken(tmp_path):
    longest = data().replace("<Name>Химия</Name>", f"<Name>{'Х' * 255}</Name>")
    assert (
        faults(
            tmp_path, longest.replace("</Rooms_List>", f"<Room><Name>{'1' * 80}</Name></Room></Rooms_List>")
        )
        == []
    )


def test_the_lengths_are_those_of_the_columns():
    assert Room._meta.get_field("name").max_length == ROOM_LENGTH
    assert SchoolClass._meta.get_field("title").max_length == CLASS_LENGTH
    assert CalendarDay._meta.get_field("title").max_length == DAY_TITLE_LENGTH
    wide = (
        Subject._meta.get_field("name"),
        Person._meta.get_field("last_name"),
        School._meta.get_field("name"),
    )
    assert {column.max_length for column in wide} == {NAME_LENGTH}
