"""The tests around a lesson."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zvonok.domain.marks.commands.announce import announce_test, withdraw_test
from zvonok.kernel.db import no_queries
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.door import lesson_to_mark
from zvonok.screens.journal.tests_page import AnnounceForm, tests_page
from zvonok.screens.journal.views.answers import UNPROCESSABLE, error_of
from zvonok.screens.shell.asking import signed_in
from zvonok.screens.shell.posting import posted_from

if TYPE_CHECKING:
    from zvonok.domain.timetable.models import Lesson
    from zvonok.screens.shell.request import Request


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def tests(request: "Request", lesson_id: UUID) -> HttpResponse:
    """GET, POST /lessons/<id>/tests/: what tests the students write, and another one to be announced."""
    with lesson_to_mark(request.actor, lesson_id) as found:
        if request.method != "POST":
            return _page(request, found)
        form = AnnounceForm(request.POST, page=tests_page(found, actor=request.actor))
        if form.is_valid():
            try:
                chosen = form.cleaned_data
                announce_test(
                    actor=request.actor,
                    lesson_id=chosen["lesson"],
                    work=chosen["work"],
                    title=chosen["title"],
                    at=timezone.now(),
                )
                return _told(request, lesson_id, _("The test is announced. Families see it in the diary."))
            except Refused as refusal:
                form.add_error(None, error_of(refusal))
        return _page(request, found, form)


@posted_from("journal:tests", of="lesson_id")
@signed_in
def call_off(request: "Request", lesson_id: UUID, work_id: UUID) -> HttpResponse:
    """POST /lessons/<id>/tests/<work>/withdraw/: a test of this lesson is not written after all."""
    with lesson_to_mark(request.actor, lesson_id):
        withdraw_test(actor=request.actor, lesson_id=lesson_id, work_id=work_id, at=timezone.now())
    return _told(request, lesson_id, _("The test is called off."))


def _told(request: "Request", lesson_id: UUID, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("journal:tests", lesson_id=lesson_id)


def _page(request: "Request", found: "Lesson", form: AnnounceForm | None = None) -> HttpResponse:
    page = tests_page(found, actor=request.actor)
    context = {"page": page, "form": form or AnnounceForm(page=page), "today": timezone.localdate()}
    with no_queries():
        return render(request, "journal/tests.html", context, status=UNPROCESSABLE if form else 200)
