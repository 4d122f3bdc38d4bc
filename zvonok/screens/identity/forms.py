"""What is asked at the door, and at the first entry."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zvonok.kernel.text import plain_text
from zvonok.screens.shell.own_forms import UNSEEN, ContactsForm, NewPasswordForm, password_input


class SignInForm(forms.Form):
    """Login or e-mail, and the password."""

    login = forms.CharField(
        label=_("Login or e-mail"),
        max_length=254,
        validators=[plain_text],
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(label=_("Password"), widget=password_input("current-password"), **UNSEEN)
    shared = forms.BooleanField(
        label=_("This is a shared computer"),
        help_text=_("You will be signed out when the browser closes, or after half an hour of rest."),
        required=False,
    )


class WelcomeForm(ContactsForm, NewPasswordForm):
    """The first entry: how to reach the person, and an own password."""

    field_order = ("email", "phone", "password", "password_again")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("It can be used to sign in, instead of the login.")
