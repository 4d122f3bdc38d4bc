"""What an import says, in the terminal and on the page."""

import io
import json

import pytest
from django.utils import translation
from rich.console import Console

from zvonok.interop.report import KEPT_FAULTS, Action, Change, Fault, Outcome, Report, Row

HERE = Row("users.csv", 7)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def printed(report: Report) -> str:
    console = Console(file=io.StringIO(), width=120)
    report.render(console)
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_one_fault_refuses_the_whole_import():
    report = Report()
    assert report.outcome is Outcome.CHECKED
    report.fault(HERE, "email", "x", "No.")
    report.landed = True
    assert report.outcome is Outcome.REFUSED


def test_an_import_is_done_when_it_has_landed():
    assert Report(landed=True).outcome is Outcome.DONE


def test_changes_are_counted_by_kind_and_action():
    report = Report()
    report.note("person", Action.ADDED, "Вера")
    report.note("person", Action.ADDED, "Олег")
    report.note("school", Action.KEPT, "Школа")
    counts = report.counts()
    assert list(counts) == ["school", "person"]
    assert counts["person"] == {Action.ADDED: 2, Action.CHANGED: 0, Action.CLOSED: 0, Action.KEPT: 0}


@pytest.mark.parametrize(
    "column", ["password", "Password", "userIds", "identifier", "user Master Identifier", "СНИЛС snils"]
)
def test_secret_columns_are_masked(column):
    assert Fault("users.csv", 1, column, "P@ssw0rd", "No.").value == "•••"


def test_an_insurance_number_is_masked_wherever_it_stands():
    assert Fault("users.csv", 1, "phone", "112-233-445 95, home", "No.").value == "•••, home"


def test_values_are_shortened_and_made_printable():
    fault = Fault("a\x1b.csv", 1, "co\x07l", "\x1b[31m" + "x" * 5000, "No.")
    assert (fault.file, fault.column, fault.value[:5], len(fault.value)) == ("a�.csv", "co�l", "�[31m", 80)


def test_faults_beyond_the_limit_are_counted():
    report = Report()
    report.add_faults([Fault("a.csv", line, "", "", "No.") for line in range(KEPT_FAULTS + 5)])
    assert (len(report.faults), report.faults_left_out, report.fault_count) == (
        KEPT_FAULTS,
        5,
        KEPT_FAULTS + 5,
    )


def test_the_terminal_shows_place_value_and_reason():
    report = Report()
    report.fault(HERE, "email", "[bold]x", "This is not an address.")
    text = printed(report)
    assert "users.csv:7 email “[bold]x”: This is not an address." in text
    assert "Nothing was imported: 1 value was refused." in text


def test_the_terminal_shows_changes_and_counts():
    report = Report(changes=[Change("person", Action.CHANGED, "Вера", HERE, "7А", "7Б")])
    text = printed(report)
    assert "changed: People: Вера (users.csv:7) 7А → 7Б" in text
    assert "This was a check: nothing was written." in text


def test_long_lists_are_cut_and_say_so():
    report = Report()
    for line in range(60):
        report.warn(Row("a.csv", line + 1), "", "", "Look.")
    assert "and 10 more" in printed(report)


def test_the_report_is_plain_enough_for_a_page():
    report = Report()
    report.warn(HERE, "email", "x", "Look.")
    report.note("person", Action.ADDED, "Вера", HERE)
    report.note("person", Action.KEPT, "Олег")
    plain = json.loads(json.dumps(report.as_dict()))
    assert plain["outcome"] == "CHECKED"
    assert plain["counts"] == [
        {"kind": "person", "title": "People", "ADDED": 1, "CHANGED": 0, "CLOSED": 0, "KEPT": 1}
    ]
    assert [change["label"] for change in plain["changes"]] == ["Вера"]
    assert plain["changes"][0]["row"] == {"file": "users.csv", "line": 7}
