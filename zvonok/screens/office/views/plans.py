"""The deputy head's list of lesson plans."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zvonok.kernel.db import no_queries
from zvonok.kernel.scope import school_scope
from zvonok.screens.office.door import OVERSEES, asked_school, schools_to_choose
from zvonok.screens.office.plans import PlanFilter, PlansPage, PlanState, plans_page
from zvonok.screens.shell.asking import staff
from zvonok.screens.shell.request import Request

STATES = {
    PlanState.MISSING: _("no plan"),
    PlanState.BEHIND: _("behind"),
    PlanState.TOO_LONG: _("more hours than lessons"),
    PlanState.ON_TIME: _("on time"),
}
FILTERS = ("school_class", "teacher", "subject", "state")


class PlansForm(forms.Form):
    """Which plans are shown; only drawn, never validated."""

    use_required_attribute = False

    school_class = forms.ChoiceField(label=_("Class"))
    teacher = forms.ChoiceField(label=_("Teacher"))
    subject = forms.ChoiceField(label=_("Subject"))
    state = forms.ChoiceField(label=_("State"))

    def offer(self, page: PlansPage) -> None:
        """Offer what the school has."""
        states = [(str(state), str(words)) for state, words in STATES.items()]
        offered = (page.classes, page.teachers, page.subjects, states)
        for name, choices in zip(FILTERS, offered, strict=True):
            self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]


@require_safe
@staff(*OVERSEES)
def plans(request: Request) -> HttpResponse:
    """GET /office/deputy/plans/: passed and planned hours by group; `?page=` of a long list."""
    school_id = asked_school(request, OVERSEES)
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    wanted = PlanFilter(**{name: value for name, value in chosen.items() if _is_known(name, value)})
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    with school_scope(school_id):
        page = plans_page(school_id=school_id, today=timezone.localdate(), wanted=wanted, number=number)
    form = PlansForm(initial=chosen)
    form.offer(page)
    kept = {name: value for name, value in request.GET.items() if name != "page"}
    known = {
        "page": page,
        "form": form,
        "states": STATES,
        "query": f"?{urlencode(kept)}&" if kept else "?",
        "schools": schools_to_choose(request, OVERSEES, school_id),
    }
    with no_queries():
        return render(request, "office/plans.html", known)


def _is_known(name: str, value: str) -> bool:
    return name != "state" or value in STATES
