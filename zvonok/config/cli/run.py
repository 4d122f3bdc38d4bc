"""The commands that run the house: the web server, the worker, the migrations."""

import click

from zvonok.config.cli.children import take_forks_along
from zvonok.config.cli.setting_up import house


@click.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", envvar="WEB_WORKERS", type=click.IntRange(1), default=2, show_default=True)
@click.option("--threads", type=click.IntRange(1), default=2, show_default=True, help="Threads per worker.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the pages."""
    with house():
        from django.conf import settings

        from zvonok.config.cli import static
        from zvonok.config.cli.check import refuse_faults

        if not settings.DEMO:
            refuse_faults()
        static.gather()
        _serve(host, port, workers, threads)


def _serve(host: str, port: int, workers: int, threads: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    take_forks_along()
    Granian(
        "zvonok.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    ).serve()


@click.command()
@click.option("--concurrency", type=click.IntRange(1), default=2, show_default=True, help="Jobs at once.")
def worker(concurrency: int) -> None:
    """Do the jobs that wait in the database."""
    with house():
        from procrastinate import PsycopgConnector
        from procrastinate.contrib.django import app
        from procrastinate.contrib.django.utils import connector_params

        with app.replace_connector(PsycopgConnector(kwargs=connector_params())) as connected:
            connected.run_worker(concurrency=concurrency)


@click.command()
def migrate() -> None:
    """Bring the database up to date, and give the web role its rights."""
    with house():
        bring_up_to_date(verbosity=1)


def bring_up_to_date(*, verbosity: int) -> None:
    """Migrate as the owner, then grant; changes nothing when nothing is new."""
    from django.conf import settings
    from django.core.management import call_command

    from zvonok.config import grants

    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
    call_command("createcachetable", database="owner", verbosity=0)
    grants.apply(web_role=settings.DATABASES["default"]["USER"])


def learn_what_is_there() -> None:
    """Let the database look at its tables after much has been loaded.

    It would do so by itself in a minute, but never for a table of a few rows, such as the subjects: without
    knowing them it joins in an order that makes the lessons of a week four times as dear.
    """
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
