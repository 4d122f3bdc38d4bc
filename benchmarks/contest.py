"""Contenders against each other in short rounds that take turns, so that whatever slows the machine slows both."""

import statistics
from dataclasses import dataclass, field

from benchmarks.load import Talk, run
from benchmarks.processes import Server, used_since

ROUNDS, SECONDS, WARM_UP = 7, 1.6, 1.0


@dataclass(slots=True)
class Contender:
    """A server, what is asked of it, and how it did."""

    server: Server
    talk: Talk
    queries: int
    bytes: int
    rates: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    cpu_seconds: float = 0.0

    def warm_up(self) -> None:
        """Let it open its connections, prepare its statements and load its templates."""
        run(self.server.port, self.talk, seconds=WARM_UP)

    def play(self) -> None:
        """Answer for one round."""
        used = used_since(self.server.used())
        took = run(self.server.port, self.talk, seconds=SECONDS)
        self.cpu_seconds += used(self.server.used())
        self.rates.append(len(took) / SECONDS)
        self.took += took

    def figures(self) -> dict[str, float]:
        """Sum up all rounds."""
        took = sorted(self.took)
        return {
            "rps": round(statistics.median(self.rates), 1),
            "p50_ms": round(took[len(took) // 2] * 1000, 2),
            "p99_ms": round(took[len(took) * 99 // 100] * 1000, 2),
            "cpu_ms": round(self.cpu_seconds / len(took) * 1000, 2),
            "queries": self.queries,
            "bytes": self.bytes,
        }


@dataclass(frozen=True, slots=True)
class Duel:
    """One of our pages against a limit, side by side."""

    name: str
    against: str
    ours: Contender
    limit: Contender

    @property
    def ratios(self) -> list[float]:
        """Our rate over the limit's, round by round."""
        return [own / other for own, other in zip(self.ours.rates, self.limit.rates, strict=True)]

    @property
    def ratio(self) -> float:
        """The median of the rounds."""
        return round(statistics.median(self.ratios), 3)


def compete(*contenders: Contender) -> None:
    """Warm up, then let everybody play each round; who came last begins the next."""
    for contender in contenders:
        contender.warm_up()
    for number in range(ROUNDS):
        for contender in contenders if number % 2 else reversed(contenders):
            contender.play()
