"""A class's summary as one table, on paper and in a spreadsheet alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zvonok.screens.journal.printed import Written, number_or_text
from zvonok.screens.journal.summary import ClassSummary, Figures, SummaryRow
from zvonok.screens.shell.wording import average

Line = tuple[str, Sequence[Written]]


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """Columns after the names; each line has a name and a value for each column."""

    head: list[str]
    rows: list[Line]
    feet: list[Line]


def summary_table(summary: ClassSummary) -> SummaryTable:
    """Lay a summary out: students by subjects, and what each subject comes to."""
    return SummaryTable(
        head=[*summary.columns, _("Average"), _("Missed lessons"), _("of them without a reason")],
        rows=[(row.name, _cells(row)) for row in summary.rows],
        feet=[
            _foot(summary, _("Average"), lambda of: of.average),
            _foot(summary, _("Quality, %"), lambda of: of.quality),
            _foot(summary, _("Success, %"), lambda of: of.success),
            _totals(summary),
        ],
    )


def summary_title(summary: ClassSummary) -> str:
    """Name the summary at its head."""
    return _("Summary of class %(title)s") % {"title": summary.title}


def summary_name(summary: ClassSummary) -> str:
    """Name the file."""
    return f"{summary_title(summary)} {summary.span.title}"


def led_by(summary: ClassSummary) -> str:
    """Say who leads the class."""
    return _("Class teacher: %(names)s") % {"names": summary.teacher} if summary.teacher else ""


def result_of(summary: ClassSummary) -> str:
    """Say what the class has come to, by students."""
    whole = summary.whole
    if whole.quality is None:
        return _("No marks yet.")
    return _("Average %(average)s; quality %(quality)s %%, success %(success)s %% of the students.") % {
        "average": average(whole.average),
        "quality": whole.quality,
        "success": whole.success,
    }


def _cells(row: SummaryRow) -> list[Written]:
    return [
        *(number_or_text(mark) for mark in row.marks),
        row.average,
        row.missed or None,
        row.unexcused or None,
    ]


def _foot(summary: ClassSummary, name: str, value: Callable[[Figures], Written]) -> Line:
    return name, [*(value(of) for of in summary.subjects), value(summary.whole), None, None]


def _totals(summary: ClassSummary) -> Line:
    missed = [sum(row.missed for row in summary.rows), sum(row.unexcused for row in summary.rows)]
    return _("In all"), [*(None for _subject in summary.columns), None, *missed]
