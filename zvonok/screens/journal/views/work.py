"""How a work of a lesson is marked."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zvonok.domain.marks.commands.works import open_work
from zvonok.kernel.db import no_queries
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.door import lesson_to_mark
from zvonok.screens.journal.work import WorkForm, work_page
from zvonok.screens.shell.asking import signed_in

if TYPE_CHECKING:
    from zvonok.screens.shell.request import Request

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def work(request: "Request", lesson_id: UUID, work: str) -> HttpResponse:
    """GET, POST /lessons/<id>/works/<work>/: its scale and criteria, until its first mark."""
    with lesson_to_mark(request.actor, lesson_id) as lesson:
        page = work_page(lesson, work)
        if page is None:
            raise Http404
        form = WorkForm(request.POST if request.method == "POST" else None, page=page)
        if form.is_bound and form.is_valid():
            try:
                open_work(
                    actor=request.actor,
                    lesson_id=lesson_id,
                    work=work,
                    scale=form.cleaned_data["scale"],
                    criteria=form.criteria(),
                    at=timezone.now(),
                )
                messages.success(request, _("Saved."))
                return redirect("journal:lesson", lesson_id=lesson_id)
            except Refused as refusal:
                form.add_error(None, ValidationError(str(refusal), code=refusal.code))
    known = {"page": page, "form": form, "lesson": lesson}
    with no_queries():
        return render(request, "journal/work.html", known, status=UNPROCESSABLE if form.errors else 200)
