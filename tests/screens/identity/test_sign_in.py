"""The way in: who is recognised, who is not, and that nothing is learnt from the difference."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.world import NOON, PASSWORD, World
from zvonok.domain.people.models import Account, Session


@pytest.fixture(autouse=True)
def _fresh(world: World) -> None:
    cache.clear()


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/sign-in/", {"login": login, "password": password, **more})


def words(response: Any) -> str:
    """Take what is read on a page, less the secrets that are new on each and what was typed."""
    text: str = response.content.decode()
    text = re.sub(r'value="[^"]*"', "", text)
    return re.sub(r"nonce-\S+", "", text)


def temporary(name: str, *, days: int) -> Account:
    until = timezone.localdate() + timedelta(days=days)
    Account.objects.filter(login=name).update(
        password=make_password("kd7m-xq4t-p9wn"), temporary_until=until, entered_at=None
    )
    return Account.objects.get(login=name)


@pytest.mark.parametrize(
    ("login", "home"),
    [("anna", "/journal/"), ("yana", "/office/"), ("darya", "/office/day/"), ("maria", "/diaries/")],
)
def test_everybody_is_led_to_their_own_home(client: Client, login: str, home: str) -> None:
    answer = sign_in(client, login)
    assert answer.status_code == 302
    assert answer["Location"] == home


def test_a_parent_of_one_child_is_led_to_the_diary_itself(client: Client, world: World) -> None:
    assert sign_in(client, "olga")["Location"] == f"/diary/{world.link('Olga', 'Pyotr')}/"


@pytest.mark.parametrize("login", ["anna@example.org", "ANNA@Example.org", " Anna "])
def test_the_login_is_known_by_the_mail_too_and_in_any_case(client: Client, login: str) -> None:
    assert sign_in(client, login).status_code == 302


def test_an_unknown_login_and_a_wrong_password_are_answered_alike(client: Client) -> None:
    unknown, wrong = sign_in(client, "nobody", "wrong"), sign_in(client, "anna", "wrong")
    assert unknown.status_code == wrong.status_code == 422
    assert 'data-error="wrong_credentials"' in words(unknown)
    assert words(unknown) == words(wrong)
    assert unknown.cookies.keys() == wrong.cookies.keys()


def test_an_unknown_login_takes_as_long_as_a_wrong_password(client: Client, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["zvonok.domain.people.hashers.SchoolArgon2Hasher"]
    Account.objects.filter(login="anna").update(password=make_password(PASSWORD))

    def least(*logins: str) -> float:
        taken = []
        for login in logins:
            cache.clear()
            begun = time.perf_counter()
            sign_in(client, login, "wrong")
            taken.append(time.perf_counter() - begun)
        return min(taken)

    known, unknown = least(*["anna"] * 4), least(*["nobody"] * 4)
    by_mail, no_mail = least(*["anna@example.org"] * 4), least(*["nobody@example.org"] * 4)
    assert 0.4 < known / unknown < 2.5
    assert 0.4 < by_mail / no_mail < 2.5


@pytest.mark.parametrize("login", ["anna", "nobody"])
def test_five_wrong_passwords_slow_down_known_and_unknown_alike(client: Client, login: str) -> None:
    answers = [sign_in(client, login, "wrong").status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    assert sign_in(client, login).status_code == 429
    assert sign_in(client, "oleg").status_code == 302


def test_a_closed_account_is_answered_like_an_unknown_one(client: Client) -> None:
    Account.objects.filter(login="anna").update(is_active=False)
    assert words(sign_in(client, "anna")) == words(sign_in(client, "nobody"))


def test_a_temporary_password_works_once_and_leads_to_the_first_entry(client: Client) -> None:
    temporary("olga", days=3)
    assert sign_in(client, "olga", "kd7m-xq4t-p9wn")["Location"] == "/welcome/"
    assert client.get("/account/profile/")["Location"] == "/welcome/"
    assert sign_in(Client(), "olga", "kd7m-xq4t-p9wn").status_code == 422


def test_a_temporary_password_past_its_day_is_simply_wrong(client: Client) -> None:
    temporary("olga", days=-1)
    assert words(sign_in(client, "olga", "kd7m-xq4t-p9wn")) == words(sign_in(client, "nobody"))


def test_the_page_asked_for_is_shown_after_the_sign_in(client: Client) -> None:
    assert client.get("/account/security/")["Location"] == "/sign-in/?next=%2Faccount%2Fsecurity%2F"
    assert (
        'name="next" value="/account/security/"'
        in client.get("/sign-in/?next=/account/security/").content.decode()
    )
    assert sign_in(client, "anna", next="/account/security/")["Location"] == "/account/security/"


@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/sign-in/"]
)
def test_nobody_is_led_to_a_strange_page(client: Client, next_page: str) -> None:
    assert sign_in(client, "anna", next=next_page)["Location"] == "/journal/"


def test_a_session_is_new_after_the_sign_in_and_gone_after_the_sign_out(client: Client) -> None:
    sign_in(client, "anna")
    first = client.cookies["session"].value
    sign_in(client, "oleg")
    assert client.cookies["session"].value != first
    answer = client.post("/sign-out/")
    assert answer["Location"] == "/"
    assert answer["Clear-Site-Data"] == '"cache"'
    assert not Session.objects.filter(account__login="oleg").exists()


def test_signing_out_by_a_mere_link_asks_first(client: Client) -> None:
    sign_in(client, "anna")
    assert 'data-form="sign-out"' in client.get("/sign-out/").content.decode()
    assert Session.objects.filter(account__login="anna").exists()


def test_a_shared_computer_forgets_with_the_browser_and_after_half_an_hour(client: Client) -> None:
    sign_in(client, "anna", shared="on")
    assert client.cookies["session"]["max-age"] == ""
    session = Session.objects.get(account__login="anna")
    assert session.expire_date < timezone.now() + timedelta(minutes=31)
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=5))
    client.get("/account/security/")
    assert Session.objects.get(account__login="anna").expire_date > timezone.now() + timedelta(minutes=25)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/account/security/").status_code == 302


def test_an_own_computer_remembers_for_a_month(client: Client) -> None:
    sign_in(client, "anna")
    assert client.cookies["session"]["max-age"] == 30 * 24 * 3600


def test_the_language_chosen_once_is_spoken_after_the_sign_in(client: Client) -> None:
    Account.objects.filter(login="anna").update(language="en")
    answer = sign_in(client, "anna")
    assert answer.cookies["language"].value == "en"
    client.post("/language/", {"language": "ru"})
    assert Account.objects.get(login="anna").language == "ru"


@pytest.mark.parametrize("login", ["", "a" * 300, "anna\x00", "anna\u202e"])
def test_strange_input_is_refused_with_the_form(client: Client, login: str) -> None:
    answer = sign_in(client, login)
    assert answer.status_code == 422
    assert 'data-form="sign-in"' in answer.content.decode()


def test_the_entered_stay_entered(client: Client, world: World) -> None:
    sign_in(client, "maria")
    assert client.get("/welcome/")["Location"] == "/diaries/"
    assert world.account("Maria").entered_at == NOON
