"""The virus scanner: clamd, spoken to over its socket (INSTREAM). It fails closed: no answer is never "clean"."""

import re
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings

PATIENCE_SECONDS = 60
CHUNK_BYTES = 128 * 1024
_LONGEST_ANSWER = 4096
_FOUND = re.compile(r"stream: (.+) FOUND")
_LEFT_OUT = "Heuristics.Limits.Exceeded"


class ScannerAway(Exception):
    """The scanner cannot be asked now, or did not look at all of it: ask again later."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanner says: nothing found, or the name of what it found."""

    finding: str = ""

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not self.finding


def scan(file: BinaryIO) -> Verdict:
    """Let the scanner look at all of a file.

    Raises: ScannerAway when there is none, when it breaks off, as it does over its own limit of size, and at
    every answer that is not plainly one or the other.
    """
    with _connected() as line:
        line.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK_BYTES):
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        line.sendall(struct.pack("!I", 0))
        return _verdict(_answer(line))


def is_there() -> bool:
    """Say whether the scanner answers."""
    try:
        with _connected() as line:
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except ScannerAway:
        return False


def _verdict(answer: str) -> Verdict:
    if answer == "stream: OK":
        return Verdict()
    found = _FOUND.fullmatch(answer)
    if found and not found[1].startswith(_LEFT_OUT):
        return Verdict(found[1])
    raise ScannerAway(answer or "broken off")


@contextmanager
def _connected() -> Iterator[socket.socket]:
    """Open a line to the scanner; every fault on it means that it is away."""
    try:
        with _dial(settings.CLAMD_ADDRESS) as line:
            yield line
    except OSError as fault:
        raise ScannerAway(str(fault)) from fault


def _dial(address: str) -> socket.socket:
    if not address:
        raise ScannerAway("CLAMD_ADDRESS is not set")
    host, colon, port = address.rpartition(":")
    if not address.startswith("/") and colon and port.isdecimal():
        return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE_SECONDS)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(PATIENCE_SECONDS)
    try:
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket) -> str:
    told = b""
    while not told.endswith(b"\0") and len(told) < _LONGEST_ANSWER:
        part = line.recv(_LONGEST_ANSWER)
        if not part:
            raise ScannerAway("broken off")
        told += part
    return told.rstrip(b"\0").decode(errors="replace")
