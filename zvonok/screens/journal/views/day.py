"""The teacher's day."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from zvonok.kernel.db import no_queries
from zvonok.screens.journal.day import SchoolDay, school_day
from zvonok.screens.journal.door import JOURNAL_ROLES
from zvonok.screens.journal.forms import DayForm
from zvonok.screens.shell.asking import staff

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zvonok.screens.shell.request import Request


@require_safe
@staff(*JOURNAL_ROLES)
def teacher_day(request: "Request") -> HttpResponse:
    """GET /journal/?day=: the lessons of a day, today unless another is asked for."""
    now, today = timezone.now(), timezone.localdate()
    day = _asked_day(request) or today
    schools = [
        school_day(request.actor, school_id=school_id, day=day, at=now)
        for school_id in request.actor.schools_as(*JOURNAL_ROLES)
    ]
    page = {
        "day": day,
        "today": today,
        "earlier": day - timedelta(days=1),
        "later": day + timedelta(days=1),
        "schools": schools,
        "teaches": any(school.own or school.lessons for school in schools),
        "keeps": _pages_of_the_day(schools, day) if day == today else [],
    }
    with no_queries():
        return render(request, "journal/day.html", page)


def _pages_of_the_day(schools: "Iterable[SchoolDay]", day: date) -> list[str]:
    """List what a teacher may want on this day without network: this page, its lessons, their groups' journals."""
    lines = [lesson.line for school in schools for lesson in school.lessons]
    groups = dict.fromkeys(line.group_id for line in lines)
    return [
        reverse("journal:day"),
        *(reverse("journal:lesson", kwargs={"lesson_id": line.id}) for line in lines),
        *(reverse("journal:month", kwargs={"group_id": group, "month": day}) for group in groups),
    ]


def _asked_day(request: "Request") -> date | None:
    form = DayForm(request.GET)
    if not form.is_valid():
        raise Http404
    day: date | None = form.cleaned_data["day"]
    if day and not 1900 < day.year < 3000:
        raise Http404
    return day
