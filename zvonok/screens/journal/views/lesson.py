"""The lesson page and what is written on it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zvonok.domain.homework.commands import set_homework
from zvonok.domain.planning.commands.teach import teach_topic
from zvonok.domain.remarks.commands import make_remark, withdraw_remark
from zvonok.domain.timetable.policy import may_read_group
from zvonok.kernel.db import no_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.cells import save_cells
from zvonok.screens.journal.door import lesson_to_mark
from zvonok.screens.journal.forms import HomeworkForm, RemarkForm, TopicForm
from zvonok.screens.journal.lesson import LessonPage, Typed, lesson_page
from zvonok.screens.journal.sheet import read_sheet, typed_and_refused
from zvonok.screens.journal.wording import correction_hint, scale_hint
from zvonok.screens.shell.asking import signed_in

if TYPE_CHECKING:
    from django.forms import Form

    from zvonok.domain.timetable.models import Lesson
    from zvonok.screens.shell.request import Request

UNPROCESSABLE = 422


@require_safe
@signed_in
def lesson(request: "Request", lesson_id: UUID) -> HttpResponse:
    """GET /lessons/<id>/: the lesson, ready to be filled; `?work=` adds a column for another work."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        return _page(request, found, wished=request.GET.get("work", ""))


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
            return _page(request, found, typed=refused, status=UNPROCESSABLE)
    return _saved(request, lesson_id, _("Saved."))


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
                return _saved(request, lesson_id, _("The topic is saved."))
            except Refused as refusal:
                form.add_error(None, _error(refusal))
        return _page(request, found, forms={"topic_form": form}, status=UNPROCESSABLE)


@require_POST
@signed_in
def homework(request: "Request", lesson_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/homework/: what is to be done after the lesson; an empty text takes it back."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        form = HomeworkForm(request.POST)
        if form.is_valid():
            try:
                set_homework(actor=request.actor, lesson_id=lesson_id, edit=form.wanted, at=timezone.now())
                return _saved(request, lesson_id, _("The homework is saved."))
            except Refused as refusal:
                form.add_error(None, _error(refusal))
        return _page(request, found, forms={"homework_form": form}, status=UNPROCESSABLE)


@require_POST
@signed_in
def remark(request: "Request", lesson_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/remarks/: a word to a student and the family."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        page = lesson_page(found, at=timezone.now())
        form = RemarkForm(request.POST, students=_students(page))
        if form.is_valid():
            wanted = {_REMARK_NAMES.get(name, name): value for name, value in form.cleaned_data.items()}
            try:
                make_remark(actor=request.actor, lesson_id=lesson_id, at=timezone.now(), **wanted)
                return _saved(request, lesson_id, _("The remark is saved."))
            except Refused as refusal:
                form.add_error(None, _error(refusal))
        return _page(request, found, forms={"remark_form": form}, status=UNPROCESSABLE)


@require_POST
@signed_in
def take_back(request: "Request", lesson_id: UUID, remark_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/remarks/<remark>/withdraw/: take a remark back."""
    with lesson_to_mark(request.actor, lesson_id):
        withdraw_remark(actor=request.actor, lesson_id=lesson_id, remark_id=remark_id, at=timezone.now())
    return _saved(request, lesson_id, _("The remark is taken back."))


_REMARK_NAMES = {"edit": "edit_id", "student": "student_id"}


def _saved(request: HttpRequest, lesson_id: UUID, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("journal:lesson", lesson_id=lesson_id)


def _page(
    request: "Request",
    found: "Lesson",
    *,
    wished: str = "",
    typed: Typed | None = None,
    forms: "dict[str, Form] | None" = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    page = lesson_page(found, at=now, wished_work=wished, typed=typed)
    context = _fresh_forms(page) | {name: _of_today(form, page) for name, form in (forms or {}).items()}
    context |= {"reads_journal": may_read_group(request.actor, found.group)}
    context |= {"page": page, "today": now.astimezone(page.zone).date()}
    context |= {"scale_hint": scale_hint, "correction_hint": correction_hint}
    with no_queries():
        return render(request, "journal/lesson.html", context, status=status)


def _fresh_forms(page: LessonPage) -> "dict[str, Any]":
    set_now = page.homework
    due_on = set_now.due_on if set_now else page.following.day if page.following else None
    return {
        "topic_form": TopicForm(initial={"topic": page.line.topic, **_standing(page)}),
        "homework_form": HomeworkForm(
            initial={
                "text": set_now.text if set_now else "",
                "due_on": due_on,
                "expected_minutes": set_now.expected_minutes if set_now else None,
                **_standing(page),
            }
        ),
        "remark_form": RemarkForm(students=_students(page), initial=_standing(page)),
    }


def _of_today(form: "Form", page: LessonPage) -> "Form":
    """Keep what was typed, but let it answer what stands now, so that sending it again can succeed."""
    form.data = dict(form.data.items()) | {
        name: value for name, value in _standing(page).items() if name in form.fields
    }
    return form


def _standing(page: LessonPage) -> dict[str, Any]:
    seen = page.homework.id if page.homework else ""
    return {"version": page.line.version, "seen": seen, "edit": uuid7()}


def _students(page: LessonPage) -> list[tuple[UUID, str]]:
    return [(row.student_id, row.name) for row in page.rows]


def _error(refusal: Refused) -> ValidationError:
    return ValidationError(str(refusal), code=refusal.code)
