"""Imports in the office: a file is handed in, checked by the worker, and then applied as it was checked."""

from typing import cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zvonok.domain.schools.commands.imports import apply_file, check_file
from zvonok.domain.schools.models import ImportKind, ImportRun
from zvonok.domain.schools.selectors import import_run, import_runs, school
from zvonok.gateways import uploads
from zvonok.kernel.db import no_queries
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import school_scope
from zvonok.screens.office.door import RUNS_SCHOOL, asked_school, schools_to_choose
from zvonok.screens.office.forms import UploadForm
from zvonok.screens.office.reports import run_page
from zvonok.screens.shell.asking import staff
from zvonok.screens.shell.bearable import MEGABYTE, TOO_LARGE, bearable
from zvonok.screens.shell.refusals import UNPROCESSABLE, wants_fragment
from zvonok.screens.shell.request import Request

LARGEST = 200 * MEGABYTE
SHOWN = 20


class FileIsTooLarge(Refused):
    """More was sent than is taken."""

    message = _("This file is larger than %(megabytes)s MB. Nothing of it was kept.")


class FileIsGone(Refused):
    """The hour for which a file is kept is over."""

    message = _("The file was kept for an hour, and is gone. Hand it in again.")


def _too_large(request: HttpRequest) -> HttpResponse:
    refusal = FileIsTooLarge(megabytes=LARGEST // MEGABYTE)
    return _imports_page(cast(Request, request), UploadForm(), refusal=refusal, status=TOO_LARGE)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff(*RUNS_SCHOOL)
@bearable(lambda: LARGEST, _too_large)
def imports(request: Request) -> HttpResponse:
    """GET and POST /office/import/: what was imported, and a file to be checked."""
    if request.method != "POST":
        return _imports_page(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _imports_page(request, form, status=UNPROCESSABLE)
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    if (file.size or 0) > LARGEST:
        refusal = FileIsTooLarge(megabytes=LARGEST // MEGABYTE)
        return _imports_page(request, form, refusal=refusal, status=TOO_LARGE)
    started = _check(request, file, ImportKind(form.cleaned_data["kind"]))
    return HttpResponseRedirect(reverse("office:import", args=[started.pk]))


@never_cache
@require_safe
@staff(*RUNS_SCHOOL)
def run(request: Request, run_id: UUID) -> HttpResponse:
    """GET /office/import/<id>/: how far it has come, and its report; as a fragment for the page that waits."""
    _school_id, found = _found(request, run_id)
    return _run_page(request, found)


@require_POST
@staff(*RUNS_SCHOOL)
def apply(request: Request, run_id: UUID) -> HttpResponse:
    """POST /office/import/<id>/apply/: import precisely the file that was checked."""
    school_id, found = _found(request, run_id)
    try:
        if uploads.path_of(found.upload_id) is None:
            raise FileIsGone
        with school_scope(school_id):
            started = apply_file(
                school_id=school_id, checked_id=run_id, person_id=request.actor.person_id, at=timezone.now()
            )
    except Refused as refusal:
        return _run_page(request, found, refusal=refusal, status=UNPROCESSABLE)
    return HttpResponseRedirect(reverse("office:import", args=[started.pk]))


def _check(request: Request, file: "UploadedFile[bytes]", kind: ImportKind) -> ImportRun:
    school_id = asked_school(request, RUNS_SCHOOL)
    upload_id = uploads.keep(file.chunks(), name=file.name or "")
    with school_scope(school_id):
        return check_file(
            school_id=school_id,
            kind=kind,
            upload_id=upload_id,
            file_name=uploads.safe_name(file.name or ""),
            person_id=request.actor.person_id,
            at=timezone.now(),
        )


def _found(request: Request, run_id: UUID) -> tuple[UUID, ImportRun]:
    for school_id in request.actor.schools_as(*RUNS_SCHOOL):
        with school_scope(school_id):
            found = import_run(school_id=school_id, run_id=run_id)
        if found is not None:
            return school_id, found
    raise Http404


def _imports_page(
    request: Request, form: UploadForm, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    school_id = asked_school(request, RUNS_SCHOOL)
    with school_scope(school_id):
        runs = import_runs(school_id=school_id, limit=SHOWN)
        name = school(school_id=school_id).short_name
    known = {
        "form": form,
        "runs": runs,
        "school": name,
        "refusal": refusal,
        "schools": schools_to_choose(request, RUNS_SCHOOL, school_id),
        "today": timezone.localdate(),
    }
    with no_queries():
        return render(request, "office/imports.html", known, status=status)


def _run_page(
    request: Request, found: ImportRun, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    asked = request.GET.get("page", "")
    page = run_page(
        found,
        number=int(asked) if asked.isdecimal() and len(asked) < 6 else 1,
        file_is_kept=uploads.path_of(found.upload_id) is not None,
        at=timezone.now(),
    )
    template = "office/_run.html" if wants_fragment(request) else "office/run.html"
    with no_queries():
        return render(
            request,
            template,
            {"page": page, "refusal": refusal, "today": timezone.localdate()},
            status=status,
        )
