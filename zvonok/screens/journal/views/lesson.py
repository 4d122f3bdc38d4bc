"""The lesson page and what is written on it."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zvonok.domain.planning.commands.teach import teach_topic
from zvonok.domain.remarks.commands import make_remark, withdraw_remark
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.cells import save_cells
from zvonok.screens.journal.door import lesson_to_mark
from zvonok.screens.journal.forms import RemarkForm, TopicForm
from zvonok.screens.journal.lesson import lesson_page
from zvonok.screens.journal.sheet import read_sheet, typed_and_refused
from zvonok.screens.journal.views.answers import UNPROCESSABLE, error_of, lesson_answer, saved, students_of
from zvonok.screens.shell.asking import signed_in

if TYPE_CHECKING:
    from zvonok.screens.shell.request import Request


@require_safe
@signed_in
def lesson(request: "Request", lesson_id: UUID) -> HttpResponse:
    """GET /lessons/<id>/: the lesson, ready to be filled; `?work=` adds a column for another work."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        return lesson_answer(request, found, wished=request.GET.get("work", ""))


@require_POST
@signed_in
def register(request: "Request", lesson_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/register/: presence, marks and comments of the rows that were changed."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        school_id = found.school_id
    edits = read_sheet(request.POST, lesson_id=lesson_id)
    told = save_cells(edits, school_id=school_id, actor=request.actor, at=timezone.now())
    refused = typed_and_refused(told, request.POST)
    if refused:
        with lesson_to_mark(request.actor, lesson_id) as found:
            return lesson_answer(request, found, typed=refused, status=UNPROCESSABLE)
    return saved(request, lesson_id, _("Saved."))


@require_POST
@signed_in
def topic(request: "Request", lesson_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/topic/: what the lesson is about."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        form = TopicForm(request.POST)
        if form.is_valid():
            try:
                teach_topic(
                    actor=request.actor,
                    lesson_id=lesson_id,
                    topic=form.cleaned_data["topic"],
                    planned=form.cleaned_data["proposal"],
                    version=form.cleaned_data["version"],
                    at=timezone.now(),
                )
                return saved(request, lesson_id, _("The topic is saved."))
            except Refused as refusal:
                form.add_error(None, error_of(refusal))
        return lesson_answer(request, found, forms={"topic_form": form}, status=UNPROCESSABLE)


@require_POST
@signed_in
def remark(request: "Request", lesson_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/remarks/: a word to a student and the family."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        page = lesson_page(found, actor=request.actor, at=timezone.now())
        form = RemarkForm(request.POST, students=students_of(page))
        if form.is_valid():
            wanted = {_REMARK_NAMES.get(name, name): value for name, value in form.cleaned_data.items()}
            try:
                make_remark(actor=request.actor, lesson_id=lesson_id, at=timezone.now(), **wanted)
                return saved(request, lesson_id, _("The remark is saved."))
            except Refused as refusal:
                form.add_error(None, error_of(refusal))
        return lesson_answer(request, found, forms={"remark_form": form}, status=UNPROCESSABLE)


@require_POST
@signed_in
def take_back(request: "Request", lesson_id: UUID, remark_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/remarks/<remark>/withdraw/: take a remark back."""
    with lesson_to_mark(request.actor, lesson_id):
        withdraw_remark(actor=request.actor, lesson_id=lesson_id, remark_id=remark_id, at=timezone.now())
    return saved(request, lesson_id, _("The remark is taken back."))


_REMARK_NAMES = {"edit": "edit_id", "student": "student_id"}
