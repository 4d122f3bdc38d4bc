"""The program `zvonok`. Exit codes: 0 done, 1 the input or state was refused, 2 wrong usage."""

import click

from zvonok.config.cli import check, demo, imports, run, scanner
from zvonok.config.cli.children import die_with_parent
from zvonok.config.launcher import NoDatabase

__all__ = ["main"]


class Program(click.Group):
    """A group of commands that tells its refusals in one line and exits with 1."""

    def invoke(self, ctx: click.Context) -> object:
        from django.core.exceptions import ImproperlyConfigured
        from django.db import OperationalError

        from zvonok.kernel.refusals import Refused

        try:
            return super().invoke(ctx)
        except (NoDatabase, Refused, OperationalError, ImproperlyConfigured) as refusal:
            raise click.ClickException(str(refusal).strip()) from refusal


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Zvonok: an open electronic school diary.

    Without DATABASE_URL every command uses a PostgreSQL of its own, kept under ZVONOK_HOME.
    """
    die_with_parent()


for command in (run.serve, run.worker, run.migrate, demo.demo, check.check, imports.imports, scanner.scanner):
    main.add_command(command)
