"""The column of a lesson's work: what it is, and how much it counts."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zvonok.domain.marks.commands.columns import begin_work, change_work
from zvonok.domain.marks.selectors import WorkColumn, work_kinds, works_of_lessons
from zvonok.kernel.db import no_queries
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.door import lesson_to_mark
from zvonok.screens.journal.forms import ColumnForm, NewColumnForm
from zvonok.screens.shell.asking import signed_in

if TYPE_CHECKING:
    from zvonok.domain.timetable.models import Lesson
    from zvonok.screens.shell.request import Request


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def column(request: "Request", lesson_id: UUID, work: str) -> HttpResponse:
    """GET and POST /lessons/<id>/columns/<kind>/: the kind, title and weight of a work that has been opened."""
    with lesson_to_mark(request.actor, lesson_id) as lesson:
        found = _column(lesson, work)
        kinds = [
            (kind.code, kind.title)
            for kind in work_kinds(school_id=lesson.school_id)
            if kind.in_use or kind.code == work
        ]
        if request.method != "POST":
            now = {"work": work, "title": found.title, "weight": found.weight, "counts": found.counts}
            form = ColumnForm(initial=now | {"seen": now}, kinds=kinds)
            return _page(request, lesson, form)
        form = ColumnForm(request.POST, kinds=kinds)
        if not form.is_valid() or not _is_changed(request, lesson, form):
            return _page(request, lesson, form, status=422)
    messages.success(request, _("The work is changed, and the averages with it."))
    return redirect("journal:month", group_id=lesson.group_id, month=lesson.day)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_column(request: "Request", lesson_id: UUID) -> HttpResponse:
    """GET and POST /lessons/<id>/columns/: one more work of the lesson."""
    with lesson_to_mark(request.actor, lesson_id) as lesson:
        works = works_of_lessons(school_id=lesson.school_id, lesson_ids=[lesson.pk])
        there = {one.work for one in works.get(lesson.pk, [])}
        kinds = [
            (kind.code, kind.title)
            for kind in work_kinds(school_id=lesson.school_id)
            if kind.in_use and kind.code not in there
        ]
        form = NewColumnForm(request.POST if request.method == "POST" else None, kinds=kinds)
        if not form.is_bound or not form.is_valid() or not _is_begun(request, lesson, form):
            return _page(request, lesson, form, status=422 if form.is_bound else 200)
    messages.success(request, _("The column is there."))
    return redirect("journal:month", group_id=lesson.group_id, month=lesson.day)


def _is_begun(request: "Request", lesson: "Lesson", form: NewColumnForm) -> bool:
    try:
        begin_work(actor=request.actor, lesson_id=lesson.pk, at=timezone.now(), **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, ValidationError(str(refusal), code=refusal.code))
        return False
    return True


def _column(lesson: "Lesson", code: str) -> WorkColumn:
    works = works_of_lessons(school_id=lesson.school_id, lesson_ids=[lesson.pk]).get(lesson.pk, [])
    found = next((one for one in works if one.work == code), None)
    if found is None:
        raise Http404
    return found


def _is_changed(request: "Request", lesson: "Lesson", form: ColumnForm) -> bool:
    try:
        change_work(
            actor=request.actor,
            lesson_id=lesson.pk,
            seen=form.cleaned_data["seen"],
            wanted=form.wanted,
            at=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, ValidationError(str(refusal), code=refusal.code))
        return False
    return True


def _page(
    request: "Request", lesson: "Lesson", form: ColumnForm | NewColumnForm, *, status: int = 200
) -> HttpResponse:
    with no_queries():
        return render(
            request,
            "journal/column.html",
            {"lesson": lesson, "form": form, "is_new": isinstance(form, NewColumnForm)},
            status=status,
        )
