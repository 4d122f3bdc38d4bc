"""Attacks that once went through, each held by the mend of its cause."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.world import MONDAY, NOON, World
from zvonok.domain.access.models import TrustedPerson
from zvonok.domain.people.models import Account
from zvonok.kernel.days import through
from zvonok.screens.diary.children import children_of


@pytest.fixture(autouse=True)
def _fresh(world: World) -> None:
    cache.clear()


def wrong(login: str, host: str = "testserver") -> int:
    answer = Client().post("/sign-in/", {"login": login, "password": "wrong"}, headers={"host": host})
    return answer.status_code


@pytest.mark.parametrize("login", ["anna", "nobody"])
def test_another_port_in_the_host_header_gives_no_more_tries(login: str) -> None:
    answers = [wrong(login, f"testserver:{port}") for port in range(8001, 8007)]
    assert answers == [422] * 5 + [429]


def test_another_case_or_blanks_around_the_login_give_no_more_tries() -> None:
    logins = ["anna", "ANNA", " anna ", "Anna", "aNNa", "anNA"]
    assert [wrong(login) for login in logins] == [422] * 5 + [429]


def test_many_other_sign_ins_do_not_wash_away_the_count_of_wrong_passwords() -> None:
    for _ in range(5):
        wrong("anna")
    for number in range(310):
        cache.set(f"somebody-else-{number}", [], 300)
    assert wrong("anna") == 429


def test_a_login_that_is_the_mail_too_costs_as_many_hashes_as_an_unknown_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Account.objects.filter(login="anna").update(login="anna@example.org")
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    assert wrong("anna@example.org") == 422
    known = len(hashed)
    assert wrong("nobody@example.org") == 422
    assert known == len(hashed) - known == 1


@pytest.mark.parametrize("name", ["\u5b66" * 150 + ".zip", "\U00020000" * 150])
def test_a_file_name_of_long_letters_is_shortened(
    world: World, settings: Any, tmp_path: Path, name: str
) -> None:
    settings.ZVONOK_HOME = tmp_path
    client = Client()
    client.force_login(world.account("Yana"))
    answer = client.post("/office/import/", {"kind": "FET", "file": SimpleUploadedFile(name, b"<fet/>")})
    assert answer.status_code == 302


def test_a_trusted_person_sees_no_card_from_the_midnight_after_the_last_day(world: World) -> None:
    TrustedPerson.objects.update(valid_on=through(MONDAY, MONDAY))
    zoya = world.account("Zoya").pk
    assert len(children_of(account_id=zoya, at=NOON)) == 1
    assert children_of(account_id=zoya, at=NOON + timedelta(hours=13)) == []
