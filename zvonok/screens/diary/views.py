"""The pages of the family: diaries, week, day, marks, final marks, notices."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zvonok.domain.access.commands import look_at_diary
from zvonok.domain.access.grant import Basis
from zvonok.domain.access.models import Section
from zvonok.domain.access.selectors import OpenDiary, open_diaries_of
from zvonok.domain.notices.commands import read_notices, read_notices_of_teacher
from zvonok.domain.schools.models import Role
from zvonok.domain.schools.selectors import place_of
from zvonok.kernel.db import no_queries
from zvonok.kernel.scope import school_scope
from zvonok.screens.diary.children import children_of
from zvonok.screens.diary.door import Visit, family, family_page
from zvonok.screens.diary.feed import feed, schools_of
from zvonok.screens.diary.final_marks import FinalMarksPage, final_marks_page
from zvonok.screens.diary.frame import WEEK_SECTIONS, frame_of
from zvonok.screens.diary.marks import MarkPage, MarksPage, mark_page, marks_page
from zvonok.screens.diary.reading import whose
from zvonok.screens.diary.week import Spread, day_page, week_page
from zvonok.screens.shell.asking import signed_in
from zvonok.screens.shell.request import Request

NO_CONTENT = 204


@require_safe
@signed_in
def diaries(request: Request) -> HttpResponse:
    """GET /diaries/: the children by name."""
    account_id = request.actor.account_id
    cards = children_of(account_id=account_id, at=timezone.now()) if account_id else []
    return _answer(request, "diary/diaries.html", {"cards": cards, "today": timezone.localdate()})


@require_safe
@family()
def diary(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /diary/<link>/: on to the present week, or to the first page that the asker may read."""
    if any(map(visit.opens, WEEK_SECTIONS)):
        return HttpResponseRedirect(reverse("diary:week", args=[visit.asked.link_id, visit.today]))
    return HttpResponseRedirect(reverse("diary:marks", args=[visit.asked.link_id]))


@family_page("diary/_week.html", *WEEK_SECTIONS)
def week(visit: Visit, day: date) -> Spread:
    """GET /diary/<link>/week/<day>/: the week that the day is in; on a phone it opens at the day."""
    return week_page(visit, day=day)


@family_page("diary/_day.html", *WEEK_SECTIONS)
def day(visit: Visit, day: date) -> Spread:
    """GET /diary/<link>/day/<day>/."""
    return day_page(visit, day=day)


@family_page("diary/_marks.html", Section.MARKS)
def marks(visit: Visit) -> MarksPage:
    """GET /diary/<link>/marks/?period=: a period by its number, `year`, or else the present one."""
    return marks_page(visit)


@family_page("diary/_mark.html", Section.MARKS)
def mark(visit: Visit, mark: UUID) -> MarkPage:
    """GET /diary/<link>/marks/<mark>/: what a mark is for, who put it, when, and what stood there before."""
    return mark_page(visit, mark=mark)


@family_page("diary/_final_marks.html", Section.MARKS)
def final_marks(visit: Visit) -> FinalMarksPage:
    """GET /diary/<link>/final-marks/."""
    return final_marks_page(visit)


@require_POST
@family()
def seen(request: HttpRequest, visit: Visit) -> HttpResponse:
    """POST /diary/<link>/seen/: what stands there now is no longer new."""
    look_at_diary(actor=visit.asked.actor, link_id=visit.asked.link_id, at=visit.at)
    return HttpResponse(status=NO_CONTENT)


@require_http_methods(["GET", "HEAD", "POST"])
@family()
def notices(request: Request, visit: Visit) -> HttpResponse:
    """GET /diary/<link>/notices/?before=: the feed about one child; POST: it has been read."""
    asked = visit.asked
    if asked.grant.basis == Basis.TRUSTED:
        raise Http404
    own = OpenDiary(
        asked.link_id, asked.student_id, asked.name, asked.seen_at, asked.grant, tuple(asked.revisions)
    )
    if request.method == "POST":
        return _read(request, [own])
    for_frame = frame_of(asked, path=request.path, whose=_whose(visit))
    return _feed_page(request, [own], {"frame": for_frame, "names_children": False})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def all_notices(request: Request) -> HttpResponse:
    """GET /notices/?before=: the feed about all children; POST: it has been read."""
    account_id = request.actor.account_id
    own = open_diaries_of(account_id=account_id, day=timezone.localdate()) if account_id else []
    led = request.actor.schools_as(Role.CLASS_TEACHER)
    if request.method == "POST":
        return _read(request, own, led)
    names = {"frame": None, "names_children": len(own) > 1 or bool(led)}
    return _feed_page(request, own, names, led)


def _feed_page(
    request: Request, own: list[OpenDiary], context: dict[str, Any], led: Sequence[UUID] = ()
) -> HttpResponse:
    before = _before(request)
    page = feed(person_id=request.actor.person_id, diaries=own, before=before, led=led)
    context |= {"feed": page, "today": timezone.localdate(), "is_family": bool(own)}
    return _answer(request, "diary/notices.html", context)


def _read(request: Request, own: list[OpenDiary], led: Sequence[UUID] = ()) -> HttpResponse:
    at = timezone.now()
    for school_id in led:
        with school_scope(school_id):
            read_notices_of_teacher(actor=request.actor, school_id=school_id, at=at)
    for school_id in schools_of(own):
        with school_scope(school_id):
            read_notices(
                actor=request.actor,
                school_id=school_id,
                student_ids=[diary.student_id for diary in own],
                at=at,
            )
    if request.headers.get("Accept", "").startswith("text/html"):
        return HttpResponseRedirect(request.path)
    return HttpResponse(status=NO_CONTENT)


def _before(request: HttpRequest) -> datetime:
    """Read the moment from which the feed goes back; what is no moment is no page."""
    asked = request.GET.get("before")
    if asked is None:
        return timezone.now()
    try:
        moment = parse_datetime(asked)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Http404
    return moment


def _whose(visit: Visit) -> str:
    places = []
    for school_id in visit.asked.revisions:
        with school_scope(school_id):
            place = place_of(school_id=school_id, student_id=visit.asked.student_id, day=visit.today)
            places += [place] if place else []
    return whose([place for place in places if place.is_enrolled] or places[-1:])


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    with no_queries():
        return render(request, template, context)
