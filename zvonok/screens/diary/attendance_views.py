"""The family's page of absences, and the notes that are sent from it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zvonok.domain.access.models import Section
from zvonok.domain.attendance.commands import NoteEdit, explain_absence, report_absence, withdraw_note
from zvonok.domain.attendance.commands.notes import NotYoursToExcuse
from zvonok.domain.attendance.policy import students_to_excuse
from zvonok.domain.attendance.rules import has_begun
from zvonok.domain.attendance.selectors import begun_lessons
from zvonok.kernel.db import no_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import school_scope
from zvonok.screens.diary.attendance import AttendancePage, attendance_page
from zvonok.screens.diary.attendance_form import AskedForm, NoteForm
from zvonok.screens.diary.door import Visit, family
from zvonok.screens.diary.frame import frame_of

UNPROCESSABLE = 422


@require_safe
@family(Section.ATTENDANCE)
def attendance(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /diary/<link>/attendance/?before=: absences to explain, a form to write in, and what was written."""
    page = attendance_page(visit, before=_before(request))
    return _answer(request, visit, page, NoteForm(places=page.enrolled, initial=_asked(request)))


@require_POST
@family(Section.ATTENDANCE)
def send_note(request: HttpRequest, visit: Visit) -> HttpResponse:
    """POST /diary/<link>/attendance/notes/: report an absence, or explain one that has begun."""
    page = attendance_page(visit, before=None)
    if not page.may_write:
        raise Http404
    form = NoteForm(request.POST, places=page.enrolled)
    if form.is_valid():
        try:
            _send(visit, form.cleaned_data["school"], form.edit_for(visit.asked.student_id))
            messages.success(request, _("Sent to the class teacher."))
            return redirect("diary:attendance", link=visit.asked.link_id)
        except Refused as refusal:
            form.add_error(None, ValidationError(str(refusal), code=refusal.code))
    return _answer(request, visit, page, form, status=UNPROCESSABLE)


@require_POST
@family(Section.ATTENDANCE)
def take_back(request: HttpRequest, visit: Visit, note: UUID) -> HttpResponse:
    """POST /diary/<link>/attendance/notes/<note>/withdraw/."""
    actor = visit.asked.actor
    if not students_to_excuse(actor).filter(pk=visit.asked.student_id).exists():
        raise Http404
    for school_id in visit.asked.revisions:
        try:
            with school_scope(school_id):
                withdraw_note(actor=actor, school_id=school_id, note_id=note, at=visit.at)
        except (ObjectDoesNotExist, NotYoursToExcuse):
            continue
        messages.success(request, _("Taken back."))
        return redirect("diary:attendance", link=visit.asked.link_id)
    raise Http404


def _send(visit: Visit, school_id: UUID, edit: NoteEdit) -> None:
    """What has begun is explained, what has not is reported."""
    with school_scope(school_id):
        begun = begun_lessons(school_id=school_id, student_id=edit.student_id, day=visit.today, at=visit.at)
        explains = has_begun(edit.reach, today=visit.today, begun=begun)
        way = explain_absence if explains else report_absence
        way(actor=visit.asked.actor, school_id=school_id, edit=edit, at=visit.at)


def _asked(request: HttpRequest) -> dict[str, Any]:
    asked = AskedForm(request.GET)
    if not asked.is_valid():
        return {"edit": uuid7()}
    told = asked.cleaned_data
    return {
        "first_day": told["day"],
        "from_slot": told["from_slot"],
        "to_slot": told["to_slot"],
        "edit": uuid7(),
    }


def _before(request: HttpRequest) -> datetime | None:
    asked = request.GET.get("before")
    if asked is None:
        return None
    try:
        moment = parse_datetime(asked)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Http404
    return moment


def _answer(
    request: HttpRequest, visit: Visit, page: AttendancePage, form: NoteForm, *, status: int = 200
) -> HttpResponse:
    frame = frame_of(visit.asked, path=request.path, whose=page.whose)
    context = {
        "page": page,
        "frame": frame,
        "form": form,
        "today": visit.today,
        "here": request.path,
        "link": visit.asked.link_id,
    }
    with no_queries():
        return render(request, "diary/attendance.html", context, status=status)
