"""A small load generator: a few keep-alive connections in one process, each asking again as soon as it was told."""

import re
import selectors
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

CONNECTIONS = 8
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Talk(Protocol):
    """What is said on a connection."""

    def ask(self, number: int) -> bytes:
        """Write the next request of a connection."""

    def hear(self, number: int, status: int, body: bytes) -> None:
        """Take the answer."""


class WrongAnswer(RuntimeError):
    """A contender did not answer as it should: its figures would mean nothing."""


@dataclass(slots=True)
class Line:
    """A connection, and what has come in of the present answer."""

    number: int
    socket: socket.socket
    asked_at: float = 0.0
    came: bytearray = field(default_factory=bytearray)

    def ask(self, talk: Talk) -> None:
        """Send the next request."""
        request = talk.ask(self.number)
        self.came.clear()
        self.asked_at = time.perf_counter()
        self.socket.sendall(request)

    def read(self) -> tuple[int, bytes] | None:
        """Read what there is; the answer once it is whole."""
        piece = self.socket.recv(1 << 20)
        if not piece:
            raise WrongAnswer("the server hung up")
        self.came += piece
        end = self.came.find(b"\r\n\r\n")
        if end < 0:
            return None
        found = _LENGTH.search(self.came, 0, end + 2)
        size = end + 4 + (int(found[1]) if found else 0)
        return (int(self.came[9:12]), bytes(self.came[end + 4 : size])) if len(self.came) >= size else None


def run(port: int, talk: Talk, *, seconds: float) -> list[float]:
    """Ask for a while over eight connections; give the seconds each answer took."""
    took: list[float] = []
    with selectors.DefaultSelector() as selector:
        lines = [Line(number, _connected(port)) for number in range(CONNECTIONS)]
        for line in lines:
            selector.register(line.socket, selectors.EVENT_READ, line)
            line.ask(talk)
        until = time.perf_counter() + seconds
        for line in _answered(selector, lines, talk, took):
            if time.perf_counter() < until:
                line.ask(talk)
            else:
                selector.unregister(line.socket)
                line.socket.close()
    return took


def _answered(
    selector: selectors.DefaultSelector, lines: Iterable[Line], talk: Talk, took: list[float]
) -> Iterator[Line]:
    while selector.get_map():
        for key, _events in selector.select(timeout=30):
            line: Line = key.data
            answer = line.read()
            if answer:
                took.append(time.perf_counter() - line.asked_at)
                talk.hear(line.number, *answer)
                yield line


def _connected(port: int) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), timeout=30)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made
