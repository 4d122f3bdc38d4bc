"""Sets as they really come: what is read all the same, and what is refused at which cell."""

import zipfile
from datetime import date

import pytest

from zvonok.interop.oneroster import read
from zvonok.interop.oneroster.strangers import (
    CleverSet,
    EdFiSet,
    NotOneRoster,
    SchoolDataSync1,
    SchoolDataSync2,
)
from zvonok.interop.report import Report
from zvonok.interop.source import open_source


def columns(outcome):
    return [(warning.file, warning.column) for warning in outcome.report.warnings]


@pytest.mark.parametrize(
    "recode",
    [
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\n", b"\r"),
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.rstrip(b"\n"),
        lambda raw: raw.decode().encode("utf-16"),
        lambda raw: raw.decode().encode("cp1251"),
    ],
    ids=["bom", "bare-cr", "crlf", "no-newline", "utf-16", "cp1251"],
)
def test_every_way_to_write_a_text_file_gives_the_same_rows(roster, recode):
    expected = roster.read().bundle.users
    roster.write("users.csv", recode(roster.text("users.csv").encode()))
    outcome = roster.read()
    assert outcome.bundle.users == expected
    assert not outcome.report.refused


def test_columns_are_found_in_any_order(roster):
    roster.write("demographics.csv", "birthDate,sourcedId,sex,status\n2013-04-17,vera,female,\n")
    outcome = roster.read()
    assert outcome.bundle.demographics[0].birth_date == date(2013, 4, 17)
    assert not outcome.report.refused
    assert "order" in " ".join(warning.reason for warning in outcome.report.warnings)


def test_a_column_in_other_case_is_read_with_a_warning(roster):
    roster.spoil("orgs.csv", "sourcedId,", "SourcedID ,")
    outcome = roster.read()
    assert [org.id for org in outcome.bundle.orgs] == ["school"]
    assert columns(outcome) == [("orgs.csv", "SourcedID ")]


def test_a_misspelt_required_column_is_named(roster):
    roster.spoil("users.csv", "givenName,", "givenNmae,")
    outcome = roster.read()
    assert outcome.places() == [("users.csv", 1, "givenName")]
    assert "givenNmae" in outcome.fault.reason


def test_a_vendor_column_is_not_read_and_said_so(roster):
    roster.write("orgs.csv", "sourcedId,name,type,locker,metadata.street\nschool,Школа,school,7,Лесная\n")
    outcome = roster.read()
    assert not outcome.report.refused
    assert ("orgs.csv", "locker") in columns(outcome)
    assert "metadata.street" not in dict(columns(outcome)).values()


def test_a_column_twice_is_refused(roster):
    roster.write("demographics.csv", "sourcedId,sex,sex\nvera,female,female\n")
    assert roster.read().places() == [("demographics.csv", 1, "sex")]


def test_a_row_of_another_width_is_refused_at_its_line(roster):
    roster.spoil("roles.csv", "r2,,,mother,primary", "r2,,,mother")
    outcome = roster.read()
    assert outcome.places() == [("roles.csv", 3, "")]


def test_a_header_that_is_too_short_is_refused_once(roster):
    roster.spoil("users.csv", ",pronouns", "")
    roster.spoil("users.csv", "school,\n", "school,she\n")
    outcome = roster.read()
    assert outcome.places() == [("users.csv", 1, "")]


def test_empty_cells_behind_the_last_column_do_no_harm(roster):
    roster.spoil("roles.csv", "r3,,,oleg,primary,teacher,,,school,", "r3,,,oleg,primary,teacher,,,school,,,")
    outcome = roster.read()
    assert len(outcome.bundle.roles) == 3
    assert not outcome.report.refused


def test_semicolons_are_read_with_a_warning(roster):
    roster.write("orgs.csv", roster.text("orgs.csv").replace(",", ";"))
    outcome = roster.read()
    assert [org.name for org in outcome.bundle.orgs] == ["Школа № 9001"]
    assert columns(outcome) == [("orgs.csv", "")]


def test_a_file_the_manifest_promises_must_be_there(roster):
    roster.drop("courses.csv")
    assert roster.read().places() == [("manifest.csv", 6, "file.courses")]


def test_a_file_the_manifest_forgot_is_read_with_a_warning(roster):
    roster.spoil("manifest.csv", "file.users", "fiel.users")
    outcome = roster.read()
    assert len(outcome.bundle.users) == 3
    assert columns(outcome) == [("manifest.csv", "fiel.users"), ("users.csv", "")]


def test_an_unknown_version_is_refused(roster):
    roster.spoil("manifest.csv", "oneroster.version,1.2", "oneroster.version,2.0")
    assert roster.read().places() == [("manifest.csv", 3, "oneroster.version")]


def test_the_version_1_2_1_is_1_2(roster):
    roster.spoil("manifest.csv", "oneroster.version,1.2", "oneroster.version,1.2.1")
    assert not roster.read().report.refused


def test_a_reference_to_an_absent_row_is_refused(roster):
    roster.spoil("enrollments.csv", "oleg", "olga")
    fault = roster.read().fault
    assert (fault.file, fault.line, fault.column, fault.value) == (
        "enrollments.csv",
        3,
        "userSourcedId",
        "olga",
    )


def test_an_optional_reference_to_an_absent_row_is_a_warning(roster):
    roster.spoil("users.csv", ",mother,07", ",stranger,07")
    outcome = roster.read()
    assert not outcome.report.refused
    assert [warning.value for warning in outcome.report.warnings] == ["stranger"]


def test_a_refused_row_does_not_make_its_references_wrong(roster):
    roster.spoil("users.csv", "Вера", "")
    assert roster.read().places() == [("users.csv", 2, "givenName")]


