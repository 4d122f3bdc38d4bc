"""How the journal names groups, and what it says beside the cells of a scale."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zvonok.domain.attestation.proposals import Proposal, Why
from zvonok.screens.shell.wording import average

if TYPE_CHECKING:
    from zvonok.screens.journal.month import Sum


def group_label(title: str, subject: str) -> str:
    """Name a study group beside its subject: a title that begins with the subject loses it."""
    return title.removeprefix(subject).strip(" ,·") or title


def scale_hint(scale: str, criteria: Sequence[str] = ()) -> str:
    """Say what the cells of a work take, where it is not the five-point scale that everybody knows."""
    if scale == "CRITERIA":
        return " + ".join(criteria) or _("name the criteria first")
    return {
        "PASS_FAIL": _("зач or незач"),
        "HUNDRED": _("0 to 100 points"),
        "UNGRADED": _("only comments"),
    }.get(scale, "")


def correction_hint(days: int) -> str:
    """Say for how long a mark is corrected without a word."""
    text = ngettext(
        "A mark is corrected within %(num)s day of being put; later its comment must say why.",
        "A mark is corrected within %(num)s days of being put; later its comment must say why.",
        days,
    )
    return text % {"num": days}


def proposal_words(proposal: Proposal) -> str:
    """Say in a few words what a proposal rests on."""
    inputs = proposal.inputs
    figures = {
        "missed": inputs.missed,
        "lessons": inputs.lessons,
        "percent": round(inputs.missed_percent),
        "count": inputs.count,
    }
    return {
        Why.NOTHING: _("Nothing to propose yet."),
        Why.AVERAGE: _("The average, rounded by the school's rule."),
        Why.TOO_FEW: _("Too few marks: %(count)s.") % figures,
        Why.MISSED: _("Missed %(missed)s of %(lessons)s lessons (%(percent)s %%).") % figures,
        Why.PERIODS: _("The average of the period marks, rounded."),
        Why.EXAM: _("Half the year mark, half the exam mark."),
        Why.YEAR: _("The same as the year mark."),
    }[proposal.why]


def sum_texts(one: "Sum") -> list[str]:
    """Write what stands at the end of a line for a study period: both averages, and where they lead."""
    return [average(one.averages.plain), average(one.averages.weighted), one.leads_to or average(None)]
