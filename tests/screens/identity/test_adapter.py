"""What the library asks of us in cases of its own."""

from django.test import RequestFactory

from zvonok.domain.people.models import Account
from zvonok.screens.identity.adapter import AccountAdapter


def test_a_closed_account_is_led_back_to_the_sign_in(rf: RequestFactory) -> None:
    answer = AccountAdapter().respond_user_inactive(rf.get("/sign-in/"), Account(is_active=False))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")
