"""Waiting for what no page shows."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.signals import request_finished, request_started

PATIENCE_SECONDS = 10


def until(is_so: Callable[[], bool], *, seconds: float = PATIENCE_SECONDS) -> None:
    """Look again and again, for a while."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@contextmanager
def last_answers_awaited() -> Iterator[None]:
    """Stay until the server has answered all that was asked: what closes a browser ends no request.

    The tables are emptied afterwards, and a request in the middle of its work would stand in the way.
    """
    under_way: list[int] = []

    def begins(**_: Any) -> None:
        under_way.append(1)

    def ends(**_: Any) -> None:
        if under_way:  # one that began before is none of ours
            under_way.pop()

    request_started.connect(begins)
    request_finished.connect(ends)
    try:
        yield
        until(lambda: not under_way)
    finally:
        request_started.disconnect(begins)
        request_finished.disconnect(ends)
