"""Logins, contacts and parents: what a file may say of people, and what not."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.interop.oneroster.conftest import Roster
from zvonok.domain.people.models import Account, Guardianship, Person
from zvonok.domain.schools.models import Role, School, StaffRole
from zvonok.interop.landing import NoSuchSchool, NotYourSchool
from zvonok.interop.oneroster.commands import AnotherSchool, CodeIsTaken, import_path
from zvonok.interop.report import Action, Report
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def land(roster: Roster) -> Callable[..., Report]:
    def landed(**more: Any) -> Report:
        options = {"school": None, "dry_run": False, "progress": lambda done, total: None, "at": AT} | more
        return import_path(roster.folder, **options)

    return landed


def known_mother() -> Person:
    """Somebody whom another school has brought in, with an account of her own."""
    person = Person.objects.create(
        id=uuid7(),
        last_name="Другая",
        first_name="Анна",
        sort_key="другая анна",
        master_id="M-1",
        created_at=AT,
    )
    Account.objects.create(
        id=uuid7(), person=person, login="anna", email="anna@example.org", entered_at=AT, created_at=AT
    )
    return person


def test_a_person_of_another_school_is_linked_and_never_altered(roster, land):
    mother = known_mother()
    roster.spoil("users.csv", "Secret-1,112-233-445 95", "Secret-1,M-1")
    roster.spoil("users.csv", "Анна,Белова,,,,", "Анна,Белова,,,evil@example.org,")
    report = land()
    mother.refresh_from_db()
    assert (mother.last_name, mother.account.email, mother.account.login) == (
        "Другая",
        "anna@example.org",
        "anna",
    )
    assert Guardianship.objects.get().guardian_id == mother.pk
    kept = [change for change in report.changes if change.kind == "person" and change.action is Action.KEPT]
    assert [change.label for change in kept] == ["Белова Анна"]
    assert not Account.objects.filter(login="mother").exists()
    assert {change.action for change in land().changes} == {Action.KEPT}


def test_a_file_opens_no_diary_of_a_child_that_another_school_brought_in(roster, land):
    child = known_mother()
    roster.spoil("users.csv", "mother,07,,,", "mother,07,,M-1,")
    report = land()
    assert not Guardianship.objects.filter(child=child).exists()
    assert "another school" in " ".join(warning.reason for warning in report.warnings)


def test_a_taken_login_gets_a_number(roster, land):
    known_mother()
    roster.spoil("users.csv", "mother,,,true,mother", "mother,,,true,Anna")
    report = land()
    assert Account.objects.get(person__last_name="Белова", person__first_name="Анна").login == "anna2"
    assert "anna2" in " ".join(warning.reason for warning in report.warnings)


def test_a_taken_e_mail_is_left_out(roster, land):
    known_mother()
    roster.spoil("users.csv", "Анна,Белова,,,,", "Анна,Белова,,,Anna@example.org,")
    report = land()
    assert Account.objects.get(login="mother").email is None
    assert [(one.column, one.value) for one in report.warnings if one.column == "email"] == [
        ("email", "Anna@example.org")
    ]


def test_an_e_mail_and_a_phone_are_kept_as_people_write_them(roster, land):
    roster.spoil("users.csv", "Анна,Белова,,,,,", "Анна,Белова,,,Mother@Example.org,,8 (916) 123-45-67")
    land()
    account = Account.objects.get(login="mother")
    assert (account.email, account.phone) == ("mother@example.org", "+79161234567")


@pytest.mark.parametrize("phone", ["спросить у бабушки", "12", "+" + "9" * 40])
def test_what_is_no_phone_is_left_out_with_a_word(roster, land, phone):
    roster.spoil("users.csv", "Анна,Белова,,,,,", f"Анна,Белова,,,,,{phone}")
    report = land()
    assert report.landed
    assert Account.objects.get(login="mother").phone is None
    assert "phone" in [warning.column for warning in report.warnings]


def test_after_the_first_entry_the_contacts_are_the_owners(roster, land):
    land()
    Account.objects.filter(login="mother").update(entered_at=AT, email="own@example.org")
    roster.spoil("users.csv", "Анна,Белова,,,,", "Анна,Белова,,,school@example.org,")
    land()
    assert Account.objects.get(login="mother").email == "own@example.org"


def test_a_parent_who_is_named_no_more_stands_for_the_child_no_more(roster, land):
    land()
    roster.spoil("users.csv", "mother,07", ",07")
    roster.spoil("users.csv", "vera,,Secret", ",,Secret")
    land(at=LATER)
    assert Guardianship.objects.get().valid_on.upper == LATER.date()


def test_a_guardianship_withdrawn_by_hand_is_not_given_again(roster, land):
    land()
    Guardianship.objects.update(withdrawn_at=AT)
    report = land(at=LATER)
    assert not Guardianship.objects.filter(withdrawn_at=None).exists()
    assert "withdrawn by hand" in " ".join(warning.reason for warning in report.warnings)


def test_no_password_and_no_number_of_a_document_is_in_the_report(roster, land):
    told = str(land().as_dict())
    assert "Secret-1" not in told
    assert "112-233" not in told


def test_an_administrator_imports_the_own_school_only(world, roster):
    north = world.north.school
    arguments = {"dry_run": False, "progress": lambda done, total: None, "at": AT}
    with pytest.raises(NotYourSchool):
        import_path(roster.folder, school="south", actor=world.actor("Yana"), **arguments)
    School.objects.create(id=uuid7(), code="school", name="Школа № 9001", short_name="9001")
    with pytest.raises(AnotherSchool, match="9001"):
        import_path(roster.folder, school="north", actor=world.actor("Yana"), **arguments)
    roster.spoil("orgs.csv", "Школа № 9001,school,,", "School north,school,north,")
    assert import_path(roster.folder, school="north", actor=world.actor("Yana"), **arguments).landed
    with school_scope(north.pk):
        assert StaffRole.objects.filter(role=Role.SCHOOL_ADMIN).count() == 1


def test_a_teacher_imports_nothing(world, roster):
    with pytest.raises(NotYourSchool):
        import_path(
            roster.folder,
            school="north",
            dry_run=True,
            progress=lambda done, total: None,
            actor=world.actor("Anna"),
        )


def test_a_code_of_no_school_is_said(land):
    with pytest.raises(NoSuchSchool, match="nowhere"):
        land(school="nowhere")


def test_two_organisations_never_share_a_school(roster, land):
    land()
    for file in ("orgs.csv", "classes.csv", "roles.csv", "enrollments.csv", "courses.csv", "users.csv"):
        roster.write(file, roster.text(file).replace("school,", "other,").replace(",other,,", ",school,,"))
    roster.write(
        "orgs.csv",
        roster.text("orgs.csv")
        .replace("other,,,Школа", "other,,,Иная")
        .replace(",school,,", ",school,school,"),
    )
    with pytest.raises(CodeIsTaken):
        land()
