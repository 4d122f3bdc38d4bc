"""The roster of a school as OneRoster 1.2.1 CSV files."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from demo.generator.families import Child
from demo.generator.people import Person
from demo.generator.school import (
    ADMINISTRATOR,
    DEPUTY,
    HEAD,
    TEACHER,
    Employee,
    School,
    SchoolClass,
    StudyGroup,
)
from demo.generator.years import SchoolYear

_FIRST = "sourcedId,status,dateLastModified,"
COLUMNS = {
    "academicSessions": _FIRST + "title,type,startDate,endDate,parentSourcedId,schoolYear",
    "classes": _FIRST + "title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,"
    "termSourcedIds,subjects,subjectCodes,periods",
    "courses": _FIRST + "schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes",
    "demographics": _FIRST + "birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,"
    "nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,"
    "countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus",
    "enrollments": _FIRST + "classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
    "orgs": _FIRST + "name,type,identifier,parentSourcedId",
    "roles": _FIRST + "userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId",
    "users": _FIRST + "enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,"
    "phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,"
    "preferredFamilyName,primaryOrgSourcedId,pronouns",
}
ALL_FILES = (
    "academicSessions",
    "categories",
    "classes",
    "classResources",
    "courses",
    "courseResources",
    "demographics",
    "enrollments",
    "lineItemLearningObjectiveIds",
    "lineItems",
    "lineItemScoreScales",
    "orgs",
    "resources",
    "resultLearningObjectiveIds",
    "results",
    "resultScoreScales",
    "roles",
    "scoreScales",
    "userProfiles",
    "userResources",
    "users",
)
_ROLES = {
    TEACHER: "teacher",
    HEAD: "principal",
    ADMINISTRATOR: "siteAdministrator",
    DEPUTY: "ext:deputyHead",
}
_HOMEROOM = "Классный час"
Row = dict[str, str]


def write_roster(school: School, year: SchoolYear, folder: Path) -> None:
    """Write the school's bulk set, manifest included."""
    folder.mkdir(parents=True, exist_ok=True)
    roster = _Roster(school, year)
    files = {
        "academicSessions": roster.sessions(),
        "classes": roster.classes(),
        "courses": roster.courses(),
        "demographics": roster.demographics(),
        "enrollments": roster.enrolments(),
        "orgs": roster.orgs(),
        "roles": roster.roles(),
        "users": roster.users(),
    }
    for name, rows in files.items():
        _write(folder / f"{name}.csv", COLUMNS[name].split(","), rows)
    _write(folder / "manifest.csv", ["propertyName", "value"], _manifest())


def _write(path: Path, columns: list[str], rows: Iterable[Row]) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode())


def _manifest() -> Iterator[Row]:
    values = {"manifest.version": "1.0", "oneroster.version": "1.2"}
    values |= {f"file.{name}": "bulk" if name in COLUMNS else "absent" for name in ALL_FILES}
    values |= {"source.systemName": "Zvonok demo school", "source.systemCode": "zvonok-demo"}
    return ({"propertyName": name, "value": value} for name, value in values.items())


