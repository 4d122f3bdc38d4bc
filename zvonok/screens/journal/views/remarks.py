"""Remarks, the words kept for them, and the note to oneself, on the lesson's page."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from zvonok.domain.remarks.commands import (
    drop_template,
    keep_template,
    make_remark,
    withdraw_remark,
    write_note,
)
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.door import lesson_to_mark
from zvonok.screens.journal.forms import NoteForm, RemarkForm
from zvonok.screens.journal.lesson import lesson_page
from zvonok.screens.journal.views.answers import error_of, refused, saved, students_of
from zvonok.screens.shell.asking import signed_in
from zvonok.screens.shell.posting import posted_from

if TYPE_CHECKING:
    from zvonok.screens.shell.request import Request


@posted_from("journal:lesson", of="lesson_id")
@signed_in
def remark(request: "Request", lesson_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/remarks/: a word to a student and the family, perhaps kept as a template."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        page = lesson_page(found, actor=request.actor, at=timezone.now())
        form = RemarkForm(request.POST, students=students_of(page))
        if form.is_valid():
            try:
                _make(request, lesson_id, form, school_id=found.school_id)
                return saved(request, lesson_id, _("The remark is saved."))
            except Refused as refusal:
                form.add_error(None, error_of(refusal))
        return refused(request, found, "remark_form", form)


@posted_from("journal:lesson", of="lesson_id")
@signed_in
def take_back(request: "Request", lesson_id: UUID, remark_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/remarks/<remark>/withdraw/: take a remark back."""
    with lesson_to_mark(request.actor, lesson_id):
        withdraw_remark(actor=request.actor, lesson_id=lesson_id, remark_id=remark_id, at=timezone.now())
    return saved(request, lesson_id, _("The remark is taken back."))


@posted_from("journal:lesson", of="lesson_id")
@signed_in
def drop(request: "Request", lesson_id: UUID, template_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/templates/<template>/drop/: throw away words of one's own."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        drop_template(actor=request.actor, school_id=found.school_id, template_id=template_id)
    return saved(request, lesson_id, _("The template is deleted."))


@posted_from("journal:lesson", of="lesson_id")
@signed_in
def note(request: "Request", lesson_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/note/: a note to oneself."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        form = NoteForm(request.POST, auto_id="note_%s")
        if not form.is_valid():
            return refused(request, found, "note_form", form)
        write_note(actor=request.actor, lesson_id=lesson_id, text=form.cleaned_data["text"])
    return saved(request, lesson_id, _("Your note is saved."))


@transaction.atomic
def _make(request: "Request", lesson_id: UUID, form: RemarkForm, *, school_id: UUID) -> None:
    chosen = form.cleaned_data
    words = {"kind": chosen["kind"], "text": chosen["text"]}
    make_remark(
        actor=request.actor,
        lesson_id=lesson_id,
        edit_id=chosen["edit"],
        student_id=chosen["student"],
        at=timezone.now(),
        **words,
    )
    if chosen["keep"]:
        keep_template(actor=request.actor, school_id=school_id, **words)
