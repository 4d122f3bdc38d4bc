"""A signed-in browser for anybody of `world.py`, and the words of the pages in English."""

import json
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.utils import translation

from tests.world import World
from zvonok.domain.attendance.models import Absence
from zvonok.domain.marks.models import Mark
from zvonok.domain.people.sessions import SessionStore
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

Enter = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _english(settings: Any) -> Iterator[None]:
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def enter(world: World) -> Enter:
    """Open a browser in which somebody, by first name, has signed in."""
    return lambda name: signed_in(world, name)


def signed_in(world: World, name: str) -> Client:
    """Make a client with a session of its own."""
    session = SessionStore()
    session[SESSION_KEY] = str(world.account(name).pk)
    session.save(must_create=True)
    client = Client()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = str(session.session_key)
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def cell(world: World, value: str | None = None, *, whom: str = "Vera", **more: Any) -> dict[str, Any]:
    """Make an edit of a cell of Monday's algebra, as the grid sends it."""
    lesson: Lesson = more.pop("lesson_row", world.algebra)
    edit = {"id": str(uuid7()), "student": str(world.people[whom].pk), "lesson": str(lesson.pk)}
    typed = {} if value is None else {"value": value}
    return edit | typed | {name: str(it) if isinstance(it, UUID) else it for name, it in more.items()}


def send(client: Client, world: World, *cells: dict[str, Any], group: UUID | None = None) -> Any:
    """Send edits to the group's cells."""
    address = f"/journal/{group or world.algebra.group_id}/cells/"
    return client.post(address, json.dumps({"cells": cells}), content_type="application/json")


class Page(HTMLParser):
    """What a reader finds on a page: tags with their attributes, and the fields of each form by its name."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.text = answer.content.decode()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.forms: dict[str, dict[str, str]] = {}
        self._form: dict[str, str] = {}
        self._select = ""
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag, and the field if it is one."""
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if tag == "form":
            self._form = self.forms[found.get("data-form", "")] = {}
        elif tag == "select":
            self._select = found["name"]
        elif tag == "option" and "selected" in found:
            self._form[self._select] = found["value"]
        elif tag in ("input", "textarea") and "name" in found and _is_sent(found):
            self._form[found["name"]] = found.get("value", "")

    def having(self, **attributes: str) -> list[dict[str, str]]:
        """List the tags that have all these attributes; an underscore stands for a hyphen."""
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        return [found for _, found in self.tags if wanted.items() <= found.items()]


def _is_sent(field: dict[str, str]) -> bool:
    return field.get("type") not in ("radio", "checkbox") or "checked" in field


def stood(world: World, lesson: Lesson | None = None) -> dict[str, list[str]]:
    """Read the marks and absences that stand in a lesson, by the student's first name."""
    lesson = lesson or world.algebra
    found: dict[str, list[str]] = {}
    with school_scope(lesson.school_id):
        for mark in Mark.objects.filter(lesson=lesson, withdrawn_at=None).select_related("student"):
            found.setdefault(mark.student.first_name, []).append(mark.value)
        for absence in Absence.objects.filter(lesson=lesson, withdrawn_at=None).select_related("student"):
            found.setdefault(absence.student.first_name, []).append(absence.kind)
    return found
