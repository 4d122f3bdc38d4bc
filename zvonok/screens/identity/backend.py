"""How a login or an e-mail and a password lead to an account."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from zvonok.domain.people.models import Account


class OneHashBackend(AuthenticationBackend):  # type: ignore[misc]
    """Hash a password once for each account: twice, where the login is the e-mail, would tell that it is known."""

    def __init__(self) -> None:
        self._compared: set[Any] = set()

    def _check_password(self, user: Account | None, password: str) -> Account | None:
        if user is None or user.pk in self._compared:
            return None
        self._compared.add(user.pk)
        account: Account | None = super()._check_password(user, password)
        return account
