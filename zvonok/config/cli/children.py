"""Child processes that live no longer than this one."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Self

import click

PATIENCE_SECONDS = 20
TEND_SECONDS = 1
PARENT = "ZVONOK_DEMO_PROCESS"
_PR_SET_PDEATHSIG = 1


class Stopped(Exception):
    """Somebody asked this process to end."""


@contextmanager
def stopping_signals() -> Iterator[None]:
    """Turn the signals that end a process into `Stopped`, once: tidying up is not disturbed."""

    def stop(number: int, frame: FrameType | None) -> None:
        for known in kept:
            signal.signal(known, signal.SIG_IGN)
        raise Stopped

    kept = {known: signal.signal(known, stop) for known in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for known, handler in kept.items():
            signal.signal(known, handler)


class Children:
    """The web server, the worker and the scanner of the demo."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._spared: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self._running.values():
            child.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for child in self._running.values():
            try:
                child.wait(timeout=max(deadline - time.monotonic(), 0))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def start(self, command: str) -> None:
        """Start a command of our own program; Ctrl+C at the terminal does not reach it, we stop it."""
        self._running[command] = subprocess.Popen(
            [sys.executable, "-m", "zvonok", command],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | {PARENT: str(os.getpid())},
        )

    def start_beside(self, command: str) -> None:
        """Start a command without which the others go on."""
        self._spared.add(command)
        self.start(command)

    def wait_for_port(self, host: str, port: int) -> None:
        """Wait until somebody listens."""
        while True:
            self._refuse_dead()
            try:
                socket.create_connection((host, port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)

    def watch(self, tend: Callable[[], None]) -> None:
        """Wait until a child ends by itself, which is a fault; look after what they need in the meantime."""
        while True:
            self._refuse_dead()
            tend()
            time.sleep(TEND_SECONDS)

    def _refuse_dead(self) -> None:
        for command, child in self._running.items():
            if command not in self._spared and child.poll() is not None:
                raise click.ClickException(f"“zvonok {command}” ended with code {child.returncode}.")


def die_with_parent() -> None:
    """End this process when the demo that started it is killed."""
    parent = os.environ.pop(PARENT, None)
    if parent:
        _end_after_parent(signal.SIGTERM)
        if os.getppid() != int(parent):
            raise Stopped


def take_forks_along() -> None:
    """Let no forked process outlive this one, were it killed: it would keep the port."""
    os.register_at_fork(after_in_child=lambda: _end_after_parent(signal.SIGKILL))


def _end_after_parent(how: signal.Signals) -> None:
    """Ask Linux for a signal when the parent is gone; elsewhere such a process is ended by hand."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, how)
