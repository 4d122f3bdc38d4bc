"""The families' notes of a class and their answers, and whole days."""

from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zvonok.domain.attendance.commands import (
    accept_note,
    put_whole_day,
    return_note,
    withdraw_whole_day,
)
from zvonok.domain.attendance.commands.notes import NotYourPupil
from zvonok.domain.attendance.policy import may_lead_class
from zvonok.domain.attendance.selectors import notes_about
from zvonok.domain.schools.selectors import students_of_class
from zvonok.kernel.db import no_queries
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.class_forms import AnswerForm, WholeDayForm
from zvonok.screens.journal.class_frame import class_tabs
from zvonok.screens.journal.door import class_to_watch
from zvonok.screens.journal.views.school_class import moment_of, show_board, today_of
from zvonok.screens.shell.asking import signed_in

if TYPE_CHECKING:
    from zvonok.screens.shell.request import Request

PAGE = 30
UNPROCESSABLE = 422


@require_safe
@signed_in
def notes(request: "Request", class_id: UUID) -> HttpResponse:
    """GET /class/<id>/notes/?before=: all notes about the pupils of a class, newest first."""
    before = moment_of(request.GET.get("before", ""))
    with class_to_watch(request.actor, class_id) as found:
        today = today_of(found)
        pupils = students_of_class(school_id=found.school_id, class_id=class_id, first=today, last=today)
        ids = [pupil.student_id for pupil in pupils]
        lines = notes_about(school_id=found.school_id, student_ids=ids, before=before, most=PAGE + 1)
        parts = class_tabs(request.actor, found, current="class_notes")
    shown = lines[:PAGE]
    context = {
        "notes": shown,
        "earlier": shown[-1].sent_at.isoformat() if len(lines) > PAGE else "",
        "class_id": class_id,
        "title": found.title,
        "today": today,
        "zone": ZoneInfo(found.school.time_zone),
        "parts": parts,
        "leads": may_lead_class(request.actor, found),
    }
    with no_queries():
        return render(request, "journal/class_notes.html", context)


@require_POST
@signed_in
def accept(request: "Request", class_id: UUID, note_id: UUID) -> HttpResponse:
    """POST /class/<id>/notes/<note>/accept/: what was missed within it is excused."""
    with class_to_watch(request.actor, class_id) as found:
        try:
            excused = accept_note(
                actor=request.actor, school_id=found.school_id, note_id=note_id, at=timezone.now()
            )
        except (ObjectDoesNotExist, NotYourPupil) as refusal:
            raise Http404 from refusal
    text = ngettext("Accepted: %(num)s lesson is excused.", "Accepted: %(num)s lessons are excused.", excused)
    return _done(request, class_id, text % {"num": excused})


@require_POST
@signed_in
def give_back(request: "Request", class_id: UUID, note_id: UUID) -> HttpResponse:
    """POST /class/<id>/notes/<note>/return/: with a word to the family."""
    with class_to_watch(request.actor, class_id) as found:
        form = AnswerForm(request.POST)
        if form.is_valid():
            try:
                return_note(
                    actor=request.actor,
                    school_id=found.school_id,
                    note_id=note_id,
                    answer=form.cleaned_data["answer"],
                    at=timezone.now(),
                )
                return _done(request, class_id, _("Returned to the family."))
            except (ObjectDoesNotExist, NotYourPupil) as refusal:
                raise Http404 from refusal
            except Refused as refusal:
                form.add_error(None, _error(refusal))
        if not may_lead_class(request.actor, found):
            raise Http404
        return show_board(request, found, returned={"id": note_id, "form": form}, status=UNPROCESSABLE)


@require_POST
@signed_in
def whole_day(request: "Request", class_id: UUID) -> HttpResponse:
    """POST /class/<id>/absences/: a pupil is away for whole days."""
    with class_to_watch(request.actor, class_id) as found:
        if not may_lead_class(request.actor, found):
            raise Http404
        today = today_of(found)
        pupils = students_of_class(school_id=found.school_id, class_id=class_id, first=today, last=today)
        form = WholeDayForm(request.POST, pupils={pupil.student_id: pupil.name for pupil in pupils})
        if form.is_valid():
            try:
                put_whole_day(
                    actor=request.actor, school_id=found.school_id, edit=form.wanted, at=timezone.now()
                )
                return _done(request, class_id, _("Noted in all lessons of these days."))
            except Refused as refusal:
                form.add_error(None, _error(refusal))
        return show_board(request, found, form=form, status=UNPROCESSABLE)


@require_POST
@signed_in
def take_back(request: "Request", class_id: UUID, whole_id: UUID) -> HttpResponse:
    """POST /class/<id>/absences/<whole>/withdraw/."""
    with class_to_watch(request.actor, class_id) as found:
        try:
            withdraw_whole_day(
                actor=request.actor, school_id=found.school_id, whole_id=whole_id, at=timezone.now()
            )
        except (ObjectDoesNotExist, NotYourPupil) as refusal:
            raise Http404 from refusal
    return _done(request, class_id, _("Taken back."))


def _done(request: "Request", class_id: UUID, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("journal:class", class_id=class_id)


def _error(refusal: Refused) -> ValidationError:
    return ValidationError(str(refusal), code=refusal.code)
