"""The pages of a person's own account: profile, security, sessions."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zvonok.domain.people.commands.credentials import (
    change_contacts,
    change_password,
    choose_language,
    close_session,
    close_sessions,
)
from zvonok.domain.people.models import Account
from zvonok.domain.people.selectors import account_card, open_sessions
from zvonok.kernel.refusals import Refused
from zvonok.screens.account.devices import device_name
from zvonok.screens.account.forms import ChangePasswordForm, OwnContactsForm, OwnLanguageForm, SessionForm
from zvonok.screens.shell.asking import own_account_id, renew_session, session_key_of, signed_in
from zvonok.screens.shell.errors import bad_request, too_many
from zvonok.screens.shell.language import remember_language
from zvonok.screens.shell.refusals import UNPROCESSABLE
from zvonok.screens.shell.request import Request


@require_safe
@signed_in
def account(request: Request) -> HttpResponse:
    """GET /account/: lead to the first of its pages."""
    return HttpResponseRedirect(reverse("account:profile"))


@sensitive_post_parameters("present_password")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def profile(request: Request) -> HttpResponse:
    """GET and POST /account/profile/: who I am to the school, and how I can be reached."""
    card = account_card(account_id=own_account_id(request))
    form = OwnContactsForm(request.POST or None, initial={"email": card.email, "phone": card.phone})
    if request.method == "POST" and form.is_valid():
        if _is_too_often(request):
            return too_many(request)
        try:
            change_contacts(card.id, contacts=form.contacts(), present=form.cleaned_data["present_password"])
        except Refused as refusal:
            field = "present_password" if refusal.code == "wrong_password" else "email"
            form.add_error(field, ValidationError(str(refusal), code=refusal.code))
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("account:profile"))
    language = OwnLanguageForm(initial={"language": request.LANGUAGE_CODE})
    return render(
        request,
        "account/profile.html",
        {"card": card, "form": form, "language_form": language},
        status=UNPROCESSABLE if form.errors else 200,
    )


@require_POST
@signed_in
def language(request: Request) -> HttpResponse:
    """POST /account/profile/language/: speak this language here and wherever the person signs in."""
    form = OwnLanguageForm(request.POST)
    if not form.is_valid():
        return bad_request(request)
    choose_language(own_account_id(request), form.cleaned_data["language"])
    response = HttpResponseRedirect(reverse("account:profile"))
    remember_language(response, form.cleaned_data["language"])
    return response


@sensitive_post_parameters("present_password", "password", "password_again")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def security(request: Request) -> HttpResponse:
    """GET and POST /account/security/: change the password; every other session ends with the old one."""
    card = account_card(account_id=own_account_id(request))
    form = ChangePasswordForm(request.POST or None, card=card)
    if request.method == "POST" and form.is_valid():
        if _is_too_often(request):
            return too_many(request)
        try:
            return _change_password(request, form)
        except Refused as refusal:
            form.add_error("present_password", ValidationError(str(refusal), code=refusal.code))
    return render(
        request, "account/security.html", {"form": form}, status=UNPROCESSABLE if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sessions(request: Request) -> HttpResponse:
    """GET and POST /account/sessions/: where I am signed in; close one of them, or all the others."""
    account_id, this_key = own_account_id(request), session_key_of(request)
    if request.method == "POST":
        form = SessionForm(request.POST)
        if not form.is_valid():
            return bad_request(request)
        if form.cleaned_data["mark"]:
            close_session(account_id, mark=form.cleaned_data["mark"])
        else:
            close_sessions(account_id, but=this_key)
        messages.success(request, _("Closed."))
        return HttpResponseRedirect(reverse("account:sessions"))
    rows = open_sessions(account_id=account_id, this_key=this_key, at=timezone.now())
    lines = [(row, device_name(row.device) or _("Unknown device")) for row in rows]
    return render(request, "account/sessions.html", {"lines": lines, "today": timezone.localdate()})


def _is_too_often(request: Request) -> bool:
    """Count one more try of the present password: who finds an open screen shall not guess at leisure."""
    return not ratelimit.consume(request, action="reauthenticate", user=Account(id=own_account_id(request)))


def _change_password(request: Request, form: ChangePasswordForm) -> HttpResponse:
    account = change_password(
        own_account_id(request),
        present=form.cleaned_data["present_password"],
        password=form.cleaned_data["password"],
        session_key=session_key_of(request),
    )
    renew_session(request, account)
    messages.success(request, _("The password is changed. You are signed out on all other devices."))
    return HttpResponseRedirect(reverse("account:security"))
