"""What stands around every page of a class: its name and its parts, as far as the reader may see them."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from zvonok.domain.access.policy import may_issue_slips, may_watch_class
from zvonok.screens.shell.navigation import NavItem

if TYPE_CHECKING:
    from zvonok.domain.access.actor import Actor
    from zvonok.domain.schools.models import SchoolClass


def class_tabs(actor: "Actor", school_class: "SchoolClass", *, current: str) -> list[NavItem]:
    """List the parts of a class that the actor may see; `current` is the name of the page's address."""
    pages = [
        ("class", _("Board")),
        ("class_attendance", _("Attendance")),
        ("class_notes", _("Notes")),
        ("summary", _("Summary")),
    ]
    pages = pages if may_watch_class(actor, school_class) else []
    if may_issue_slips(actor, school_class):
        pages.append(("class_families", _("Families and slips")))
    return [
        NavItem(label, reverse(f"journal:{name}", args=[school_class.pk]), current=name == current)
        for name, label in pages
    ]
