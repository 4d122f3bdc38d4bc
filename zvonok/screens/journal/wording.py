"""How the journal names groups, and what it says beside the cells of a scale."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


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
