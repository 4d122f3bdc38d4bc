"""Study periods in the office: looked over, closed, unlocked; and the rules that propose their marks."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zvonok.domain.attestation.commands.accept import accept_rules
from zvonok.domain.attestation.unfilled import rules_of_school
from zvonok.domain.marks.commands.points import settle_points
from zvonok.domain.schools.models import Role
from zvonok.domain.schools.selectors import subjects_of_school
from zvonok.domain.timetable.commands.periods import close_period, lock_again, plan_closing, unlock_period
from zvonok.kernel.db import no_queries
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import school_scope
from zvonok.screens.office.door import asked_school, schools_to_choose
from zvonok.screens.office.period_forms import ClosingForm, RulesForm, UnlockForm, initial_rules
from zvonok.screens.office.periods import ORDERS, PeriodPage, is_over, period_page, periods_page
from zvonok.screens.shell.asking import staff
from zvonok.screens.shell.navigation import NavItem
from zvonok.screens.shell.request import Request

OVERSEES = (Role.DEPUTY_HEAD, Role.HEAD)
UNPROCESSABLE = 422


@require_safe
@staff(*OVERSEES)
def periods(request: Request) -> HttpResponse:
    """GET /office/periods/: the year's study periods, how full they are and when they close."""
    school_id = asked_school(request, OVERSEES)
    with school_scope(school_id):
        page = periods_page(school_id=school_id, day=timezone.localdate())
    schools = schools_to_choose(request, OVERSEES, school_id)
    with no_queries():
        return render(
            request,
            "office/periods.html",
            {"page": page, "schools": schools, "today": timezone.localdate()},
        )


@require_safe
@staff(*OVERSEES)
def period(request: Request, period_id: UUID) -> HttpResponse:
    """GET /office/periods/<id>/: who has marks still to set; how the period is closed and unlocked."""
    _school_id, page = _found(request, period_id)
    return _page(request, page)


@require_POST
@staff(*OVERSEES)
def closing(request: Request, period_id: UUID) -> HttpResponse:
    """POST /office/periods/<id>/closing/: the last day for marks."""
    school_id, page = _found(request, period_id)
    form = ClosingForm(request.POST, auto_id="closing_%s")

    def act() -> None:
        plan_closing(actor=request.actor, period_id=period_id, at=timezone.now(), **form.cleaned_data)

    return _done(request, school_id, page, "closing_form", form, act)


@require_POST
@staff(*OVERSEES)
def close(request: Request, period_id: UUID) -> HttpResponse:
    """POST /office/periods/<id>/close/: the period takes no marks from now on, and its points are turned."""
    school_id, page = _found(request, period_id)

    def act() -> None:
        now = timezone.now()
        close_period(actor=request.actor, period_id=period_id, at=now)
        settle_points(school_id=school_id, period_id=period_id, at=now)

    return _done(request, school_id, page, "close_form", Form({}), act)


@require_POST
@staff(*OVERSEES)
def unlock(request: Request, period_id: UUID) -> HttpResponse:
    """POST /office/periods/<id>/unlock/: marks of a group or a student may be changed for a time."""
    school_id, page = _found(request, period_id)
    form = UnlockForm(request.POST, groups=page.groups, students=page.students, auto_id="unlock_%s")

    def act() -> None:
        last = datetime.combine(form.cleaned_data["until"] + timedelta(days=1), time.min, page.zone)
        unlock_period(
            actor=request.actor,
            period_id=period_id,
            **form.whom(),
            reason=form.cleaned_data["reason"],
            until=last,
            at=timezone.now(),
        )

    return _done(request, school_id, page, "unlock_form", form, act)


@require_POST
@staff(*OVERSEES)
def withdraw(request: Request, unlock_id: UUID) -> HttpResponse:
    """POST /office/periods/unlocks/<id>/withdraw/: the period is locked again before the time."""
    for school_id in request.actor.schools_as(*OVERSEES):
        try:
            with school_scope(school_id):
                lock_again(actor=request.actor, unlock_id=unlock_id, at=timezone.now())
        except ObjectDoesNotExist:
            continue
        messages.success(request, str(_("Locked again.")))
        return redirect("office:periods")
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*OVERSEES)
def rules(request: Request) -> HttpResponse:
    """GET, POST /office/periods/rules/: by which rules marks are proposed, from which day, since when."""
    school_id, today, now = asked_school(request, OVERSEES), timezone.localdate(), timezone.now()
    with school_scope(school_id):
        versions = rules_of_school(school_id=school_id)
        subjects = subjects_of_school(school_id=school_id)
    form = RulesForm(subjects=subjects, initial=initial_rules(next(iter(versions), None), today))
    if request.method == "POST":
        form = RulesForm(request.POST, subjects=subjects)
        try:
            if form.is_valid():
                with school_scope(school_id):
                    accept_rules(
                        form.wanted(), steps=form.steps(), actor=request.actor, school_id=school_id, at=now
                    )
                messages.success(request, str(_("The rules are accepted.")))
                return HttpResponseRedirect(request.get_full_path())
        except Refused as refusal:
            form.add_error(None, ValidationError(str(refusal), code=refusal.code))
    known = {"form": form, "versions": versions, "today": today}
    known |= {"schools": schools_to_choose(request, OVERSEES, school_id)}
    with no_queries():
        return render(request, "office/rules.html", known, status=UNPROCESSABLE if form.is_bound else 200)


def _found(request: Request, period_id: UUID) -> tuple[UUID, PeriodPage]:
    asked = request.POST if request.method == "POST" else request.GET
    for school_id in request.actor.schools_as(*OVERSEES):
        with school_scope(school_id):
            page = period_page(
                school_id=school_id,
                period_id=period_id,
                day=timezone.localdate(),
                order=request.GET.get("by", ""),
                group_id=_id(asked.get("group")),
            )
        if page is not None:
            return school_id, page
    raise Http404


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _done(
    request: Request, school_id: UUID, page: PeriodPage, name: str, form: Form, act: Callable[[], None]
) -> HttpResponse:
    """Act if the form is in order, and lead back to the period; else show it with what was wrong."""
    if not form.is_valid():
        return _page(request, page, {name: form}, status=UNPROCESSABLE)
    try:
        with school_scope(school_id):
            act()
    except Refused as refusal:
        form.add_error(None, ValidationError(str(refusal), code=refusal.code))
        return _page(request, page, {name: form}, status=UNPROCESSABLE)
    messages.success(request, str(_("Saved.")))
    return redirect("office:period", period_id=page.period.id)


def _page(
    request: Request, page: PeriodPage, forms: dict[str, Form] | None = None, status: int = 200
) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    order = request.GET.get("by", "")
    chosen = order if order in ORDERS else "teacher"
    labels = {"teacher": _("By teacher"), "class": _("By class"), "subject": _("By subject")}
    initial = {"group": _id(request.GET.get("group")), "until": today + timedelta(days=3)}
    known = {
        "page": page,
        "today": today,
        "orders": [NavItem(str(label), f"?by={key}", current=key == chosen) for key, label in labels.items()],
        "closing_form": ClosingForm(initial={"closes_on": page.period.closes_on}, auto_id="closing_%s"),
        "close_form": Form(),
        "unlock_form": UnlockForm(
            groups=page.groups, students=page.students, initial=initial, auto_id="unlock_%s"
        ),
        "over": {one.id for one in page.unlocks if is_over(one, now)},
    }
    with no_queries():
        return render(request, "office/period.html", known | (forms or {}), status=status)
