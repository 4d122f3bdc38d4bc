"""The scanner's client against clamd itself, and against lines that break."""

import io
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.handing_in import EICAR
from zvonok.config.launcher import clamd
from zvonok.gateways import scanner


def test_clamd_tells_clean_from_infected(clamav: None) -> None:
    assert scanner.scan(io.BytesIO(b"nothing to see")).is_clean
    assert "Eicar" in scanner.scan(io.BytesIO(b"x" * 300_000 + EICAR)).finding


def test_over_its_limit_of_size_nothing_is_called_clean(tmp_path: Path, settings: Any) -> None:
    port = clamd.free_port()
    words = clamd.furnish(tmp_path, port=port, megabytes=1)
    running = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    settings.CLAMD_ADDRESS = f"{clamd.HOST}:{port}"
    try:
        while not scanner.is_there():
            assert running.poll() is None
        with pytest.raises(scanner.ScannerAway):
            scanner.scan(io.BytesIO(b"x" * 3_000_000))
    finally:
        running.terminate()
        running.wait()


@pytest.fixture
def answering(settings: Any) -> Iterator[Callable[[bytes], None]]:
    """Stand in for a scanner that says something once and hangs up."""
    listening = socket.create_server((clamd.HOST, 0))
    settings.CLAMD_ADDRESS = f"{clamd.HOST}:{listening.getsockname()[1]}"

    def answer(words: bytes) -> None:
        def serve() -> None:
            line, _ = listening.accept()
            with line:
                line.recv(100_000)
                line.sendall(words)

        Thread(target=serve, daemon=True).start()

    yield answer
    listening.close()


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0",
        b"stream: OK",
        b"stream: O\0",
        b"OK\0",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"x" * 9000,
    ],
)
def test_an_answer_that_is_not_plain_is_never_clean(answering: Callable[[bytes], None], words: bytes) -> None:
    answering(words)
    with pytest.raises(scanner.ScannerAway):
        scanner.scan(io.BytesIO(b"x"))


def test_a_socket_of_this_machine_is_dialled_too(tmp_path: Path, settings: Any) -> None:
    settings.CLAMD_ADDRESS = str(tmp_path / "c")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(settings.CLAMD_ADDRESS)
    listening.listen()

    def serve() -> None:
        line, _ = listening.accept()
        with line:
            assert line.recv(100) == b"zPING\0"
            line.sendall(b"PONG\0")

    Thread(target=serve, daemon=True).start()
    assert scanner.is_there()
    listening.close()
    assert not scanner.is_there()
