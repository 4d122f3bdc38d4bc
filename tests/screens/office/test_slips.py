"""Slips: who prints them, for whom, and that each opens the diary once."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.world import MONDAY, NOON, PASSWORD, World, role
from zvonok.domain.access.commands import credentials as slips
from zvonok.domain.access.commands import issue_credentials, issue_staff_credentials
from zvonok.domain.access.commands.credentials import Slip
from zvonok.domain.history.models import Fact
from zvonok.domain.people.models import Account, Session
from zvonok.domain.schools.models import Role, SourceRow
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


@pytest.fixture
def enter(world: World) -> Callable[[str], Client]:
    cache.clear()
    Account.objects.filter(login__in=["vera", "olga"]).update(entered_at=None, password="!")

    def entered(login: str) -> Client:
        client = Client()
        client.post("/sign-in/", {"login": login, "password": PASSWORD})
        return client

    return entered


def address(world: World, title: str = "7Б") -> str:
    return f"/class/{world.north.classes[title].pk}/slips/"


def issue(world: World, by: str, *names: str) -> list[Slip]:
    with school_scope(world.north.school.pk):
        return issue_credentials(
            actor=world.actor(by),
            school_id=world.north.school.pk,
            class_id=world.north.classes["7Б"].pk,
            person_ids=[world.people[name].pk for name in names],
            day=MONDAY,
            at=NOON,
        )


def test_the_class_teacher_gets_a_pdf_for_all_who_have_not_entered(
    enter: Callable[[str], Client], world: World
) -> None:
    answer = enter("anna").post(address(world))
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    logins = Account.objects.filter(temporary_until__isnull=False).values_list("login", flat=True)
    assert set(logins) == {"vera", "olga"}


def test_the_password_of_a_slip_opens_the_first_entry_once(
    enter: Callable[[str], Client], world: World
) -> None:
    olga = next(slip for slip in issue(world, "Anna") if slip.login == "olga")
    assert olga.child == "Ёлкин Pyotr"
    assert (olga.valid_until - MONDAY).days == 30
    Account.objects.filter(login="olga").update(temporary_until="2999-01-01")
    first = Client().post("/sign-in/", {"login": olga.login, "password": olga.password})
    again = Client().post("/sign-in/", {"login": olga.login, "password": olga.password})
    assert (first["Location"], again.status_code) == ("/welcome/", 422)


def test_a_new_slip_for_one_who_forgot_closes_the_sessions_and_is_written_down(
    enter: Callable[[str], Client], world: World
) -> None:
    maria = enter("maria")
    issue(world, "Anna", "Maria")
    assert maria.get("/diaries/")["Location"].startswith("/sign-in/")
    assert not Session.objects.filter(account=world.account("Maria")).exists()
    with school_scope(world.north.school.pk):
        fact = Fact.objects.get(kind="CredentialsIssued", thing_id=world.account("Maria").pk)
    assert (fact.actor_id, fact.data["had_entered"]) == (world.people["Anna"].pk, True)


def test_passwords_are_kept_as_hashes_and_stand_in_no_log(
    enter: Callable[[str], Client], world: World, caplog: Any
) -> None:
    with caplog.at_level(logging.DEBUG):
        printed = issue(world, "Anna")
    with school_scope(world.north.school.pk):
        facts = str(list(Fact.objects.values_list("data", flat=True)))
    for slip in printed:
        stored = Account.objects.get(login=slip.login).password
        assert slip.password not in stored + caplog.text + facts
        assert len(slip.password) >= 10
        assert not set(slip.password) & set("0o1il")


def test_without_anybody_left_there_is_nothing_to_print(enter: Callable[[str], Client], world: World) -> None:
    Account.objects.update(entered_at=NOON)
    answer = enter("anna").post(address(world))
    assert answer.status_code == 422
    assert 'data-error="everybody_has_entered"' in answer.content.decode()


def test_somebody_of_another_class_is_refused(enter: Callable[[str], Client], world: World) -> None:
    answer = enter("anna").post(address(world), {"person": world.people["Timur"].pk})
    assert 'data-error="not_of_this_class"' in answer.content.decode()
    assert enter("anna").post(address(world), {"person": "nobody"}).status_code == 422
    assert world.account("Timur").temporary_until is None


def test_a_parent_who_works_at_the_school_gets_no_slip_from_the_class_teacher(
    enter: Callable[[str], Client], world: World
) -> None:
    with school_scope(world.north.school.pk):
        role(world.north, world.people["Maria"], Role.HEAD)
    with pytest.raises(slips.WorksAtASchool, match="Иванова Maria"):
        issue(world, "Anna", "Maria")
    assert [slip.login for slip in issue(world, "Yana", "Maria")] == ["maria"]


def test_a_parent_who_works_elsewhere_gets_no_slip_here_at_all(
    enter: Callable[[str], Client], world: World
) -> None:
    with school_scope(world.south.school.pk):
        role(world.south, world.people["Maria"], Role.SCHOOL_ADMIN)
    with pytest.raises(slips.WorksAtASchool):
        issue(world, "Yana", "Maria")
    assert world.account("Maria").check_password(PASSWORD)


@pytest.mark.parametrize("by", ["Oleg", "Darya", "Maria", "Egor"])
def test_only_the_class_teacher_and_the_administrator_issue_credentials(
    enter: Callable[[str], Client], world: World, by: str
) -> None:
    with pytest.raises(slips.NotYourClass):
        issue(world, by)
    assert enter(by.lower()).post(address(world)).status_code in (403, 404)
    assert world.account("Vera").temporary_until is None


def test_a_class_teacher_reaches_no_other_class(enter: Callable[[str], Client], world: World) -> None:
    assert enter("anna").get(address(world, "8А")).status_code == 404
    assert enter("yana").get(address(world, "8А")).status_code == 200


def test_the_page_lists_students_with_their_guardians(enter: Callable[[str], Client], world: World) -> None:
    html = enter("anna").get(address(world)).content.decode()
    places = [html.index(name) for name in ("Ёлкин Pyotr", "Ёлкина Olga", "Иванова Vera", "Иванова Maria")]
    assert places == sorted(places)
    assert "Мамедов" not in html


def test_the_administrator_prints_slips_for_the_staff(enter: Callable[[str], Client], world: World) -> None:
    yana = enter("yana")
    assert "Петрова Anna" in yana.get("/office/slips/").content.decode()
    answer = yana.post("/office/slips/", {"person": world.people["Anna"].pk})
    assert answer.content.startswith(b"%PDF")
    assert world.account("Anna").entered_at is None
    with pytest.raises(slips.NotYourClass), school_scope(world.north.school.pk):
        issue_staff_credentials(
            actor=world.actor("Darya"),
            school_id=world.north.school.pk,
            person_ids=[world.people["Yana"].pk],
            day=MONDAY,
            at=NOON,
        )


def test_who_came_through_another_school_and_has_entered_gets_no_slip_here(world: World) -> None:
    with school_scope(world.north.school.pk):
        SourceRow.objects.create(
            id=uuid7(),
            school=world.north.school,
            system="oneroster",
            kind="linked_person",
            source_id="p1",
            target_id=world.people["Olga"].pk,
        )
    with pytest.raises(slips.KeptByAnotherSchool):
        issue(world, "Anna", "Olga")
    Account.objects.filter(login="olga").update(entered_at=None)
    assert [slip.login for slip in issue(world, "Anna", "Olga")] == ["olga"]
