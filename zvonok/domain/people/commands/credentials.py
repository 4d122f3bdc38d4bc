"""How people come to their accounts: temporary passwords, the first entry, an own password, contacts, sessions."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zvonok.domain.people.models import Account, Session
from zvonok.domain.people.rules import temporary_password
from zvonok.domain.people.selectors import session_mark
from zvonok.kernel.refusals import Refused


class WrongPassword(Refused):
    """The present password was asked for, and another was given."""

    message = _("This is not your present password.")


class EmailIsTaken(Refused):
    """Another account is known by this e-mail."""

    message = _("This e-mail stands in another account. Give another one, or a phone number instead.")


class HasEntered(Refused):
    """The first entry is done; what it asked for is changed on the account's own pages."""

    message = _(
        "You have entered already. Your contacts and password are changed on the pages of your account."
    )


@dataclass(frozen=True, slots=True)
class Contacts:
    """How a person can be reached; empty when not given. The phone is in E.164."""

    email: str = ""
    phone: str = ""

    def columns(self) -> dict[str, Any]:
        """Give the values as the account keeps them."""
        return {"email": self.email.lower() or None, "phone": self.phone or None}


def give_temporary_passwords(account_ids: Collection[UUID], *, until: date) -> dict[UUID, str]:
    """Give each account a new temporary password, good for one sign-in until a day, and close its sessions.

    Gives back the passwords: they are shown once, on paper, and kept nowhere but as hashes.
    """
    secret = {account: temporary_password(secrets.choice) for account in sorted(account_ids)}
    hashes = {account: make_password(password) for account, password in secret.items()}
    with transaction.atomic():
        locked = list(_locked(list(secret)))
        for account in locked:
            account.password = hashes[account.pk]
            account.temporary_until = until
            account.entered_at = None
        Account.objects.bulk_update(locked, ["password", "temporary_until", "entered_at"])
        Session.objects.filter(account__in=locked).delete()
    return secret


def use_temporary_password(account: Account) -> bool:
    """Use up the temporary password that an account was just recognised by; False: it was used in the meantime."""
    spent = UNUSABLE_PASSWORD_PREFIX + secrets.token_urlsafe(30)
    standing = Account.objects.filter(pk=account.pk, password=account.password, temporary_until__isnull=False)
    if not standing.update(password=spent, temporary_until=None):
        return False
    account.password, account.temporary_until = spent, None
    return True


@transaction.atomic
def enter_first(
    account_id: UUID,
    *,
    contacts: Contacts,
    password: str,
    language: str,
    session_key: str | None,
    at: datetime,
) -> Account:
    """Finish the first entry: keep the contacts and the own password, and close every other session.

    Raises: HasEntered, EmailIsTaken.
    """
    account = _locked([account_id]).get()
    if account.entered_at is not None:
        raise HasEntered
    _write(
        account,
        **_own(contacts, account_id),
        password=make_password(password),
        language=language,
        temporary_until=None,
        entered_at=at,
    )
    close_sessions(account_id, but=session_key)
    return account


@transaction.atomic
def change_password(account_id: UUID, *, present: str, password: str, session_key: str | None) -> Account:
    """Change the own password, and close every other session.

    Raises: WrongPassword.
    """
    account = _locked([account_id]).get()
    if not account.check_password(present):
        raise WrongPassword
    _write(account, password=make_password(password))
    close_sessions(account_id, but=session_key)
    return account


@transaction.atomic
def change_contacts(account_id: UUID, *, contacts: Contacts, present: str) -> None:
    """Change the e-mail and phone of an account; they lead back to it, so the present password is asked for.

    The same contacts again change nothing and ask for nothing.
    Raises: WrongPassword, EmailIsTaken.
    """
    account = _locked([account_id]).get()
    if contacts.columns() == {"email": account.email, "phone": account.phone}:
        return
    if not account.check_password(present):
        raise WrongPassword
    _write(account, **_own(contacts, account_id))


def choose_language(account_id: UUID, language: str) -> None:
    """Remember the language that an account's owner reads."""
    Account.objects.filter(pk=account_id).update(language=language)


def close_sessions(account_id: UUID, *, but: str | None) -> int:
    """Close the sessions of an account, all but one; tell how many they were."""
    sessions = Session.objects.filter(account_id=account_id)
    return (sessions.exclude(session_key=but) if but else sessions).delete()[0]


def close_session(account_id: UUID, *, mark: str) -> None:
    """Close one session of an account, named by its mark."""
    for session in Session.objects.filter(account_id=account_id):
        if session_mark(session.session_key) == mark:
            session.delete()


def prolong_session(session_key: str, *, until: datetime, shorter_than: datetime) -> None:
    """Let a session last until a later moment, if it would end before `shorter_than`."""
    Session.objects.filter(session_key=session_key, expire_date__lt=shorter_than).update(expire_date=until)


def _locked(account_ids: list[UUID]) -> QuerySet[Account]:
    return Account.objects.select_for_update(no_key=True).filter(pk__in=account_ids).order_by("pk")


def _own(contacts: Contacts, account_id: UUID) -> dict[str, Any]:
    columns = contacts.columns()
    email = columns["email"]
    if email is not None:
        with connection.cursor() as cursor:  # two who take one e-mail at once wait for each other here
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [email])
        if Account.objects.filter(email__iexact=email).exclude(pk=account_id).exists():
            raise EmailIsTaken
    return columns


def _write(account: Account, **values: Any) -> None:
    for name, value in values.items():
        setattr(account, name, value)
    account.save(update_fields=list(values))
