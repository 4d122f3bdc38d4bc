"""Files that people hand in as spreadsheets: what they hold, whatever they are called, and what they may not do."""

import io
import time
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from zvonok.gateways.spreadsheets.reading import read_table
from zvonok.gateways.spreadsheets.table import (
    DamagedSheet,
    EmptySheet,
    Merged,
    NotASheet,
    OldSheet,
    SheetRefused,
    SheetTooLarge,
    TooManyRows,
    column_name,
)
from zvonok.gateways.spreadsheets.writing import write_table

SHEET = "xl/worksheets/sheet1.xml"


def book(*rows: Sequence[Any], merged: Sequence[str] = ()) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for one in merged:
        made.active.merge_cells(one)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def repacked(raw: bytes, **parts: bytes) -> bytes:
    """Put other parts into an XLSX file; `sheet` stands for its first sheet."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(
                name, parts.get("sheet", b"") if name == SHEET and "sheet" in parts else old.read(name)
            )
        for name, content in parts.items():
            if name != "sheet":
                new.writestr(name, content)
    return file.getvalue()


def texts(raw: bytes) -> list[list[str]]:
    return [[cell.text for _, cell in sorted(row.items())] for row in read_table(raw).rows]


def test_a_workbook_is_read_with_the_places_of_its_cells() -> None:
    table = read_table(
        book(["Topic", None, "Hours"], [None], ["Roots", None, 2.0], merged=["A5:C5", "A6:A7"])
    )
    last = table.rows[-1][3]
    assert (last.row, last.place, last.text) == (3, "C", "2")
    assert table.merged == [Merged(5, 1, 5, 3), Merged(6, 1, 7, 1)]


def test_a_formula_is_told_from_a_value() -> None:
    table = read_table(book(["=1+1", "2"]))
    assert [cell.is_formula for cell in table.rows[0].values()] == [True, False]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_text_table_is_read_in_every_usual_encoding(encoding: str, delimiter: str) -> None:
    text = delimiter.join(["Тема", "Часы"]) + "\r\n" + delimiter.join(['"Дроби\nи доли"', "2"])
    table = read_table(text.encode(encoding))
    assert [cell.text for cell in table.rows[1].values()] == ["Дроби\nи доли", "2"]
    assert table.recoded == (encoding == "cp1251")


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (b"", EmptySheet),
        (b"\n \n;;\n", EmptySheet),
        (book([None]), EmptySheet),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), OldSheet),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", NotASheet),
        (b"PK\x03\x04 and nothing more", DamagedSheet),
        (b"a" * (2 * 2**20 + 1), SheetTooLarge),
        (b"a\n" * 3001, TooManyRows),
        (book(*([n] for n in range(3001))), TooManyRows),
    ],
    ids=["empty", "blank", "empty-book", "xls", "png", "cut", "large", "long", "long-book"],
)
def test_what_is_no_table_is_refused_with_its_reason(raw: bytes, refusal: type[SheetRefused]) -> None:
    with pytest.raises(refusal):
        read_table(raw)


def test_a_file_that_unpacks_to_far_more_than_it_weighs_is_refused() -> None:
    with pytest.raises(SheetTooLarge):
        read_table(repacked(book(["a"]), bomb=b"0" * (17 * 2**20)))


def test_a_file_that_defines_entities_is_refused() -> None:
    hostile = b'<!DOCTYPE a [<!ENTITY b "bb">]><worksheet/>'
    with pytest.raises(DamagedSheet):
        read_table(repacked(book(["a"]), sheet=hostile))


def test_a_row_that_says_it_is_the_billionth_is_refused_at_once() -> None:
    raw = changed(book(["Topic"]), SHEET, b'<row r="1"', b'<row r="99999999999"')
    began = time.monotonic()
    with pytest.raises((TooManyRows, DamagedSheet)):
        read_table(raw)
    assert time.monotonic() - began < 5


def test_broken_merges_without_end_are_gone_through_in_a_moment() -> None:
    many = b"<!--" + b"<mergeCell " * 50_000 + b"--></worksheet>"
    raw = changed(book(["Topic"]), SHEET, b"</worksheet>", many)
    began = time.monotonic()
    assert read_table(raw).merged == []
    assert time.monotonic() - began < 5


def changed(raw: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Write a workbook anew with one of its parts changed."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            assert name != part or old in content
            after.writestr(name, content.replace(old, new) if name == part else content)
    return made.getvalue()


def test_a_cell_at_the_far_end_of_the_sheet_costs_nothing() -> None:
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>9</v></c></row>'
        b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    assert texts(repacked(book(["a"]), sheet=far)) == [["1"]]


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    assert all(is_read_or_refused(content) for content in (raw, b"PK\x03\x04" + raw))


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_sheet_in_a_whole_workbook_is_read_or_refused(raw: bytes) -> None:
    assert is_read_or_refused(repacked(book(["a"]), sheet=raw))


def is_read_or_refused(raw: bytes) -> bool:
    try:
        return bool(read_table(raw).rows)
    except SheetRefused as refusal:
        return bool(str(refusal))


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "plain"])
def test_what_is_written_is_never_a_formula(text: str) -> None:
    raw = write_table("a/b:c", ["Topic", "Hours"], [[text, 3], [None, None]], widths=[20, 5])
    cell = load_workbook(io.BytesIO(raw)).active["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == (text != "plain")
    assert texts(raw)[1] == [text.strip(), "3"]


def test_columns_are_named_as_in_the_spreadsheet() -> None:
    assert [column_name(number) for number in (1, 26, 27, 703)] == ["A", "Z", "AA", "AAA"]
