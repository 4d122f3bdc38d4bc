"""Real rosters, as other programs wrote them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.acceptance.conftest import real
from zvonok.domain.people.models import Account, Person
from zvonok.domain.schools.models import (
    AcademicYear,
    Enrolment,
    GroupMembership,
    School,
    StudyGroup,
    TeachingAssignment,
)
from zvonok.interop.oneroster.commands import import_path
from zvonok.interop.report import Action, Report
from zvonok.interop.source import SourceRefused
from zvonok.kernel.scope import school_scope

AT = datetime(2026, 11, 9, 6, 0, tzinfo=UTC)
# Set, its school, people, study groups, places of students and of teachers in them, first and last day of the year.
SETS = [
    ("oneroster11-grandbend-edfi-lms", "255901001", (10, 2, 20, 4), ("2020-08-17", "2021-05-28")),
    ("oneroster11-rosterhub-en", "or0001", (20, 5, 25, 5), ("2020-08-01", "2021-07-31")),
    ("oneroster12-catalyst-min", "org_1", (1, 1, 1, 0), ("2023-09-04", "2024-01-25")),
    ("oneroster12-catalyst-min/oneroster_test_data.zip", "org_1", (1, 1, 1, 0), ("2023-09-04", "2024-01-25")),
]
STRANGERS = [
    ("sds-v1-100users", "School Data Sync v1"),
    ("sds-v2.1", "School Data Sync v2.1"),
    ("edfi-grandbend", "Ed-Fi XML"),
]


def imported(name: str, **more: Any) -> Report:
    options = {"school": None, "dry_run": False, "progress": lambda done, total: None, "at": AT} | more
    report = import_path(real(name), **options)
    assert not report.refused, report.as_dict()
    return report


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "code", "counts", "year"), SETS, ids=[one[0] for one in SETS])
def test_a_real_roster_becomes_a_school(name: str, code: str, counts: tuple[int, ...], year: Any) -> None:
    imported(name)
    with school_scope(School.objects.get(code=code).pk):
        tables = (Person, StudyGroup, GroupMembership, TeachingAssignment)
        assert tuple(table._default_manager.count() for table in tables) == counts
        days = AcademicYear.objects.values_list("starts_on", "ends_on").get()
        assert days == tuple(map(date.fromisoformat, year))
        students = set(GroupMembership.objects.values_list("student_id", flat=True))
        assert students <= set(Enrolment.objects.values_list("student_id", flat=True)), (
            "a diary needs a class"
        )
    assert Account.objects.count() == counts[0]


@pytest.mark.django_db
@pytest.mark.parametrize("name", [one[0] for one in SETS])
def test_a_real_roster_can_be_imported_again(name: str) -> None:
    imported(name)
    assert {change.action for change in imported(name).changes} == {Action.KEPT}


@pytest.mark.django_db
@pytest.mark.parametrize("name", [one[0] for one in SETS])
def test_a_dry_run_of_a_real_roster_writes_nothing(name: str) -> None:
    assert not imported(name, dry_run=True).landed
    assert not School.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.parametrize(("name", "reason"), STRANGERS, ids=[name for name, _ in STRANGERS])
def test_what_is_not_oneroster_is_refused_with_the_true_reason(name: str, reason: str) -> None:
    with pytest.raises(SourceRefused, match=reason):
        import_path(real(name), school=None, dry_run=False, progress=lambda done, total: None)
