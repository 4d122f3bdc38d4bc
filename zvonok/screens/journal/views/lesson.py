"""The lesson page and what is written on it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zvonok.domain.planning.commands.teach import teach_topic
from zvonok.domain.timetable.commands.journal import LessonHasChanged
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.cells import save_cells
from zvonok.screens.journal.door import lesson_to_mark, lessons_beside
from zvonok.screens.journal.forms import TopicForm
from zvonok.screens.journal.sheet import confirmed_and_refused, read_confirmed, read_sheet, typed_and_refused
from zvonok.screens.journal.views.answers import UNPROCESSABLE, error_of, lesson_answer, refused, saved
from zvonok.screens.shell.asking import signed_in
from zvonok.screens.shell.posting import posted_from

if TYPE_CHECKING:
    from zvonok.domain.timetable.models import Lesson
    from zvonok.screens.shell.request import Request


@require_safe
@signed_in
def lesson(request: "Request", lesson_id: UUID) -> HttpResponse:
    """GET /lessons/<id>/: the lesson, ready to be filled; `?work=` adds a column, `?template=` words to a remark."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        wished, template = (request.GET.get(name, "") for name in ("work", "template"))
        return lesson_answer(request, found, wished=wished, template=template)


@posted_from("journal:lesson", of="lesson_id")
@signed_in
def register(request: "Request", lesson_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/register/: presence, marks and comments of the rows that were changed."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        school_id = found.school_id
    edits = read_sheet(request.POST, lesson_id=lesson_id)
    told = save_cells(edits, school_id=school_id, actor=request.actor, at=timezone.now())
    typed = typed_and_refused(told, request.POST)
    if typed:
        with lesson_to_mark(request.actor, lesson_id) as found:
            return lesson_answer(request, found, typed=typed, status=UNPROCESSABLE)
    return saved(request, lesson_id, _("Saved."))


@posted_from("journal:lesson", of="lesson_id")
@signed_in
def absences(request: "Request", lesson_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/absences/: the proposed absences that are so."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        school_id = found.school_id
    edits = read_confirmed(request.POST.getlist("absent"), lesson_id=lesson_id)
    told = save_cells(edits, school_id=school_id, actor=request.actor, at=timezone.now())
    typed = confirmed_and_refused(told)
    if typed:
        with lesson_to_mark(request.actor, lesson_id) as found:
            return lesson_answer(request, found, typed=typed, status=UNPROCESSABLE)
    return saved(request, lesson_id, _("Saved."))


@posted_from("journal:lesson", of="lesson_id")
@signed_in
def topic(request: "Request", lesson_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/topic/: what the lesson is about."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        form, stands = TopicForm(request.POST), None
        if form.is_valid():
            try:
                version = _write_topic(request, found, form)
                return saved(request, lesson_id, _("The topic is saved."), version=version)
            except LessonHasChanged as refusal:
                form.add_error(None, error_of(refusal))
                stands = found.topic, {"version": str(found.version)}
            except Refused as refusal:
                form.add_error(None, error_of(refusal))
        return refused(request, found, "topic_form", form, stands=stands)


@transaction.atomic
def _write_topic(request: "Request", found: "Lesson", form: TopicForm) -> int:
    """Write the topic, in the lessons held together with this one too if they were about the same."""
    act: dict[str, Any] = {"actor": request.actor, "at": timezone.now()}
    sent, before = form.cleaned_data, found.topic
    version = teach_topic(
        lesson_id=found.pk, topic=sent["topic"], planned=sent["proposal"], version=sent["version"], **act
    )
    found.refresh_from_db(fields=["topic"])
    for other in lessons_beside(request.actor, found):
        if other.topic == before:
            teach_topic(lesson_id=other.pk, topic=found.topic, planned=None, version=other.version, **act)
    return version
