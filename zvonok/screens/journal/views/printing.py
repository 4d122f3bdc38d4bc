"""The journal and the class summary, to print and take away."""

from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zvonok.domain.schools.selectors import periods_of
from zvonok.gateways.spreadsheets.writing import XLSX
from zvonok.kernel.db import no_queries
from zvonok.screens.journal.class_frame import class_tabs
from zvonok.screens.journal.door import class_to_watch, group_to_read
from zvonok.screens.journal.paper import journal_pdf, summary_pdf
from zvonok.screens.journal.print import JournalPrint, journal_print
from zvonok.screens.journal.print_spans import Span, months_of, span_named, spans_of
from zvonok.screens.journal.summary import ClassSummary, class_summary
from zvonok.screens.journal.summary_table import summary_name
from zvonok.screens.journal.wording import group_label
from zvonok.screens.journal.workbook import journal_xlsx, summary_xlsx
from zvonok.screens.shell.asking import signed_in

if TYPE_CHECKING:
    from zvonok.domain.schools.models import StudyGroup
    from zvonok.screens.shell.request import Request

PDF = "application/pdf"


@require_safe
@signed_in
def journal_files(request: "Request", group_id: UUID) -> HttpResponse:
    """GET /journal/<group>/print/: for which days the journal can be printed and taken away."""
    with group_to_read(request.actor, group_id) as group:
        page = {
            "heading": f"{group.subject.name} · {group_label(group.title, group.subject.name)}",
            "about": _("Marks and absences by lesson, then the topics and the homework of these lessons."),
            "spans": _spans(group),
            "thing": group.pk,
            "parts": [],
            "back": reverse("journal:group", args=[group.pk]),
            "pdf": "journal:print_pdf",
            "xlsx": "journal:print_xlsx",
        }
    with no_queries():
        return render(request, "journal/print.html", page)


@require_safe
@signed_in
def journal_as_pdf(request: "Request", group_id: UUID, period: str) -> HttpResponse:
    """GET /journal/<group>/print/<period>.pdf: the journal of a month, a study period or the year, to print."""
    journal = _journal(request, group_id, period)
    with no_queries():
        return _taken_away(journal_pdf(journal), PDF, f"{_name(journal)}.pdf")


@require_safe
@signed_in
def journal_as_xlsx(request: "Request", group_id: UUID, period: str) -> HttpResponse:
    """GET /journal/<group>/print/<period>.xlsx: the same as a spreadsheet."""
    journal = _journal(request, group_id, period)
    with no_queries():
        return _taken_away(journal_xlsx(journal), XLSX, f"{_name(journal)}.xlsx")


@require_safe
@signed_in
def summary_files(request: "Request", class_id: UUID) -> HttpResponse:
    """GET /class/<id>/summary/: for which periods a class's summary can be printed and taken away."""
    with class_to_watch(request.actor, class_id) as found:
        periods = periods_of(school_id=found.school_id, year_id=found.year_id, system=found.period_system)
        page = {
            "heading": _("Class %(title)s") % {"title": found.title},
            "parts": class_tabs(request.actor, found, current="summary"),
            "about": _("The marks of the class in all subjects, missed lessons, quality and success."),
            "spans": spans_of(periods, found.year),
            "thing": found.pk,
            "pdf": "journal:summary_pdf",
            "xlsx": "journal:summary_xlsx",
        }
    with no_queries():
        return render(request, "journal/print.html", page)


@require_safe
@signed_in
def summary_as_pdf(request: "Request", class_id: UUID, period: str) -> HttpResponse:
    """GET /class/<id>/summary/<period>.pdf: a class's marks of a study period or the year, to print."""
    summary = _summary(request, class_id, period)
    with no_queries():
        return _taken_away(summary_pdf(summary), PDF, f"{summary_name(summary)}.pdf")


@require_safe
@signed_in
def summary_as_xlsx(request: "Request", class_id: UUID, period: str) -> HttpResponse:
    """GET /class/<id>/summary/<period>.xlsx: the same as a spreadsheet."""
    summary = _summary(request, class_id, period)
    with no_queries():
        return _taken_away(summary_xlsx(summary), XLSX, f"{summary_name(summary)}.xlsx")


def _summary(request: "Request", class_id: UUID, period: str) -> ClassSummary:
    with class_to_watch(request.actor, class_id) as found:
        summary = class_summary(found, period)
    if summary is None:
        raise Http404
    return summary


def _journal(request: "Request", group_id: UUID, period: str) -> JournalPrint:
    with group_to_read(request.actor, group_id) as group:
        span = span_named(period, _spans(group))
        if span is None:
            raise Http404
        return journal_print(group, span, at=timezone.now())


def _spans(group: "StudyGroup") -> list[Span]:
    periods = periods_of(school_id=group.school_id, year_id=group.year_id, system=group.period_system)
    return [*spans_of(periods, group.year), *months_of(group.year)]


def _name(journal: JournalPrint) -> str:
    return f"{journal.subject} {journal.group} {journal.span.title}"


def _taken_away(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer
