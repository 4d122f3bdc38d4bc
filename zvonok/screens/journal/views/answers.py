"""How the addresses of a lesson answer: with its page, what was typed and refused standing in it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zvonok.domain.homework.selectors import HomeworkLine
from zvonok.domain.timetable.policy import may_read_group
from zvonok.kernel.db import no_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.door import lessons_beside
from zvonok.screens.journal.files import files_part
from zvonok.screens.journal.forms import NoteForm, RemarkForm, TopicForm
from zvonok.screens.journal.homework_form import HomeworkForm, SettleForm, standing_in
from zvonok.screens.journal.lesson import LessonPage, Typed, lesson_page
from zvonok.screens.journal.wording import correction_hint, scale_hint
from zvonok.screens.shell.refusals import wants_json

if TYPE_CHECKING:
    from django.forms import Form

    from zvonok.domain.timetable.models import Lesson
    from zvonok.screens.shell.request import Request

UNPROCESSABLE = 422
# What somebody else has put where a form was refused, and the tokens of a form that has seen it.
Stands = tuple[str, dict[str, str]]


def lesson_answer(
    request: "Request",
    found: "Lesson",
    *,
    wished: str = "",
    template: str = "",
    typed: Typed | None = None,
    forms: "dict[str, Form] | None" = None,
    status: int = 200,
) -> HttpResponse:
    """Show a lesson's page; `forms` are those that were refused, by their names in the template."""
    now = timezone.now()
    page = lesson_page(found, actor=request.actor, at=now, wished_work=wished, typed=typed)
    refused = dict(forms or {})
    context = _fresh_forms(page, template)
    context["homework_forms"] = _homework_forms(page, refused.pop("homework_form", None))
    context |= {name: _renewed(form, page) for name, form in refused.items()}
    beside = [lesson_page(each, actor=request.actor, at=now) for each in lessons_beside(request.actor, found)]
    context |= {"beside": beside, "part": files_part(found, page.homework.given)}
    context |= {"reads_journal": may_read_group(request.actor, found.group)}
    context |= {"page": page, "today": now.astimezone(page.zone).date()}
    context |= {"scale_hint": scale_hint, "correction_hint": correction_hint}
    with no_queries():
        return render(request, "journal/lesson.html", context, status=status)


def saved(request: HttpRequest, lesson_id: UUID, words: str, **tokens: object) -> HttpResponse:
    """Say that something is saved, and lead back to the lesson; a form that saves itself learns its new tokens."""
    if wants_json(request):
        return JsonResponse(
            {"state": "saved", "tokens": {name: str(value) for name, value in tokens.items()}}
        )
    messages.success(request, words)
    return redirect("journal:lesson", lesson_id=lesson_id)


def refused(
    request: "Request", found: "Lesson", name: str, form: "Form", *, stands: Stands | None = None
) -> HttpResponse:
    """Show the lesson with a form that was refused; tell one that saves itself why, and what stands there now."""
    if not wants_json(request):
        return lesson_answer(request, found, forms={name: form}, status=UNPROCESSABLE)
    words = [str(message) for errors in form.errors.values() for message in errors]
    text, tokens = stands or ("", {})
    if text:
        words.append(_("Stands now: %(text)s") % {"text": text})
    told = {"state": "refused", "message": " ".join(words), "tokens": tokens}
    return JsonResponse(told, status=UNPROCESSABLE)


def error_of(refusal: Refused) -> ValidationError:
    """Make a refusal an error of a form."""
    return ValidationError(str(refusal), code=refusal.code)


def students_of(page: LessonPage) -> list[tuple[UUID, str]]:
    """List the students of a lesson by id and name."""
    return [(row.student_id, row.name) for row in page.rows]


def _fresh_forms(page: LessonPage, template: str) -> dict[str, Any]:
    words = next((one for one in page.templates if str(one.id) == template), None)
    said = {"kind": words.kind, "text": words.text} if words else {}
    return {
        "topic_form": TopicForm(initial={"topic": page.line.topic, **_standing(page)}),
        "remark_form": RemarkForm(students=students_of(page), initial=_standing(page) | said),
        "settle_form": SettleForm(),
        "note_form": NoteForm(initial={"text": page.own_note}, auto_id="note_%s"),
        "planned_edit": uuid7(),
    }


def _homework_forms(page: LessonPage, refused: "Form | None") -> "list[Form]":
    """Make a form for each homework that stands, and one for a new one; a refused form keeps its place."""
    lines: list[HomeworkLine | None] = [*page.homework.given, None]
    if refused is None:
        return [_homework_form(page, line, place) for place, line in enumerate(lines)]
    seen = refused.data.get("seen") or ""
    known = [str(line.id) if line else "" for line in lines]
    if seen not in known:  # somebody was there first: it answers what stands now
        seen = "" if refused.data.get("student_ids") or not page.homework.for_all else known[0]
    mine = known.index(seen)
    forms: list[Form] = [_homework_form(page, line, place) for place, line in enumerate(lines)]
    data = QueryDict(mutable=True)
    data.update(refused.data)
    data["seen"], data["edit"] = seen, str(uuid7())
    refused.data = data
    refused.auto_id = forms[mine].auto_id
    forms[mine] = refused
    return forms


def _homework_form(page: LessonPage, line: HomeworkLine | None, place: int) -> HomeworkForm:
    following = page.homework.following
    values = standing_in(line) if line else {"due_on": following.day if following else None}
    return HomeworkForm(
        initial=values | {"edit": uuid7(), "seen": line.id if line else ""},
        pupils=students_of(page),
        parallels=page.homework.parallels,
        auto_id=f"homework{place}_%s" if place else "id_%s",
    )


def _renewed(form: "Form", page: LessonPage) -> "Form":
    """Keep what was typed, but let it answer what stands now, so that sending it again can succeed."""
    form.data = dict(form.data.items()) | {
        name: value for name, value in _standing(page).items() if name in form.fields
    }
    return form


def _standing(page: LessonPage) -> dict[str, Any]:
    return {"version": page.line.version, "edit": uuid7()}
