"""The lesson plan of a study group, and how it is changed by hand."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zvonok.domain.planning.commands.edit import edit_plan
from zvonok.domain.planning.rules import Add, Change, Edit, Move, Plan, place_of
from zvonok.domain.planning.selectors import plan_version, topics_of_plan
from zvonok.kernel.db import no_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.screens.journal.door import group_to_plan, group_to_read
from zvonok.screens.journal.plans.forms import ActForm, SeenForm, ShortTopicForm, TopicForm, typed
from zvonok.screens.journal.plans.page import place_for, plan_page
from zvonok.screens.journal.wording import group_label
from zvonok.screens.shell.asking import signed_in
from zvonok.screens.shell.errors import bad_request

if TYPE_CHECKING:
    from zvonok.domain.schools.models import StudyGroup
    from zvonok.screens.shell.request import Request

UNPROCESSABLE, CONFLICT = 422, 409


class NotASectionName(Refused):
    """A section cannot be called so."""

    message = gettext_lazy("The section keeps its name. %(reason)s")


@require_safe
@signed_in
def plan(request: "Request", group_id: UUID) -> HttpResponse:
    """GET /plans/<group>/: sections, topics, hours, what has been taught; `?page=` of a long one."""
    with group_to_read(request.actor, group_id) as group:
        return _page(request, group)


@require_POST
@signed_in
def act(request: "Request", group_id: UUID) -> HttpResponse:
    """POST /plans/<group>/edit/: move, merge, split or remove a topic, or repair the whole plan."""
    form = ActForm(request.POST)
    with group_to_plan(request.actor, group_id) as group:
        if not form.is_valid():
            return bad_request(request) if form.is_forged else _refused(request, group, form)
        shown = plan_page(group, actor=request.actor, today=today_in(group))
        try:
            _edit(request, group, form.edits(_topics(group), lacking=shown.pace.lacking), form)
        except (LookupError, ValueError) as error:
            raise Http404 from error
        except Refused as refusal:
            return _page(request, group, refusal=refusal, status=CONFLICT)
    name, _colon, topic = form.cleaned_data["act"].partition(":")
    if name not in ("up", "down"):
        messages.success(request, _("The plan is changed."))
    return _back(group_id, topic, name)


@require_POST
@signed_in
def add(request: "Request", group_id: UUID) -> HttpResponse:
    """POST /plans/<group>/add/: a new topic at the end of its section."""
    form = ShortTopicForm(request.POST)
    with group_to_plan(request.actor, group_id) as group:
        if not form.is_valid():
            return _page(request, group, form=form, status=UNPROCESSABLE)
        made = uuid7()
        place = place_for(_topics(group), form.cleaned_data["section"])
        try:
            _edit(request, group, [Add(made, form.draft, place)], form)
        except Refused as refusal:
            form.add_error(None, ValidationError(str(refusal), code=refusal.code))
            return _page(request, group, form=form, status=UNPROCESSABLE)
    return _back(group_id, str(made))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def topic(request: "Request", group_id: UUID, topic_id: UUID) -> HttpResponse:
    """GET and POST /plans/<group>/topics/<id>/: all that the plan says of a topic."""
    with group_to_plan(request.actor, group_id) as group:
        plan = _topics(group)
        try:
            place = place_of(plan, topic_id)
        except LookupError as error:
            raise Http404 from error
        form = _topic_form(request, group, plan, place)
        if request.method == "POST" and form.is_valid():
            edits: list[Edit] = [Change(topic_id, form.draft)]
            if form.cleaned_data["place"] != place + 1:
                edits.insert(0, Move(topic_id, form.cleaned_data["place"] - 1))
            try:
                _edit(request, group, edits, form)
                messages.success(request, _("The topic is saved."))
                return _back(group_id, str(topic_id))
            except Refused as refusal:
                form.add_error(None, ValidationError(str(refusal), code=refusal.code))
        page = {"group": group, "heading": heading(group), "form": typed(form, version=_version(group))}
        page |= {"topic": plan[place], "is_last": place == len(plan) - 1, "version": _version(group)}
        page |= {"sections": dict.fromkeys(one.draft.section for one in plan if one.draft.section)}
        status = UNPROCESSABLE if form.errors else 200
    with no_queries():
        return render(request, "journal/plan_topic.html", page, status=status)


def heading(group: "StudyGroup") -> str:
    """Name the group beside its subject."""
    return f"{group.subject.name} · {group_label(group.title, group.subject.name)}"


def today_in(group: "StudyGroup") -> date:
    """Tell the day at the school."""
    return timezone.now().astimezone(ZoneInfo(group.school.time_zone)).date()


def _edit(request: "Request", group: "StudyGroup", edits: Sequence[Edit], form: SeenForm) -> None:
    version = form.cleaned_data["version"]
    edit_plan(actor=request.actor, group_id=group.pk, edits=edits, version=version, at=timezone.now())


def _refused(request: "Request", group: "StudyGroup", form: ActForm) -> HttpResponse:
    """Show the plan again with what was wrong with the name of a section."""
    told = NotASectionName(reason=" ".join(map(str, form.errors["section"])))
    return _page(request, group, refusal=told, status=UNPROCESSABLE)


def _topics(group: "StudyGroup") -> Plan:
    return [line.topic for line in topics_of_plan(school_id=group.school_id, group_id=group.pk)]


def _version(group: "StudyGroup") -> int:
    return plan_version(school_id=group.school_id, group_id=group.pk)


def _topic_form(request: "Request", group: "StudyGroup", plan: Plan, place: int) -> TopicForm:
    if request.method == "POST":
        return TopicForm(request.POST)
    draft = plan[place].draft
    names = ("title", "section", "hours", "control", "homework", "homework_minutes", "note")
    standing = {name: getattr(draft, name) for name in names}
    return TopicForm(initial=standing | {"place": place + 1, "version": _version(group)})


def _back(group_id: UUID, topic: str, act: str = "") -> HttpResponse:
    """Lead back to the plan, to the topic that was changed, and to the button that was pressed."""
    query = f"?at={topic}&act={act}" if act in ("up", "down") else ""
    anchor = f"#topic-{topic}" if topic and act != "remove" else ""
    return HttpResponseRedirect(f"{reverse('journal:plan', args=[group_id])}{query}{anchor}")


def _page(
    request: "Request",
    group: "StudyGroup",
    *,
    form: ShortTopicForm | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    today = today_in(group)
    page = plan_page(group, actor=request.actor, today=today, number=number)
    standing = {"version": page.version}
    known: dict[str, Any] = {
        "group": group,
        "heading": heading(group),
        "page": page,
        "form": typed(form, **standing) if form else ShortTopicForm(initial=standing),
        "refusal": refusal,
        "today": today,
        "pressed": (request.GET.get("act", ""), request.GET.get("at", "")),
    }
    with no_queries():
        return render(request, "journal/plan.html", known, status=status)
