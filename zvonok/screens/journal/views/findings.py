"""What is missing: fragments that a journal, a lesson and the teacher's day fetch after they are shown."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zvonok.kernel.db import no_queries
from zvonok.screens.journal.door import JOURNAL_ROLES, group_to_read
from zvonok.screens.journal.findings import group_findings, teacher_findings
from zvonok.screens.journal.forms import FindingsForm
from zvonok.screens.journal.wording import group_label
from zvonok.screens.shell.asking import signed_in, staff
from zvonok.screens.shell.refusals import wants_fragment

if TYPE_CHECKING:
    from zvonok.screens.shell.request import Request


@require_safe
@signed_in
def of_group(request: "Request", group_id: UUID) -> HttpResponse:
    """GET /journal/<group>/findings/?day=&lesson=: what is missing in the study period of a day, or in a lesson."""
    form = FindingsForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"day": None, "lesson": None}
    with group_to_read(request.actor, group_id) as group:
        now = timezone.now()
        today: date = now.astimezone(ZoneInfo(group.school.time_zone)).date()
        day = min(asked["day"] or today, today)
        lines = group_findings(group, actor=request.actor, day=day, lesson_id=asked["lesson"], at=now)
    page = {
        "group": group,
        "heading": f"{group.subject.name} · {group_label(group.title, group.subject.name)}",
        "lines": lines,
        "day": day,
        "lesson_id": asked["lesson"],
    }
    with no_queries():
        name = "journal/_findings.html" if wants_fragment(request) else "journal/findings.html"
        return render(request, name, page)


@require_safe
@staff(*JOURNAL_ROLES)
def of_teacher(request: "Request") -> HttpResponse:
    """GET /journal/findings/: the deputy head's notes, and how much is missing in each of one's journals."""
    now, day = timezone.now(), timezone.localdate()
    schools = [
        teacher_findings(request.actor, school_id=school_id, day=day, at=now)
        for school_id in request.actor.schools_as(*JOURNAL_ROLES)
    ]
    page = {
        "notes": [note for school in schools for note in school.notes],
        "groups": [group for school in schools for group in school.groups],
        "today": day,
    }
    with no_queries():
        name = "journal/_my_findings.html" if wants_fragment(request) else "journal/my_findings.html"
        return render(request, name, page)
