"""Production calendars, one year or several, XML or table."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zvonok.interop.calendars import Kind, NotACalendar, ProductionCalendar, read
from zvonok.interop.report import Report
from zvonok.interop.source import SourceRefused

YEAR = """<?xml version="1.0" encoding="UTF-8"?>
<calendar year="2024" lang="ru" date="2023.09.30">
    <holidays>
        <holiday id="1" title="День Победы"/>
    </holidays>
    <days>
        <day d="04.27" t="3"/>
        <day d="04.29" t="1" f="04.27"/>
        <day d="04.30" t="1" f="11.02"/>
        <day d="05.08" t="2"/>
        <day d="05.09" t="1" h="1"/>
        <day d="11.02" t="2"/>
    </days>
</calendar>"""
TABLE = "date,kind,name\n2024-11-02,working_weekend,рабочая суббота\n2027-01-01,off,Новый год\n"


def calendar_of(folder: Path, **files: str) -> tuple[ProductionCalendar, Report]:
    report = Report()
    for name, content in files.items():
        (folder / name.replace("_dot_", ".")).write_text(content, encoding="utf-8")
    return read(folder, report), report


def kinds(calendar: ProductionCalendar) -> dict[str, Kind]:
    return {f"{one.day:%m-%d}": one.kind for one in calendar.days}


def test_a_year_of_xml_is_read_whole(tmp_path):
    calendar, report = calendar_of(tmp_path, a_dot_xml=YEAR)
    assert (calendar.years, report.faults, report.warnings) == ((2024,), [], [])
    assert kinds(calendar) == {
        "04-27": Kind.WORKING,
        "04-29": Kind.OFF,
        "04-30": Kind.OFF,
        "05-08": Kind.SHORTENED,
        "05-09": Kind.OFF,
        "11-02": Kind.SHORTENED,
    }
    assert [one.title for one in calendar.days if one.title] == ["День Победы"]


def test_a_working_saturday_knows_the_day_it_stands_in_for(tmp_path):
    calendar, _report = calendar_of(tmp_path, a_dot_xml=YEAR)
    assert calendar.works_as(date(2024, 11, 2)) == date(2024, 4, 30)
    assert calendar.works_as(date(2024, 5, 8)) is None


def test_a_folder_of_several_years_is_joined(tmp_path):
    calendar, report = calendar_of(tmp_path, a_dot_xml=YEAR, b_dot_csv=TABLE)
    assert (calendar.years, report.faults) == ((2024, 2027), [])
    assert (calendar.days[-1].day, calendar.days[-1].title) == (date(2027, 1, 1), "Новый год")
    assert kinds(calendar)["11-02"] is Kind.SHORTENED


@pytest.mark.parametrize(
    "table",
    [
        "kind;date\noff;09.05.2026\n",
        '\ufeffDate,Kind,Name\n2026-05-09,OFF,"День\nПобеды"',
        "date\tkind\tname\r2026-05-09\toff\tx\r",
    ],
)
def test_tables_come_in_many_spellings(tmp_path, table):
    calendar, report = calendar_of(tmp_path, a_dot_csv=table)
    assert [(one.day, one.kind) for one in calendar.days] == [(date(2026, 5, 9), Kind.OFF)]
    assert report.faults == []


def test_a_moved_day_of_rest_is_read_from_its_name(tmp_path):
    table = "date,kind,name\n2024-04-29,off,Выходной (перенесено с 27.04.2024)\n"
    calendar, _report = calendar_of(tmp_path, a_dot_csv=table)
    assert calendar.days[0].moved_from == date(2024, 4, 27)


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        ('year="2024"', 'year="24"', 2, "year"),
        ('d="05.08"', 'd="02.30"', 10, "d"),
        ('d="05.08"', 'd="08.5"', 10, "d"),
        ('t="2"', 't="4"', 10, "t"),
        (' t="2"', "", 10, "t"),
        ('f="04.27"', 'f="27.04"', 8, "f"),
        ('h="1"', 'h="9"', 11, "h"),
        ('d="05.08"', 'd="05.09"', 11, "date"),
        ("День Победы", "Д" * 121, 4, "title"),
        ("День Победы", "День\u202e Победы", 4, "title"),
    ],
)
def test_a_wrong_cell_of_xml_is_named_with_its_line(tmp_path, old, new, line, column):
    _calendar, report = calendar_of(tmp_path, a_dot_xml=YEAR.replace(old, new, 1))
    assert (report.faults[0].line, report.faults[0].column) == (line, column)


def test_a_file_named_after_another_year_is_refused(tmp_path):
    _calendar, report = calendar_of(tmp_path, **{"ru-2025.xml": YEAR})
    assert [(fault.column, fault.value) for fault in report.faults] == [("year", "2024")]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("7/1/2026,off,x", "date"),
        ("2026-02-30,off,x", "date"),
        ("2026-05-09,party,x", "kind"),
        ("2026-05-09,off", ""),
        (f"2026-05-09,off,{'x' * 121}", "name"),
        ("2026-05-09,off,x\u200b", "name"),
    ],
)
def test_a_wrong_cell_of_a_table_is_named_with_its_line(tmp_path, row, column):
    _calendar, report = calendar_of(tmp_path, a_dot_csv=f"date,kind,name\n\n{row}\n2026-06-12,off,x\n")
    assert [(fault.line, fault.column) for fault in report.faults] == [(3, column)]


def test_files_that_contradict_each_other_are_refused(tmp_path):
    _calendar, report = calendar_of(tmp_path, a_dot_xml=YEAR, b_dot_csv="date,kind\n2024-05-09,shortened\n")
    assert [(fault.file, fault.line, fault.value) for fault in report.faults] == [("b.csv", 2, "2024-05-09")]


def test_a_working_day_that_is_one_anyway_is_pointed_at(tmp_path):
    _calendar, report = calendar_of(tmp_path, a_dot_csv="date,kind\n2026-06-10,working\n")
    assert [warning.column for warning in report.warnings] == ["date"]


def test_an_empty_calendar_is_refused(tmp_path):
    _calendar, report = calendar_of(tmp_path, a_dot_xml='<calendar year="2026"/>')
    assert report.refused


def test_a_set_without_a_calendar_is_refused(tmp_path):
    with pytest.raises(NotACalendar):
        calendar_of(tmp_path, **{"orgs.csv": "sourcedId,name\n", "a.xml": "<fet/>"})


@given(st.text(max_size=200), st.sampled_from(["a.csv", "a.xml"]))
def test_random_text_gives_a_calendar_faults_or_a_refusal(tmp_path_factory, text, name):
    folder = tmp_path_factory.mktemp("calendar")
    begun = "date,kind,name\n" if name == "a.csv" else '<calendar year="2026"><days>'
    (folder / name).write_bytes((begun + text).encode("utf-8", "surrogatepass"))
    result: object
    try:
        result = read(folder, Report())
    except SourceRefused as refusal:
        result = refusal
    assert isinstance(result, ProductionCalendar | SourceRefused)
