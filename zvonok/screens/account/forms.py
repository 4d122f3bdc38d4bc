"""What the pages of an account ask."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zvonok.screens.shell.own_forms import UNSEEN, ContactsForm, NewPasswordForm, password_input


class OwnContactsForm(ContactsForm):
    """E-mail and phone; they lead back to the account, so the password is asked for."""

    present_password = forms.CharField(
        label=_("Your password"),
        help_text=_("Asked for because contacts help to get back into an account."),
        widget=password_input("current-password"),
        **UNSEEN,
    )


class ChangePasswordForm(NewPasswordForm):
    """The present password, and the new one twice."""

    field_order = ("present_password", "password", "password_again")

    present_password = forms.CharField(
        label=_("Present password"), widget=password_input("current-password"), **UNSEEN
    )


class OwnLanguageForm(forms.Form):
    """The language in which we write and speak to the person."""

    language = forms.ChoiceField(
        label=_("Language of pages and letters"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


class SessionForm(forms.Form):
    """The mark of a session that is to be closed; none closes all the others."""

    mark = forms.RegexField(r"\A[0-9a-f]{24}\Z", required=False)
