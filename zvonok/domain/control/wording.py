"""What a finding says, and what mends it, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zvonok.domain.control.checks import Check, Place, place
from zvonok.domain.control.rules import Finding


def words(finding: Finding) -> str:
    """Say what was found and why it is told."""
    numbers = {"count": finding.count, "of": finding.of, "value": finding.value}
    if finding.check in _COUNTED:
        return _counted(finding) % numbers
    return _PLAIN[finding.check]() % numbers


def mending(finding: Finding) -> str:
    """Say what mends it, as the name of the link that leads there."""
    return {
        Place.TOPIC: _("Write the topic"),
        Place.HOMEWORK: _("Set homework"),
        Place.LESSON: _("Open the lesson"),
        Place.CELL: _("Show the cell"),
        Place.PERIOD_MARK: _("Open the period marks"),
        Place.JOURNAL: _("Open the journal"),
    }[place(finding.check)]


_COUNTED = frozenset({Check.LATE_MARK, Check.LOW_NOT_MENDED})


def _counted(finding: Finding) -> str:
    if finding.check == Check.LATE_MARK:
        return ngettext(
            "%(count)s mark was put late, up to %(of)s days after the lesson.",
            "%(count)s marks were put late, up to %(of)s days after the lesson.",
            finding.count,
        )
    return ngettext(
        "No better mark since the “2”, though %(count)s lesson has passed.",
        "No better mark since the “2”, though %(count)s lessons have passed.",
        finding.count,
    )


_PLAIN = {
    Check.UNFILLED: lambda: _("The lesson is over, and there is no topic, no mark and no absence."),
    Check.NO_TOPIC: lambda: _("The lesson is over and has no topic."),
    Check.NO_HOMEWORK: lambda: _("The lesson is over and sets no homework."),
    Check.ABSENT_AND_MARKED: lambda: _("Absent from the lesson, and marked in it: one of the two is wrong."),
    Check.TWO_AT_ONCE: lambda: _("Not absent here, nor in another lesson at the same time."),
    Check.TEST_NOT_FOR_ALL: lambda: _("%(count)s of %(of)s who were at the test have no mark for it."),
    Check.TWO_TESTS: lambda: _("%(count)s tests on this day for the same students."),
    Check.FEW_FOR_DAYS: lambda: _("Marks: %(count)s; by now there should be at least %(of)s."),
    Check.FEW_FOR_PERIOD: lambda: _("Marks: %(count)s; the study period asks for at least %(of)s."),
    Check.LOW_AFTER_ABSENCE: lambda: _("A “2” in the first lesson after an absence."),
    Check.LOW_AT_EDGE: lambda: _("A “2” in one of the first or last lessons of the study period."),
    Check.PERIOD_NOT_ROUNDED: lambda: _("The average is %(value)s, and no reason is given for another mark."),
    Check.PERIOD_TOO_FEW: lambda: _(
        "“%(value)s” rests on too few marks: %(count)s, and at least %(of)s are asked for."
    ),
    Check.PERIOD_MISSED: lambda: _("“%(value)s”, though %(count)s of %(of)s lessons were missed."),
    Check.GROUP_ABSENCE: lambda: _("%(count)s %% of the lessons were missed, more than %(of)s %%."),
    Check.GROUP_AVERAGE: lambda: _("The average of the group is %(value)s."),
    Check.GROUP_DENSITY: lambda: _("Only %(count)s of %(of)s lessons have marks."),
}
