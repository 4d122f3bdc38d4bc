"""The first entry: check the data, give contacts, choose an own password."""

from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.world import PASSWORD, World
from zvonok.domain.people.models import Account, Session

SLIP = "kd7m-xq4t-p9wn"
OWN = "three tall poplars"
GOOD = {"email": "Olga@Example.org", "phone": "8 (900) 000-00-01", "password": OWN, "password_again": OWN}


@pytest.fixture
def newcomer(client: Client, world: World) -> Client:
    """Olga, who has just signed in with the password of her slip."""
    cache.clear()
    Account.objects.filter(login="olga").update(
        password=make_password(SLIP), temporary_until=timezone.localdate(), entered_at=None, email=None
    )
    client.post("/sign-in/", {"login": "olga", "password": SLIP})
    return client


def enter(client: Client, **changed: str) -> Any:
    return client.post("/welcome/", GOOD | changed)


def test_the_page_shows_the_child_the_class_and_whom_to_turn_to(newcomer: Client) -> None:
    html = newcomer.get("/welcome/").content.decode()
    assert 'data-form="welcome"' in html
    for word in ("Ёлкина Olga", "Pyotr", "7Б", "Петрова Anna"):
        assert word in html


def test_after_the_first_entry_the_diary_is_open_and_the_own_password_counts(
    newcomer: Client, world: World
) -> None:
    answer = enter(newcomer)
    assert answer["Location"] == f"/diary/{world.link('Olga', 'Pyotr')}/"
    account = world.account("Olga")
    assert (account.email, account.phone) == ("olga@example.org", "+79000000001")
    assert account.entered_at is not None
    assert account.temporary_until is None
    assert newcomer.get("/account/security/").status_code == 200
    assert Client().post("/sign-in/", {"login": "olga@example.org", "password": OWN}).status_code == 302


def test_every_other_session_ends_with_the_first_entry(newcomer: Client, world: World) -> None:
    other = Session.objects.create(
        session_key="other", session_data="", expire_date=timezone.now(), account=world.account("Olga")
    )
    enter(newcomer)
    assert not Session.objects.filter(pk=other.pk).exists()
    assert Session.objects.filter(account=world.account("Olga")).count() == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"password_again": "another"}, "differs"),
        ({"password": "short", "password_again": "short"}, "password_too_short"),
        ({"password": "password1", "password_again": "password1"}, "password_too_common"),
        ({"password": "Ёлкина-Olga", "password_again": "Ёлкина-Olga"}, "password_too_similar"),
        ({"password": "x" * 200, "password_again": "x" * 200}, "password_too_long"),
        ({"phone": "495 123-45-67"}, "not_a_mobile_number"),
        ({"phone": "12"}, "not_a_mobile_number"),
        ({"email": "olga@"}, "invalid"),
        ({"email": "", "phone": ""}, "required"),
        ({"email": "ANNA@example.org"}, "email_is_taken"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_the_rest_is_kept(
    newcomer: Client, world: World, changed: dict[str, str], code: str
) -> None:
    answer = enter(newcomer, **changed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'data-error="{code}"' in html
    typed = GOOD | changed
    assert f'value="{typed["phone"]}"' in html or not typed["phone"]
    assert OWN not in html
    assert world.account("Olga").entered_at is None


def test_one_way_to_be_reached_is_enough(newcomer: Client, world: World) -> None:
    assert enter(newcomer, email="").status_code == 302
    assert world.account("Olga").email is None


def test_a_number_that_the_register_has_is_left_as_it_stands(newcomer: Client, world: World) -> None:
    Account.objects.filter(login="olga").update(phone="+375291234567")
    assert enter(newcomer, phone="+375291234567").status_code == 302
    assert world.account("Olga").phone == "+375291234567"


def test_the_language_of_the_first_entry_is_remembered(newcomer: Client, world: World) -> None:
    newcomer.post("/language/", {"language": "en"})
    enter(newcomer)
    assert world.account("Olga").language == "en"


def test_a_stranger_is_led_to_the_sign_in(client: Client, db: None) -> None:
    assert client.get("/welcome/")["Location"].startswith("/sign-in/")


def test_sending_the_first_entry_twice_changes_nothing(newcomer: Client, world: World) -> None:
    enter(newcomer)
    stands = world.account("Olga").password
    assert enter(newcomer, password=PASSWORD, password_again=PASSWORD).status_code == 302
    assert world.account("Olga").password == stands
