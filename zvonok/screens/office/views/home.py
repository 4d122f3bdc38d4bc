"""The administrator's home."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zvonok.kernel.db import no_queries
from zvonok.kernel.scope import school_scope
from zvonok.screens.office import home
from zvonok.screens.office.door import RUNS_SCHOOL, asked_school, schools_to_choose
from zvonok.screens.shell.asking import staff
from zvonok.screens.shell.request import Request


@require_safe
@staff(*RUNS_SCHOOL)
def office(request: Request) -> HttpResponse:
    """GET /office/: the school in numbers, and the ways to what the administrator does."""
    school_id = asked_school(request, RUNS_SCHOOL)
    with school_scope(school_id):
        page = home.office(school_id=school_id, day=timezone.localdate(), at=timezone.now())
    schools = schools_to_choose(request, RUNS_SCHOOL, school_id)
    with no_queries():
        return render(
            request, "office/office.html", {"page": page, "schools": schools, "today": timezone.localdate()}
        )
