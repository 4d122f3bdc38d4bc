"""What people are asked about themselves: a new password, and how they can be reached."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from zvonok.domain.people.commands.credentials import Contacts
from zvonok.domain.people.models import Account
from zvonok.domain.people.rules import mobile_number
from zvonok.domain.people.selectors import AccountCard
from zvonok.kernel.text import plain_text

# What is typed unseen is taken as it is, blanks at its ends too.
UNSEEN: dict[str, Any] = {"strip": False, "max_length": 1000}


def password_input(autocomplete: str) -> forms.PasswordInput:
    """Make the input of a password; what was typed is never sent back to the page."""
    return forms.PasswordInput(attrs={"autocomplete": autocomplete})


class NewPasswordForm(forms.Form):
    """A new password, twice, checked against the common ones and the person's own data."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 8 characters. A few words in a row are easy to remember and hard to guess."),
        widget=password_input("new-password"),
        **UNSEEN,
    )
    password_again = forms.CharField(
        label=_("New password once more"), widget=password_input("new-password"), **UNSEEN
    )

    def __init__(self, *args: Any, card: AccountCard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.card = card

    def clean(self) -> dict[str, Any]:
        """Compare both passwords, and ask the rules of passwords."""
        values = super().clean() or {}
        password = values.get("password")
        if not password:
            return values
        self._ask_rules(password, values)
        if "password_again" in values and values["password_again"] != password:
            self.add_error("password_again", ValidationError(_("The two passwords differ."), code="differs"))
        return values

    def _ask_rules(self, password: str, values: dict[str, Any]) -> None:
        owner = Account(login=self.card.login, email=values.get("email", self.card.email))
        owner.phone = values.get("phone", self.card.phone)
        owner.person_name = self.card.full_name  # type: ignore[attr-defined]
        try:
            validate_password(password, owner)
        except ValidationError as faults:
            for fault in faults.error_list:
                self.add_error("password", _in_plain_words(fault))


class ContactsForm(forms.Form):
    """How a person can be reached: an e-mail, a phone, or both."""

    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Mobile phone"),
        required=False,
        validators=[plain_text, MaxLengthValidator(40)],
        widget=forms.TextInput(
            attrs={"autocomplete": "tel", "inputmode": "tel", "placeholder": "+7 900 000-00-00"}
        ),
    )

    def clean_phone(self) -> str:
        """Write the number in one way, whichever way it was typed; what the register has is left as it stands."""
        typed = self.cleaned_data["phone"]
        if typed == self.initial.get("phone"):
            return str(typed)
        number = mobile_number(typed) if typed else ""
        if number is None:
            raise ValidationError(
                _("This is not a Russian mobile number: it has ten digits after +7 and begins with a 9."),
                code="not_a_mobile_number",
            )
        return number

    def clean(self) -> dict[str, Any]:
        """Ask for one way at least, unless what was given is being mended."""
        values = super().clean() or {}
        if not values.get("email") and not values.get("phone") and not self.errors:
            self.add_error(
                "email",
                ValidationError(_("Give an e-mail or a phone, so that we can reach you."), code="required"),
            )
        return values

    def contacts(self) -> Contacts:
        """Give what was typed, once the form is valid."""
        return Contacts(email=self.cleaned_data["email"], phone=self.cleaned_data["phone"])


def _in_plain_words(fault: ValidationError) -> ValidationError:
    if fault.code == "password_too_similar":
        return ValidationError(
            _("This password is too much like your name, login or contacts."), code="password_too_similar"
        )
    return fault
