"""The deputy head's control: what is found in the journals, by teacher, class and subject; notes; changed marks."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import ceil
from uuid import UUID

from django.http import QueryDict

from zvonok.domain.control.checks import Check, Gravity, gravity
from zvonok.domain.control.inputs import Scope
from zvonok.domain.control.rules import Finding
from zvonok.domain.control.selectors import (
    ChangedMark,
    GroupNames,
    Names,
    NoteLine,
    changed_marks,
    findings_of,
    names_of,
    noted_keys,
    open_notes,
    periods_to_choose,
)
from zvonok.domain.control.wording import words
from zvonok.domain.schools.selectors import classes_of_day, subjects_of_school, teachers_of_school
from zvonok.kernel.ids import uuid7
from zvonok.screens.office.control_forms import ControlFilter

A_PAGE = 50
ORDERS = ("teacher", "school_class", "subject")


@dataclass(frozen=True, slots=True)
class Sum:
    """How much was found of one check, or of one teacher, class or subject; `query` shows only that."""

    title: str
    query: str
    wrong: int
    all: int
    gravity: str = ""


@dataclass(frozen=True, slots=True)
class ControlLine:
    """A finding as the deputy head reads it."""

    finding: Finding
    note_id: UUID
    title: str
    words: str
    names: GroupNames
    teacher: str
    student: str
    is_noted: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """Which part of a long list is shown."""

    number: int
    last: int
    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class ControlPage:
    """The summary and a part of the list."""

    checks: list[Sum]
    heaps: list[Sum]
    order: str
    lines: list[ControlLine]
    total: int
    pages: Pages
    notes: list[NoteLine]
    filter: ControlFilter


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """A part of the changed marks."""

    lines: list[ChangedMark]
    pages: Pages
    filter: ControlFilter


def asked_filter(asked: QueryDict, *, school_id: UUID, day: date) -> ControlFilter:
    """Read the filters of an address, offered what the school has; four queries."""
    form = ControlFilter(asked)
    form.offer(
        periods=periods_to_choose(school_id=school_id, day=day),
        classes=[(one.pk, one.title) for one in classes_of_day(school_id=school_id, day=day)],
        teachers=teachers_of_school(school_id=school_id, day=day),
        subjects=subjects_of_school(school_id=school_id),
    )
    return form


def control_page(form: ControlFilter, *, asked: QueryDict, school_id: UUID, at: datetime) -> ControlPage:
    """Gather what is found in a school: twelve statements, and eight for each study period with open notes."""
    found = findings_of(scope_of(form, school_id=school_id, at=at), at=at)
    names = names_of(found, school_id=school_id)
    order = form.chosen("by") or ORDERS[0]
    shown = _shown(form, found, names)
    pages = pages_of(asked, total=len(shown))
    noted = noted_keys(school_id=school_id)
    part = shown[(pages.number - 1) * A_PAGE : pages.number * A_PAGE]
    return ControlPage(
        checks=_by_check(found, asked),
        heaps=_by_order(shown, names, order, asked),
        order=order,
        lines=[_line(finding, names, is_noted=finding.key in noted) for finding in part],
        total=len(shown),
        pages=pages,
        notes=[note for note in open_notes(school_id=school_id, at=at) if note.finding],
        filter=form,
    )


def control_lines(form: ControlFilter, *, school_id: UUID, at: datetime) -> list[ControlLine]:
    """List all that the filters leave, as a file has it; ten statements."""
    found = findings_of(scope_of(form, school_id=school_id, at=at), at=at)
    names = names_of(found, school_id=school_id)
    return [_line(finding, names, is_noted=False) for finding in _shown(form, found, names)]


def changes_page(
    form: ControlFilter, *, asked: QueryDict, school_id: UUID, first: datetime, end: datetime
) -> ChangesPage:
    """Gather a part of the marks that were changed between two moments; one query."""
    scope = scope_of(form, school_id=school_id, at=end)
    number = max(1, _number(asked))
    lines = changed_marks(scope, first=first, end=end, limit=A_PAGE + 1, skip=(number - 1) * A_PAGE)
    earlier = with_query(asked, page=number - 1) if number > 1 else ""
    later = with_query(asked, page=number + 1) if len(lines) > A_PAGE else ""
    return ChangesPage(lines[:A_PAGE], Pages(number, number, earlier, later), form)


def scope_of(form: ControlFilter, *, school_id: UUID, at: datetime) -> Scope:
    """Say which journals the filters leave."""
    scope = Scope(
        school_id,
        day=at.date(),
        class_id=form.chosen_id("school_class"),
        teacher_id=form.chosen_id("teacher"),
        subject_id=form.chosen_id("subject"),
    )
    return replace(scope, period_id=form.chosen_id("period"))


def with_query(asked: QueryDict, **changed: object) -> str:
    """Write the address of the same page with some filters changed; "" takes one away."""
    query = asked.copy()
    query.pop("page", None)
    for name, value in changed.items():
        query.pop(name, None)
        if value != "":
            query[name] = str(value)
    return f"?{query.urlencode()}"


def pages_of(asked: QueryDict, *, total: int) -> Pages:
    """Say which part of a list is shown, and where the next ones are."""
    last = max(1, ceil(total / A_PAGE))
    number = min(max(1, _number(asked)), last)
    return Pages(
        number,
        last,
        with_query(asked, page=number - 1) if number > 1 else "",
        with_query(asked, page=number + 1) if number < last else "",
    )


def _number(asked: QueryDict) -> int:
    typed = asked.get("page", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


def _shown(form: ControlFilter, found: list[Finding], names: Names) -> list[Finding]:
    """Leave one check, if one is chosen, and put first what is to be mended."""
    check = form.chosen("check")
    shown = [finding for finding in found if not check or finding.check == check]
    return sorted(shown, key=lambda one: (gravity(one.check) != Gravity.WRONG, _place(one, names), one.check))


def _place(finding: Finding, names: Names) -> tuple[str, str, date]:
    of = names.groups.get(finding.group_id, GroupNames())
    return (of.class_title, of.group, finding.day or date.max)


def _by_check(found: list[Finding], asked: QueryDict) -> list[Sum]:
    counts = Counter(finding.check for finding in found)
    return [
        Sum(
            str(check.label),
            with_query(asked, check=check),
            counts[check] if gravity(check) == Gravity.WRONG else 0,
            counts[check],
            gravity(check),
        )
        for check in Check
        if counts[check]
    ]


def _by_order(found: list[Finding], names: Names, order: str, asked: QueryDict) -> list[Sum]:
    """Count by teacher, class or subject; most first. A teacher's line leads on to that teacher."""
    wrong: Counter[tuple[str, str]] = Counter()
    every: Counter[tuple[str, str]] = Counter()
    for finding in found:
        of = names.groups.get(finding.group_id, GroupNames())
        teacher = finding.teacher_id
        key = {
            "teacher": (names.people.get(teacher, "") if teacher else "", str(teacher or "")),
            "school_class": (of.class_title, ""),
            "subject": (of.subject, ""),
        }[order]
        every[key] += 1
        wrong[key] += gravity(finding.check) == Gravity.WRONG
    return [
        Sum(title or "—", with_query(asked, **{order: value}) if value else "", wrong[title, value], count)
        for (title, value), count in every.most_common()
    ]


def _line(finding: Finding, names: Names, *, is_noted: bool) -> ControlLine:
    return ControlLine(
        finding=finding,
        note_id=uuid7(),
        title=str(finding.check.label),
        words=words(finding),
        names=names.groups.get(finding.group_id, GroupNames()),
        teacher=names.people.get(finding.teacher_id, "") if finding.teacher_id else "",
        student=names.people.get(finding.student_id, "") if finding.student_id else "",
        is_noted=is_noted,
    )
