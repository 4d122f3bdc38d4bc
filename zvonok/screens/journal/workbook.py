"""The journal as a spreadsheet, the left page on one sheet and the right page on another; the summary on one."""

from itertools import groupby

from django.utils.translation import gettext as _

from zvonok.gateways.spreadsheets.printing import PrintedSheet, Value, write_sheets
from zvonok.gateways.spreadsheets.table import Merged
from zvonok.screens.journal.print import Held, JournalPrint
from zvonok.screens.journal.printed import legend, number_or_text, period_of, summed, sums_of, taught_by
from zvonok.screens.journal.summary import ClassSummary
from zvonok.screens.journal.summary_table import led_by, result_of, summary_table, summary_title
from zvonok.screens.shell.wording import month_title

HEAD_ROWS = 2
FIRST_COLUMNS = 2


def journal_xlsx(journal: JournalPrint) -> bytes:
    """Write a journal; the sheets are laid out as the pages of a paper journal are."""
    return write_sheets([_students(journal), _lessons(journal)])


def summary_xlsx(summary: ClassSummary) -> bytes:
    """Write a class's summary; the shares stand under the students."""
    table = summary_table(summary)
    students = [[number, name, *cells] for number, (name, cells) in enumerate(table.rows, 1)]
    feet = [[None, name, *cells] for name, cells in table.feet]
    sheet = PrintedSheet(
        title=summary_title(summary),
        lines=[
            summary.school,
            summary_title(summary),
            period_of(summary.span),
            led_by(summary),
            result_of(summary),
        ],
        head=[["№", _("Student"), *table.head]],
        rows=[*students, *feet],
        widths=[5, 32, *(11 for _column in table.head)],
        frozen=FIRST_COLUMNS,
    )
    return write_sheets([sheet])


def _lines(journal: JournalPrint) -> list[str]:
    title = f"{journal.subject} · {journal.group}"
    return [journal.school, title, period_of(journal.span), taught_by(journal)]


def _students(journal: JournalPrint) -> PrintedSheet:
    sums = sums_of(journal)
    months = [month_title(held.lesson.day) for held in journal.lessons]
    days: list[Value] = [held.lesson.day.day for held in journal.lessons]
    return PrintedSheet(
        title=_("Marks"),
        lines=[*_lines(journal), legend()],
        head=[["№", _("Student"), *months, *sums], [None, None, *days, *(None for _sum in sums)]],
        rows=[
            [number, row.name, *(number_or_text(cell or "") for cell in row.cells), *summed(row)]
            for number, row in enumerate(journal.rows, 1)
        ],
        widths=[5, 32, *(6 for _day in days), *(12 for _sum in sums)],
        frozen=FIRST_COLUMNS,
        merged=[*_merged_months(months), *_merged_ends(len(months), len(sums))],
        closed=frozenset(
            (number, place)
            for number, row in enumerate(journal.rows, 1)
            for place, cell in enumerate(row.cells, FIRST_COLUMNS + 1)
            if cell is None
        ),
    )


def _merged_months(months: list[str]) -> list[Merged]:
    found, column = [], FIRST_COLUMNS + 1
    for _month, of_month in groupby(months):
        count = len(list(of_month))
        if count > 1:
            found.append(Merged(1, column, 1, column + count - 1))
        column += count
    return found


def _merged_ends(days: int, sums: int) -> list[Merged]:
    columns = [1, 2, *range(FIRST_COLUMNS + days + 1, FIRST_COLUMNS + days + sums + 1)]
    return [Merged(1, column, HEAD_ROWS, column) for column in columns]


def _lessons(journal: JournalPrint) -> PrintedSheet:
    return PrintedSheet(
        title=_("Lessons"),
        lines=_lines(journal),
        head=[["№", _("Date"), _("Topic of the lesson"), _("Homework")]],
        rows=[_lesson(held) for held in journal.lessons],
        widths=[5, 12, 60, 50],
        frozen=FIRST_COLUMNS,
        wrapped=frozenset({3, 4}),
    )


def _lesson(held: Held) -> list[Value]:
    homework = held.homework.text if held.homework else None
    return [held.number, f"{held.lesson.day:%d.%m.%Y}", held.lesson.topic or None, homework]
