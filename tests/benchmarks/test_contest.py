"""The measuring itself: answers that come in pieces, rounds, ratios."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from benchmarks.contest import Contender, Duel
from benchmarks.load import WrongAnswer, run
from benchmarks.processes import Server
from benchmarks.requests import Again

ANSWER = [b"HTTP/1.1 200 OK\r\nContent-", b"Length: 5\r\n\r\nhe", b"llo"]


def serve(listening: socket.socket) -> None:
    while True:
        try:
            peer, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=answer, args=(peer,), daemon=True).start()


def answer(peer: socket.socket) -> None:
    with peer, suppress(OSError):
        while peer.recv(4096):
            for piece in ANSWER:
                peer.sendall(piece)


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, args=(listening,), daemon=True).start()
        yield listening.getsockname()[1]


def test_an_answer_that_comes_in_pieces_counts_once(port: int) -> None:
    took = run(port, Again(b"GET / HTTP/1.1\r\n\r\n", 200), seconds=0.2)
    assert len(took) >= 8
    assert all(0 < seconds < 5 for seconds in took)


def test_a_wrong_answer_ends_the_measuring(port: int) -> None:
    with pytest.raises(WrongAnswer, match="200 instead of 304"):
        run(port, Again(b"GET / HTTP/1.1\r\n\r\n", 304), seconds=0.2)


def contender(*rates: float) -> Contender:
    return Contender(Server(1, 1, 1), Again(b"", 200), queries=1, bytes=1, rates=list(rates))


def test_a_ratio_is_the_median_of_rounds_played_side_by_side() -> None:
    duel = Duel("week", "bare", contender(40, 10, 35), contender(100, 20, 100))
    assert duel.ratio == 0.4
