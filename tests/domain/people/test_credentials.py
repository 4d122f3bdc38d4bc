"""Temporary passwords and e-mails, also when two come at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from tests.world import NOON, World
from zvonok.domain.people.commands import credentials
from zvonok.domain.people.commands.credentials import Contacts
from zvonok.domain.people.models import Account
from zvonok.kernel.refusals import Refused

SOON = date(2026, 12, 1)


def at_once(act: Callable[[str], object], things: list[str]) -> list[object]:
    def done(thing: str) -> object:
        try:
            return act(thing)
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(done, things))


def enter(account: Account, email: str) -> Account:
    return credentials.enter_first(
        account.pk,
        contacts=Contacts(email=email),
        password="three tall poplars",
        language="ru",
        session_key=None,
        at=NOON,
    )


def test_a_temporary_password_that_two_use_at_once_lets_one_in(committed_world: World) -> None:
    olga = committed_world.account("Olga")
    credentials.give_temporary_passwords([olga.pk], until=SOON)
    same = Account.objects.get(pk=olga.pk)
    answers = at_once(lambda _: credentials.use_temporary_password(same), ["phone", "computer", "tablet"])
    assert sorted(answers, key=bool) == [False, False, True]


def test_an_email_that_two_take_at_once_belongs_to_one(committed_world: World) -> None:
    Account.objects.filter(login__in=["olga", "maria"]).update(entered_at=None, email=None)
    answers = at_once(
        lambda login: enter(Account.objects.get(login=login), "family@example.org").login, ["olga", "maria"]
    )
    assert "email_is_taken" in answers
    assert Account.objects.filter(email="family@example.org").count() == 1


def test_the_first_entry_is_made_once(world: World) -> None:
    with pytest.raises(credentials.HasEntered):
        enter(world.account("Olga"), "another@example.org")
    assert world.account("Olga").email == "olga@example.org"


def test_new_passwords_are_for_those_asked_for_alone(world: World) -> None:
    before = world.account("Maria").password
    given = credentials.give_temporary_passwords([world.account("Olga").pk], until=SOON)
    olga = world.account("Olga")
    assert olga.check_password(given[olga.pk])
    assert (olga.temporary_until, olga.entered_at) == (SOON, None)
    assert world.account("Maria").password == before
