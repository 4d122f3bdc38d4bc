"""What was measured, as a table for people and as JSON for programs."""

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.contest import Contender, Duel

COLUMNS = {
    "rps": "req/s",
    "p50_ms": "p50 ms",
    "p99_ms": "p99 ms",
    "cpu_ms": "cpu ms",
    "queries": "queries",
    "bytes": "bytes",
}


def write(
    duels: Sequence[Duel], rows: dict[str, int], imported: dict[str, Any], path: Path, console: Console
) -> None:
    """Write the figures to a file, and show them."""
    figures = {name: one.figures() for name, one in _contenders(duels).items()}
    results = {
        "commit": _commit(),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": _machine(),
        "rows": rows,
        "figures": figures,
        "import": imported,
        "ratios": {_title(duel): duel.ratio for duel in duels},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n")
    console.print(_figures(figures), _ratios(duels), f"Import: {imported}")


def _contenders(duels: Sequence[Duel]) -> dict[str, Contender]:
    """Name our pages by themselves, and each limit by its page."""
    ours = {duel.name: duel.ours for duel in duels}
    return ours | {f"{duel.name}_{duel.against}": duel.limit for duel in duels}


def _title(duel: Duel) -> str:
    return f"{duel.name}_to_{duel.against}"


def _figures(figures: dict[str, dict[str, Any]]) -> Table:
    table = Table("what", *COLUMNS.values(), box=box.SIMPLE)
    for name, row in figures.items():
        table.add_row(name, *(f"{row[column]}" for column in COLUMNS))
    return table


def _ratios(duels: Sequence[Duel]) -> Table:
    table = Table("ratio", "median of the rounds", "least", "greatest", box=box.SIMPLE)
    for duel in duels:
        table.add_row(
            _title(duel), *(f"{one:.2f}" for one in (duel.ratio, min(duel.ratios), max(duel.ratios)))
        )
    return table


def _commit() -> str:
    told = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return told.stdout.strip() if told.returncode == 0 else ""


def _machine() -> str:
    load = os.getloadavg()[0]
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f}"
    )
