"""How the school marks: kinds of work, scales in use, bounds, terms."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zvonok.domain.marks.commands import settings
from zvonok.domain.marks.models import CONVERTED, PointFate
from zvonok.kernel.db import no_queries
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import school_scope
from zvonok.screens.office.door import RUNS_DAY, asked_school, schools_to_choose
from zvonok.screens.office.marking import Marking, marking, scale_words, use_words
from zvonok.screens.office.marking_forms import (
    BoundsForm,
    ChangeKindForm,
    KindForm,
    LeaveScaleForm,
    PointsForm,
    ScaleUseForm,
    TermsForm,
)
from zvonok.screens.shell.asking import staff
from zvonok.screens.shell.request import Request

UNPROCESSABLE = 422


@require_safe
@staff(*RUNS_DAY)
def page(request: Request) -> HttpResponse:
    """GET /office/marking/: all that the school has set, each with what it does."""
    return _page(request, _read(request))


@require_POST
@staff(*RUNS_DAY)
def add_kind(request: Request) -> HttpResponse:
    """POST /office/marking/kinds/: one more kind of work."""
    form = KindForm(request.POST, auto_id="kind_%s")
    return _act(request, {"kind_form": form}, lambda own: settings.add_kind(kind=form.kind(), **own))


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*RUNS_DAY)
def kind(request: Request, code: str) -> HttpResponse:
    """GET, POST /office/marking/kinds/<code>/: rename, weigh, retire a kind of work."""
    shown = _read(request)
    line = shown.kind(code)
    if line is None:
        raise Http404
    form = ChangeKindForm(request.POST if request.method == "POST" else None, line=line)
    if form.is_bound and form.is_valid():
        done = _try(request, form, lambda own: settings.change_kind(code=code, kind=form.kind(), **own))
        if done:
            return _back(request)
    known = {"page": shown, "line": line, "form": form, "query": _query(request)}
    with no_queries():
        return render(request, "office/work_kind.html", known, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@staff(*RUNS_DAY)
def move_kind(request: Request, code: str) -> HttpResponse:
    """POST /office/marking/kinds/<code>/move/: one place up or down."""
    places = -1 if request.POST.get("to") == "up" else 1
    return _act(request, {}, lambda own: settings.move_kind(code=code, places=places, **own))


@require_POST
@staff(*RUNS_DAY)
def use_scale(request: Request) -> HttpResponse:
    """POST /office/marking/scales/: a scale for a subject in a grade."""
    form = ScaleUseForm(request.POST, subjects=_read(request).subjects)

    def act(own: dict[str, Any]) -> None:
        chosen = form.cleaned_data
        settings.use_scale(subject_id=chosen["subject"], grade=chosen["grade"], scale=chosen["scale"], **own)

    return _act(request, {"use_form": form}, act)


@require_POST
@staff(*RUNS_DAY)
def leave_scale(request: Request) -> HttpResponse:
    """POST /office/marking/scales/leave/: a subject in a grade goes by the more general lines again."""
    form = LeaveScaleForm(request.POST)

    def act(own: dict[str, Any]) -> None:
        settings.leave_scale(subject_id=form.cleaned_data["subject"], grade=form.cleaned_data["grade"], **own)

    return _act(request, {"leave_form": form}, act)


@require_POST
@staff(*RUNS_DAY)
def set_bounds(request: Request, scale: str) -> HttpResponse:
    """POST /office/marking/bounds/<scale>/: from which per cents 5, 4 and 3 begin."""
    if scale not in CONVERTED:
        raise Http404
    form = BoundsForm(request.POST, auto_id=f"{scale}_%s")
    wanted = {f"bounds_{scale}": form}
    return _act(request, wanted, lambda own: settings.set_bounds(scale=scale, bounds=form.bounds(), **own))


@require_POST
@staff(*RUNS_DAY)
def set_terms(request: Request) -> HttpResponse:
    """POST /office/marking/terms/: for how long a mark is corrected without a reason."""
    form = TermsForm(request.POST)
    return _act(
        request,
        {"terms_form": form},
        lambda own: settings.set_terms(correct_within=form.cleaned_data["correct_within"], **own),
    )


@require_POST
@staff(*RUNS_DAY)
def set_points(request: Request) -> HttpResponse:
    """POST /office/marking/points/: how long a point waits, and what becomes of it."""
    form = PointsForm(request.POST, auto_id="points_%s")

    def act(own: dict[str, Any]) -> None:
        chosen = form.cleaned_data
        settings.set_points(days=chosen["days"], fate=PointFate(chosen["fate"]), **own)

    return _act(request, {"points_form": form}, act)


def _read(request: Request) -> Marking:
    school_id = asked_school(request, RUNS_DAY)
    with school_scope(school_id):
        return marking(school_id=school_id)


def _act(
    request: Request, wanted: Mapping[str, Form], act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Act if the form is in order, and lead back to the page; else show the page with what was wrong."""
    form = next(iter(wanted.values()), Form({}))
    if form.is_valid() and _try(request, form, act):
        return _back(request)
    return _page(request, _read(request), wanted, status=UNPROCESSABLE)


def _try(request: Request, form: Form, act: Callable[[dict[str, Any]], object]) -> bool:
    school_id: UUID = asked_school(request, RUNS_DAY)
    try:
        with school_scope(school_id):
            act({"actor": request.actor, "school_id": school_id, "at": timezone.now()})
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except Refused as refusal:
        form.add_error(None, ValidationError(str(refusal), code=refusal.code))
        return False
    messages.success(request, _("Saved."))
    return True


def _back(request: Request) -> HttpResponse:
    return HttpResponseRedirect(reverse("office:marking") + _query(request))


def _query(request: Request) -> str:
    return f"?{request.GET.urlencode()}" if request.GET else ""


def _page(
    request: Request, shown: Marking, typed: Mapping[str, Form] | None = None, status: int = 200
) -> HttpResponse:
    school_id = asked_school(request, RUNS_DAY)
    forms: dict[str, object] = {
        "kind_form": KindForm(auto_id="kind_%s"),
        "use_form": ScaleUseForm(subjects=shown.subjects),
        "terms_form": TermsForm(initial={"correct_within": shown.correct_within}),
        "points_form": PointsForm(
            initial=dict(zip(("days", "fate"), shown.point_terms, strict=True)), auto_id="points_%s"
        ),
        "leave_form": None,
    }
    for scale, bounds in shown.bounds.items():
        initial = dict(zip(("five", "four", "three"), bounds, strict=True))
        forms[f"bounds_{scale}"] = BoundsForm(initial=initial, auto_id=f"{scale}_%s")
    forms |= dict(typed or {})
    known = {
        "page": shown,
        "conversions": [(scale, forms[f"bounds_{scale}"]) for scale in shown.bounds],
        "schools": schools_to_choose(request, RUNS_DAY, school_id),
        "query": _query(request),
        "today": timezone.localdate(),
        "scale_words": scale_words,
        "use_words": use_words,
    }
    with no_queries():
        return render(request, "office/marking.html", {**forms, **known}, status=status)
