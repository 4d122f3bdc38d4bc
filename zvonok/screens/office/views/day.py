"""The school day: lessons are looked over, cancelled, replaced and restored."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zvonok.domain.attendance.selectors import absences_of_lessons
from zvonok.domain.homework.commands import Destination, settle_homework
from zvonok.domain.marks.selectors import marks_of_lessons
from zvonok.domain.timetable.commands.journal import LessonHasChanged
from zvonok.domain.timetable.commands.substitute import (
    cancel_lesson,
    join_lesson,
    replace_lesson,
    restore_lesson,
)
from zvonok.kernel.db import no_queries
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import school_scope
from zvonok.screens.office.day import OfficeLesson, office_day, office_lesson
from zvonok.screens.office.door import RUNS_DAY, asked_school, schools_to_choose
from zvonok.screens.office.forms import CancelLessonForm, DayFilter, JoinForm, ReplaceForm, SeenForm
from zvonok.screens.shell.asking import staff
from zvonok.screens.shell.errors import bad_request
from zvonok.screens.shell.posting import posted_from
from zvonok.screens.shell.refusals import UNPROCESSABLE
from zvonok.screens.shell.request import Request

CONFLICT = 409


@require_safe
@staff(*RUNS_DAY)
def today(request: Request) -> HttpResponse:
    """GET /office/day/: the lessons of today."""
    return _day_page(request, timezone.localdate())


@require_safe
@staff(*RUNS_DAY)
def day(request: Request, day: date) -> HttpResponse:
    """GET /office/day/<yyyy-mm-dd>/: the lessons of a day."""
    return _day_page(request, day)


@require_safe
@staff(*RUNS_DAY)
def lesson(request: Request, lesson_id: UUID) -> HttpResponse:
    """GET /office/lessons/<id>/: what may be changed in a lesson."""
    _school_id, page = _found(request, lesson_id)
    return _lesson_page(request, page)


@posted_from("office:lesson", of="lesson_id")
@staff(*RUNS_DAY)
def cancel(request: Request, lesson_id: UUID) -> HttpResponse:
    """POST /office/lessons/<id>/cancel/: the lesson does not take place."""
    school_id, page = _found(request, lesson_id)
    form = CancelLessonForm(request.POST, page=page)

    def act() -> None:
        chosen = form.cleaned_data
        about: dict[str, Any] = {"actor": request.actor, "lesson_id": lesson_id}
        with school_scope(school_id):
            cancel_lesson(
                **about,
                reason=chosen["reason"],
                version=chosen["version"],
                has_entries=_asked_of(school_id),
                at=timezone.now(),
            )
        if chosen.get("homework"):
            with school_scope(school_id):  # a transaction of its own: it raises revisions too
                settle_homework(**about, destination=Destination(chosen["homework"]), at=timezone.now())

    return _done(request, school_id, page, "cancel_form", form, act, _("The lesson is cancelled."))


@posted_from("office:lesson", of="lesson_id")
@staff(*RUNS_DAY)
def change(request: Request, lesson_id: UUID) -> HttpResponse:
    """POST /office/lessons/<id>/replace/: another teacher, subject, room or slot."""
    school_id, page = _found(request, lesson_id)
    form = ReplaceForm(request.POST, page=page)

    @school_scope(school_id)
    def act() -> None:
        replace_lesson(
            actor=request.actor,
            lesson_id=lesson_id,
            replacement=form.replacement(),
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            has_entries=_asked_of(school_id),
            at=timezone.now(),
        )

    return _done(request, school_id, page, "replace_form", form, act, _("The lesson is changed."))


@posted_from("office:lesson", of="lesson_id")
@staff(*RUNS_DAY)
def join(request: Request, lesson_id: UUID) -> HttpResponse:
    """POST /office/lessons/<id>/join/: one teacher holds the lesson together with another one."""
    school_id, page = _found(request, lesson_id)
    form = JoinForm(request.POST, page=page)

    @school_scope(school_id)
    def act() -> None:
        chosen = form.cleaned_data
        join_lesson(
            actor=request.actor,
            lesson_id=lesson_id,
            other_id=chosen["other"],
            reason=chosen["reason"],
            version=chosen["version"],
            at=timezone.now(),
        )

    return _done(request, school_id, page, "join_form", form, act, _("The lessons are joined."))


@posted_from("office:lesson", of="lesson_id")
@staff(*RUNS_DAY)
def restore(request: Request, lesson_id: UUID) -> HttpResponse:
    """POST /office/lessons/<id>/restore/: the lesson is as it was planned."""
    school_id, page = _found(request, lesson_id)
    form = SeenForm(request.POST)

    @school_scope(school_id)
    def act() -> None:
        restore_lesson(
            actor=request.actor, lesson_id=lesson_id, version=form.cleaned_data["version"], at=timezone.now()
        )

    return _done(request, school_id, page, "restore_form", form, act, _("The lesson is as it was planned."))


def _day_page(request: Request, asked: date) -> HttpResponse:
    school_id = asked_school(request, RUNS_DAY)
    class_id, teacher_id = _id(request.GET.get("school_class")), _id(request.GET.get("teacher"))
    with school_scope(school_id):
        page = office_day(school_id=school_id, day=asked, class_id=class_id, teacher_id=teacher_id)
    form = DayFilter(initial={"school_class": class_id, "teacher": teacher_id})
    form.offer(page)
    known = {
        "page": page,
        "form": form,
        "schools": schools_to_choose(request, RUNS_DAY, school_id),
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
        "today": timezone.localdate(),
    }
    with no_queries():
        return render(request, "office/day.html", known)


def _id(text: str | None) -> UUID | None:
    """Read the id of a filter; what is none filters nothing."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _found(request: Request, lesson_id: UUID) -> tuple[UUID, OfficeLesson]:
    for school_id in request.actor.schools_as(*RUNS_DAY):
        with school_scope(school_id):
            page = office_lesson(school_id=school_id, lesson_id=lesson_id)
        if page is not None:
            return school_id, page
    raise Http404


