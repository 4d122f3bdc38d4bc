"""`python -m benchmarks.server TARGET PORT`: serve a contender exactly as `zvonok serve` serves the house."""

import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from zvonok.config.cli.children import take_forks_along

WORKERS, THREADS = 2, 2


def main(target: str, port: str) -> None:
    """Serve until somebody ends the process."""
    take_forks_along()
    Granian(
        target,
        address="127.0.0.1",
        port=int(port),
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
