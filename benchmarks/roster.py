"""The import of a large school's roster: 1,400 students with 2,000 parents and their teachers, all of them invented."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from django.db import connections
from psycopg import sql

from demo.generator import FIRST_YEAR
from demo.generator.blueprints import BIG_SCHOOL, Blueprint
from demo.generator.families import Seat, Settlers
from demo.generator.oneroster import write_roster
from demo.generator.people import Register
from demo.generator.school import School, found
from demo.generator.staff import Hiring, staff_school
from demo.generator.years import SchoolYear
from zvonok.config.launcher import Cluster

DATABASE = "zvonok_import"
CLASS_SIZE = 32
LETTERS = dict.fromkeys(range(1, 12), "АБВГ")


def measure(cluster: Cluster) -> dict[str, Any]:
    """Import the roster into a copy of the database; say how large it was and what it took."""
    school = _large_school()
    with TemporaryDirectory() as folder, _copy(cluster) as address:
        write_roster(school, SchoolYear(FIRST_YEAR), Path(folder))
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.importing", folder],
            env=os.environ | {"DATABASE_URL": address},
            stdout=subprocess.PIPE,
            check=True,
        )
    return {
        "students": sum(len(one.students) for one in school.classes),
        "guardians": sum(len(family.parents) for family in school.families),
        "staff": len(school.staff),
        **json.loads(told.stdout),
    }


def _large_school() -> School:
    rng, register = Random(CLASS_SIZE), Register()
    blueprint = _large()
    seats = [
        Seat(blueprint.code, grade, letter)
        for grade, letters in LETTERS.items()
        for letter in letters
        for _ in range(CLASS_SIZE)
    ]
    school = found(blueprint, Settlers(rng, register, first_year=FIRST_YEAR).settle(seats))
    staff_school(school, Hiring(rng, register, FIRST_YEAR))
    return school


def _large() -> Blueprint:
    """Enlarge the demo's big school: four classes to a grade, and as many teachers as they need."""
    departments = tuple(
        replace(one, rooms=one.rooms + tuple(f"{room}а" for room in one.rooms[::2]))
        for one in BIG_SCHOOL.departments
    )
    return replace(BIG_SCHOOL, code="9999", letters=LETTERS, departments=departments)


@contextmanager
def _copy(cluster: Cluster) -> Iterator[str]:
    """Copy the database for a while, so that it can be imported into as if for the first time."""
    connections.close_all()
    name = sql.Identifier(DATABASE)
    with psycopg.connect(cluster.url("zvonok_owner", "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE zvonok").format(name))
        yield cluster.url("zvonok_web", DATABASE)
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
