"""The journal page of a study group."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zvonok.kernel.db import no_queries
from zvonok.screens.journal.door import group_to_read
from zvonok.screens.journal.month import month_averages, month_page
from zvonok.screens.journal.months import last_of, month_after, month_before
from zvonok.screens.journal.wording import correction_hint, group_label
from zvonok.screens.shell.asking import signed_in
from zvonok.screens.shell.wording import average

if TYPE_CHECKING:
    from zvonok.domain.schools.models import StudyGroup
    from zvonok.screens.shell.request import Request


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
    with group_to_read(request.actor, group_id) as group:
        now = timezone.now()
        journal, today = month_page(group, actor=request.actor, month=month, at=now), _today(group, now)
    year = group.year
    page = {
        "group": group,
        "heading": f"{group.subject.name} · {group_label(group.title, group.subject.name)}",
        "month": month,
        "today": today,
        "earlier": month_before(month) if month > year.starts_on else None,
        "later": month_after(month) if last_of(month) < year.ends_on else None,
        "present": today.replace(day=1),
        "journal": journal,
        "correction_hint": correction_hint,
    }
    with no_queries():
        return render(request, "journal/month.html", page)


@require_safe
@signed_in
def averages(request: "Request", group_id: UUID, month: date) -> HttpResponse:
    """GET /journal/<group>/<yyyy-mm>/averages/: the averages of today, as the page writes them."""
    with group_to_read(request.actor, group_id) as group:
        found = month_averages(group, month=month)
    return JsonResponse(
        {str(student): [average(of.weighted) for of in periods] for student, periods in found.items()}
    )


def _today(group: "StudyGroup", at: datetime) -> date:
    return at.astimezone(ZoneInfo(group.school.time_zone)).date()
