"""The monthly attendance sheet of a class."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from zvonok.kernel.db import no_queries
from zvonok.screens.journal.class_frame import class_tabs
from zvonok.screens.journal.class_month import month_sheet as read_sheet
from zvonok.screens.journal.class_month import months_of
from zvonok.screens.journal.door import class_to_watch
from zvonok.screens.journal.views.school_class import today_of
from zvonok.screens.shell.asking import signed_in

if TYPE_CHECKING:
    from zvonok.screens.shell.request import Request


@require_safe
@signed_in
def present_month(request: "Request", class_id: UUID) -> HttpResponse:
    """GET /class/<id>/attendance/: on to the present month, or the nearest of the class's year."""
    with class_to_watch(request.actor, class_id) as found:
        day = min(max(today_of(found), found.year.starts_on), found.year.ends_on)
    return redirect("journal:class_month", class_id=class_id, month=day)


@require_safe
@signed_in
def month_sheet(request: "Request", class_id: UUID, month: date) -> HttpResponse:
    """GET /class/<id>/attendance/<yyyy-mm>/: lessons missed by pupil and day, and what they add up to."""
    with class_to_watch(request.actor, class_id) as found:
        today = today_of(found)
        sheet = read_sheet(found, month=month, today=today)
        earlier, later = months_of(found, month)
    context = {
        "sheet": sheet,
        "class_id": class_id,
        "title": found.title,
        "school": found.school.short_name,
        "month": month,
        "earlier": earlier,
        "later": later,
        "present": today.replace(day=1),
        "parts": class_tabs(request.actor, found, current="class_attendance"),
    }
    with no_queries():
        return render(request, "journal/class_month.html", context)
