"""The deputy head's control of the journals."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from zvonok.domain.control.commands import close_mended_notes, close_note, send_note
from zvonok.domain.schools.models import Role
from zvonok.gateways.spreadsheets.writing import XLSX, write_table
from zvonok.kernel.db import no_queries
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import school_scope
from zvonok.screens.office.control import (
    asked_filter,
    changes_page,
    control_lines,
    control_page,
    with_query,
)
from zvonok.screens.office.control_forms import NoteForm
from zvonok.screens.office.door import asked_school, schools_to_choose
from zvonok.screens.shell.asking import staff
from zvonok.screens.shell.navigation import NavItem
from zvonok.screens.shell.refusals import UNPROCESSABLE
from zvonok.screens.shell.request import Request

OVERSEES = (Role.DEPUTY_HEAD, Role.HEAD)
CHANGES_DAYS = 365
MOST_ROWS = 10_000


@require_safe
@staff(*OVERSEES)
def control(request: Request) -> HttpResponse:
    """GET /office/deputy/control/: what is found in the journals now, by teacher, class and subject."""
    return _page(request)


@require_safe
@staff(*OVERSEES)
def changes(request: Request) -> HttpResponse:
    """GET /office/deputy/control/changes/: the marks that were changed in the last year."""
    school_id, now = asked_school(request, OVERSEES), timezone.now()
    with school_scope(school_id):
        form = asked_filter(request.GET, school_id=school_id, day=timezone.localdate())
        page = changes_page(
            form,
            asked=request.GET,
            school_id=school_id,
            first=now - timedelta(days=CHANGES_DAYS),
            end=now + timedelta(minutes=1),
        )
    known = {"page": page, "schools": schools_to_choose(request, OVERSEES, school_id)}
    with no_queries():
        return render(request, "office/changes.html", known)


@require_safe
@staff(*OVERSEES)
def file(request: Request) -> HttpResponse:
    """GET /office/deputy/control/file/: the same list as a spreadsheet."""
    school_id = asked_school(request, OVERSEES)
    with school_scope(school_id):
        form = asked_filter(request.GET, school_id=school_id, day=timezone.localdate())
        lines = control_lines(form, school_id=school_id, at=timezone.now())[:MOST_ROWS]
    head = [_("Class"), _("Subject"), _("Teacher"), _("Day"), _("Student"), _("What is found"), _("Words")]
    rows = [
        [
            line.names.class_title,
            line.names.subject,
            line.teacher,
            line.finding.day.isoformat() if line.finding.day else "",
            line.student,
            line.title,
            line.words,
        ]
        for line in lines
    ]
    table = write_table(
        str(_("Control of the journals")),
        [str(title) for title in head],
        rows,
        widths=[8, 20, 20, 12, 20, 30, 60],
    )
    return HttpResponse(
        table,
        content_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="control.xlsx"', "Cache-Control": "no-store"},
    )


@require_POST
@staff(*OVERSEES)
def note(request: Request) -> HttpResponse:
    """POST /office/deputy/control/notes/: write to the teacher about a finding."""
    school_id, form = asked_school(request, OVERSEES), NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        with school_scope(school_id):
            now: datetime = timezone.now()
            close_mended_notes(school_id=school_id, at=now)
            send_note(
                actor=request.actor,
                school_id=school_id,
                note_id=form.cleaned_data["note"],
                key=form.key,
                text=form.cleaned_data["text"],
                at=now,
            )
    except Refused as refusal:
        form.add_error(None, ValidationError(str(refusal), code=refusal.code))
        return _page(request, form)
    messages.success(request, str(_("The teacher sees the note on the page of the day.")))
    return _back(request)


@require_POST
@staff(*OVERSEES)
def close(request: Request, note_id: UUID) -> HttpResponse:
    """POST /office/deputy/control/notes/<id>/close/: what was found may stay."""
    school_id = asked_school(request, OVERSEES)
    try:
        with school_scope(school_id):
            close_note(actor=request.actor, school_id=school_id, note_id=note_id, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    messages.success(request, str(_("The note is closed.")))
    return _back(request)


def _back(request: Request) -> HttpResponse:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponseRedirect(reverse("office:control") + query)


def _page(request: Request, note_form: NoteForm | None = None) -> HttpResponse:
    school_id = asked_school(request, OVERSEES)
    with school_scope(school_id):
        form = asked_filter(request.GET, school_id=school_id, day=timezone.localdate())
        page = control_page(form, asked=request.GET, school_id=school_id, at=timezone.now())
    field = form.fields["by"]
    orders = [
        NavItem(str(title), with_query(request.GET, by=key), current=key == page.order)
        for key, title in field.choices  # type: ignore[attr-defined]
    ]
    known = {
        "page": page,
        "orders": orders,
        "note_form": note_form,
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
        "schools": schools_to_choose(request, OVERSEES, school_id),
    }
    with no_queries():
        return render(request, "office/control.html", known, status=UNPROCESSABLE if note_form else 200)
