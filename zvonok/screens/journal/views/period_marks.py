"""The period marks of a study group: looked over, set, and explained."""

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zvonok.domain.attestation.commands.put import put_period_marks
from zvonok.kernel.db import no_queries
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.cells import CellsUnreadable
from zvonok.screens.journal.door import group_to_read
from zvonok.screens.journal.period_marks import Typed, period_page
from zvonok.screens.journal.period_sheet import read_cells, read_form, status_of, told
from zvonok.screens.journal.period_why import why_page
from zvonok.screens.journal.wording import group_label
from zvonok.screens.shell.asking import signed_in
from zvonok.screens.shell.navigation import NavItem

if TYPE_CHECKING:
    from zvonok.domain.schools.models import StudyGroup
    from zvonok.screens.shell.request import Request

UNPROCESSABLE = 422


@require_safe
@signed_in
def period_marks(request: "Request", group_id: UUID) -> HttpResponse:
    """GET /period-marks/<group>/: the year's columns, the present study period open."""
    with group_to_read(request.actor, group_id) as group:
        return _page(request, group, "")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def column(request: "Request", group_id: UUID, column: str) -> HttpResponse:
    """GET, POST /period-marks/<group>/<column>/: one column open; what was typed in it is saved."""
    with group_to_read(request.actor, group_id) as group:
        if request.method != "POST":
            return _page(request, group, column)
        edits = read_form(request.POST)
        outcomes = put_period_marks(
            actor=request.actor, group=group, column=column, edits=edits, at=timezone.now()
        )
        refused = {
            outcome.edit.student_id: Typed(outcome.edit.value, outcome.edit.reason, outcome.refusal)
            for outcome in outcomes
            if outcome.refusal
        }
        if refused:
            return _page(request, group, column, typed=refused, status=UNPROCESSABLE)
    messages.success(request, _("Saved."))
    return redirect("journal:period_column", group_id=group_id, column=column)


@require_POST
@signed_in
def cells(request: "Request", group_id: UUID, column: str) -> HttpResponse:
    """POST /period-marks/<group>/<column>/cells/: a batch of edits as JSON; each is told as it stands now."""
    with group_to_read(request.actor, group_id) as group:
        try:
            edits = read_cells(request.body)
            outcomes = put_period_marks(
                actor=request.actor, group=group, column=column, edits=edits, at=timezone.now()
            )
        except Refused as refusal:
            status = 400 if isinstance(refusal, CellsUnreadable) else UNPROCESSABLE
            return JsonResponse({"error": refusal.code, "message": str(refusal), "cells": []}, status=status)
    return JsonResponse({"cells": [told(outcome) for outcome in outcomes]}, status=status_of(outcomes))


@require_safe
@signed_in
def why(request: "Request", group_id: UUID, column: str, student_id: UUID) -> HttpResponse:
    """GET /period-marks/<group>/<column>/<student>/: what a proposal is made of, and what stood here."""
    with group_to_read(request.actor, group_id) as group:
        page = why_page(group, slug=column, student_id=student_id, at=timezone.now())
        zone = ZoneInfo(group.school.time_zone)
    if page is None:
        raise Http404
    with no_queries():
        return render(
            request, "journal/period_why.html", {"page": page, "zone": zone, "today": timezone.localdate()}
        )


def _page(
    request: "Request",
    group: "StudyGroup",
    slug: str,
    *,
    typed: dict[UUID, Typed] | None = None,
    status: int = 200,
) -> HttpResponse:
    page = period_page(group, actor=request.actor, slug=slug, at=timezone.now(), typed=typed)
    if page is None and slug:
        raise Http404
    address = partial(reverse, "journal:period_column")
    tabs = [
        NavItem(one.title, address(args=[group.pk, one.slug]), current=one.slug == page.column.slug)
        for one in (page.columns if page else ())
        if page
    ]
    heading = f"{group.subject.name} · {group_label(group.title, group.subject.name)}"
    with no_queries():
        return render(
            request,
            "journal/period_marks.html",
            {"page": page, "group": group, "heading": heading, "tabs": tabs},
            status=status,
        )
