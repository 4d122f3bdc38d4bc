"""A production calendar in a school: days off, working weekends, and the lessons that follow."""

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.interop.fet.sample import data, solution, written
from tests.world import World
from zvonok.domain.access.models import DiaryRevision
from zvonok.domain.schools.models import School
from zvonok.domain.timetable.models import CalendarDay, Lesson
from zvonok.interop.calendars.commands import import_path
from zvonok.interop.fet import commands as fet
from zvonok.interop.landing import NoSchoolYet
from zvonok.kernel.scope import school_scope

AT = datetime.fromisoformat("2026-09-01T08:00+03:00")
MONDAY, SATURDAY = date(2026, 11, 9), date(2026, 11, 14)
CALENDAR = f"date,kind,name\n{MONDAY},off,День школы\n"


def quiet(done: int, total: int) -> None:
    assert done <= total


@pytest.fixture
def school(db: None, tmp_path: Path) -> School:
    """A school with a timetable from a file: lessons on Mondays and Tuesdays."""
    report = fet.import_path(
        written(tmp_path / "fet", data(), solution()), school="north", dry_run=False, progress=quiet, at=AT
    )
    assert report.landed, report.as_dict()
    return School.objects.get(code="north")


def groups_on(school: School, day: date) -> set[str]:
    with school_scope(school.pk):
        return set(Lesson.objects.filter(day=day).values_list("group__title", flat=True))


def imported(folder: Path, text: str = CALENDAR, *, dry_run: bool = False) -> list[str]:
    file = folder / "calendar.csv"
    file.write_text(text)
    report = import_path(file, school="north", dry_run=dry_run, progress=quiet, at=AT)
    assert not report.refused
    return [change.kind for change in report.changes]


def test_a_day_off_takes_its_lessons_away(school: School, tmp_path: Path) -> None:
    assert groups_on(school, MONDAY)
    assert "lesson" in imported(tmp_path)
    assert not groups_on(school, MONDAY)
    with school_scope(school.pk):
        assert CalendarDay.objects.get(day=MONDAY).title == "День школы"


def test_importing_a_calendar_again_changes_nothing(school: School, tmp_path: Path) -> None:
    imported(tmp_path)
    assert imported(tmp_path) == []


def test_a_dry_run_of_a_calendar_leaves_no_day(school: School, tmp_path: Path) -> None:
    assert imported(tmp_path, dry_run=True)
    assert groups_on(school, MONDAY)


def test_a_working_saturday_has_the_lessons_of_the_day_it_stands_for(school: School, tmp_path: Path) -> None:
    usual = groups_on(school, MONDAY)
    moved = f"{SATURDAY},working_weekend,\n{MONDAY},off,перенесено с {SATURDAY:%d.%m.%Y}\n"
    imported(tmp_path, f"date,kind,name\n{moved}")
    assert groups_on(school, SATURDAY) == usual
    assert not groups_on(school, MONDAY)


def test_families_are_shown_the_new_calendar(world: World, tmp_path: Path) -> None:
    imported(tmp_path)
    numbers = dict(DiaryRevision.objects.values_list("student__first_name", "number"))
    assert numbers == {"Vera": 2, "Pyotr": 2, "Timur": 2, "Lev": 1}


@pytest.mark.django_db
def test_a_calendar_without_any_school_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "calendar.csv"
    file.write_text(CALENDAR)
    with pytest.raises(NoSchoolYet):
        import_path(file, school=None, dry_run=False, progress=quiet, at=AT)