class _Roster:
    """Gives every row of a school its id, and writes the rows."""

    def __init__(self, school: School, year: SchoolYear) -> None:
        self._school = school
        self._year = year
        self._year_id = f"{school.code}-{year.first_year}"
        self._children = [
            child for family in school.families for child in family.children if self._is_own(child)
        ]
        self._children.sort(key=lambda child: (child.seat.grade, child.seat.letter, child.person.sort_key))
        self._ids: dict[str, str] = {}
        self._number("t", (employee.person for employee in school.staff))
        self._number("s", (child.person for child in self._children))
        self._number("p", sorted(self._adults(), key=lambda person: person.sort_key))
        self._classes = {
            item: f"{school.code}-c{n:03}" for n, item in enumerate(self._all_classes(), start=1)
        }
        self._courses = {key: f"{school.code}-k{n:03}" for n, key in enumerate(self._all_courses(), start=1)}

    def sessions(self) -> Iterator[Row]:
        year = self._year
        yield self._session(self._year_id, year.title, "schoolYear", year.starts_on, year.ends_on)
        for kind, periods in (("gradingPeriod", year.quarters), ("semester", year.half_years)):
            for number, period in enumerate(periods, start=1):
                sourced_id = f"{self._year_id}-{kind[0]}{number}"
                days = (period.starts_on, period.ends_on)
                yield self._session(sourced_id, period.title, kind, *days) | {
                    "parentSourcedId": self._year_id
                }

    def orgs(self) -> Iterator[Row]:
        code = self._school.code
        yield {"sourcedId": code, "name": self._school.blueprint.name, "type": "school", "identifier": code}

    def courses(self) -> Iterator[Row]:
        for (subject, grade), sourced_id in self._courses.items():
            yield {
                "sourcedId": sourced_id,
                "schoolYearSourcedId": self._year_id,
                "title": subject,
                "grades": f"{grade:02}",
                "orgSourcedId": self._school.code,
                "subjects": "" if subject == _HOMEROOM else subject,
            }

    def classes(self) -> Iterator[Row]:
        for item, sourced_id in self._classes.items():
            yield {"sourcedId": sourced_id, "schoolSourcedId": self._school.code} | (
                self._homeroom(item) if isinstance(item, SchoolClass) else self._scheduled(item)
            )

    def users(self) -> Iterator[Row]:
        agents = self._agents()
        grades = {child.person.key: f"{child.seat.grade:02}" for child in self._children}
        for person in self._people():
            yield {
                "sourcedId": self._ids[person.key],
                "enabledUser": "true",
                "username": person.key,
                "givenName": person.name.given,
                "familyName": person.name.surname,
                "middleName": person.name.patronymic,
                "email": person.email,
                "phone": person.phone,
                "agentSourcedIds": ",".join(agents.get(person.key, [])),
                "grades": grades.get(person.key, ""),
                "userMasterIdentifier": person.master_id,
                "primaryOrgSourcedId": self._school.code,
            }

    def demographics(self) -> Iterator[Row]:
        for person in self._people():
            yield {
                "sourcedId": self._ids[person.key],
                "birthDate": person.born.isoformat(),
                "sex": person.name.sex,
            }

    def roles(self) -> Iterator[Row]:
        for number, (person, role, kind) in enumerate(self._held_roles(), start=1):
            yield {
                "sourcedId": f"{self._school.code}-r{number:04}",
                "userSourcedId": self._ids[person.key],
                "roleType": kind,
                "role": role,
                "orgSourcedId": self._school.code,
            }

    def enrolments(self) -> Iterator[Row]:
        """Places last for the whole school year, to the end of August."""
        year = self._year.first_year
        for number, (item, person, role) in enumerate(self._places(), start=1):
            yield {
                "sourcedId": f"{self._school.code}-e{number:05}",
                "classSourcedId": self._classes[item],
                "schoolSourcedId": self._school.code,
                "userSourcedId": self._ids[person.key],
                "role": role,
                "primary": "true" if role == "teacher" else "",
                "beginDate": f"{year}-09-01",
                "endDate": f"{year + 1}-09-01",
            }

    def _is_own(self, child: Child) -> bool:
        return child.seat.school == self._school.code

    def _adults(self) -> Iterator[Person]:
        return (parent for family in self._school.families for parent in family.parents)

    def _number(self, letter: str, people: Iterable[Person]) -> None:
        newcomers = (person for person in people if person.key not in self._ids)
        for number, person in enumerate(newcomers, start=1):
            self._ids[person.key] = f"{self._school.code}-{letter}{number:04}"

    def _people(self) -> list[Person]:
        staff = [employee.person for employee in self._school.staff]
        everybody = [*staff, *(child.person for child in self._children), *self._adults()]
        by_id = {self._ids[person.key]: person for person in everybody}
        return [by_id[sourced_id] for sourced_id in self._ids.values()]

    def _all_classes(self) -> list[SchoolClass | StudyGroup]:
        return [*self._school.classes, *self._school.groups]

    def _all_courses(self) -> list[tuple[str, int]]:
        homerooms = [(_HOMEROOM, item.grade) for item in self._school.classes]
        subjects = [(group.subject, group.school_class.grade) for group in self._school.groups]
        return list(dict.fromkeys(homerooms + subjects))

    def _session(
        self, sourced_id: str, title: str, kind: str, starts_on: date, ends_on: date
    ) -> dict[str, str]:
        return {
            "sourcedId": sourced_id,
            "title": title,
            "type": kind,
            "startDate": starts_on.isoformat(),
            "endDate": (ends_on + timedelta(days=1)).isoformat(),
            "schoolYear": str(self._year.first_year + 1),
        }

    def _terms(self, grade: int) -> str:
        kind, count = ("g", 4) if grade < 10 else ("s", 2)
        return ",".join(f"{self._year_id}-{kind}{number}" for number in range(1, count + 1))

    def _homeroom(self, item: SchoolClass) -> Row:
        return self._class(item, item.title, _HOMEROOM, item.title, "homeroom", item.teacher)

    def _scheduled(self, group: StudyGroup) -> Row:
        title = f"{group.subject} {group.code}"
        row = self._class(group.school_class, title, group.subject, group.code, "scheduled", group.teacher)
        return row | {"subjects": group.subject}

    def _class(
        self,
        school_class: SchoolClass,
        title: str,
        course: str,
        code: str,
        kind: str,
        teacher: Employee | None,
    ) -> dict[str, str]:
        return {
            "title": title,
            "grades": f"{school_class.grade:02}",
            "courseSourcedId": self._courses[course, school_class.grade],
            "classCode": code,
            "classType": kind,
            "location": teacher.room if teacher else "",
            "termSourcedIds": self._terms(school_class.grade),
        }

    def _agents(self) -> dict[str, list[str]]:
        agents: dict[str, list[str]] = {}
        for family in self._school.families:
            children = [child.person for child in family.children if self._is_own(child)]
            for parent in family.parents:
                for child in children:
                    agents.setdefault(child.key, []).append(self._ids[parent.key])
                    agents.setdefault(parent.key, []).append(self._ids[child.key])
        return agents

    def _held_roles(self) -> Iterator[tuple[Person, str, str]]:
        employed = set()
        for employee in self._school.staff:
            employed.add(employee.person.key)
            for post in employee.posts:
                yield employee.person, _ROLES[post], "primary" if post == employee.posts[0] else "secondary"
        for child in self._children:
            yield child.person, "student", "primary"
        for family in self._school.families:
            for parent in family.parents:
                yield parent, family.role, "secondary" if parent.key in employed else "primary"

    def _places(self) -> Iterator[tuple[SchoolClass | StudyGroup, Person, str]]:
        for item in self._all_classes():
            if item.teacher:
                yield item, item.teacher.person, "teacher"
            for student in item.students:
                yield item, student, "student"
