"""The sections a person may go to, by what they are in their schools."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from zvonok.domain.access.actor import Actor

TEACHERS = {"TEACHER", "CLASS_TEACHER"}
DEPUTIES = {"DEPUTY_HEAD", "HEAD"}
ADMINISTRATORS = {"SCHOOL_ADMIN"}


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link to another page, and whether the reader is there now."""

    label: str
    url: str
    icon: str = ""
    current: bool = False
    count: int = 0


def sections_for(actor: "Actor", path: str) -> list[NavItem]:
    """List the sections for the actor, the one that holds the page of `path` marked as current."""
    items = list(_sections(actor))
    here = max((item.url for item in items if path.startswith(item.url)), key=len, default="")
    return [replace(item, current=True) if item.url == here else item for item in items]


def account_pages(path: str) -> list[NavItem]:
    """List the pages on which people look after their own account, the one of `path` marked as current."""
    pages = [
        NavItem(_("Profile"), "/account/profile/", "user"),
        NavItem(_("Password"), "/account/security/", "key-round"),
        NavItem(_("Where I am signed in"), "/account/sessions/", "monitor-smartphone"),
    ]
    return [replace(page, current=path == page.url) for page in pages]


def home_of(actor: "Actor") -> str:
    """Find the page on which the actor's day begins: the first of their sections."""
    return next((item.url for item in _sections(actor)), "/diaries/")


def _sections(actor: "Actor") -> Iterator[NavItem]:
    roles = {str(post.role) for post in actor.roles}
    if actor.is_family:
        yield NavItem(_("Diaries"), "/diaries/", "book-open")
        yield NavItem(_("Notices"), "/notices/", "bell")
    if roles & TEACHERS:
        yield NavItem(_("Journal"), "/journal/", "notebook-pen")
    for post in actor.roles:
        if post.class_id is not None:
            label = _("Class %(title)s") % {"title": post.class_title} if post.class_title else _("My class")
            yield NavItem(label, f"/class/{post.class_id}/", "users")
    yield from _of_the_school(roles)
    if "CLASS_TEACHER" in roles and not actor.is_family:
        yield NavItem(_("Notices"), "/notices/", "bell")


def _of_the_school(roles: set[str]) -> Iterator[NavItem]:
    if roles & ADMINISTRATORS:
        yield NavItem(_("Office"), "/office/", "school")
    if roles & (DEPUTIES | ADMINISTRATORS):
        yield NavItem(_("School day"), "/office/day/", "calendar-days")
        yield NavItem(_("Marking"), "/office/marking/", "sliders-horizontal")
    if roles & DEPUTIES:
        yield NavItem(_("Study periods"), "/office/periods/", "award")
        yield NavItem(_("Lesson plans"), "/office/deputy/plans/", "list-ordered")
        yield NavItem(_("Classes"), "/class/", "users")
        yield NavItem(_("Control"), "/office/deputy/control/", "list-checks")
