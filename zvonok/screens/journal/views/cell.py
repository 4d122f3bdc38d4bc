"""A cell of the journal by itself: its comment and its history."""

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zvonok.domain.access.actor import Actor
from zvonok.domain.marks.commands.put import MarkEdit
from zvonok.kernel.db import no_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope
from zvonok.screens.journal.cell import CellPage, cell_page
from zvonok.screens.journal.cells import CellEdit, save_cells
from zvonok.screens.journal.door import group_to_read, lesson_to_mark
from zvonok.screens.journal.forms import CommentForm
from zvonok.screens.shell.asking import signed_in

if TYPE_CHECKING:
    from zvonok.screens.shell.request import Request


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def cell(request: "Request", group_id: UUID, student_id: UUID, lesson_id: UUID) -> HttpResponse:
    """GET and POST /journal/<group>/cells/<student>/<lesson>/: what stands there, why, and what stood before."""
    school_id = _school(request.actor, group_id, lesson_id)
    with school_scope(school_id):
        found = cell_page(
            actor=request.actor,
            school_id=school_id,
            group_id=group_id,
            lesson_id=lesson_id,
            student_id=student_id,
        )
    if found is None or (request.method == "POST" and not found.is_kept):
        raise Http404
    if request.method != "POST":
        return _page(request, found)
    form = CommentForm(request.POST)
    if form.is_valid() and _is_saved(request, found, form):
        messages.success(request, _("The comment is saved."))
        return redirect("journal:cell", group_id=group_id, student_id=student_id, lesson_id=lesson_id)
    return _page(request, found, refused=form, status=422)


def _is_saved(request: "Request", found: CellPage, form: CommentForm) -> bool:
    """Put the mark again with its comment; what is refused stands in the form."""
    sent = form.cleaned_data
    mark = MarkEdit(
        sent["edit"],
        found.student_id,
        sent["mark"],
        sent["work"],
        comment=sent["comment"],
        seen=sent["seen"],
    )
    edit = CellEdit(sent["edit"], found.student_id, found.lesson.id, mark, None)
    school_id = _school(request.actor, found.lesson.group_id, found.lesson.id)
    told = save_cells([edit], school_id=school_id, actor=request.actor, at=timezone.now())
    for refusal in told[0].refusals:
        form.add_error(None, ValidationError(str(refusal), code=refusal.code))
    return not told[0].refusals


def _page(
    request: "Request", found: CellPage, *, refused: CommentForm | None = None, status: int = 200
) -> HttpResponse:
    forms = {mark.id: _form(mark.id, mark.work, mark.value, mark.comment) for mark in found.marks}
    if refused:
        forms |= {mark.id: refused for mark in found.marks if mark.work == refused.data.get("work")}
    today = timezone.now().astimezone(found.zone).date()
    page = {"page": found, "forms": forms, "today": today}
    with no_queries():
        return render(request, "journal/cell.html", page, status=status)


def _form(seen: UUID, work: str, mark: str, comment: str) -> CommentForm:
    initial = {"edit": uuid7(), "seen": seen, "work": work, "mark": mark, "comment": comment}
    return CommentForm(initial=initial)


def _school(actor: Actor, group_id: UUID, lesson_id: UUID) -> UUID:
    """Find the school in which the actor reads the group's journal, or keeps the lesson's. Raises: Http404."""
    with suppress(Http404), group_to_read(actor, group_id) as group:
        return group.school_id
    with lesson_to_mark(actor, lesson_id) as lesson:
        return lesson.school_id
