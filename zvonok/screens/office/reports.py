"""What an import has to say, as its page shows it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from zvonok.domain.schools.models import ImportRun, ImportState

FAULTS_A_PAGE = 100
CHANGES_SHOWN = 200
SILENT_TOO_LONG = timedelta(minutes=15)
GOING = (ImportState.QUEUED, ImportState.RUNNING)


@dataclass(frozen=True, slots=True)
class Kind:
    """How many things of a kind an import touches."""

    name: str
    added: int
    changed: int
    closed: int
    kept: int


@dataclass(frozen=True, slots=True)
class RunPage:
    """An import as its page shows it; of long lists a page at a time."""

    run: ImportRun
    is_going: bool
    is_stuck: bool
    may_be_applied: bool
    summary: str
    kinds: list[Kind]
    faults: list[dict[str, Any]]
    fault_count: int
    faults_left_out: int
    warnings: list[dict[str, Any]]
    warning_count: int
    changes: list[dict[str, Any]]
    number: int
    last: int


def run_page(run: ImportRun, *, number: int, file_is_kept: bool, at: datetime) -> RunPage:
    """Choose of an import's report what its page number `number`, from 1, shows."""
    report: dict[str, Any] = run.report or {}
    faults, warnings = report.get("faults", []), report.get("warnings", [])
    last = max(1, ceil(len(faults) / FAULTS_A_PAGE))
    number = min(max(number, 1), last)
    is_going = run.state in GOING
    return RunPage(
        run=run,
        is_going=is_going,
        is_stuck=is_going and run.touched_at < at - SILENT_TOO_LONG,
        may_be_applied=run.state == ImportState.CHECKED and file_is_kept,
        summary=report.get("summary", ""),
        kinds=[_kind(row) for row in report.get("counts", [])],
        faults=faults[(number - 1) * FAULTS_A_PAGE : number * FAULTS_A_PAGE],
        fault_count=len(faults) + report.get("faults_left_out", 0),
        faults_left_out=report.get("faults_left_out", 0),
        warnings=warnings[:FAULTS_A_PAGE],
        warning_count=len(warnings) + report.get("warnings_left_out", 0),
        changes=report.get("changes", [])[:CHANGES_SHOWN],
        number=number,
        last=last,
    )


def _kind(row: dict[str, Any]) -> Kind:
    return Kind(row["title"], row["ADDED"], row["CHANGED"], row["CLOSED"], row["KEPT"])
