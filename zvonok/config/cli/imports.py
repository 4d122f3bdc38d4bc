"""The commands that load files of other programs."""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from zvonok.config.cli.run import learn_what_is_there
from zvonok.config.cli.setting_up import house

FORMATS = {
    "oneroster": ("oneroster", "Load a school's roster: OneRoster 1.1 or 1.2 CSV, a folder or a zip."),
    "fet": ("fet", "Load a timetable: a FET file with its solution."),
    "calendar": ("calendars", "Load a production calendar: days off, moved and shortened days."),
}


@click.group("import")
def imports() -> None:
    """Load files of other programs: all of a file, or nothing of it."""


def _load(package: str, path: Path, school: str | None, *, dry_run: bool) -> None:
    with house():
        commands = importlib.import_module(f"zvonok.interop.{package}.commands")
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(path.name, total=None)

            def progress(done: int, total: int) -> None:
                bar.update(task, completed=done, total=total)

            report = commands.import_path(path, school=school, dry_run=dry_run, progress=progress)
        if not (dry_run or report.refused):
            learn_what_is_there()
        report.render(Console(stderr=report.refused))
    if report.refused:
        raise SystemExit(1)


def _command(name: str, package: str, text: str) -> click.Command:
    def run(path: Path, school: str | None, dry_run: bool) -> None:
        _load(package, path, school, dry_run=dry_run)

    run.__doc__ = text
    options: list[Callable[..., Any]] = [
        click.option("--dry-run", is_flag=True, help="Only say what would be added, changed and closed."),
        click.option("--school", help="The code of the school, where the file does not name it."),
        click.argument("path", type=click.Path(exists=True, path_type=Path)),
    ]
    for option in options:
        run = option(run)
    return click.command(name)(run)


for name, (package, text) in FORMATS.items():
    imports.add_command(_command(name, package, text))
