"""Where the real files of other people lie; they are no part of the project."""

import os
from pathlib import Path

import pytest

REAL = Path(os.environ.get("ZVONOK_ACCEPTANCE_DATA") or Path(__file__).parents[3] / "shared" / "data")


def real(name: str) -> Path:
    """Name a set of real files."""
    return REAL / name


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fail early, in one line, when the files are not there."""
    if items and not REAL.is_dir():
        raise pytest.UsageError(f"No real files at {REAL}; name their folder in ZVONOK_ACCEPTANCE_DATA.")
