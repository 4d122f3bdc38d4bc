"""What a sound set says, version by version."""

from datetime import date

import pytest

from zvonok.interop.oneroster.columns import Version
from zvonok.interop.oneroster.rows import Mode


def test_a_sound_set_is_read_without_a_word(roster):
    outcome = roster.read()
    assert (outcome.report.faults, outcome.report.warnings) == ([], [])
    assert outcome.bundle.version is Version.V1_2
    assert outcome.bundle.system == "Example"
    assert [user.given_name for user in outcome.bundle.users] == ["Вера", "Анна", "Олег"]


def test_cells_become_values(roster):
    bundle = roster.read().bundle
    (group,) = bundle.classes
    assert (group.code, group.grades, group.subjects) == ("7Б", ("07",), ("Математика", "Алгебра"))
    assert bundle.users[2].enabled is True
    assert bundle.demographics[0].birth_date == date(2013, 4, 17)
    assert [enrolment.primary for enrolment in bundle.enrolments] == [False, True]


def test_each_row_knows_its_line(roster):
    roster.spoil("users.csv", "vera,,,true", "\nvera,,,true")
    assert [user.row.line for user in roster.read().bundle.users] == [3, 4, 5]


def test_a_line_break_within_a_cell_does_not_shift_the_lines_after_it(roster):
    roster.spoil("users.csv", ",Ильинична,", ',"Ильи\nнична",')
    users = roster.read().bundle.users
    assert [user.row.line for user in users] == [2, 4, 5]
    assert users[0].middle_name == "Ильи нична"


def test_in_1_2_the_written_end_is_the_first_day_outside(roster):
    bundle = roster.read().bundle
    assert bundle.sessions[0].end == date(2027, 5, 27)
    assert bundle.enrolments[0].end == date(2026, 12, 28)


def test_in_1_1_the_written_end_is_the_last_day_inside(older):
    bundle = older("1.1").read().bundle
    assert (bundle.sessions[0].end_written, bundle.sessions[0].end) == (date(2027, 5, 27), date(2027, 5, 28))
    assert bundle.enrolments[0].end == date(2026, 12, 29)


def test_in_1_1_terms_that_touch_show_that_ends_are_exclusive(older):
    roster = older("1.1")
    terms = "a,,,I,term,2026-09-01,2027-01-11,year,2027\nb,,,II,term,2027-01-11,2027-05-27,year,2027\n"
    roster.write("academicSessions.csv", roster.text("academicSessions.csv") + terms)
    assert [session.end for session in roster.read().bundle.sessions] == [
        date(2027, 5, 27),
        date(2027, 1, 11),
        date(2027, 5, 27),
    ]


def test_before_1_2_roles_come_from_the_users_rows(older):
    bundle = older("1.1").read().bundle
    assert [(role.user_id, role.role, role.org_id) for role in bundle.roles] == [
        ("vera", "student", "school"),
        ("mother", "parent", "school"),
        ("oleg", "student", "school"),
    ]


def test_a_teacher_known_by_enrolment_alone_is_accepted(older):
    outcome = older("1.1").read()
    assert not outcome.report.refused
    assert [row.role for row in outcome.bundle.enrolments if row.user_id == "oleg"] == ["teacher"]


def test_a_set_without_manifest_is_read_as_1_0(older):
    outcome = older("1.0").read()
    assert not outcome.report.refused
    assert outcome.bundle.version is Version.V1_0
    assert outcome.bundle.courses[0].year_id == "year"
    assert outcome.bundle.classes[0].term_ids == ("year",)
    assert len(outcome.bundle.guardians) == 1


@pytest.mark.parametrize("named_by", ["vera", "mother"])
def test_a_guardian_is_found_from_either_side(roster, named_by):
    other = {"vera": ",mother,07", "mother": ",vera,,Secret-1"}[
        {"vera": "mother", "mother": "vera"}[named_by]
    ]
    roster.spoil("users.csv", other, "," + other.split(",", 2)[0] + "," + other.split(",", 2)[2])
    (guardian,) = roster.read().bundle.guardians
    assert (guardian.guardian_id, guardian.student_id, guardian.role) == ("mother", "vera", "parent")


@pytest.mark.parametrize("role", ["relative", "aide", "teacher"])
def test_an_agent_who_is_no_parent_gets_no_access(roster, role):
    roster.spoil("roles.csv", "primary,parent", f"primary,{role}")
    outcome = roster.read()
    assert outcome.bundle.guardians == ()
    assert [warning.column for warning in outcome.report.warnings] == ["agentSourcedIds", "agentSourcedIds"]


def test_a_deleted_row_stands_among_the_removed_only(roster):
    roster.spoil("manifest.csv", "file.users,bulk", "file.users,delta")
    roster.spoil("users.csv", "oleg,,,TRUE,oleg,,Олег,Громов", "oleg,tobedeleted,2026-10-01,,,,,")
    outcome = roster.read()
    assert not outcome.report.refused
    assert [(removal.file, removal.id) for removal in outcome.bundle.removed] == [("users", "oleg")]
    assert [user.id for user in outcome.bundle.users] == ["vera", "mother"]


def test_a_delta_file_may_refer_to_rows_that_are_stored_already(roster):
    roster.write("manifest.csv", roster.text("manifest.csv").replace("bulk", "delta"))
    roster.spoil("enrollments.csv", "vera", "somebody-known")
    outcome = roster.read()
    assert not outcome.report.refused
    assert outcome.bundle.mode("enrollments") is Mode.DELTA


def test_secrets_do_not_stand_in_a_printed_row(roster):
    mother = roster.read().bundle.users[1]
    assert mother.password == "Secret-1"
    assert "Secret-1" not in repr(mother)
    assert "445" not in repr(mother)