def _asked_of(school_id: UUID) -> Callable[[UUID], bool]:
    """Make the question whether the journal of a lesson is filled."""

    def has_entries(lesson_id: UUID) -> bool:
        one = {"school_id": school_id, "lesson_ids": [lesson_id]}
        return bool(marks_of_lessons(**one) or absences_of_lessons(**one))  # type: ignore[arg-type]

    return has_entries


def _done(
    request: Request,
    school_id: UUID,
    page: OfficeLesson,
    name: str,
    form: Form,
    act: Callable[[], None],
    done: Promise,
) -> HttpResponse:
    """Act if the form is in order, and lead back to the day; else show the lesson with what was wrong."""
    if not form.is_valid():
        if "version" in form.errors:  # hidden: nobody has typed it
            return bad_request(request)
        return _lesson_page(request, page, {name: form}, status=UNPROCESSABLE)
    try:
        act()
    except LessonHasChanged as refusal:
        return _lesson_page(request, page, {"refusal": refusal}, status=CONFLICT)
    except Refused as refusal:
        form.add_error(None, ValidationError(str(refusal), code=refusal.code))
        return _lesson_page(request, page, {name: form}, status=UNPROCESSABLE)
    messages.success(request, str(done))
    return HttpResponseRedirect(f"{reverse('office:day', args=[page.lesson.day])}#lesson-{page.lesson.id}")


def _lesson_page(
    request: Request, page: OfficeLesson, known: dict[str, object] | None = None, status: int = 200
) -> HttpResponse:
    seen = {"version": page.lesson.version}
    forms = {
        "page": page,
        "cancel_form": CancelLessonForm(page=page),
        "replace_form": ReplaceForm(page=page),
        "join_form": JoinForm(page=page),
        "restore_form": SeenForm(initial=seen),
        "refusal": None,
        "today": timezone.localdate(),
    }
    with no_queries():
        return render(request, "office/lesson.html", {**forms, **(known or {})}, status=status)
