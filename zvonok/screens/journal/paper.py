"""The journal and the class summary as PDF. Data go in as JSON, so that no name can become a command."""

import json
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from zvonok.screens.journal.pages import split
from zvonok.screens.journal.print import JournalPrint, PrintRow
from zvonok.screens.journal.printed import Written, legend, period_of, summed, sums_of, taught_by
from zvonok.screens.journal.summary import ClassSummary
from zvonok.screens.journal.summary_table import led_by, result_of, summary_table, summary_title
from zvonok.screens.shell.language import spoken
from zvonok.screens.shell.wording import average, month_title

HERE = Path(__file__).parent
PAGE = 222  # millimetres beside the numbers and names
DAY, SUM = 7.2, 11.5  # millimetres of a column
SUBJECTS = 24  # columns of a page of the summary


def journal_pdf(journal: JournalPrint) -> bytes:
    """Set a journal: each left page of students by lessons is followed by the topics of these lessons."""
    return _compiled("print.typ", journal_data(journal))


def journal_data(journal: JournalPrint) -> dict[str, Any]:
    """Say what the typesetter gets."""
    sums = sums_of(journal)
    room = int(PAGE / DAY)
    parts = split(len(journal.lessons), room=room, last_room=max(1, int((PAGE - SUM * len(sums)) / DAY)))
    return _frame(
        title=f"{journal.subject} · {journal.group}",
        school=journal.school,
        period=period_of(journal.span),
        note=taught_by(journal),
        parts=[_part(journal, columns, sums if columns is parts[-1] else []) for columns in parts],
    ) | {"legend": legend(), "width": DAY}


def summary_pdf(summary: ClassSummary) -> bytes:
    """Set a class's summary."""
    return _compiled("summary.typ", summary_data(summary))


def summary_data(summary: ClassSummary) -> dict[str, Any]:
    """Say what the typesetter gets."""
    table = summary_table(summary)
    return _frame(
        title=summary_title(summary),
        school=summary.school,
        period=period_of(summary.span),
        note=led_by(summary),
        result=result_of(summary),
        parts=[
            {
                "head": [table.head[place] for place in columns],
                "rows": [
                    _line(name, cells, columns) | {"number": str(number)}
                    for number, (name, cells) in enumerate(table.rows, 1)
                ],
                "feet": [_line(name, cells, columns) for name, cells in table.feet],
            }
            for columns in split(len(table.head), room=SUBJECTS, last_room=SUBJECTS)
        ],
    )


def _line(name: str, cells: Sequence[Written], columns: range) -> dict[str, Any]:
    return {"name": name, "cells": [_shown(cells[place]) for place in columns]}


def _compiled(template: str, data: dict[str, Any]) -> bytes:
    """Compile for readers of screens too; a letter that no font of ours has would forbid that, not the printing."""
    try:
        return _typeset(template, data, standards=["ua-1"])
    except typst.TypstError:
        return _typeset(template, data, standards=[])


def _typeset(template: str, data: dict[str, Any], *, standards: Any) -> bytes:
    return typst.compile(
        HERE / template,
        sys_inputs={"data": json.dumps(data)},
        ignore_system_fonts=True,
        pdf_standards=standards,
    )


def _frame(**data: Any) -> dict[str, Any]:
    labels = {
        "student": _("Student"),
        "date": _("Date"),
        "topic": _("Topic of the lesson"),
        "homework": _("Homework"),
    }
    return {"language": spoken()[:2], "labels": labels} | data


def _part(journal: JournalPrint, columns: range, sums: Sequence[str]) -> dict[str, Any]:
    held = [journal.lessons[place] for place in columns]
    months = groupby(held, key=lambda one: month_title(one.lesson.day))
    return {
        "months": [{"title": title, "span": len(list(of_month))} for title, of_month in months],
        "days": [str(one.lesson.day.day) for one in held],
        "sums": list(sums),
        "rows": [_row(number, row, columns, bool(sums)) for number, row in enumerate(journal.rows, 1)],
        "lessons": [
            {
                "number": str(one.number),
                "day": f"{one.lesson.day:%d.%m.%Y}",
                "topic": one.lesson.topic,
                "homework": one.homework.text if one.homework else "",
            }
            for one in held
        ],
    }


def _row(number: int, row: PrintRow, columns: range, sums: bool) -> dict[str, Any]:
    return {
        "number": str(number),
        "name": row.name,
        "cells": [row.cells[place] for place in columns],
        "sums": [_shown(value) for value in summed(row)] if sums else [],
    }


def _shown(value: Written) -> str:
    if isinstance(value, Decimal):
        return average(value)
    return "" if value is None else str(value)
