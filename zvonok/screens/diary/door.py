"""The door of the family's pages: one statement says who asks for whose diary, and whether it has changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import engines
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from zvonok.domain.access.models import Section
from zvonok.domain.access.selectors import AskedDiary, asked_diary
from zvonok.kernel.db import no_queries
from zvonok.screens.diary.edition import edition, fingerprint
from zvonok.screens.diary.frame import Frame, frame_of
from zvonok.screens.shell.asking import View, asking, private, session_key_of, to_sign_in
from zvonok.screens.shell.language import language_of, spoken
from zvonok.screens.shell.page import TEXTS, THEMES, chosen
from zvonok.screens.shell.refusals import wants_fragment

KEPT_SECONDS = 24 * 3600


class Part(Protocol):
    """What a page of the diary is made of: a read model that is rendered by the template of its page."""

    @property
    def title(self) -> str:
        """Name the page."""

    @property
    def whose(self) -> str:
        """Say the student's class and school."""

    @property
    def newest_at(self) -> datetime | None:
        """Tell when the newest thing on the page was put."""


@dataclass(frozen=True, slots=True)
class Inside:
    """The rendered inner part of a page, the same for everybody who sees the same sections."""

    title: str
    whose: str
    html: str
    newest_at: datetime | None

    def is_news_to(self, asked: AskedDiary) -> bool:
        """Say whether something on the page came after the last look; at the first look nothing is marked."""
        return bool(asked.seen_at and self.newest_at and self.newest_at > asked.seen_at)


@dataclass(frozen=True, slots=True)
class Visit:
    """A look at a page of a diary: who asks, on which day, at what moment."""

    asked: AskedDiary
    today: date
    at: datetime
    query: str = ""

    def opens(self, section: Section) -> bool:
        """Say whether a section of the diary is open to the asker."""
        return self.asked.grant.opens(section)

    def is_new(self, put_at: datetime) -> bool:
        """Say whether something has come since the last look; at the first look nothing is marked."""
        return self.asked.seen_at is not None and put_at > self.asked.seen_at


def family(*sections: Section) -> Callable[[View], View]:
    """Let only people in who may read the diary of the address, in one of the sections if any are named.

    A diary that is not on the asker's page, and one that may not be read today, do not exist.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def at_the_door(request: HttpRequest, link: UUID, **kwargs: Any) -> HttpResponse:
            visit = visit_of(request, link)
            if visit is None:
                return _nobody(request)
            if sections and not any(map(visit.opens, sections)):
                raise Http404
            request.actor = visit.asked.actor  # type: ignore[attr-defined]
            return private(view(request, visit, **kwargs))

        return at_the_door

    return guard


def family_page(template: str, *sections: Section) -> Callable[[Callable[..., Part]], View]:
    """Make a page of a function that composes its read model; unchanged, `early` answers for it."""

    def make(compose: Callable[..., Part]) -> View:
        def page(request: HttpRequest, visit: Visit, **kwargs: Any) -> HttpResponse:
            tag = tag_of(request, visit)  # before the page is made: that shows what waits to be shown once
            inside = _inside(request, visit, template, lambda: compose(visit, **kwargs))
            answer = _answer(request, visit, inside)
            if tag and settings.CSRF_COOKIE_NAME not in request.COOKIES:
                tag = tag_of(request, visit)  # a first answer brings the secret of its forms
            return tagged(answer, tag)

        return require_safe(wraps(compose)(family(*sections)(page)))

    return make


def visit_of(request: HttpRequest, link: UUID) -> Visit | None:
    """Find who asks for a diary, and by which right; one query for a request, or none without a session."""
    session_key = session_key_of(request)
    if not session_key:
        return None
    if not hasattr(request, "visit"):
        at, today = timezone.now(), timezone.localdate()
        asked = asked_diary(session_key=session_key, link_id=link, day=today, at=at)
        visit = Visit(asked, today, at, request.META.get("QUERY_STRING", "")) if asked else None
        request.visit = visit  # type: ignore[attr-defined]
    return request.visit  # type: ignore[no-any-return, attr-defined]


def _nobody(request: HttpRequest) -> HttpResponse:
    actor = asking(request)
    if actor is None:
        return to_sign_in(request)
    if not actor.has_entered:
        return HttpResponseRedirect("/welcome/")
    raise Http404


def tag_of(request: HttpRequest, visit: Visit) -> str:
    """Name all that the page depends on; none while a message waits to be shown once."""
    if request.COOKIES.get("messages"):
        return ""
    looks = (chosen(request, "theme", THEMES), chosen(request, "text", TEXTS), wants_fragment(request))
    secret = request.META.get("CSRF_COOKIE") or request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    whole = (
        request.get_full_path(),
        visit.asked,
        visit.today,
        language_of(request),
        looks,
        secret,
        edition(),
    )
    return f'W/"{fingerprint(whole)}"'


def unchanged(request: HttpRequest, tag: str) -> HttpResponse | None:
    """Answer 304 to a browser that has the page as it stands."""
    answer = get_conditional_response(request, etag=tag) if tag else None
    return private(tagged(answer, tag)) if answer is not None else None


def tagged(response: HttpResponse, tag: str) -> HttpResponse:
    """Tell which state of the page this is, and on what it depends."""
    if tag:
        response.headers["ETag"] = tag
    patch_vary_headers(response, ("Cookie", "Accept-Language", "HX-Request"))
    return response


def _inside(request: HttpRequest, visit: Visit, template: str, compose: Callable[[], Part]) -> Inside:
    """Render the inner part, or take the one kept for all who see the same of this student.

    It is kept as it stands for a reader to whom nothing is new, and links from it are relative,
    so that father, mother and child cost one rendering.
    """
    _, _, inner_path = request.path.partition(str(visit.asked.link_id))
    grant = visit.asked.grant
    seen = (
        visit.query,
        visit.asked.revisions,
        visit.today,
        grant.sections,
        spoken(),
        edition(),
    )
    key = fingerprint((grant.student_id, inner_path, *seen))
    kept: Inside | None = caches["pages"].get(key)
    if kept is not None and not kept.is_news_to(visit.asked):
        return kept
    part = compose()
    with no_queries():
        html = engines["jinja2"].get_template(template).render({"page": part, "today": visit.today})
    inside = Inside(part.title, part.whose, html, part.newest_at)
    if not inside.is_news_to(visit.asked):
        caches["pages"].set(key, inside, KEPT_SECONDS)
    return inside


def _answer(request: HttpRequest, visit: Visit, inside: Inside) -> HttpResponse:
    if wants_fragment(request):
        return HttpResponse(inside.html)
    looks = visit.asked.seen_at is None or inside.is_news_to(visit.asked)
    frame: Frame = frame_of(visit.asked, path=request.path, whose=inside.whose)
    with no_queries():
        return render(request, "diary/page.html", {"inside": inside, "frame": frame, "looks": looks})
