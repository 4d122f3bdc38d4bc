"""Homework, as it is set on the lesson's page."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zvonok.domain.homework.commands import HomeworkHasChanged, set_homework
from zvonok.kernel.db import no_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.door import lesson_to_mark
from zvonok.screens.journal.homework import day_load
from zvonok.screens.journal.homework_form import HomeworkForm, LoadForm
from zvonok.screens.journal.lesson import LessonPage, lesson_page
from zvonok.screens.journal.views.answers import Stands, error_of, refused, saved, students_of
from zvonok.screens.shell.asking import signed_in

if TYPE_CHECKING:
    from zvonok.domain.homework.models import Homework
    from zvonok.screens.shell.request import Request


@require_POST
@signed_in
def homework(request: "Request", lesson_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/homework/: what is to be done after the lesson; an empty text takes it back."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        page = lesson_page(found, actor=request.actor, at=timezone.now())
        form = HomeworkForm(request.POST, pupils=students_of(page), parallels=page.homework.parallels)
        if form.is_valid():
            try:
                standing = _set(request, lesson_id, form)
                tokens = {"seen": standing.pk if standing else "", "edit": uuid7()}
                return saved(request, lesson_id, _("The homework is saved."), **tokens)
            except Refused as refusal:
                form.add_error(None, error_of(refusal))
        return refused(request, found, "homework_form", form, stands=_stands(page, form))


@require_safe
@signed_in
def load(request: "Request", lesson_id: UUID) -> HttpResponse:
    """GET /lessons/<id>/load/?due_on=&expected_minutes=: what others have set for a day."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        form = LoadForm(request.GET)
        day = form.cleaned_data["due_on"] if form.is_valid() else None
        asked = day_load(found, day=day, minutes=form.cleaned_data["expected_minutes"] or 0) if day else None
    with no_queries():
        return render(request, "journal/_load.html", {"load": asked, "today": timezone.localdate()})


@transaction.atomic
def _set(request: "Request", lesson_id: UUID, form: HomeworkForm) -> "Homework | None":
    at = timezone.now()
    standing = set_homework(actor=request.actor, lesson_id=lesson_id, edit=form.wanted, at=at)
    if form.cleaned_data["text"]:
        for parallel in sorted(form.cleaned_data["copy_to"]):
            set_homework(actor=request.actor, lesson_id=parallel, edit=form.copy(), at=at)
    return standing


def _stands(page: LessonPage, form: HomeworkForm) -> Stands | None:
    """Find what somebody else has set for all in place of what the form had seen."""
    if not form.has_error(NON_FIELD_ERRORS, HomeworkHasChanged().code) or form.cleaned_data["student_ids"]:
        return None
    standing = page.homework.for_all
    return (standing.text, {"seen": str(standing.id)}) if standing else ("", {"seen": ""})
