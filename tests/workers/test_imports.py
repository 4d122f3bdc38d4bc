"""The job that reads what the office handed in."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.world import World
from zvonok.domain.people.models import Account
from zvonok.domain.schools.commands.imports import apply_file, check_file
from zvonok.domain.schools.models import ImportKind, ImportRun, ImportState, StaffRole
from zvonok.domain.timetable.models import CalendarDay
from zvonok.gateways import uploads
from zvonok.kernel.scope import school_scope
from zvonok.workers import imports

CALENDAR = "date,kind,name\n2026-11-04,off,День народного единства\n"
BROKEN = "date,kind,name\n2026-13-44,off,Nothing\n"


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.ZVONOK_HOME = tmp_path


@pytest.fixture(autouse=True)
def _alone(monkeypatch: Any) -> None:
    """Progress is written beside the transaction, where a test that never commits has no rows."""
    monkeypatch.setattr(imports.Progress, "_write", lambda *_: None)


def hand_in(world: World, text: str) -> ImportRun:
    with school_scope(world.north.school.pk):
        return check_file(
            school_id=world.north.school.pk,
            kind=ImportKind.CALENDAR,
            upload_id=uploads.keep([text.encode()], name="calendar.csv"),
            file_name="calendar.csv",
            person_id=world.people["Yana"].pk,
            at=timezone.now(),
        )


def work(world: World, found: ImportRun) -> ImportRun:
    imports.run(str(world.north.school.pk), str(found.pk))
    with school_scope(world.north.school.pk):
        return ImportRun.objects.get(pk=found.pk)


def days(world: World) -> int:
    with school_scope(world.north.school.pk):
        return CalendarDay.objects.count()


def test_a_check_reports_and_writes_nothing(world: World) -> None:
    found = work(world, hand_in(world, CALENDAR))
    assert (found.state, found.percent) == (ImportState.CHECKED, 100)
    assert found.report["counts"][0]["ADDED"] == 1
    assert days(world) == 0


def test_what_was_checked_lands_once_it_is_applied(world: World) -> None:
    checked = work(world, hand_in(world, CALENDAR))
    with school_scope(world.north.school.pk):
        applied = apply_file(
            school_id=world.north.school.pk,
            checked_id=checked.pk,
            person_id=world.people["Yana"].pk,
            at=timezone.now(),
        )
    assert work(world, applied).state == ImportState.DONE
    assert days(world) == 1
    assert uploads.path_of(checked.upload_id) is None


def test_a_refused_cell_is_told_with_its_place(world: World) -> None:
    found = work(world, hand_in(world, BROKEN))
    fault = found.report["faults"][0]
    assert found.state == ImportState.REFUSED
    assert (fault["file"], fault["line"]) == ("calendar.csv", 2)


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(world: World) -> None:
    found = work(world, hand_in(world, "\x00\x01"))
    assert found.state == ImportState.REFUSED
    assert found.report["summary"] or found.report["faults"]


def test_the_report_speaks_the_language_of_who_asked(world: World) -> None:
    Account.objects.filter(login="yana").update(language="en")
    assert work(world, hand_in(world, CALENDAR)).report["summary"] == "This was a check: nothing was written."


def test_a_job_that_runs_twice_does_its_work_once(world: World, monkeypatch: Any) -> None:
    found = work(world, hand_in(world, CALENDAR))
    monkeypatch.setattr(imports, "_outcome", lambda *_: pytest.fail("read again"))
    assert work(world, found).touched_at == found.touched_at


def test_a_file_that_is_gone_ends_as_failed(world: World) -> None:
    found = hand_in(world, CALENDAR)
    uploads.drop(found.upload_id)
    assert work(world, found).state == ImportState.FAILED


def test_a_fault_of_ours_ends_as_failed_and_is_not_hidden(world: World, monkeypatch: Any) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(imports.READERS, ImportKind.CALENDAR, broken)
    found = hand_in(world, CALENDAR)
    with pytest.raises(ZeroDivisionError):
        work(world, found)
    with school_scope(world.north.school.pk):
        assert ImportRun.objects.get(pk=found.pk).state == ImportState.FAILED


def test_who_does_not_run_the_school_any_more_imports_nothing(world: World) -> None:
    found = hand_in(world, CALENDAR)
    with school_scope(world.north.school.pk):
        StaffRole.objects.filter(person=world.people["Yana"]).delete()
    assert work(world, found).state == ImportState.REFUSED
