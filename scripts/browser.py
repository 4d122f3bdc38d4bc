"""Which Chromium the browser tests and the pictures use, and how it is started."""

import shutil

from scripts.system import BROWSERS

# As root the sandbox cannot start; the rest keeps the browser from calling home while it is measured.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def executable() -> str:
    """Find the browser of this machine.

    Raises: LookupError, naming the package that is missing.
    """
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise LookupError("No Chromium is on this machine. On Debian and Ubuntu: apt-get install chromium")
