"""Files beside the homework of a lesson: put, taken away, opened by those who keep its journal."""

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from zvonok.domain.files.selectors import FileLine
from zvonok.domain.homework.commands import HomeworkEdit, set_homework
from zvonok.domain.homework.file_commands import NoHomework, change_homework_files
from zvonok.domain.homework.file_selectors import files_of_lesson
from zvonok.domain.homework.selectors import homework_given
from zvonok.kernel.db import no_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.door import lesson_to_mark
from zvonok.screens.journal.files import files_part
from zvonok.screens.shell.asking import signed_in
from zvonok.screens.shell.bearable import with_files
from zvonok.screens.shell.files import serve, serve_preview
from zvonok.screens.shell.handing_in import HandedIn, handed_in, ids_of
from zvonok.screens.shell.refusals import UNPROCESSABLE, wants_fragment

if TYPE_CHECKING:
    from zvonok.domain.timetable.models import Lesson
    from zvonok.screens.shell.request import Request

AT_ONCE_MEGABYTES = 200


@csrf_exempt
@require_POST
@signed_in
@with_files(AT_ONCE_MEGABYTES)
def change(request: "Request", lesson_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/files/: put files beside the homework, take away those of `drop_file`."""
    with lesson_to_mark(request.actor, lesson_id) as lesson:
        school_id = lesson.school_id
    came = handed_in(request, school_id=school_id)
    with lesson_to_mark(request.actor, lesson_id) as lesson:
        had_homework = True
        try:
            had_homework = _put(request, lesson, came)
        except Refused as refusal:
            came.refusals.append(("", refusal))
        return _answer(request, lesson, came, whole=not had_homework)


@require_safe
@signed_in
def file(request: "Request", lesson_id: UUID, file_id: UUID) -> HttpResponse:
    """GET /lessons/<id>/files/<file>/."""
    return serve(request, _found(request, lesson_id, file_id))


@require_safe
@signed_in
def preview(request: "Request", lesson_id: UUID, file_id: UUID) -> HttpResponse:
    """GET /lessons/<id>/files/<file>/preview/: a small picture of it."""
    return serve_preview(request, _found(request, lesson_id, file_id))


def _put(request: "Request", lesson: "Lesson", came: HandedIn) -> bool:
    """Put the files beside the homework; where none is given yet, they are it. Say whether there was one."""
    at, drop = timezone.now(), ids_of(request.POST.getlist("drop_file"))
    put = partial(
        change_homework_files, actor=request.actor, lesson_id=lesson.pk, at=at, add=came.file_ids, drop=drop
    )
    if not (came.file_ids or drop):
        return True
    try:
        put()
    except NoHomework:
        edit = HomeworkEdit(id=uuid7(), text=_("See the files."))
        with transaction.atomic():
            set_homework(actor=request.actor, lesson_id=lesson.pk, edit=edit, at=at)
            put()
        return False
    return True


def _answer(request: "Request", lesson: "Lesson", came: HandedIn, *, whole: bool) -> HttpResponse:
    """Show the files as they stand now, as a part of the page unless the page has changed elsewhere too."""
    if not came.refusals and (whole or not wants_fragment(request)):
        return _back(request, lesson)
    given = homework_given(school_id=lesson.school_id, lesson_ids=[lesson.pk])
    part = files_part(lesson, given, came.refusals)
    template = "journal/_files.html" if wants_fragment(request) else "journal/files.html"
    with no_queries():
        return render(request, template, {"part": part}, status=UNPROCESSABLE if part.refusals else 200)


def _back(request: "Request", lesson: "Lesson") -> HttpResponse:
    messages.success(request, _("The files are saved."))
    if not wants_fragment(request):
        return redirect("journal:lesson", lesson_id=lesson.pk)
    return HttpResponse(headers={"HX-Refresh": "true"})


def _found(request: "Request", lesson_id: UUID, file_id: UUID) -> FileLine:
    with lesson_to_mark(request.actor, lesson_id) as lesson:
        own = files_of_lesson(school_id=lesson.school_id, lesson_id=lesson.pk)
    found = next((line for line in own if line.id == file_id), None)
    if found is None:
        raise Http404
    return found
