"""Writes the files of the demo schools: rosters, timetables and the production calendar."""

from pathlib import Path
from random import Random

from demo.generator.blueprints import BLUEPRINTS, Blueprint
from demo.generator.families import Seat, Settlers
from demo.generator.fet import write_timetable
from demo.generator.oneroster import write_roster
from demo.generator.people import Register
from demo.generator.production_calendar import calendar
from demo.generator.school import School, found
from demo.generator.staff import Hiring, staff_school
from demo.generator.timetable import solve
from demo.generator.years import SchoolYear

FIRST_YEAR = 2026
_SEED = 9534


def write(folder: Path, *, first_year: int) -> None:
    """Write all files for the school year that begins in `first_year`; the same year gives the same bytes."""
    year = SchoolYear(first_year)
    for school in build(first_year=first_year):
        own = folder / f"school-{school.code}"
        write_roster(school, year, own / "oneroster")
        write_timetable(school, own / "timetable")
    calendars = folder / "production-calendar"
    calendars.mkdir(parents=True, exist_ok=True)
    for civil_year in range(first_year - 1, first_year + 2):
        (calendars / f"ru-{civil_year}.xml").write_bytes(calendar(civil_year).encode())


def build(*, first_year: int) -> list[School]:
    """Invent the schools, with people, lessons and timetable."""
    rng, register = Random(_SEED), Register()
    seats = [seat for blueprint in BLUEPRINTS for seat in _seats(blueprint, rng)]
    families = Settlers(rng, register, first_year=first_year).settle(seats)
    schools = [found(blueprint, families) for blueprint in BLUEPRINTS]
    for school in schools:
        staff_school(school, Hiring(rng, register, first_year))
        school.timetable = solve(school.courses, rng)
    return schools


def _seats(blueprint: Blueprint, rng: Random) -> list[Seat]:
    return [
        Seat(blueprint.code, grade, letter)
        for grade, letters in blueprint.letters.items()
        for letter in letters
        for _ in range(rng.randint(*blueprint.class_size[grade]))
    ]
