"""The classes of a school, the board of one, and its families."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from zvonok.domain.access.policy import OVERSEERS, may_issue_slips
from zvonok.domain.attendance.policy import may_lead_class
from zvonok.kernel.db import no_queries
from zvonok.kernel.ids import uuid7
from zvonok.screens.journal.board import Turned, board
from zvonok.screens.journal.class_families import class_page
from zvonok.screens.journal.class_forms import TurnForm, WholeDayForm
from zvonok.screens.journal.class_frame import class_tabs
from zvonok.screens.journal.class_list import classes_of
from zvonok.screens.journal.door import class_to_lead, class_to_watch
from zvonok.screens.shell.asking import signed_in, staff

if TYPE_CHECKING:
    from zvonok.domain.schools.models import SchoolClass
    from zvonok.screens.shell.request import Request


@require_safe
@staff(*OVERSEERS)
def classes(request: "Request") -> HttpResponse:
    """GET /class/: the classes of the schools that the asker oversees."""
    today = timezone.localdate()
    schools = [
        classes_of(school_id=school_id, today=today) for school_id in request.actor.schools_as(*OVERSEERS)
    ]
    with no_queries():
        return render(request, "journal/classes.html", {"schools": schools})


@require_safe
@signed_in
def school_class(request: "Request", class_id: UUID) -> HttpResponse:
    """GET /class/<id>/: the board; who only keeps the accounts is shown the families."""
    _turned(request)
    try:
        with class_to_watch(request.actor, class_id) as found:
            return show_board(request, found)
    except Http404:
        with class_to_lead(request.actor, class_id):
            return redirect("journal:class_families", class_id=class_id)


@require_safe
@signed_in
def families(request: "Request", class_id: UUID) -> HttpResponse:
    """GET /class/<id>/families/: the families of a class, and whether they have come in yet."""
    with class_to_lead(request.actor, class_id) as found:
        today = today_of(found)
        page = class_page(found, today=today)
        parts = class_tabs(request.actor, found, current="class_families")
    with no_queries():
        return render(request, "journal/class_families.html", {"page": page, "today": today, "parts": parts})


def show_board(
    request: "Request",
    found: "SchoolClass",
    *,
    form: WholeDayForm | None = None,
    returned: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the board of a class, with a form that was refused if there is one."""
    today = today_of(found)
    page = board(found, today=today, at=timezone.now(), turned=_turned(request))
    context = {
        "page": page,
        "class_id": found.pk,
        "title": found.title,
        "today": today,
        "zone": ZoneInfo(found.school.time_zone),
        "parts": class_tabs(request.actor, found, current="class"),
        "leads": may_lead_class(request.actor, found),
        "issues_slips": may_issue_slips(request.actor, found),
        "form": form or WholeDayForm(pupils=page.pupils, initial={"first_day": today, "edit": uuid7()}),
        "returned": returned or {},
    }
    with no_queries():
        return render(request, "journal/class.html", context, status=status)


def today_of(found: "SchoolClass") -> date:
    """Tell the day by the school's clock."""
    return timezone.now().astimezone(ZoneInfo(found.school.time_zone)).date()


def moment_of(text: str) -> datetime | None:
    """Read a moment from an address; what is no moment is no page."""
    if not text:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Http404
    return moment


def _turned(request: HttpRequest) -> Turned:
    form = TurnForm(request.GET)
    if not form.is_valid():
        raise Http404
    day: date | None = form.cleaned_data["absent_before"]
    if day and not 1900 < day.year < 3000:
        raise Http404
    return Turned(day, moment_of(form.cleaned_data["remarked_before"]))
