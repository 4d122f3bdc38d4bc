"""The contenders' processes: started, waited for, ended; and the processor time that they and PostgreSQL use."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

Used = dict[int, float]


@dataclass(frozen=True, slots=True)
class Server:
    """A contender that listens."""

    port: int
    pid: int
    database_pid: int

    def used(self) -> Used:
        """Read the processor seconds of its processes and of PostgreSQL's."""
        trees = [psutil.Process(pid) for pid in (self.pid, self.database_pid)]
        return {one.pid: _seconds(one) for tree in trees for one in (tree, *tree.children(recursive=True))}


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def used_since(before: Used) -> Callable[[Used], float]:
    """Make what tells the seconds used since `before`."""
    return lambda now: sum(max(seconds - before.get(pid, 0.0), 0.0) for pid, seconds in now.items())


@contextmanager
def serving(target: str, *, database: Path, **settings: str) -> Iterator[Server]:
    """Serve a WSGI function for a while."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.server", target, str(port)],
        env=os.environ | settings,
        stdin=subprocess.DEVNULL,
    )
    try:
        _wait(process, port)
        postmaster = int((database / "postmaster.pid").read_text().split("\n", 1)[0])
        yield Server(port, process.pid, postmaster)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"A contender did not start: {process.args!r}")
