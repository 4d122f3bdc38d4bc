"""How the sign-in library treats our accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from zvonok.domain.people.commands.credentials import use_temporary_password
from zvonok.domain.people.models import Account


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from schools: nobody signs up, and a temporary password works once."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: the school gives the login."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Recognise an account; a closed one, and a temporary password past its day, are as unknown as a wrong one."""
        account: Account | None = super().authenticate(request, **credentials)
        if account is None or not account.is_active:
            return None
        if account.temporary_until is None:
            return account
        in_time = account.temporary_until >= timezone.localdate()
        return account if in_time and use_temporary_password(account) else None

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords by the login alone; the library adds the host, whose port is the sender's choice."""
        return str(credentials["username"]).lower()

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the front page."""
        return "/"

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Keep silent: the page that follows says enough."""

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:
        """Lead back to the sign-in, as for an account that does not exist."""
        return HttpResponseRedirect("/sign-in/")
