"""One homework of a diary: looked at, handed in, taken back, ticked off."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from zvonok.domain.access.models import Section
from zvonok.domain.files.selectors import files_of
from zvonok.domain.submissions import commands
from zvonok.domain.submissions.policy import hands_in
from zvonok.domain.submissions.rules import LONGEST_TEXT
from zvonok.kernel.db import no_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.kernel.text import plain_text
from zvonok.screens.diary.door import Visit, family
from zvonok.screens.diary.frame import frame_of
from zvonok.screens.diary.homework import Returned, homework_of, homework_page, work_file
from zvonok.screens.shell.bearable import with_files
from zvonok.screens.shell.files import serve, serve_preview
from zvonok.screens.shell.handing_in import HandedIn, handed_in, ids_of
from zvonok.screens.shell.refusals import UNPROCESSABLE
from zvonok.screens.shell.request import Request

AT_ONCE_MEGABYTES = 200


class WorkForm(forms.Form):
    """The words of a work; `seen` is the version that the page showed."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        required=False,
        max_length=LONGEST_TEXT,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    edit = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)


class TakeBackForm(forms.Form):
    """Which version is taken back."""

    seen = forms.UUIDField()


@require_safe
@family(Section.HOMEWORK)
def homework(request: HttpRequest, visit: Visit, homework_id: UUID) -> HttpResponse:
    """GET /diary/<link>/homework/<id>/: any wording of a homework leads to the one that stands."""
    return _page(request, visit, homework_id)


@csrf_exempt
@require_POST
@family(Section.HOMEWORK)
@with_files(AT_ONCE_MEGABYTES)
def hand_in(request: Request, visit: Visit, homework_id: UUID) -> HttpResponse:
    """POST /diary/<link>/homework/<id>/hand-in/: a work of words and files; `drop_file` leaves earlier ones out."""
    school_id = _school_of(visit, homework_id)
    form, came = WorkForm(request.POST), handed_in(request, school_id=school_id)
    if form.is_valid() and not came.refusals:
        try:
            _hand_in(request, visit, homework_id, form, came)
        except Refused as refusal:
            came.refusals.append(("", refusal))
    if form.errors or came.refusals:
        return _page(request, visit, homework_id, form=form, came=came)
    messages.success(request, _("Handed in. You can replace it until the deadline."))
    return _back(visit, homework_id)


@require_POST
@family(Section.HOMEWORK)
def take_back(request: HttpRequest, visit: Visit, homework_id: UUID) -> HttpResponse:
    """POST /diary/<link>/homework/<id>/take-back/."""
    form = TakeBackForm(request.POST)
    _school_of(visit, homework_id)
    if form.is_valid():
        with homework_of(visit, homework_id):
            commands.take_back(**_asked(visit, homework_id), seen=form.cleaned_data["seen"])
        messages.success(request, _("Taken back. Nothing is handed in now."))
    return _back(visit, homework_id)


@require_POST
@family(Section.HOMEWORK)
def done(request: HttpRequest, visit: Visit, homework_id: UUID) -> HttpResponse:
    """POST /diary/<link>/homework/<id>/done/: tick it off; `done=` takes the tick away."""
    _school_of(visit, homework_id)
    tick = commands.tick_done if request.POST.get("done") else commands.untick_done
    with homework_of(visit, homework_id):
        tick(**_asked(visit, homework_id))
    return _back(visit, homework_id)


@require_safe
@family(Section.HOMEWORK)
def file(request: HttpRequest, visit: Visit, homework_id: UUID, work_file_id: UUID) -> HttpResponse:
    """GET /diary/<link>/homework/<id>/files/<file>/."""
    return serve(request, work_file(visit, homework_id, work_file_id))


@require_safe
@family(Section.HOMEWORK)
def preview(request: HttpRequest, visit: Visit, homework_id: UUID, work_file_id: UUID) -> HttpResponse:
    """GET /diary/<link>/homework/<id>/files/<file>/preview/: a small picture of it."""
    return serve_preview(request, work_file(visit, homework_id, work_file_id))


def _asked(visit: Visit, homework_id: UUID) -> dict[str, Any]:
    return {
        "actor": visit.asked.actor,
        "homework_id": homework_id,
        "student_id": visit.asked.student_id,
        "at": visit.at,
    }


def _school_of(visit: Visit, homework_id: UUID) -> UUID:
    """Find the school of a homework for those who hand in. Raises: Http404."""
    if not hands_in(visit.asked.grant):
        raise Http404
    with homework_of(visit, homework_id) as asked:
        return asked.school_id


def _hand_in(request: HttpRequest, visit: Visit, homework_id: UUID, form: WorkForm, came: HandedIn) -> None:
    dropped = set(ids_of(request.POST.getlist("drop_file")))
    handing = commands.Handing(
        id=form.cleaned_data["edit"],
        text=form.cleaned_data["text"],
        files=tuple(came.file_ids),
        keep=tuple(key for key in ids_of(request.POST.getlist("keep_file")) if key not in dropped),
        seen=form.cleaned_data["seen"],
    )
    with homework_of(visit, homework_id):
        commands.hand_in(**_asked(visit, homework_id), handing=handing)


def _page(
    request: HttpRequest,
    visit: Visit,
    homework_id: UUID,
    *,
    form: WorkForm | None = None,
    came: HandedIn | None = None,
) -> HttpResponse:
    with homework_of(visit, homework_id) as asked:
        if hands_in(visit.asked.grant):
            commands.note_opening(
                actor=visit.asked.actor, task=asked, student_id=visit.asked.student_id, at=visit.at
            )
        page = homework_page(visit, asked)
        kept = files_of(school_id=asked.school_id, file_ids=came.file_ids if came else [])
    work = page.current.work if page.current else None
    fresh = WorkForm(
        initial={"edit": uuid7(), "seen": work.id if work else None, "text": work.text if work else ""}
    )
    returned = Returned(kept=list(kept.values()), refusals=came.refusals) if came else Returned()
    frame = frame_of(visit.asked, path=request.path, whose=page.whose)
    context = {
        "page": page,
        "frame": frame,
        "link": visit.asked.link_id,
        "form": form or fresh,
        "returned": returned,
    }
    with no_queries():
        return render(request, "diary/homework.html", context, status=UNPROCESSABLE if form else 200)


def _back(visit: Visit, homework_id: UUID) -> HttpResponse:
    return redirect("diary:homework", link=visit.asked.link_id, homework_id=homework_id)
