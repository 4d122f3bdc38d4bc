"""What the printed journal says beside its marks, on paper and in a spreadsheet alike."""

from decimal import Decimal

from django.utils.translation import gettext as _

from zvonok.domain.attendance.rules import LETTERS
from zvonok.screens.journal.print import KINDS, JournalPrint, PrintRow
from zvonok.screens.journal.print_spans import Span
from zvonok.screens.shell.wording import absence_reason, full_day

Written = str | int | Decimal | None


def sums_of(journal: JournalPrint) -> list[str]:
    """Name the columns at the right: what was missed by kind, the average, the marks of periods."""
    return [_("Missed lessons"), *(LETTERS[kind] for kind in KINDS), _("Average"), *journal.columns]


def summed(row: PrintRow) -> list[Written]:
    """Write a student's columns at the right; nothing where there is nothing."""
    counts: list[Written] = [row.missed, *(row.absences[kind] for kind in KINDS)]
    return [*(count or None for count in counts), row.average, *(number_or_text(mark) for mark in row.marks)]


def number_or_text(mark: str) -> Written:
    """Take a figure as a number, so that a spreadsheet reckons with it."""
    return int(mark) if mark.isascii() and mark.isdigit() else mark or None


def taught_by(journal: JournalPrint) -> str:
    """Say who teaches the group."""
    return _("Teacher: %(names)s") % {"names": ", ".join(journal.teachers)} if journal.teachers else ""


def legend() -> str:
    """Explain the letters of absences."""
    return "; ".join(f"{LETTERS[kind]} – {absence_reason(kind).lower()}" for kind in KINDS)


def period_of(span: Span) -> str:
    """Say which days are printed."""
    return f"{span.title}: {full_day(span.first)} – {full_day(span.last)}"
