"""What is asked of the contenders, byte for byte."""

import json
from dataclasses import dataclass
from uuid import UUID

from benchmarks.load import WrongAnswer
from benchmarks.school import Cell
from zvonok.kernel.ids import uuid7

SECRET = "Z" * 32
HEADERS = {
    "Host": "127.0.0.1",
    "Accept": "text/html,application/xhtml+xml",
    "Accept-Encoding": "gzip, deflate, br",
    "Accept-Language": "ru",
}


def get(path: str, session: str, *, etag: str = "") -> bytes:
    """Write the request of a browser that has been here before."""
    unless = [f"If-None-Match: {etag}"] if etag else []
    return _written(f"GET {path} HTTP/1.1", session, unless)


def post(path: str, session: str, body: bytes, *extra: str) -> bytes:
    """Write what the journal's script sends."""
    about = [f"X-CSRFToken: {SECRET}", "Content-Type: application/json", f"Content-Length: {len(body)}"]
    return _written(f"POST {path} HTTP/1.1", session, [*about, *extra]) + body


def cookies(session: str) -> str:
    """Write the cookies of somebody who is signed in."""
    return f"session={session}; csrf={SECRET}; language=ru"


def _written(first: str, session: str, more: list[str]) -> bytes:
    lines = [
        first,
        *(f"{name}: {value}" for name, value in HEADERS.items()),
        f"Cookie: {cookies(session)}",
        *more,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(frozen=True, slots=True)
class Again:
    """The same request over and over, which must be answered with the same status."""

    request: bytes
    status: int

    def ask(self, number: int) -> bytes:
        """Give the request."""
        return self.request

    def hear(self, number: int, status: int, body: bytes) -> None:
        """Refuse another answer than the one expected."""
        if status != self.status:
            raise WrongAnswer(f"{status} instead of {self.status} to {self.request[:80]!r}: {body[:300]!r}")


class Saving:
    """A teacher's marks: each connection corrects its own cell, back and forth."""

    def __init__(self, path: str, session: str, cells: list[Cell]) -> None:
        self.path, self.session, self.cells = path, session, cells
        self.seen = [cell.seen for cell in cells]
        self.values = [cell.value for cell in cells]
        self.sent = list(self.seen)

    def ask(self, number: int) -> bytes:
        """Write the next correction of the connection's cell."""
        return post(self.path_of(number), self.session, self.correction(number), *self.more(number))

    def correction(self, number: int) -> bytes:
        """Write another mark for a cell, as the grid sends it."""
        self.sent[number] = uuid7()
        self.values[number] = "4" if self.values[number] == "5" else "5"
        cell = self.cells[number]
        edit = {
            "id": str(self.sent[number]),
            "student": str(cell.student_id),
            "lesson": str(cell.lesson_id),
            "value": self.values[number],
            "seen_mark": str(self.seen[number]),
        }
        return json.dumps([edit]).encode()

    def path_of(self, number: int) -> str:
        """Name the address."""
        return self.path

    def more(self, number: int) -> list[str]:
        """Add nothing to what a browser sends."""
        return []

    def hear(self, number: int, status: int, body: bytes) -> None:
        """Remember what stands there now."""
        if status != 200:
            raise WrongAnswer(f"{status} to a save: {body[:300]!r}")
        self.seen[number] = self.sent[number]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A cell whose saving was recorded, and the ids that stand in the recording where others come."""

    lesson_id: UUID
    student_id: UUID
    edit: UUID
    seen: UUID


class SavingBare(Saving):
    """The same for the bare function, which is told which ids of its recording to exchange."""

    def __init__(self, path: str, recorded: list[Recorded]) -> None:
        super().__init__(path, "", [Cell(one.lesson_id, one.student_id, one.edit, "") for one in recorded])
        self.recorded = recorded

    def path_of(self, number: int) -> str:
        """Name the recording of the cell."""
        return f"{self.path}{number}"

    def more(self, number: int) -> list[str]:
        """Tell the recorded ids."""
        return [f"X-Edit: {self.recorded[number].edit}", f"X-Seen: {self.recorded[number].seen}"]
