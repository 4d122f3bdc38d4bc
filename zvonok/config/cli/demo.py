"""`zvonok demo`: the whole house on this machine, with two schools in it, until Ctrl+C."""

import json
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from zvonok.config import launcher
from zvonok.config.cli.children import Children, Stopped, stopping_signals
from zvonok.config.cli.setting_up import house
from zvonok.config.launcher import clamd

HOST = "127.0.0.1"


@click.command()
@click.option("--port", envvar="PORT", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--reset", is_flag=True, help="Throw the demo's data away and start afresh.")
def demo(port: int, reset: bool) -> None:
    """Run the demo school: database, web server and worker."""
    home = launcher.default_home()
    if os.environ.pop("DATABASE_URL", None):
        click.echo("The demo keeps to its own database; DATABASE_URL is not used.", err=True)
    _refuse_taken(port)
    os.environ |= {"ZVONOK_DEMO": "1", "ZVONOK_HOME": str(home), "PORT": str(port)}
    with _told_when_stopped(), stopping_signals():
        click.echo("Zvonok is getting ready …")
        if reset or _was_cut_short(home):
            _discard(home)
        with house():
            _furnish(home, port)
            with Children() as children:
                _start_scanner(children)
                children.start("serve")
                children.start("worker")
                children.wait_for_port(HOST, port)
                _show(home, port)
                children.watch(lambda: keep_database_up(home))


def _start_scanner(children: Children) -> None:
    """Start clamd if it is installed, and let web server and worker know where; else files are not scanned."""
    if clamd.program() is None:
        click.echo("ClamAV is not installed: files that are handed in stay unchecked, and cannot be opened.")
        return
    os.environ["CLAMD_ADDRESS"] = f"{clamd.HOST}:{clamd.free_port()}"
    children.start_beside("scanner")


def _was_cut_short(home: Path) -> bool:
    """Say whether an earlier loading was killed half way."""
    return _unfinished(home).exists()


def _unfinished(home: Path) -> Path:
    return home / "demo" / "unfinished"


def _accounts(home: Path) -> Path:
    return home / "demo" / "accounts.json"


def _discard(home: Path) -> None:
    if not (home / "demo").exists() and (home / "postgres.json").exists():
        raise click.ClickException(f"The data in {home} are not the demo's; they stay as they are.")
    launcher.discard(home)
    shutil.rmtree(home / "demo", ignore_errors=True)


@contextmanager
def _told_when_stopped() -> Iterator[None]:
    try:
        yield
    except (Stopped, KeyboardInterrupt):
        click.echo("\nStopped; the data are kept.")


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} cannot be had ({error.strerror}). Choose another: make demo PORT={port + 1}"
            ) from error


def _furnish(home: Path, port: int) -> None:
    """Migrate where needed, and load the demo school unless it is there."""
    from django.utils import timezone

    from zvonok.config.cli.check import unapplied
    from zvonok.config.cli.run import bring_up_to_date
    from zvonok.interop import demo as schools

    if unapplied():
        bring_up_to_date(verbosity=0)
    _refuse_real_schools(home)
    if not _accounts(home).exists():
        click.echo("Loading two schools; this takes a minute or two, the first time only.")
    with _known_when_cut_short(home):
        accounts = schools.load(timezone.localdate())
        told = [{**account, "url": f"http://{HOST}:{port}{account['url']}"} for account in accounts]
        _accounts(home).write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n")


def _refuse_real_schools(home: Path) -> None:
    from zvonok.domain.schools.models import School

    if not _accounts(home).exists() and School.objects.exists():
        raise click.ClickException(
            f"{home} holds schools that are not the demo's. Choose another ZVONOK_HOME."
        )


@contextmanager
def _known_when_cut_short(home: Path) -> Iterator[None]:
    """Leave a sign while the first loading runs, so that the next run starts afresh if it never ended."""
    if _accounts(home).exists():
        yield
        return
    from zvonok.config.cli.run import learn_what_is_there

    _accounts(home).parent.mkdir(parents=True, exist_ok=True)
    _unfinished(home).touch()
    yield
    learn_what_is_there()
    _unfinished(home).unlink()


def keep_database_up(home: Path) -> None:
    """Start the database again when somebody has killed it: web server and worker come back by themselves."""
    if not launcher.running(home):
        click.echo("The database is gone; starting it again …", err=True)
        launcher.start(home)


def _show(home: Path, port: int) -> None:
    line = "{role:<20}{login:<24}{password:<14}{name}".format_map
    click.echo("\n" + line({"role": "ROLE", "login": "LOGIN", "password": "PASSWORD", "name": "NAME"}))
    for account in json.loads(_accounts(home).read_text()):
        click.echo(line(account))
    click.echo(f"\nZvonok is at http://{HOST}:{port} (sign-ins also in {_accounts(home)})")
    click.echo("Ctrl+C stops all of it.")
