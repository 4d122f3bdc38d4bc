"""Waiting for what no page shows."""

import time
from collections.abc import Callable

PATIENCE_SECONDS = 10


def until(is_so: Callable[[], bool]) -> None:
    """Look again and again, for a while."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
