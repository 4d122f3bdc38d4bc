"""What an import found and did, told in the same words to the terminal and to the office page."""

import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

KEPT_FAULTS = 1000
SHOWN_FAULTS = 50
SHOWN_CHANGES = 200
_VALUE_LENGTH = 80
_MASK = "•••"
_SECRET = {"password", "userid", "identifier", "usermasteridentifier", "snils", "document", "passport"}
_SNILS = re.compile(r"\d{3}[- ]?\d{3}[- ]?\d{3}[- ]?\d{2}")

KINDS = {
    "school": gettext_lazy("Schools"),
    "year": gettext_lazy("School years"),
    "period": gettext_lazy("Study periods"),
    "subject": gettext_lazy("Subjects"),
    "class": gettext_lazy("Classes"),
    "group": gettext_lazy("Study groups"),
    "person": gettext_lazy("People"),
    "account": gettext_lazy("Accounts"),
    "staff_role": gettext_lazy("Staff roles"),
    "guardianship": gettext_lazy("Parents of students"),
    "enrolment": gettext_lazy("Students in classes"),
    "membership": gettext_lazy("Students in study groups"),
    "assignment": gettext_lazy("Teachers of study groups"),
    "bells": gettext_lazy("Bell times"),
    "room": gettext_lazy("Rooms"),
    "plan": gettext_lazy("Weekly lessons"),
    "lesson": gettext_lazy("Dated lessons"),
    "day": gettext_lazy("Calendar days"),
}


class Action(StrEnum):
    """What happens to one thing of ours."""

    ADDED = "ADDED"
    CHANGED = "CHANGED"
    CLOSED = "CLOSED"
    KEPT = "KEPT"


ACTIONS = {
    Action.ADDED: gettext_lazy("added"),
    Action.CHANGED: gettext_lazy("changed"),
    Action.CLOSED: gettext_lazy("closed"),
    Action.KEPT: gettext_lazy("unchanged"),
}


class Outcome(StrEnum):
    """How the import ended."""

    CHECKED = "CHECKED"
    DONE = "DONE"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class Row:
    """Where something was written: the file, and its line counted from 1."""

    file: str
    line: int | None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell that was refused, or needs a look; passwords and document numbers are masked in it."""

    file: str
    line: int | None
    column: str
    value: str
    reason: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", shown(self.column, self.value))
        object.__setattr__(self, "column", _printable(self.column))
        object.__setattr__(self, "file", _printable(self.file))


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is added, changed, closed or kept; `kind` is a key of `KINDS`."""

    kind: str
    action: Action
    label: str
    row: Row | None = None
    before: str = ""
    after: str = ""


