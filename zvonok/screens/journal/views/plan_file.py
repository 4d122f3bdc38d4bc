"""A lesson plan from a spreadsheet or from another group's plan, and back into a spreadsheet."""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zvonok.domain.planning.commands.lay import bring_in_plan
from zvonok.domain.planning.selectors import PlanToCopy, plans_to_copy
from zvonok.gateways import uploads
from zvonok.gateways.spreadsheets.table import MOST_BYTES, SheetTooLarge
from zvonok.gateways.spreadsheets.writing import XLSX
from zvonok.kernel.db import no_queries
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.door import group_to_plan, group_to_read
from zvonok.screens.journal.plans import sheet
from zvonok.screens.journal.plans.file import PlanFile
from zvonok.screens.journal.plans.forms import FileForm, LayForm
from zvonok.screens.journal.plans.preview import (
    Checked,
    TokenIsForged,
    checked_of,
    drafts_of,
    preview,
    read_upload,
    version_of,
)
from zvonok.screens.journal.views.plan import heading
from zvonok.screens.shell.asking import signed_in
from zvonok.screens.shell.sizes import of_at_most

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from zvonok.domain.schools.models import StudyGroup
    from zvonok.screens.shell.request import Request

UNPROCESSABLE = 422
FORM_AROUND_IT = 2**20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@of_at_most(MOST_BYTES + FORM_AROUND_IT, lambda: SheetTooLarge(megabytes=MOST_BYTES // 2**20))
def bring_in(request: "Request", group_id: UUID) -> HttpResponse:
    """GET and POST /plans/<group>/bring-in/: a file to check, and the plans that can be copied."""
    with group_to_plan(request.actor, group_id) as group:
        if request.method != "POST":
            return _bring_in_page(request, group, FileForm())
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return _bring_in_page(request, group, form, status=UNPROCESSABLE)
        try:
            checked = _kept(request, group, form.cleaned_data["file"])
            assert checked.upload_id, "a file was handed in"
            return _preview_page(request, group, checked, read_upload(checked.upload_id))
        except Refused as refusal:
            return _bring_in_page(request, group, form, refusal=refusal, status=UNPROCESSABLE)


@require_safe
@signed_in
def copy(request: "Request", group_id: UUID, source_id: UUID) -> HttpResponse:
    """GET /plans/<group>/copy/<source>/: what would come of another group's plan."""
    with group_to_plan(request.actor, group_id) as group:
        source = _source(group, source_id)
        label = f"{source.title}, {source.year}"
        checked = Checked(group_id, request.actor.person_id, version_of(group), label, copied_from=source_id)
        return _preview_page(request, group, checked, _copied(group, source_id))


@require_POST
@signed_in
def lay(request: "Request", group_id: UUID) -> HttpResponse:
    """POST /plans/<group>/lay/: lay precisely what was checked."""
    form = LayForm(request.POST)
    with group_to_plan(request.actor, group_id) as group:
        try:
            if not form.is_valid():
                raise TokenIsForged
            checked = checked_of(
                form.cleaned_data["token"], group_id=group_id, person_id=request.actor.person_id
            )
            found = _found(group, checked)
            if found.faults:
                return _preview_page(request, group, checked, found)
            bring_in_plan(
                actor=request.actor,
                group_id=group_id,
                drafts=found.drafts,
                version=checked.version,
                source=checked.source,
                at=timezone.now(),
            )
        except Refused as refusal:
            return _bring_in_page(request, group, FileForm(), refusal=refusal, status=UNPROCESSABLE)
    if checked.upload_id:
        uploads.drop(checked.upload_id)
    messages.success(request, _("The plan is laid."))
    return HttpResponseRedirect(reverse("journal:plan", args=[group_id]))


@require_safe
@signed_in
def template(request: "Request", group_id: UUID) -> HttpResponse:
    """GET /plans/<group>/template/: an empty plan with two rows to show how it is filled."""
    with group_to_plan(request.actor, group_id):
        return _attachment(sheet.template(), _("Lesson plan, template"))


@require_safe
@signed_in
def take_away(request: "Request", group_id: UUID) -> HttpResponse:
    """GET /plans/<group>/file/: the plan as a spreadsheet."""
    with group_to_read(request.actor, group_id) as group:
        title = f"{_('Lesson plan')} {group.title}"
        return _attachment(
            sheet.sheet_of(drafts_of(school_id=group.school_id, group_id=group.pk), title=group.title), title
        )


def _kept(request: "Request", group: "StudyGroup", file: "UploadedFile[bytes]") -> Checked:
    if (file.size or 0) > MOST_BYTES:
        raise SheetTooLarge(megabytes=MOST_BYTES // 2**20)
    name = uploads.safe_name(file.name or "")
    upload_id = uploads.keep(file.chunks(), name=name)
    return Checked(group.pk, request.actor.person_id, version_of(group), name, upload_id=upload_id)


def _found(group: "StudyGroup", checked: Checked) -> PlanFile:
    if checked.copied_from:
        return _copied(group, checked.copied_from)
    if checked.upload_id:
        return read_upload(checked.upload_id)
    raise TokenIsForged


def _source(group: "StudyGroup", source_id: UUID) -> PlanToCopy:
    known = plans_to_copy(school_id=group.school_id, group_id=group.pk)
    found = next((one for one in known if one.group_id == source_id), None)
    if found is None:
        raise Http404
    return found


def _copied(group: "StudyGroup", source_id: UUID) -> PlanFile:
    _source(group, source_id)
    return PlanFile(drafts=drafts_of(school_id=group.school_id, group_id=source_id))


def _bring_in_page(
    request: "Request",
    group: "StudyGroup",
    form: FileForm,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    page: dict[str, Any] = {"group": group, "heading": heading(group), "form": form, "refusal": refusal}
    page["sources"] = plans_to_copy(school_id=group.school_id, group_id=group.pk)
    with no_queries():
        return render(request, "journal/plan_bring_in.html", page, status=status)


def _preview_page(request: "Request", group: "StudyGroup", checked: Checked, found: PlanFile) -> HttpResponse:
    shown = preview(group, found)
    page: dict[str, Any] = {"group": group, "heading": heading(group), "page": shown, "checked": checked}
    page["form"] = LayForm(initial={"token": checked.token()})
    with no_queries():
        status = 200 if shown.is_possible else UNPROCESSABLE
        return render(request, "journal/plan_preview.html", page, status=status)


def _attachment(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
