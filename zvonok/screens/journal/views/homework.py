"""Homework, as it is set on the lesson's page."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zvonok.domain.homework.commands import (
    Destination,
    HomeworkHasChanged,
    set_homework,
    settle_homework,
)
from zvonok.domain.homework.selectors import homework_given
from zvonok.kernel.db import no_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.door import lesson_to_mark, lessons_beside
from zvonok.screens.journal.homework import day_load
from zvonok.screens.journal.homework_form import HomeworkForm, LoadForm, SettleForm
from zvonok.screens.journal.lesson import LessonPage, lesson_page
from zvonok.screens.journal.views.answers import Stands, error_of, refused, saved, students_of
from zvonok.screens.shell.asking import signed_in
from zvonok.screens.shell.posting import posted_from

if TYPE_CHECKING:
    from zvonok.domain.homework.models import Homework
    from zvonok.domain.timetable.models import Lesson
    from zvonok.screens.shell.request import Request


@posted_from("journal:lesson", of="lesson_id")
@signed_in
def homework(request: "Request", lesson_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/homework/: what is to be done after the lesson; an empty text takes it back."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        page = lesson_page(found, actor=request.actor, at=timezone.now())
        form = HomeworkForm(request.POST, pupils=students_of(page), parallels=page.homework.parallels)
        if form.is_valid():
            try:
                standing = _set(request, found, page, form)
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


@posted_from("journal:lesson", of="lesson_id")
@signed_in
def settle(request: "Request", lesson_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/settle/: where the homework due at a cancelled lesson goes."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        form = SettleForm(request.POST)
        if not form.is_valid():
            return refused(request, found, "settle_form", form)
        destination = Destination(form.cleaned_data["destination"])
        settle_homework(actor=request.actor, lesson_id=lesson_id, destination=destination, at=timezone.now())
    return saved(request, lesson_id, _("The homework is settled."))


@transaction.atomic
def _set(request: "Request", found: "Lesson", page: LessonPage, form: HomeworkForm) -> "Homework | None":
    act: dict[str, Any] = {"actor": request.actor, "at": timezone.now()}
    standing = set_homework(lesson_id=found.pk, edit=form.wanted, **act)
    if form.cleaned_data["text"]:
        for parallel in sorted(form.cleaned_data["copy_to"]):
            set_homework(lesson_id=parallel, edit=form.copy(), **act)
    if not form.cleaned_data["student_ids"]:
        for other, seen in _following(request, found, page):
            set_homework(lesson_id=other, edit=replace(form.copy(), seen=seen), **act)
    return standing


def _following(request: "Request", found: "Lesson", page: LessonPage) -> Iterator[tuple[UUID, UUID | None]]:
    """List the lessons held together with one where the same was set for all, each with what stands there."""
    beside = [lesson.pk for lesson in lessons_beside(request.actor, found)]
    given = homework_given(school_id=found.school_id, lesson_ids=beside) if beside else []
    mine = page.homework.for_all
    for lesson_id in beside:
        lines = (line for line in given if line.issued_lesson_id == lesson_id and not line.student_ids)
        theirs = next(lines, None)
        if (theirs.text if theirs else None) == (mine.text if mine else None):
            yield lesson_id, theirs.id if theirs else None


def _stands(page: LessonPage, form: HomeworkForm) -> Stands | None:
    """Find what somebody else has set for all in place of what the form had seen."""
    if not form.has_error(NON_FIELD_ERRORS, HomeworkHasChanged().code) or form.cleaned_data["student_ids"]:
        return None
    standing = page.homework.for_all
    return (standing.text, {"seen": str(standing.id)}) if standing else ("", {"seen": ""})
