"""Slips as a PDF: eight a page, to be cut and handed out."""

import json
from pathlib import Path

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zvonok.domain.access.commands.credentials import Slip
from zvonok.screens.shell.wording import full_day

TEMPLATE = Path(__file__).parent / "slips.typ"


def slips_pdf(slips: list[Slip], *, school: str, address: str) -> bytes:
    """Set the slips. The data go in as JSON, so that no name can become a command of the typesetter."""
    data = {
        "language": (get_language() or "ru")[:2],
        "title": _("Ways into the diary"),
        "school": school,
        "labels": {
            "child": _("Child"),
            "address": _("Address"),
            "login": _("Login"),
            "password": _("Password"),
            "valid": _("Works once, until"),
        },
        "steps": [
            _("Open the address in a browser, on a phone or a computer."),
            _("Type the login and the password as they stand here."),
            _("Check your data and choose a password of your own."),
        ],
        "address": address,
        "slips": [
            {
                "name": slip.name,
                "child": slip.child,
                "login": slip.login,
                "password": slip.password,
                "valid": full_day(slip.valid_until),
            }
            for slip in slips
        ],
    }
    return typst.compile(TEMPLATE, sys_inputs={"data": json.dumps(data)}, ignore_system_fonts=True)
