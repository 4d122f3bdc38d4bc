"""What a set becomes in the database, once and again."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.interop.oneroster.conftest import Roster, written
from zvonok.domain.access.models import DiaryLink
from zvonok.domain.history.models import Fact
from zvonok.domain.marks.models import MarkScale
from zvonok.domain.people.models import Account, Guardianship, Person
from zvonok.domain.schools.models import (
    AcademicYear,
    Enrolment,
    GroupMembership,
    School,
    SchoolClass,
    StaffRole,
    StudyGroup,
    StudyPeriod,
    Subject,
    TeachingAssignment,
)
from zvonok.interop.oneroster.commands import import_path
from zvonok.interop.report import Outcome, Report
from zvonok.kernel.scope import school_scope

pytestmark = pytest.mark.django_db

SEPTEMBER = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
Land = Callable[..., Report]


def quiet(done: int, total: int) -> None:
    assert done <= total


@pytest.fixture
def full(roster: Roster) -> Roster:
    """Two quarters, a homeroom with its class teacher, maths for the whole class, a head, a mother."""
    roster.write(
        "academicSessions.csv",
        written(
            "academicSessions",
            "year,,,2026/27,schoolYear,2026-09-01,2027-05-27,,2027",
            "h1,,,1 полугодие,semester,2026-09-01,2026-12-31,year,2027",
            "h2,,,2 полугодие,semester,2027-01-11,2027-05-27,year,2027",
            *(
                f"q{n},,,{n} четверть,gradingPeriod,{days},year,2027"
                for n, days in enumerate(QUARTERS, start=1)
            ),
        ),
    )
    roster.write(
        "courses.csv",
        written("courses", "hour,,,year,Классный час,,07,school,,", "maths,,,year,Алгебра,,07,school,,"),
    )
    roster.write(
        "classes.csv",
        written(
            "classes",
            '7b,,,7Б,07,hour,7Б,homeroom,,school,"q1,q2,q3,q4",,,',
            '8a,,,8А,08,hour,8А,homeroom,,school,"q1,q2,q3,q4",,,',
            'maths-7b,,,Алгебра 7Б,07,maths,7Б,scheduled,,school,"q1,q2,q3,q4",,,',
        ),
    )
    roster.write(
        "enrollments.csv",
        written(
            "enrollments",
            "e1,,,7b,school,vera,student,,2026-09-01,2027-06-01",
            "e2,,,maths-7b,school,vera,student,,2026-09-01,2027-06-01",
            "e3,,,maths-7b,school,oleg,teacher,true,,",
            "e4,,,7b,school,oleg,teacher,true,,",
        ),
    )
    return roster


QUARTERS = (
    "2026-09-01,2026-10-26",
    "2026-11-02,2026-12-31",
    "2027-01-11,2027-03-27",
    "2027-04-05,2027-05-27",
)


@pytest.fixture
def land(full: Roster) -> Land:
    def landed(folder: Path | None = None, **more: Any) -> Report:
        options = {"school": None, "dry_run": False, "progress": quiet, "at": SEPTEMBER} | more
        return import_path(folder or full.folder, **options)

    return landed


def the_school() -> School:
    return School.objects.get(code="school")


def within(model: Any, *related: str, **narrowed: Any) -> list[Any]:
    with school_scope(the_school().pk):
        rows = model.objects.filter(**narrowed)
        return list(rows.select_related(*related) if related else rows)


def person(first_name: str) -> Person:
    return Person.objects.get(first_name=first_name)


def actions(report: Report) -> set[str]:
    return {change.action.value for change in report.changes}


def days(row: Any) -> tuple[date | None, date | None]:
    return row.valid_on.lower, row.valid_on.upper


def test_a_set_becomes_a_school(land):
    report = land()
    assert (report.faults, report.outcome) == ([], Outcome.DONE)
    assert (the_school().name, the_school().time_zone) == ("Школа № 9001", "Europe/Moscow")
    (year,) = within(AcademicYear)
    assert (year.starts_on, year.ends_on) == (date(2026, 9, 1), date(2027, 5, 26))
    assert {row.title: row.grade for row in within(SchoolClass)} == {"7Б": 7, "8А": 8}
    assert [row.name for row in within(Subject)] == ["Алгебра"]
    assert within(MarkScale)


def test_grading_periods_are_quarters_and_semesters_half_years(land):
    land()
    periods = {(row.system, row.number): (row.starts_on, row.ends_on) for row in within(StudyPeriod)}
    assert len(periods) == 6
    assert periods["QUARTER", 2] == (date(2026, 11, 2), date(2026, 12, 30))
    assert periods["HALF_YEAR", 2] == (date(2027, 1, 11), date(2027, 5, 26))


def test_a_scheduled_class_is_a_study_group_of_its_class(land):
    land()
    (group,) = within(StudyGroup)
    (school_class,) = within(SchoolClass, title="7Б")
    assert (group.code, group.title, group.period_system) == ("7Б", "Алгебра 7Б", "QUARTER")
    assert group.school_class_id == school_class.pk
    assert [row.student_id for row in within(GroupMembership)] == [person("Вера").pk]
    assert [row.teacher_id for row in within(TeachingAssignment)] == [person("Олег").pk]


def test_the_primary_teacher_of_a_homeroom_leads_the_class(land):
    land()
    roles = {row.role: row for row in within(StaffRole, "school_class", person=person("Олег"))}
    assert set(roles) == {"TEACHER", "CLASS_TEACHER"}
    assert roles["CLASS_TEACHER"].school_class.title == "7Б"


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("principal", "HEAD"),
        ("siteAdministrator", "SCHOOL_ADMIN"),
        ("systemAdministrator", "SCHOOL_ADMIN"),
        ("ext:deputyHead", "DEPUTY_HEAD"),
    ],
)
def test_roles_of_staff_become_posts(full, land, word, role):
    full.spoil("roles.csv", "oleg,primary,teacher", f"oleg,primary,{word}")
    land()
    assert role in {row.role for row in within(StaffRole, person=person("Олег"))}


def test_a_district_administrator_gets_no_post(full, land):
    full.spoil("roles.csv", "oleg,primary,teacher", "oleg,primary,districtAdministrator")
    report = land()
    assert {row.role for row in within(StaffRole, person=person("Олег"))} == {"CLASS_TEACHER", "TEACHER"}
    assert [(one.column, one.value) for one in report.warnings if one.file == "roles.csv"] == [
        ("role", "districtAdministrator")
    ]


def test_accounts_have_no_password_until_a_slip_is_printed(land):
    report = land()
    account = Account.objects.get(login="mother")
    assert not account.has_usable_password()
    assert (account.entered_at, account.temporary_until) == (None, None)
    assert [one.column for one in report.warnings] == ["password"]


def test_the_family_finds_the_diary_on_its_pages(land):
    land()
    links = {
        link.account.login: link.student for link in DiaryLink.objects.select_related("account", "student")
    }
    assert links == {"vera": person("Вера"), "mother": person("Вера")}


def test_a_dry_run_tells_all_and_writes_nothing(land):
    report = land(dry_run=True)
    assert report.outcome is Outcome.CHECKED
    assert report.counts()["person"]["ADDED"] == 3
    assert not School.objects.filter(code="school").exists()
    assert not Person.objects.exists()


def test_the_same_set_again_changes_nothing(land):
    land()
    facts = len(within(Fact))
    report = land(at=NOVEMBER)
    assert actions(report) == {"KEPT"}
    assert len(within(Fact)) == facts


def test_a_broken_row_lets_nothing_land(full, land):
    full.spoil("enrollments.csv", "e2,,,maths-7b,school,vera", "e2,,,maths-7b,school,nobody")
    report = land()
    assert report.outcome is Outcome.REFUSED
    assert (report.faults[0].file, report.faults[0].line) == ("enrollments.csv", 3)
    assert not School.objects.filter(code="school").exists()
    assert not Person.objects.exists()


def test_who_is_left_out_of_a_whole_set_leaves_today(full, land):
    land()
    full.spoil("users.csv", "vera,,Secret", ",,Secret")
    for file in ("enrollments.csv", "roles.csv", "demographics.csv", "users.csv"):
        lines = full.text(file).splitlines()
        full.write(file, "\n".join(line for line in lines if ",vera," not in f",{line}"))
    full.write("users.csv", full.text("users.csv") + "\nnew,,,true,new,,Пётр,Новый,,,,,,,,,,,,,school,")
    full.write(
        "enrollments.csv",
        full.text("enrollments.csv") + "\ne9,,,7b,school,new,student,,2026-09-01,2027-06-01",
    )
    full.write("roles.csv", full.text("roles.csv") + "\nr9,,,new,primary,student,,,school,")
    report = land(at=NOVEMBER)
    assert report.faults == []
    (enrolment,) = within(Enrolment, student=person("Вера"))
    assert days(enrolment) == (date(2026, 9, 1), NOVEMBER.date())
    (membership,) = within(GroupMembership, student=person("Вера"))
    assert days(membership) == (date(2026, 9, 1), NOVEMBER.date())
    assert Account.objects.filter(login="vera").exists()
    assert Guardianship.objects.get().valid_on.upper is None, "the diary goes with the child"


def test_a_student_who_changes_class_keeps_the_days_in_the_old_one(full, land):
    land()
    full.spoil("enrollments.csv", "e1,,,7b,school,vera", "e1b,,,8a,school,vera")
    land(at=NOVEMBER)
    places = {row.school_class.title: days(row) for row in within(Enrolment, "school_class")}
    assert places == {
        "7Б": (date(2026, 9, 1), NOVEMBER.date()),
        "8А": (NOVEMBER.date(), date(2027, 6, 1)),
    }
    assert actions(land(at=datetime(2026, 12, 1, tzinfo=UTC))) == {"KEPT"}


def test_a_student_in_two_homerooms_at_once_stays_in_the_first(full, land):
    more = "e8,,,8a,school,vera,student,,2026-09-01,2027-06-01\n"
    full.write("enrollments.csv", full.text("enrollments.csv") + more)
    report = land()
    assert [row.school_class.title for row in within(Enrolment, "school_class")] == ["7Б"]
    assert [one.line for one in report.warnings if one.file == "enrollments.csv"] == [6]


def test_the_next_year_leaves_the_classes_of_this_one_alone(full, land):
    land()
    full.write(
        "academicSessions.csv",
        written("academicSessions", "year,,,2027/28,schoolYear,2027-09-01,2028-05-27,,2028"),
    )
    full.spoil(
        "classes.csv",
        '7b,,,7Б,07,hour,7Б,homeroom,,school,"q1,q2,q3,q4"',
        "7b,,,8Б,08,hour,8Б,homeroom,,school,year",
    )
    full.spoil("classes.csv", '8А,homeroom,,school,"q1,q2,q3,q4"', "8А,homeroom,,school,year")
    full.spoil("classes.csv", '7Б,scheduled,,school,"q1,q2,q3,q4"', "8Б,scheduled,,school,year")
    full.spoil("enrollments.csv", "2026-09-01,2027-06-01", "2027-09-01,2028-06-01")
    report = land(at=datetime(2027, 9, 1, 6, 0, tzinfo=UTC))
    assert report.faults == []
    assert {(row.title, row.year.title) for row in within(SchoolClass, "year")} == {
        ("7Б", "2026/27"),
        ("8А", "2026/27"),
        ("8Б", "2027/28"),
        ("8А", "2027/28"),
    }
    assert {row.school_class.title: days(row) for row in within(Enrolment, "school_class")} == {
        "7Б": (date(2026, 9, 1), date(2027, 6, 1)),
        "8Б": (date(2027, 9, 1), date(2028, 6, 1)),
    }


def test_without_homerooms_students_are_put_into_classes_by_grade(full, land):
    kept = [line for line in full.text("classes.csv").splitlines() if "homeroom" not in line]
    full.write("classes.csv", "\n".join(kept))
    full.write("enrollments.csv", written("enrollments", "e2,,,maths-7b,school,vera,student,,,"))
    report = land()
    assert [(row.title, row.grade) for row in within(SchoolClass)] == [("7", 7)]
    assert [row.student_id for row in within(Enrolment)] == [person("Вера").pk]
    assert "There are no homerooms" in " ".join(one.reason for one in report.warnings)


def test_years_are_made_of_the_terms_when_no_session_is_one(full, land):
    full.write(
        "academicSessions.csv",
        written(
            "academicSessions",
            "a,,,I,term,2026-09-01,2027-01-11,,2026",
            "b,,,II,term,2027-01-11,2027-05-27,,2026",
            "all,,,All,term,2026-09-01,2027-05-27,,2026",
        ),
    )
    full.write("courses.csv", full.text("courses.csv").replace(",year,", ",,"))
    full.write("classes.csv", full.text("classes.csv").replace('"q1,q2,q3,q4"', '"a,b"'))
    report = land()
    assert report.faults == []
    assert [(row.starts_on, row.ends_on) for row in within(AcademicYear)] == [
        (date(2026, 9, 1), date(2027, 5, 26))
    ]
    assert [row.title for row in within(StudyPeriod)] == ["I", "II"]
    assert [one.value for one in report.warnings if one.file == "academicSessions.csv"] == ["All"]


def test_two_groups_with_one_code_are_told_apart_by_their_ids(full, land):
    more = 'second,,,Алгебра 7Б вторая,07,maths,7Б,scheduled,,school,"q1,q2,q3,q4",,,\n'
    full.write("classes.csv", full.text("classes.csv") + more)
    land()
    assert {row.code for row in within(StudyGroup)} == {"maths-7b", "second"}
    assert actions(land()) == {"KEPT"}


def test_a_corrected_name_is_taken_over_and_told(full, land):
    land()
    full.spoil("users.csv", "Вера,Белова,Ильинична", "Вера,Ёлкина,Ильинична")
    report = land()
    assert person("Вера").sort_key == "елкина вера ильинична"
    assert [(one.before, one.after) for one in report.changes if one.action == "CHANGED"] == [
        ("Белова", "Ёлкина")
    ]
    assert [fact.data["after"] for fact in within(Fact, kind="PersonCorrected")] == [{"last_name": "Ёлкина"}]


def test_many_rows_cost_no_more_questions(full, land, django_assert_max_num_queries):
    land()
    ids = [f"s{number}" for number in range(40)]
    for file, row in {
        "users.csv": "{0},,,true,{0},,Имя,Фамилия,,,,,,,07,,,,,,school,",
        "roles.csv": "r{0},,,{0},primary,student,,,school,",
        "enrollments.csv": "e{0},,,7b,school,{0},student,,2026-09-01,2027-06-01",
    }.items():
        full.write(file, full.text(file).rstrip("\n") + "\n" + "\n".join(map(row.format, ids)))
    with django_assert_max_num_queries(95):
        land()
    assert len(within(Enrolment)) == 41