@dataclass(slots=True)
class Report:
    """All that one import has to say."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    landed: bool = False
    faults_left_out: int = 0
    warnings_left_out: int = 0

    @property
    def refused(self) -> bool:
        """Say whether a single cell was refused, and with it the whole import."""
        return bool(self.faults)

    @property
    def fault_count(self) -> int:
        """Count the faults, those left out too."""
        return len(self.faults) + self.faults_left_out

    @property
    def outcome(self) -> Outcome:
        """Tell how it ended; `landed` is set by whoever has committed the changes."""
        if self.refused:
            return Outcome.REFUSED
        return Outcome.DONE if self.landed else Outcome.CHECKED

    def fault(self, row: Row, column: str, value: str, reason: str) -> None:
        """Refuse a cell, and so the import."""
        self.add_faults([Fault(row.file, row.line, column, value, reason)])

    def warn(self, row: Row, column: str, value: str, reason: str) -> None:
        """Point at a cell that was read, but not as it stands."""
        self.add_warnings([Fault(row.file, row.line, column, value, reason)])

    def add_faults(self, faults: list[Fault]) -> None:
        """Add faults; beyond `KEPT_FAULTS` they are only counted."""
        room = max(KEPT_FAULTS - len(self.faults), 0)
        self.faults += faults[:room]
        self.faults_left_out += len(faults[room:])

    def add_warnings(self, warnings: list[Fault]) -> None:
        """Add warnings; beyond `KEPT_FAULTS` they are only counted."""
        room = max(KEPT_FAULTS - len(self.warnings), 0)
        self.warnings += warnings[:room]
        self.warnings_left_out += len(warnings[room:])

    def note(self, kind: str, action: Action, label: str, row: Row | None = None) -> None:
        """Add a change that needs no before and after."""
        self.changes.append(Change(kind, action, label, row))

    def counts(self) -> dict[str, dict[Action, int]]:
        """Count the changes by kind, in the order of `KINDS`, and by action."""
        found = Counter((change.kind, change.action) for change in self.changes)
        kinds = {kind for kind, _action in found}
        ordered = [kind for kind in KINDS if kind in kinds] + sorted(kinds - KINDS.keys())
        return {kind: {action: found[kind, action] for action in Action} for kind in ordered}

    def summary(self) -> str:
        """Say in one sentence how it ended."""
        if self.outcome is Outcome.REFUSED:
            return ngettext(
                "Nothing was imported: %(count)d value was refused.",
                "Nothing was imported: %(count)d values were refused.",
                self.fault_count,
            ) % {"count": self.fault_count}
        if self.outcome is Outcome.DONE:
            return _("The import is done.")
        return _("This was a check: nothing was written.")

    def as_dict(self) -> dict[str, Any]:
        """Give the whole as plain values, for a page or a file."""
        return {
            "outcome": self.outcome.value,
            "summary": self.summary(),
            "faults": [asdict(fault) for fault in self.faults],
            "faults_left_out": self.faults_left_out,
            "warnings": [asdict(warning) for warning in self.warnings],
            "warnings_left_out": self.warnings_left_out,
            "counts": [
                {"kind": kind, "title": title_of(kind)}
                | {action.value: count for action, count in row.items()}
                for kind, row in self.counts().items()
            ],
            "changes": [
                asdict(change) | {"action": change.action.value, "action_title": str(ACTIONS[change.action])}
                for change in self.changes
                if change.action is not Action.KEPT
            ],
        }

    def render(self, console: Console) -> None:
        """Print the whole to the terminal; long lists are cut and say so."""
        _print_places(console, _("Warnings"), "yellow", self.warnings, self.warnings_left_out)
        _print_changes(console, [change for change in self.changes if change.action is not Action.KEPT])
        _print_counts(console, self.counts())
        _print_places(console, _("Refused"), "red", self.faults, self.faults_left_out)
        console.print(Text(self.summary(), style="bold"))


def title_of(kind: str) -> str:
    """Name a kind of change in the reader's language."""
    return str(KINDS.get(kind, kind))


def shown(column: str, value: str) -> str:
    """Make a cell's value fit to be shown: short, printable, without secrets."""
    name = column.casefold().replace("_", "").replace(" ", "")
    if value and any(secret in name for secret in _SECRET):
        return _MASK
    value = _SNILS.sub(_MASK, _printable(value[: 4 * _VALUE_LENGTH]))
    return value if len(value) <= _VALUE_LENGTH else value[: _VALUE_LENGTH - 1] + "…"


def _printable(text: str) -> str:
    return text if text.isprintable() else "".join(char if char.isprintable() else "�" for char in text)


def _print_places(console: Console, title: str, style: str, places: list[Fault], left_out: int) -> None:
    if not places:
        return
    console.print(Text(title, style=f"bold {style}"))
    for place in places[:SHOWN_FAULTS]:
        line = Text("  ")
        line.append(str(Row(place.file, place.line)), style="bold")
        line.append(f" {place.column}" if place.column else "", style="cyan")
        line.append(f" “{place.value}”" if place.value else "")
        line.append(f": {place.reason}")
        console.print(line)
    _print_rest(console, left_out + len(places[SHOWN_FAULTS:]))


def _print_changes(console: Console, changes: list[Change]) -> None:
    for change in changes[:SHOWN_CHANGES]:
        line = Text(f"  {ACTIONS[change.action]}: {title_of(change.kind)}: ")
        line.append(change.label, style="bold")
        line.append(f" ({change.row})" if change.row else "", style="dim")
        line.append(f" {change.before} → {change.after}" if change.before or change.after else "")
        console.print(line)
    _print_rest(console, len(changes[SHOWN_CHANGES:]))


def _print_rest(console: Console, count: int) -> None:
    if count:
        text = ngettext("  … and %(count)d more", "  … and %(count)d more", count)
        console.print(Text(text % {"count": count}, style="dim"))


def _print_counts(console: Console, counts: dict[str, dict[Action, int]]) -> None:
    if not counts:
        return
    table = Table(_("Kind"), *(Column(str(ACTIONS[action]), justify="right") for action in Action))
    for kind, row in counts.items():
        table.add_row(title_of(kind), *(str(row[action]) for action in Action))
    console.print(table)
