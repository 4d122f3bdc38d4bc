"""Sheets made to be printed: values as they are, closed cells grey, the head on every page."""

import io
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from zvonok.gateways.spreadsheets.printing import PrintedSheet, write_sheets
from zvonok.gateways.spreadsheets.table import Merged


def written(**more: Any) -> Any:
    sheet = PrintedSheet(
        title="7Б: [marks]",
        lines=["=School"],
        head=[["№", "Student", "Nov"], [None, None, 9]],
        rows=[[1, "-Vera\x01", Decimal("4.5")], [2, "Pyotr", None]],
        widths=[5, 30, 6],
        frozen=2,
        **more,
    )
    return load_workbook(io.BytesIO(write_sheets([sheet]))).worksheets[0]


def test_texts_stay_texts_and_numbers_numbers() -> None:
    sheet = written()
    assert sheet.title == "7Б marks"
    assert [(cell.value, cell.data_type) for cell in sheet[4]] == [(1, "n"), ("-Vera", "s"), (4.5, "n")]
    assert (sheet["A1"].value, sheet["A1"].data_type, sheet["A1"].quotePrefix) == ("=School", "s", True)


def test_closed_cells_are_grey_and_others_are_not() -> None:
    sheet = written(closed=frozenset({(2, 3)}))
    assert [sheet[place].fill.fgColor.rgb[2:] for place in ("C5", "C4")] == ["DDDDDD", "000000"]


def test_the_head_may_be_merged_and_is_repeated() -> None:
    sheet = written(merged=[Merged(1, 1, 2, 1)])
    assert [str(box) for box in sheet.merged_cells.ranges] == ["A2:A3"]
    assert (sheet.print_title_rows, sheet.print_title_cols, sheet.freeze_panes) == ("$2:$3", "$A:$B", "C4")
