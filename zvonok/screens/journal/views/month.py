"""The journal page of a study group: a month, a study period or the year."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zvonok.domain.attendance.rules import LETTERS
from zvonok.kernel.db import no_queries
from zvonok.screens.journal.door import group_to_read
from zvonok.screens.journal.month import month_page, month_sums, taught_lessons
from zvonok.screens.journal.spans import NoSuchPeriod, Span, month_span, period_span, year_span
from zvonok.screens.journal.wording import correction_hint, group_label, sum_texts
from zvonok.screens.shell.asking import signed_in
from zvonok.screens.shell.refusals import wants_fragment
from zvonok.screens.shell.wording import absence_reason

if TYPE_CHECKING:
    from zvonok.domain.schools.models import StudyGroup
    from zvonok.screens.shell.request import Request

Spanning = Callable[["StudyGroup", date, datetime], Span]


@require_safe
@signed_in
def present_month(request: "Request", group_id: UUID) -> HttpResponse:
    """GET /journal/<group>/: on to the present month, or the nearest of the group's year."""
    with group_to_read(request.actor, group_id) as group:
        day = min(max(_today(group, timezone.now()), group.year.starts_on), group.year.ends_on)
    return redirect("journal:month", group_id=group_id, month=day)


@require_safe
@signed_in
def journal_month(request: "Request", group_id: UUID, month: date) -> HttpResponse:
    """GET /journal/<group>/<yyyy-mm>/: students, lessons and all that stands there."""
    return _journal(request, group_id, _month(month))


@require_safe
@signed_in
def journal_period(request: "Request", group_id: UUID, number: int) -> HttpResponse:
    """GET /journal/<group>/period/<number>/: the same of a study period."""
    return _journal(request, group_id, _period(number))


@require_safe
@signed_in
def journal_year(request: "Request", group_id: UUID) -> HttpResponse:
    """GET /journal/<group>/year/: the same of the whole year."""
    return _journal(request, group_id, _year)


@require_safe
@signed_in
def averages(request: "Request", group_id: UUID, month: date) -> HttpResponse:
    """GET /journal/<group>/<yyyy-mm>/averages/: the averages of today, as the page writes them."""
    return _averages(request, group_id, _month(month))


@require_safe
@signed_in
def period_averages(request: "Request", group_id: UUID, number: int) -> HttpResponse:
    """GET /journal/<group>/period/<number>/averages/: the same of a study period."""
    return _averages(request, group_id, _period(number))


@require_safe
@signed_in
def year_averages(request: "Request", group_id: UUID) -> HttpResponse:
    """GET /journal/<group>/year/averages/: the same of the whole year."""
    return _averages(request, group_id, _year)


@require_safe
@signed_in
def lessons(request: "Request", group_id: UUID, month: date) -> HttpResponse:
    """GET /journal/<group>/<yyyy-mm>/lessons/: the topics and the homework of a month."""
    with group_to_read(request.actor, group_id) as group:
        now = timezone.now()
        today, span = _today(group, now), _span(group, now, _month(month))
        taught = taught_lessons(group, actor=request.actor, span=span)
    part = "journal/_month_lessons.html" if wants_fragment(request) else "journal/month_lessons.html"
    page = {"taught": taught, "today": today, "span": span, "heading": _heading(group)}
    with no_queries():
        return render(request, part, page)


def _journal(request: "Request", group_id: UUID, spanning: Spanning) -> HttpResponse:
    with group_to_read(request.actor, group_id) as group:
        now = timezone.now()
        today = _today(group, now)
        span = _span(group, now, spanning)
        journal = month_page(group, actor=request.actor, span=span, at=now)
    page = {
        "group": group,
        "heading": _heading(group),
        "span": span,
        "today": today,
        "present": today.replace(day=1),
        "journal": journal,
        "correction_hint": correction_hint,
        "sum_texts": sum_texts,
        "absences": {letter: absence_reason(kind) for kind, letter in LETTERS.items()},
    }
    with no_queries():
        return render(request, "journal/month.html", page)


def _averages(request: "Request", group_id: UUID, spanning: Spanning) -> HttpResponse:
    with group_to_read(request.actor, group_id) as group:
        found = month_sums(group, span=_span(group, timezone.now(), spanning))
    return JsonResponse(
        {str(student): [text for one in sums for text in sum_texts(one)] for student, sums in found.items()}
    )


def _month(month: date) -> Spanning:
    return lambda group, today, at: month_span(group, month, today=today, at=at)


def _period(number: int) -> Spanning:
    return lambda group, today, at: period_span(group, number, today=today, at=at)


def _year(group: "StudyGroup", today: date, at: datetime) -> Span:
    return year_span(group, today=today, at=at)


def _span(group: "StudyGroup", at: datetime, spanning: Spanning) -> Span:
    try:
        return spanning(group, _today(group, at), at)
    except NoSuchPeriod as missing:
        raise Http404 from missing


def _heading(group: "StudyGroup") -> str:
    return f"{group.subject.name} · {group_label(group.title, group.subject.name)}"


def _today(group: "StudyGroup", at: datetime) -> date:
    return at.astimezone(ZoneInfo(group.school.time_zone)).date()
