"""A small sound set of OneRoster 1.2, and ways to spoil it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import translation

from zvonok.interop.oneroster import Bundle, read
from zvonok.interop.oneroster.columns import SHAPES, Version
from zvonok.interop.report import Fault, Report
from zvonok.interop.source import open_source

MANIFEST = """propertyName,value
manifest.version,1.0
oneroster.version,1.2
file.academicSessions,bulk
file.classes,bulk
file.courses,bulk
file.demographics,bulk
file.enrollments,bulk
file.orgs,bulk
file.roles,bulk
file.users,bulk
source.systemName,Example
"""
USERS = (
    "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,"
    "email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,"
    "preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n"
    "vera,,,true,vera,,Вера,Белова,Ильинична,,,,,mother,07,,,,,,school,\n"
    "mother,,,true,mother,,Анна,Белова,,,,,,vera,,Secret-1,112-233-445 95,,,,school,\n"
    "oleg,,,TRUE,oleg,,Олег,Громов,,,,,,,,,,,,,school,\n"
)


def written(file: str, *rows: str) -> str:
    """Write one file of 1.2: its header after the spec, and the rows."""
    return "\n".join([",".join(SHAPES[Version.V1_2][file].columns), *rows, ""])


SET = {
    "manifest.csv": MANIFEST,
    "orgs.csv": written("orgs", "school,,,Школа № 9001,school,,"),
    "academicSessions.csv": written(
        "academicSessions", "year,,,2026/27,schoolYear,2026-09-01,2027-05-27,,2027"
    ),
    "courses.csv": written("courses", "maths,,,year,Математика,M,07,school,Математика,"),
    "classes.csv": written(
        "classes", 'maths-7b,,,Математика 7Б,07,maths,7Б,scheduled,,school,year,"Математика, Алгебра",,'
    ),
    "users.csv": USERS,
    "roles.csv": written(
        "roles",
        "r1,,,vera,primary,student,,,school,",
        "r2,,,mother,primary,parent,,,school,",
        "r3,,,oleg,primary,teacher,,,school,",
    ),
    "enrollments.csv": written(
        "enrollments",
        "e1,,,maths-7b,school,vera,student,false,2026-09-01,2026-12-28",
        "e2,,,maths-7b,school,oleg,teacher,true,,",
    ),
    "demographics.csv": written("demographics", "vera,,,2013-04-17,female,,,,,,,,,,,"),
}


@dataclass(frozen=True)
class Outcome:
    """What came out of reading a set."""

    bundle: Bundle
    report: Report

    def places(self) -> list[tuple[str, int | None, str]]:
        """Give file, line and column of each fault."""
        return [(fault.file, fault.line, fault.column) for fault in self.report.faults]

    @property
    def fault(self) -> Fault:
        """Give the only fault."""
        (fault,) = self.report.faults
        return fault


@dataclass(frozen=True)
class Roster:
    """A folder with a set in it."""

    folder: Path

    def write(self, file: str, content: str | bytes) -> None:
        """Write one file."""
        raw = content if isinstance(content, bytes) else content.encode()
        (self.folder / file).write_bytes(raw)

    def text(self, file: str) -> str:
        """Read one file back."""
        return (self.folder / file).read_text()

    def spoil(self, file: str, old: str, new: str) -> None:
        """Replace a piece of a file that must be there."""
        text = self.text(file)
        assert old in text
        self.write(file, text.replace(old, new))

    def drop(self, *files: str) -> None:
        """Take files away."""
        for file in files:
            (self.folder / file).unlink()

    def read(self) -> Outcome:
        """Read the set."""
        report = Report()
        return Outcome(read(open_source(self.folder), report), report)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def empty(tmp_path: Path) -> Roster:
    folder = tmp_path / "set"
    folder.mkdir()
    return Roster(folder)


@pytest.fixture
def roster(empty: Roster) -> Roster:
    for file, content in SET.items():
        empty.write(file, content)
    return empty


@pytest.fixture
def older(empty: Roster) -> Callable[[str], Roster]:
    """Write the same set as version 1.1 or, without a manifest, as 1.0."""

    def in_version(version: str) -> Roster:
        for file in ("orgs.csv", "courses.csv", "academicSessions.csv", "classes.csv", "enrollments.csv"):
            empty.write(file, SET[file])
        if version == "1.0":
            empty.write("users.csv", USERS_1_0)
            empty.spoil("courses.csv", "schoolYearSourcedId", "schoolYearId")
            empty.spoil("classes.csv", "termSourcedIds", "termSourcedId")
        else:
            manifest = MANIFEST.replace("version,1.2", "version,1.1").replace("file.roles,bulk\n", "")
            empty.write("manifest.csv", manifest.replace("file.demographics,bulk\n", ""))
            empty.write("users.csv", USERS_1_1)
        return empty

    return in_version


USERS_1_1 = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
    "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
    "vera,,,true,school,student,vera,,Вера,Белова,Ильинична,,,,,,07,\n"
    "mother,,,true,school,parent,mother,,Анна,Белова,,,,,,vera,,\n"
    "oleg,,,true,school,student,oleg,,Олег,Громов,,,,,,,,\n"
)
USERS_1_0 = (
    "sourcedId,status,dateLastModified,orgSourcedIds,role,username,userId,givenName,familyName,identifier,email,"
    "sms,phone,agents\n"
    "vera,,,school,student,vera,,Вера,Белова,,,,,mother\n"
    "mother,,,school,parent,mother,,Анна,Белова,,,,,\n"
    "oleg,,,school,teacher,oleg,,Олег,Громов,,,,,\n"
)
