"""Works handed in for a homework: the list, one after the other, and the answer with a mark in the same place."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zvonok.domain.marks.commands.put import MarkEdit, put_marks
from zvonok.domain.marks.models import Work
from zvonok.domain.submissions.commands import accept, note_look, reply, return_for_rework
from zvonok.domain.submissions.rules import LONGEST_REPLY
from zvonok.kernel.db import no_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.kernel.text import plain_text
from zvonok.screens.journal.cells import LONGEST_COMMENT, LONGEST_VALUE
from zvonok.screens.journal.submissions import (
    WorkPage,
    file_of_work,
    homework_to_look,
    next_waiting,
    submissions_page,
    work_page,
)
from zvonok.screens.journal.wording import scale_hint
from zvonok.screens.shell.asking import signed_in
from zvonok.screens.shell.files import serve, serve_preview
from zvonok.screens.shell.refusals import UNPROCESSABLE
from zvonok.screens.shell.security import POLICY

if TYPE_CHECKING:
    from zvonok.domain.submissions.selectors import Task
    from zvonok.screens.shell.request import Request

_ACTS = {"reply": reply, "return": return_for_rework, "accept": accept}


class AnswerForm(forms.Form):
    """The teacher's word, a mark, and what becomes of the work; `seen_mark` is the mark that stood there."""

    text = forms.CharField(
        label=gettext_lazy("Words to the pupil"),
        required=False,
        max_length=LONGEST_REPLY,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    value = forms.CharField(
        label=gettext_lazy("Mark for the homework"),
        required=False,
        max_length=LONGEST_VALUE,
        validators=[plain_text],
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 6}),
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment on the mark"),
        required=False,
        max_length=LONGEST_COMMENT,
        validators=[plain_text],
    )
    act = forms.ChoiceField(choices=[(name, name) for name in _ACTS], required=True)
    seen = forms.UUIDField(widget=forms.HiddenInput)
    seen_mark = forms.UUIDField(required=False, widget=forms.HiddenInput)
    edit = forms.UUIDField(widget=forms.HiddenInput)


@require_safe
@signed_in
def submissions(request: "Request", homework_id: UUID) -> HttpResponse:
    """GET /homework/<id>/submissions/: the pupils of the homework, and how each stands."""
    with homework_to_look(request.actor, homework_id) as asked:
        page = submissions_page(asked, at=timezone.now())
    with no_queries():
        return render(request, "journal/submissions.html", {"page": page})


@require_safe
@signed_in
def pupil_work(request: "Request", homework_id: UUID, student_id: UUID) -> HttpResponse:
    """GET /homework/<id>/submissions/<student>/: a pupil's work, ready to be answered."""
    at = timezone.now()
    with homework_to_look(request.actor, homework_id) as asked:
        page = work_page(asked, student_id, at=at)
        if page.current:
            note_look(task=asked, submission_id=page.current.work.id, at=at)
    return _page(request, page, _fresh(page))


@require_POST
@signed_in
def answer(request: "Request", homework_id: UUID, student_id: UUID) -> HttpResponse:
    """POST /homework/<id>/submissions/<student>/answer/: a word, a mark, and what becomes of the work."""
    at, form = timezone.now(), AnswerForm(request.POST)
    with homework_to_look(request.actor, homework_id) as asked:
        page = work_page(asked, student_id, at=at)
        if form.is_valid():
            try:
                with transaction.atomic():
                    _answer(request, page, form, at)
                return _onwards(request, asked, student_id, at)
            except Refused as refusal:
                form.add_error(None, forms.ValidationError(str(refusal), code=refusal.code))
    return _page(request, page, form, status=UNPROCESSABLE)


@require_safe
@signed_in
def file(request: "Request", homework_id: UUID, student_id: UUID, work_file_id: UUID) -> HttpResponse:
    """GET /homework/<id>/submissions/<student>/files/<file>/: the page of the work may show it within itself."""
    with homework_to_look(request.actor, homework_id) as asked:
        found = file_of_work(asked, student_id, work_file_id)
    response = serve(request, found)
    if "Content-Security-Policy" in response.headers and found.is_clean:
        policy = response.headers["Content-Security-Policy"]
        response.headers["Content-Security-Policy"] = policy.replace(
            "frame-ancestors 'none'", "frame-ancestors 'self'"
        )
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@require_safe
@signed_in
def preview(request: "Request", homework_id: UUID, student_id: UUID, work_file_id: UUID) -> HttpResponse:
    """GET /homework/<id>/submissions/<student>/files/<file>/preview/: a small picture of it."""
    with homework_to_look(request.actor, homework_id) as asked:
        found = file_of_work(asked, student_id, work_file_id)
    return serve_preview(request, found)


def _answer(request: "Request", page: WorkPage, form: AnswerForm, at: datetime) -> None:
    """Put the mark if it was changed, and then answer; either refused, nothing is done."""
    sent, place = form.cleaned_data, page.place
    was = (place.mark.typed, place.mark.comment) if place and place.mark else ("", "")
    if place and "value" in request.POST and (sent["value"], sent["comment"]) != was:
        edit = MarkEdit(
            id=sent["edit"],
            student_id=page.row.line.student_id,
            value=sent["value"],
            work=Work.HOMEWORK,
            comment=sent["comment"],
            seen=sent["seen_mark"],
        )
        (outcome,) = put_marks(actor=request.actor, lesson_id=place.lesson_id, edits=[edit], at=at)
        if outcome.refusal:
            raise outcome.refusal
    _ACTS[sent["act"]](
        actor=request.actor,
        homework_id=page.task.id,
        student_id=page.row.line.student_id,
        seen=sent["seen"],
        text=sent["text"],
        at=at,
    )


def _onwards(request: "Request", asked: "Task", student_id: UUID, at: datetime) -> HttpResponse:
    """Go on to the next work that waits, or back to the list."""
    messages.success(request, _("Saved: the family is told."))
    following = next_waiting(asked, student_id, at=at)
    if following:
        return redirect("journal:pupil_work", homework_id=asked.id, student_id=following)
    return redirect("journal:submissions", homework_id=asked.id)


def _fresh(page: WorkPage) -> AnswerForm:
    mark = page.place.mark if page.place else None
    work = page.current.work if page.current else None
    return AnswerForm(
        initial={
            "text": work.reply if work else "",
            "value": mark.typed if mark else "",
            "comment": mark.comment if mark else "",
            "seen": work.id if work else None,
            "seen_mark": mark.id if mark else None,
            "edit": uuid7(),
        }
    )


def _page(request: "Request", page: WorkPage, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    context = {"page": page, "form": form, "scale_hint": scale_hint}
    with no_queries():
        response = render(request, "journal/pupil_work.html", context, status=status)
    nonce = str(request.csp_nonce.value)  # type: ignore[attr-defined]
    policy = POLICY.format(nonce=f" 'nonce-{nonce}'" if nonce else "")
    response.headers["Content-Security-Policy"] = f"{policy}; frame-src 'self'"
    return response
