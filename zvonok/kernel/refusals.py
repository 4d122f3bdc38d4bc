"""What the program answers when a rule says no: a sentence for the person, a code for the program."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_HUMP = re.compile(r"(?<!^)(?=[A-Z])")


class Refused(Exception):
    """Say no to a request in a sentence that its reader understands.

    A command defines its refusals beside itself; one place turns them into pages and JSON.
    Keyword arguments fill the placeholders of `message`.
    """

    message: str | Promise = _("This is not possible.")

    def __init__(self, **details: object) -> None:
        super().__init__()
        self.details = details

    @property
    def code(self) -> str:
        """Name the refusal for programs: `NotTheTeacher` is `not_the_teacher`."""
        return _HUMP.sub("_", type(self).__name__).lower()

    def __str__(self) -> str:
        text = str(self.message)
        return text % self.details if self.details else text
