"""Opening accounts in bulk, without a password: the first one comes on a printed slip."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import connection

from zvonok.domain.people.models import Account
from zvonok.kernel.ids import uuid7

_LOGIN_LENGTH = Account._meta.get_field("login").max_length or 0


@dataclass(frozen=True, slots=True)
class AccountData:
    """What a register says of an account; an e-mail or a phone that is empty is not known there."""

    login: str
    email: str
    phone: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of an account: `before` is None for a new one, else the values that were changed."""

    login: str
    before: Mapping[str, str] | None
    after: Mapping[str, str]
    is_email_taken: bool


def open_accounts(wanted: Mapping[UUID, AccountData], *, at: datetime) -> dict[UUID, Opened]:
    """Open an account for each person who has none; bring contacts up to date until the first entry.

    A login that is taken gets a number; a login once given stays. After the first entry the account is its
    owner's, and no register changes it. Five queries at most.
    """
    accounts = {one.person_id: one for one in Account.objects.filter(person_id__in=list(wanted))}
    emails = _emails(wanted)
    logins = _Logins(data.login for person, data in wanted.items() if person not in accounts)
    new: list[Account] = []
    opened: dict[UUID, Opened] = {}
    for person, data in wanted.items():
        free = not data.email or emails.setdefault(data.email.lower(), person) == person
        email = data.email.lower() if free else ""
        if person in accounts:
            before, after = _renewed(accounts[person], data, email)
            opened[person] = Opened(accounts[person].login, before, after, not free)
        else:
            new.append(_account(person, data, logins.take(data.login), email, at))
            opened[person] = Opened(new[-1].login, None, {}, not free)
    Account.objects.bulk_create(new, batch_size=2000)
    changed = [accounts[person] for person, one in opened.items() if one.before]
    Account.objects.bulk_update(changed, ["email", "phone", "is_active"], batch_size=500)
    return opened


def _emails(wanted: Mapping[UUID, AccountData]) -> dict[str, UUID]:
    given = {data.email.lower() for data in wanted.values() if data.email}
    rows = Account.objects.filter(email__in=given).values_list("email", "person_id")
    return {email: person for email, person in rows if email}


def _account(person: UUID, data: AccountData, login: str, email: str, at: datetime) -> Account:
    return Account(
        id=uuid7(),
        person_id=person,
        login=login,
        email=email or None,
        phone=data.phone or None,
        is_active=data.is_active,
        password=make_password(None),
        created_at=at,
    )


def _renewed(account: Account, data: AccountData, email: str) -> tuple[dict[str, str], dict[str, str]]:
    if account.entered_at is not None:
        return {}, {}
    said: dict[str, Any] = {"is_active": data.is_active}
    said |= {name: value for name, value in (("email", email), ("phone", data.phone)) if value}
    differing = {name: value for name, value in said.items() if getattr(account, name) != value}
    before = {name: str(getattr(account, name) or "") for name in differing}
    for name, value in differing.items():
        setattr(account, name, value)
    return before, {name: str(value) for name, value in differing.items()}


class _Logins:
    """The logins there are; each is given once."""

    def __init__(self, wanted: Iterable[str]) -> None:
        bases = list({_base(login) for login in wanted})
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT a.login FROM people_account a JOIN (
                    SELECT w.base FROM unnest(%s::text[]) AS w(base)
                    JOIN people_account taken ON taken.login = w.base
                ) clash ON starts_with(a.login, clash.base)
                """,
                [bases],
            )
            self._taken = {row[0] for row in cursor.fetchall()}

    def take(self, login: str) -> str:
        """Give the login itself, or with the first number that is free."""
        base = free = _base(login)
        number = 1
        while free in self._taken:
            number += 1
            free = f"{base}{number}"
        self._taken.add(free)
        return free


def _base(login: str) -> str:
    return login.lower()[: _LOGIN_LENGTH - 6]
