"""`zvonok check`: what is wrong with this installation, a line for each fault."""

from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import click

from zvonok.config.cli.setting_up import house

SECRET_LENGTH = 50
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


@click.command()
def check() -> None:
    """Look for faults of the configuration and the database."""
    with house():
        _refuse([*faults(), *_scanner()])
    click.echo("All is well.")


def refuse_faults() -> None:
    """Print the faults with which nothing may be served, if there are any, and leave with exit code 1."""
    _refuse(list(faults()))


def _refuse(found: list[str]) -> None:
    for fault in found:
        click.echo(fault, err=True)
    if found:
        raise SystemExit(1)


def faults() -> Iterator[str]:
    """Find what keeps the installation from being safe and whole."""
    yield from _settings()
    unreachable = list(_unreachable())
    yield from unreachable
    if not unreachable:
        for look in LOOKS:
            yield from look()


def _settings() -> Iterator[str]:
    from django.conf import settings

    if not settings.DEMO:
        yield from _production(settings)
    try:
        ZoneInfo(settings.TIME_ZONE)
    except (KeyError, ValueError):
        yield f"TIME_ZONE “{settings.TIME_ZONE}” is no time zone; “Europe/Moscow” is one."


def _production(settings: Any) -> Iterator[str]:
    from zvonok.config.settings import DEMO_SECRET

    if settings.SECRET_KEY == DEMO_SECRET or len(settings.SECRET_KEY) < SECRET_LENGTH:
        yield "SECRET_KEY is the demo's, or short: set one of your own, of 50 random characters or more."
    if settings.DEBUG:
        yield "DEBUG is on: it shows the insides of the program to everybody."
    if not settings.SESSION_COOKIE_SECURE and not LOOPBACK.issuperset(settings.ALLOWED_HOSTS):
        yield "SECURE_COOKIES is off: who listens on the way could take a session. Serve HTTPS and set it to 1."


def _scanner() -> Iterator[str]:
    """Find out whether files can leave quarantine. Without it all else goes on."""
    from django.conf import settings

    from zvonok.gateways import scanner

    if not settings.CLAMD_ADDRESS and not settings.DEMO:
        yield "CLAMD_ADDRESS is not set: files that people hand in stay in quarantine, and nobody can open them."
    elif settings.CLAMD_ADDRESS and not scanner.is_there():
        yield f"CLAMD_ADDRESS: no virus scanner answers at {settings.CLAMD_ADDRESS}; new files wait in quarantine."


def _unreachable() -> Iterator[str]:
    from django.db import DatabaseError, connections

    for alias, setting in (("default", "DATABASE_URL"), ("owner", "DATABASE_OWNER_URL")):
        try:
            connections[alias].ensure_connection()
        except DatabaseError as error:
            yield f"{setting}: the database cannot be reached: {str(error).strip().splitlines()[0]}"


def _ask(question: str) -> list[tuple[str, ...]]:
    return _ask_on("default", question)


def _ask_on(alias: str, question: str) -> list[tuple[str, ...]]:
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())


def _server() -> Iterator[str]:
    [(version,)] = _ask("SELECT current_setting('server_version_num')")
    if int(version) < 150000:
        yield f"PostgreSQL {int(version) // 10000} is too old: 15 or newer is needed."
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        [(value,)] = _ask(f"SELECT current_setting('{name}')")
        if value in {"off", "local"}:
            yield f"PostgreSQL runs with {name} = {value}: what was saved could be lost in a power cut."


def _roles() -> Iterator[str]:
    [(web, is_mighty)] = _ask(
        "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    if is_mighty:
        yield f"The role {web} of DATABASE_URL passes by row level security: take one without that right."
    [(owned,)] = _ask("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
    if int(owned):
        yield f"The role {web} of DATABASE_URL owns {owned} tables: let DATABASE_OWNER_URL have another role."


def _migrations() -> Iterator[str]:
    if waiting := unapplied():
        yield f"Migrations wait to be applied ({waiting[0]} and more): run “zvonok migrate”."


def unapplied() -> list[str]:
    """List the migrations that the database lacks."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _backwards in plan]


LOOKS: tuple[Callable[[], Iterator[str]], ...] = (_server, _roles, _migrations)
