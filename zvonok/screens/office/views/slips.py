"""Slips with logins and temporary passwords: of a class, and of those who work at the school."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zvonok.domain.access.commands import issue_credentials, issue_staff_credentials
from zvonok.domain.access.commands.credentials import Slip
from zvonok.domain.access.policy import classes_to_issue_slips
from zvonok.domain.access.selectors import Holder, holders_of_class, holders_of_staff
from zvonok.domain.schools.models import SchoolClass
from zvonok.domain.schools.selectors import school
from zvonok.kernel.db import no_queries
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import school_scope
from zvonok.screens.office.door import HANDS_OUT_SLIPS, RUNS_SCHOOL, asked_school
from zvonok.screens.office.forms import SlipsForm
from zvonok.screens.office.slips import slips_pdf
from zvonok.screens.shell.asking import staff
from zvonok.screens.shell.refusals import UNPROCESSABLE
from zvonok.screens.shell.request import Request

Issue = Callable[[list[UUID]], list[Slip]]


@dataclass(frozen=True, slots=True)
class SlipsPage:
    """For whom slips can be printed. `class_title` is empty for those who work at the school."""

    school_id: UUID
    school: str
    class_id: UUID | None
    class_title: str
    holders: list[Holder]

    @property
    def without_entry(self) -> int:
        """Count those who have never entered."""
        return sum(1 for holder in self.holders if not holder.has_entered)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff(*HANDS_OUT_SLIPS)
def class_slips(request: Request, class_id: UUID) -> HttpResponse:
    """GET and POST /class/<id>/slips/: choose people of a class; get their slips as a PDF."""
    page = _class_page(request, class_id)

    def issue(person_ids: list[UUID]) -> list[Slip]:
        return issue_credentials(
            actor=request.actor,
            school_id=page.school_id,
            class_id=class_id,
            person_ids=person_ids,
            day=timezone.localdate(),
            at=timezone.now(),
        )

    return _answer(request, page, issue)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff(*RUNS_SCHOOL)
def staff_slips(request: Request) -> HttpResponse:
    """GET and POST /office/slips/: the same for those who work at the school."""
    school_id = asked_school(request, RUNS_SCHOOL)
    with school_scope(school_id):
        holders = holders_of_staff(school_id=school_id, day=timezone.localdate())
        page = SlipsPage(school_id, school(school_id=school_id).name, None, "", holders)

    def issue(person_ids: list[UUID]) -> list[Slip]:
        return issue_staff_credentials(
            actor=request.actor,
            school_id=school_id,
            person_ids=person_ids,
            day=timezone.localdate(),
            at=timezone.now(),
        )

    return _answer(request, page, issue)


def _class_page(request: Request, class_id: UUID) -> SlipsPage:
    for school_id in request.actor.schools_as(*HANDS_OUT_SLIPS):
        with school_scope(school_id):
            found: SchoolClass | None = (
                classes_to_issue_slips(request.actor, school_id=school_id).filter(pk=class_id).first()
            )
            if found is not None:
                holders = holders_of_class(school_id=school_id, class_id=class_id, day=timezone.localdate())
                name = school(school_id=school_id).name
                return SlipsPage(school_id, name, class_id, found.title, holders)
    raise Http404


def _answer(request: Request, page: SlipsPage, issue: Issue) -> HttpResponse:
    if request.method != "POST":
        return _page(request, page)
    form = SlipsForm(request.POST)
    if not form.is_valid():
        return _page(request, page, errors=form, status=UNPROCESSABLE)
    try:
        with school_scope(page.school_id):
            slips = issue(form.cleaned_data["person"])
    except Refused as refusal:
        return _page(request, page, refusal=refusal, status=UNPROCESSABLE)
    return _pdf(slips_pdf(slips, school=page.school, address=request.build_absolute_uri("/")))


def _page(
    request: Request,
    page: SlipsPage,
    *,
    errors: SlipsForm | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    chosen = set(request.POST.getlist("person"))
    known = {"page": page, "errors": errors, "refusal": refusal, "chosen": chosen}
    with no_queries():
        return render(request, "office/slips.html", known, status=status)


def _pdf(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="zvonok-slips.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response
