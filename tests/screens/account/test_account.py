"""The pages of an own account."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.world import PASSWORD, World
from zvonok.domain.people.models import Session

OWN = "three tall poplars"


@pytest.fixture
def maria(world: World) -> Client:
    cache.clear()
    return signed_in_client("maria")


def signed_in_client(login: str, password: str = PASSWORD) -> Client:
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    client.post("/sign-in/", {"login": login, "password": password})
    return client


def change_password(client: Client, present: str = PASSWORD) -> Any:
    return client.post(
        "/account/security/", {"present_password": present, "password": OWN, "password_again": OWN}
    )


def test_a_changed_password_closes_every_session_but_this_one(maria: Client, world: World) -> None:
    other = signed_in_client("maria")
    assert change_password(maria).status_code == 302
    assert maria.get("/account/security/").status_code == 200
    assert other.get("/account/security/").status_code == 302
    assert world.account("Maria").check_password(OWN)


def test_the_password_is_not_changed_without_the_present_one(maria: Client, world: World) -> None:
    answer = change_password(maria, present="wrong")
    assert answer.status_code == 422
    assert 'data-error="wrong_password"' in answer.content.decode()
    assert world.account("Maria").check_password(PASSWORD)


def test_guessing_the_present_password_is_slowed_down(maria: Client) -> None:
    answers = [change_password(maria, present="wrong").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_contacts_are_changed_with_the_password(maria: Client, world: World) -> None:
    values = {"email": "new@example.org", "phone": "+7 900 000 00 02", "present_password": PASSWORD}
    assert maria.post("/account/profile/", values).status_code == 302
    account = world.account("Maria")
    assert (account.email, account.phone) == ("new@example.org", "+79000000002")


def test_contacts_are_not_changed_without_the_password(maria: Client, world: World) -> None:
    answer = maria.post(
        "/account/profile/", {"email": "new@example.org", "phone": "", "present_password": "wrong"}
    )
    assert answer.status_code == 422
    assert "new@example.org" in answer.content.decode()
    assert world.account("Maria").email == "maria@example.org"


def test_the_mail_of_another_account_is_refused(maria: Client) -> None:
    answer = maria.post("/account/profile/", {"email": "anna@example.org", "present_password": PASSWORD})
    assert 'data-error="email_is_taken"' in answer.content.decode()


def test_the_language_is_kept_in_the_account_and_the_browser(maria: Client, world: World) -> None:
    answer = maria.post("/account/profile/language/", {"language": "en"})
    assert answer.cookies["language"].value == "en"
    assert world.account("Maria").language == "en"
    assert maria.post("/account/profile/language/", {"language": "xx"}).status_code == 400


def test_a_session_is_shown_with_its_device_and_can_be_closed(maria: Client) -> None:
    other = signed_in_client("maria")
    html = maria.get("/account/sessions/").content.decode()
    assert html.count("Firefox · Windows") == 2
    assert all(key not in html for key in Session.objects.values_list("session_key", flat=True))
    maria.post("/account/sessions/", {"mark": html.split('name="mark" value="')[2][:24]})
    assert other.get("/account/sessions/").status_code == 302
    assert maria.get("/account/sessions/").status_code == 200


def test_all_the_other_sessions_are_closed_at_once_and_nobody_elses(maria: Client) -> None:
    others = [signed_in_client("maria"), signed_in_client("maria")]
    anna = signed_in_client("anna")
    maria.post("/account/sessions/")
    assert [client.get("/account/sessions/").status_code for client in others] == [302, 302]
    assert anna.get("/account/sessions/").status_code == 200


def test_the_session_of_somebody_else_cannot_be_closed(maria: Client) -> None:
    anna = signed_in_client("anna")
    mark = anna.get("/account/sessions/").content.decode().split('name="mark" value="')[1][:24]
    maria.post("/account/sessions/", {"mark": mark})
    assert anna.get("/account/sessions/").status_code == 200
