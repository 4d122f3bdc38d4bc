"""What stands around every page of a diary: whose it is, whose else there are, and its sections."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zvonok.domain.access.grant import Basis
from zvonok.domain.access.models import Section
from zvonok.domain.access.selectors import AskedDiary
from zvonok.screens.shell.navigation import NavItem

# The week opens to whoever may read some part of it. All see the lessons; topics and remarks belong to DIARY,
# homework, absences and marks each to a section of their own.
WEEK_SECTIONS = (Section.DIARY, Section.HOMEWORK, Section.ATTENDANCE)


@dataclass(frozen=True, slots=True)
class Child:
    """A diary in the switcher."""

    id: UUID
    name: str
    detail: str
    url: str
    current: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """The switcher of children, the sections of the diary, and where a look is noted."""

    children: list[Child]
    tabs: list[NavItem]
    seen_url: str


def frame_of(asked: AskedDiary, *, path: str, whose: str) -> Frame:
    """Build the frame of a diary's page without a query."""
    children = [
        Child(link, name, whose if link == asked.link_id else "", _page("diary", link), link == asked.link_id)
        for link, name in asked.children
    ]
    return Frame(children, list(_tabs(asked, path)), _page("seen", asked.link_id))


@lru_cache(maxsize=16_384)
def _page(name: str, link: UUID) -> str:
    return reverse(f"diary:{name}", args=[link])


def _tabs(asked: AskedDiary, path: str) -> Iterator[NavItem]:
    grant, link = asked.grant, asked.link_id
    if any(map(grant.opens, WEEK_SECTIONS)):
        yield NavItem(_("Week"), _page("diary", link), current="/week/" in path or "/day/" in path)
    if grant.opens(Section.MARKS):
        marks, final = _page("marks", link), _page("final_marks", link)
        yield NavItem(_("Marks"), marks, current=path.startswith(marks))
        yield NavItem(pgettext("section of a diary", "Final marks"), final, current=path == final)
    if grant.opens(Section.ATTENDANCE):
        missed = _page("attendance", link)
        yield NavItem(_("Attendance"), missed, current=path.startswith(missed))
    if grant.basis != Basis.TRUSTED:
        notices = _page("notices", link)
        yield NavItem(_("Notices"), notices, current=path == notices)
