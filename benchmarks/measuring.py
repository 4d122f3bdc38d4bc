"""The pages, their limits, and what comes of setting them side by side."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from benchmarks.contest import Contender, Duel, compete
from benchmarks.load import CONNECTIONS, run
from benchmarks.processes import Server, serving
from benchmarks.recording import Answer, Recording, keep, recorded
from benchmarks.requests import HEADERS, SECRET, Again, Recorded, Saving, SavingBare, cookies, get
from benchmarks.school import Measured, furnish
from zvonok.config.cli.run import bring_up_to_date, learn_what_is_there

OK, NOT_MODIFIED = 200, 304
TARGETS = (
    "zvonok.config.wsgi:application",
    "benchmarks.cold:application",
    "benchmarks.bare:application",
    "benchmarks.minimal:application",
)


@dataclass(frozen=True, slots=True)
class Servers:
    """Who answers: Zvonok, Zvonok with nothing kept, and the two limits."""

    warm: Server
    cold: Server
    bare: Server
    minimal: Server


def prepare() -> Measured:
    """Bring the database up to date and load the school."""
    bring_up_to_date(verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    measured = furnish(timezone.localdate())
    learn_what_is_there()
    return measured


def measure(
    measured: Measured, *, data: Path, home: Path, running: ExitStack, console: Console
) -> list[Duel]:
    """Record the pages, start everybody, and let them compete."""
    pages = {path: _page(measured, path) for path in (measured.week, measured.marks, measured.journal)}
    saves = [_save(measured, number) for number in range(CONNECTIONS, 2 * CONNECTIONS)]
    recordings = pages | {f"/save/{number}": recording for number, (recording, _) in enumerate(saves)}
    keep(home / "recordings", recordings)
    keep(home / "answers", {path: recording.answer for path, recording in pages.items()})
    given = {"BENCH_RECORDINGS": str(home / "recordings"), "BENCH_ANSWERS": str(home / "answers")}
    servers = Servers(*(running.enter_context(serving(one, database=data, **given)) for one in TARGETS))
    duels = [*_Pages(measured, servers, pages).duels(), _saving(measured, servers, saves)]
    with Progress(console=console, transient=True) as bar:
        for duel in bar.track(duels, description="Measuring …"):
            compete(duel.ours, duel.limit)
    return duels


@dataclass(frozen=True, slots=True)
class _Pages:
    measured: Measured
    servers: Servers
    recordings: dict[str, Recording]

    def again(self, server: Server, path: str, session: str) -> Contender:
        """Ask a server for a page over and over."""
        of = self.recordings[path]
        return Contender(server, Again(get(path, session), OK), of.queries, len(of.answered.body))

    def duels(self) -> Iterator[Duel]:
        """Set each page beside its limit."""
        of, parent, teacher = self.measured, self.measured.parent_session, self.measured.teacher_session
        yield self._to_bare("week_changed", self.servers.cold, of.week, parent)
        yield self._to_bare("marks_changed", self.servers.cold, of.marks, parent)
        yield self._to_bare("journal", self.servers.warm, of.journal, teacher)
        kept = self._from_door(get(of.week, parent), OK)
        yield Duel("week_kept", "minimal", kept, self.again(self.servers.minimal, of.week, parent))
        unchanged = self._from_door(get(of.week, parent, etag=self._etag(of.week, parent)), NOT_MODIFIED)
        yield Duel("week_unchanged", "minimal", unchanged, self.again(self.servers.minimal, of.week, parent))

    def _to_bare(self, name: str, server: Server, path: str, session: str) -> Duel:
        bare = self.again(self.servers.bare, path, session)
        return Duel(name, "bare", self.again(server, path, session), bare)

    def _etag(self, path: str, session: str) -> str:
        """Ask the server that will be measured under what name the page stands with it, once it is warm."""
        run(self.servers.warm.port, self.again(self.servers.warm, path, session).talk, seconds=0.5)
        connection = HTTPConnection("127.0.0.1", self.servers.warm.port)
        connection.request("GET", path, headers=HEADERS | {"Cookie": cookies(session)})
        return connection.getresponse().headers["ETag"]

    def _from_door(self, request: bytes, status: int) -> Contender:
        """Ask for the week as it was before: the door's own statement is the only one."""
        body = b"" if status == NOT_MODIFIED else self.recordings[self.measured.week].answered.body
        return Contender(self.servers.warm, Again(request, status), 1, len(body))


def _saving(measured: Measured, servers: Servers, saves: list[tuple[Recording, Recorded]]) -> Duel:
    own, others = measured.cells[:CONNECTIONS], [cell for _, cell in saves]
    recording, _ = saves[0]
    about = recording.queries, len(recording.answered.body)
    ours = Contender(servers.warm, Saving(measured.save, measured.teacher_session, own), *about)
    return Duel("save", "bare", ours, Contender(servers.bare, SavingBare("/save/", others), *about))


def _page(measured: Measured, path: str) -> Recording:
    """Record a page as it is made when nothing is kept, by somebody whose browser has been here before."""
    session = measured.teacher_session if path == measured.journal else measured.parent_session
    client = _client(session)
    client.get(path)
    caches["pages"].clear()
    with recorded() as recording:
        recording.answer = _answer(client.get(path))
    return recording


def _save(measured: Measured, number: int) -> tuple[Recording, Recorded]:
    """Record the second correction of a cell, so that all it stands on is known."""
    saving = Saving(measured.save, measured.teacher_session, measured.cells)
    client = _client(measured.teacher_session)
    client.post(measured.save, saving.correction(number), content_type="application/json")
    saving.seen[number] = seen = saving.sent[number]
    body = saving.correction(number)
    with recorded() as recording:
        recording.answer = _answer(client.post(measured.save, body, content_type="application/json"))
    saving.hear(number, recording.answer.status, recording.answer.body)
    cell = measured.cells[number]
    return recording, Recorded(cell.lesson_id, cell.student_id, edit=saving.seen[number], seen=seen)


def _client(session: str) -> Client:
    client = Client(headers=HEADERS)
    client.cookies.load({settings.SESSION_COOKIE_NAME: session, "csrf": SECRET, "language": "ru"})
    return client


def _answer(response: Any) -> Answer:
    return Answer(response.status_code, list(response.items()), response.content)
