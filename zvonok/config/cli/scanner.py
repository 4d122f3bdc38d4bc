"""`zvonok scanner`: the virus scanner of the demo."""

import os

import click

from zvonok.config import launcher
from zvonok.config.launcher import clamd


@click.command(hidden=True)
def scanner() -> None:
    """Become a clamd that knows the harmless test virus alone, at the port of CLAMD_ADDRESS."""
    port = int(os.environ["CLAMD_ADDRESS"].rpartition(":")[2])
    words = clamd.furnish(launcher.default_home() / "clamd", port=port)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)  # it tells all its limits at every start
    os.execv(words[0], words)
