"""The class teacher's page of a class."""

from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zvonok.kernel.db import no_queries
from zvonok.screens.journal.door import class_to_lead
from zvonok.screens.journal.school_class import class_page
from zvonok.screens.shell.asking import signed_in

if TYPE_CHECKING:
    from zvonok.screens.shell.request import Request


@require_safe
@signed_in
def school_class(request: "Request", class_id: UUID) -> HttpResponse:
    """GET /class/<id>/: the families of a class, and whether they have come in yet."""
    with class_to_lead(request.actor, class_id) as found:
        today = timezone.now().astimezone(ZoneInfo(found.school.time_zone)).date()
        page = class_page(found, today=today)
    with no_queries():
        return render(request, "journal/class.html", {"page": page, "today": today})
