"""Sets that hold only what has changed: what they do not name stays as it is."""

from datetime import UTC, date, datetime

import pytest

from tests.interop.oneroster.conftest import Roster, written
from zvonok.domain.access.models import DiaryLink
from zvonok.domain.schools.models import AcademicYear, PeriodSystem, School, StudyGroup, StudyPeriod
from zvonok.interop.oneroster.commands import CodeIsTaken, import_path
from zvonok.interop.report import Action, Report
from zvonok.kernel.scope import school_scope

pytestmark = pytest.mark.django_db

AT = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
YEAR = "year,,,2026/27,schoolYear,2026-09-01,2027-05-27,,2027"
TERMS = (
    "t1,,,1 триместр,term,2026-09-01,2026-11-16,year,2027",
    "t2,,,2 триместр,term,2026-11-23,2027-02-22,year,2027",
    "t3,,,3 триместр,term,2027-03-01,2027-05-27,year,2027",
)


def land(roster: Roster) -> Report:
    report = import_path(roster.folder, school=None, dry_run=False, progress=lambda done, total: None, at=AT)
    assert report.landed, report.as_dict()
    return report


def whole(roster: Roster) -> None:
    roster.write("academicSessions.csv", written("academicSessions", YEAR, *TERMS))
    roster.write(
        "classes.csv",
        written("classes", 'maths-7b,,,Математика 7Б,07,maths,7Б,scheduled,,school,"t1,t2,t3",,,'),
    )


def changed(roster: Roster, *sessions: str) -> None:
    """Let the sessions be the only file that holds anything but what is known, and all of it changes only."""
    roster.write("manifest.csv", roster.text("manifest.csv").replace("bulk", "delta"))
    rows = (row.replace(",,,", ",active,2026-09-10T00:00:00Z,", 1) for row in sessions)
    roster.write("academicSessions.csv", written("academicSessions", *rows))


def periods() -> list[tuple[str, int, str]]:
    school = School.objects.get()
    with school_scope(school.pk):
        year = AcademicYear.objects.get()
        assert (year.starts_on, year.ends_on) == (date(2026, 9, 1), date(2027, 5, 26))
        return list(StudyPeriod.objects.order_by("number").values_list("system", "number", "title"))


@pytest.fixture
def standing(roster: Roster) -> Roster:
    whole(roster)
    land(roster)
    return roster


def test_a_part_of_the_year_that_comes_alone_leaves_the_year_and_its_division(standing: Roster) -> None:
    changed(standing, TERMS[1].replace("2 триместр", "Второй триместр"))
    land(standing)
    trimester = PeriodSystem.TRIMESTER
    assert periods() == [
        (trimester, 1, "1 триместр"),
        (trimester, 2, "Второй триместр"),
        (trimester, 3, "3 триместр"),
    ]
    with school_scope(School.objects.get().pk):
        assert StudyGroup.objects.get().period_system == trimester


def test_the_whole_set_lands_after_one_of_changes(standing: Roster) -> None:
    manifest = standing.text("manifest.csv")
    changed(standing, YEAR, *TERMS[:2])
    land(standing)
    standing.write("manifest.csv", manifest)
    whole(standing)
    report = land(standing)
    assert {one.action for one in report.changes if one.kind in {"year", "period", "group"}} == {Action.KEPT}


def test_a_period_that_is_added_later_comes_behind_the_others(roster: Roster) -> None:
    roster.write("academicSessions.csv", written("academicSessions", YEAR, *TERMS[:2]))
    roster.write(
        "classes.csv", written("classes", "maths-7b,,,Математика 7Б,07,maths,7Б,scheduled,,school,year,,,")
    )
    land(roster)
    changed(roster, TERMS[2])
    land(roster)
    assert [number for _system, number, _title in periods()] == [1, 2, 3]


def test_a_very_long_first_name_still_opens_the_family_s_diary(roster: Roster) -> None:
    roster.spoil("users.csv", "Вера,Белова", f"{'В' * 255},Белова")
    land(roster)
    assert set(DiaryLink.objects.values_list("name", flat=True)) == {"В" * 80}


def test_two_schools_of_one_set_with_the_same_number_are_refused(roster: Roster) -> None:
    roster.write("orgs.csv", written("orgs", "school,,,Школа 1,school,7,", "other,,,Школа 2,school,7,"))
    with pytest.raises(CodeIsTaken):
        land(roster)
    assert not School.objects.exists()
