"""`python -m benchmarks`: measure, print a table, and write `benchmarks/results/latest.json`."""

import os
from contextlib import ExitStack
from pathlib import Path

import django
from rich.console import Console

from zvonok.config import launcher
from zvonok.config.cli.setting_up import point_at

HERE = Path(__file__).parent


def main() -> None:
    """Measure everything in a database made for it, in about five minutes."""
    home = launcher.default_home() / "bench"
    os.environ |= {"ZVONOK_HOME": str(home), "ZVONOK_DEMO": "1"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "zvonok.config.settings"
    console = Console(stderr=True)
    launcher.discard(home)
    with launcher.borrowed(home) as cluster, ExitStack() as running:
        point_at(cluster)
        django.setup()
        from benchmarks import measuring, report, roster  # noqa: PLC0415 - the models want Django set up

        console.print("Loading the school …")
        measured = measuring.prepare()
        imported = roster.measure(cluster)
        duels = measuring.measure(measured, data=cluster.data, home=home, running=running, console=console)
        report.write(duels, measured.rows, imported, HERE / "results" / "latest.json", console)


if __name__ == "__main__":
    main()
