"""`python -m benchmarks.importing FOLDER`: import a roster in a process of its own, and say what it took."""

import json
import resource
import sys
import time
from pathlib import Path

import django


def main(folder: str) -> None:
    """Import the roster and print seconds and megabytes."""
    django.setup()
    from zvonok.interop.oneroster.commands import import_path  # noqa: PLC0415 - the models want Django set up

    begin = time.perf_counter()
    report = import_path(Path(folder), school=None, dry_run=False, progress=lambda done, total: None)
    seconds = time.perf_counter() - begin
    if report.refused:
        raise SystemExit("The roster of the benchmark was refused.")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": round(seconds, 1), "peak_mb": round(megabytes)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
