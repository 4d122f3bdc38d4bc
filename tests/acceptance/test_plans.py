"""Real tables of other people: none is a lesson plan, and each is told so by its cell."""

from pathlib import Path

import pytest

from tests.acceptance.conftest import REAL, real
from zvonok.gateways.spreadsheets.reading import read_table
from zvonok.gateways.spreadsheets.table import SheetRefused
from zvonok.screens.journal.plans.file import read_plan

TABLES = sorted(path for path in REAL.rglob("*.csv") if path.stat().st_size < 2**21)


@pytest.mark.parametrize("name", ["fop_noo_5day_v1.csv", "fop_ooo_5day_v1.csv"])
def test_a_federal_curriculum_is_no_lesson_plan(name: str) -> None:
    found = read_plan(read_table(real(f"ru-federal-plan/{name}").read_bytes()))
    assert [fault.row for fault in found.faults] == [1]
    assert found.drafts == []


@pytest.mark.parametrize("path", TABLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_any_real_table_is_read_or_refused_in_words(path: Path) -> None:
    try:
        found = read_plan(read_table(path.read_bytes()))
    except SheetRefused as refusal:
        told = str(refusal)
    else:
        told = " ".join(fault.reason for fault in found.faults) or f"{len(found.drafts)} topics"
    assert told
