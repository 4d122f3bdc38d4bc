"""What every command does first: reach the database, then set Django up."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click
import django

from zvonok.config import launcher


@contextmanager
def house() -> Iterator[None]:
    """Make the database and Django ready for a command, and tidy up after it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zvonok.config.settings")
    if os.environ.get("DATABASE_URL"):
        django.setup()
        yield
        return
    with launcher.borrowed(launcher.default_home()) as cluster:
        click.echo(cluster.notes, err=True)
        point_at(cluster)
        django.setup()
        yield


def point_at(cluster: launcher.Cluster) -> None:
    """Let the settings, ours and those of child processes, name the embedded database."""
    os.environ["DATABASE_URL"] = cluster.url("zvonok_web")
    os.environ["DATABASE_OWNER_URL"] = cluster.url("zvonok_owner")