def test_the_same_id_twice_is_refused(roster):
    roster.spoil("roles.csv", "r2,", "r1,")
    assert roster.read().places() == [("roles.csv", 3, "sourcedId")]


@pytest.mark.parametrize("written", ["2013-04-17T00:00:00.000Z", "2013-04-17T00:00:00+03:00", "2013-04-17"])
def test_midnight_of_a_day_is_that_day(roster, written):
    roster.spoil("demographics.csv", "2013-04-17", written)
    assert roster.read().bundle.demographics[0].birth_date == date(2013, 4, 17)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("7/1/2017", "two different days"),
        ("17.04.2013", "2013-04-17"),
        ("2013-04-16T21:00:00Z", "time zone"),
        ("2013-02-30", "no such day"),
        ("20130417", "year-month-day"),
        ("0013-04-17", "year"),
        ("вчера", "year-month-day"),
    ],
)
def test_a_day_that_is_none_is_refused_with_the_reason(roster, written, hint):
    roster.spoil("demographics.csv", "2013-04-17", written)
    fault = roster.read().fault
    assert (fault.file, fault.line, fault.column, fault.value) == (
        "demographics.csv",
        2,
        "birthDate",
        written,
    )
    assert hint in fault.reason


def test_an_unknown_word_is_refused_with_the_known_ones(roster):
    roster.spoil("roles.csv", "primary,teacher", "primary,professor")
    fault = roster.read().fault
    assert (fault.column, fault.value) == ("role", "professor")
    assert "teacher" in fault.reason


def test_extension_words_of_1_2_are_kept(roster):
    roster.spoil("roles.csv", "primary,teacher", "primary,ext:psychologist")
    assert roster.read().bundle.roles[2].role == "ext:psychologist"


def test_only_true_and_false_are_truth_values(roster):
    roster.spoil("users.csv", "TRUE", "да")
    assert roster.read().places() == [("users.csv", 4, "enabledUser")]


def test_a_session_that_ends_before_it_begins_is_refused(roster):
    roster.spoil("academicSessions.csv", "2027-05-27", "2026-05-27")
    assert roster.read().places() == [("academicSessions.csv", 2, "endDate")]


def test_an_organisation_cannot_be_above_itself(roster):
    roster.write("orgs.csv", "sourcedId,name,type,parentSourcedId\nschool,A,school,b\nb,B,district,school\n")
    assert [place[2] for place in roster.read().places()] == ["parentSourcedId", "parentSourcedId"]


def test_invisible_characters_are_taken_out(roster):
    roster.spoil("users.csv", "Громов", "Гро\u200bмов")
    outcome = roster.read()
    assert outcome.bundle.users[2].family_name == "Громов"
    assert columns(outcome) == [("users.csv", "familyName")]


@pytest.mark.parametrize("length", [256, 140_000])
def test_a_huge_cell_is_refused(roster, length):
    roster.spoil("users.csv", "Громов", "Г" * length)
    fault = roster.read().fault
    assert (fault.file, fault.line) == ("users.csv", 4)
    assert len(fault.value) <= 80


def test_a_quotation_mark_left_open_is_refused_where_it_opens(roster):
    roster.spoil("users.csv", "Громов", '"Громов')
    assert roster.read().places() == [("users.csv", 4, "")]


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_empty_file_is_refused(roster, content):
    roster.write("users.csv", content)
    assert roster.read().places() == [("users.csv", 1, "")]


def test_a_whole_list_of_users_cannot_be_empty(roster):
    roster.write("users.csv", roster.text("users.csv").split("\n")[0] + "\n")
    assert ("users.csv", 1, "") in roster.read().places()


def test_a_password_never_reaches_the_report(roster):
    roster.spoil("users.csv", "Secret-1", "Secret-1" * 40)
    roster.spoil("users.csv", "112-233-445 95", "112-233-445 95" * 30)
    outcome = roster.read()
    assert outcome.report.refused
    assert "Secret" not in str(outcome.report.as_dict())
    assert "445" not in str(outcome.report.as_dict())


def test_a_zip_with_a_folder_inside_is_read(roster, tmp_path):
    with zipfile.ZipFile(tmp_path / "set.zip", "w") as archive:
        for path in roster.folder.iterdir():
            archive.write(path, f"export/{path.name}")
    report = Report()
    bundle = read(open_source(tmp_path / "set.zip"), report)
    assert len(bundle.users) == 3
    assert [warning.file for warning in report.warnings] == ["set.zip"]


@pytest.mark.parametrize(
    ("files", "refusal"),
    [
        ({"School.csv": "SIS ID,Name\n1,A\n", "Section.csv": "SIS ID,School SIS ID\n1,1\n"}, SchoolDataSync1),
        (
            {"users.csv": "sourcedId,username\n1,a\n", "relationships.csv": "userSourcedId\n1\n"},
            SchoolDataSync2,
        ),
        (
            {"orgs.csv": "sourcedId,name,type\n", "enrollments.csv": "classSourcedId,userSourcedId,role\n"},
            SchoolDataSync2,
        ),
        ({"students.csv": "School_id,Student_id\n1,1\n"}, CleverSet),
        ({"Student.xml": '<InterchangeStudentParent xmlns="http://ed-fi.org/0300">'}, EdFiSet),
        ({"notes.txt": "hello"}, NotOneRoster),
        ({"marks.csv": "a,b\n1,2\n"}, NotOneRoster),
    ],
)
def test_a_set_of_another_format_is_called_by_its_name(empty, files, refusal):
    for file, content in files.items():
        empty.write(file, content)
    with pytest.raises(NotOneRoster) as refused:
        empty.read()
    assert type(refused.value) is refusal
