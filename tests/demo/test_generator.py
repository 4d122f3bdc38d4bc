"""The demo schools: whole, free of clashes, and the same bytes each time."""

import csv
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import demo
from demo.generator import FIRST_YEAR, build, curriculum, write
from demo.generator.names import FEMALE, latin, patronymic_for, surname_for
from demo.generator.oneroster import ALL_FILES
from demo.generator.production_calendar import OFF, SHORTENED, WORKING, special_days
from demo.generator.school import Placed, School
from demo.generator.years import SchoolYear

FOLDER = Path(demo.__file__).parent
CODES = ("9534", "9201")
HEADERS = {
    "academicSessions": "title type startDate endDate parentSourcedId schoolYear",
    "orgs": "name type identifier parentSourcedId",
    "courses": "schoolYearSourcedId title courseCode grades orgSourcedId subjects subjectCodes",
    "classes": "title grades courseSourcedId classCode classType location schoolSourcedId termSourcedIds "
    "subjects subjectCodes periods",
    "users": "enabledUser username userIds givenName familyName middleName identifier email sms phone "
    "agentSourcedIds grades password userMasterIdentifier preferredGivenName preferredMiddleName "
    "preferredFamilyName primaryOrgSourcedId pronouns",
    "roles": "userSourcedId roleType role beginDate endDate orgSourcedId userProfileSourcedId",
    "enrollments": "classSourcedId schoolSourcedId userSourcedId role primary beginDate endDate",
    "demographics": "birthDate sex americanIndianOrAlaskaNative asian blackOrAfricanAmerican "
    "nativeHawaiianOrOtherPacificIslander white demographicRaceTwoOrMoreRaces hispanicOrLatinoEthnicity "
    "countryOfBirthCode stateOfBirthAbbreviation cityOfBirth publicSchoolResidenceStatus",
}
REFERENCES = {
    "academicSessions": {"parentSourcedId": "academicSessions"},
    "courses": {"schoolYearSourcedId": "academicSessions", "orgSourcedId": "orgs"},
    "classes": {
        "courseSourcedId": "courses",
        "schoolSourcedId": "orgs",
        "termSourcedIds": "academicSessions",
    },
    "users": {"agentSourcedIds": "users", "primaryOrgSourcedId": "orgs"},
    "roles": {"userSourcedId": "users", "orgSourcedId": "orgs"},
    "enrollments": {"classSourcedId": "classes", "schoolSourcedId": "orgs", "userSourcedId": "users"},
    "demographics": {"sourcedId": "users"},
}


@pytest.fixture(scope="module")
def schools() -> list[School]:
    return build(first_year=FIRST_YEAR)


def rows(code: str, name: str) -> list[dict[str, str]]:
    with (FOLDER / f"school-{code}" / "oneroster" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def slots(placed: Placed) -> Iterator[tuple[int, int]]:
    return ((placed.day, placed.slot + more) for more in range(placed.length))


def files_below(folder: Path) -> dict[str, bytes]:
    found = [*folder.glob("school-*/*/*"), *folder.glob("production-calendar/*")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_writing_the_files_anew_gives_the_files_that_are_kept(tmp_path: Path) -> None:
    write(tmp_path, first_year=FIRST_YEAR)
    written, kept = files_below(tmp_path), files_below(FOLDER)
    assert len(written) == 25
    assert written.keys() == kept.keys()
    assert [name for name in written if written[name] != kept[name]] == []


def test_the_files_stay_small() -> None:
    assert sum(len(content) for content in files_below(FOLDER).values()) < 3_000_000


@pytest.mark.parametrize("first_year", [2024, 2025, 2027, 2031])
def test_other_years_can_be_written_too(first_year: int, tmp_path: Path) -> None:
    write(tmp_path, first_year=first_year)
    sessions = (tmp_path / "school-9534/oneroster/academicSessions.csv").read_text()
    assert f"{first_year}-09-0" in sessions
    assert (tmp_path / f"production-calendar/ru-{first_year + 1}.xml").exists()


def test_nobody_and_no_room_is_in_two_places(schools: list[School]) -> None:
    for school in schools:
        taken: Counter[tuple[object, ...]] = Counter()
        for placed in school.timetable:
            for slot in slots(placed):
                taken[placed.group.teacher, slot] += 1
                taken[placed.group.teacher.room, slot] += 1
                for student in placed.group.students:
                    taken[student.key, slot] += 1
        assert max(taken.values()) == 1


def test_every_class_has_the_hours_of_its_plan(schools: list[School]) -> None:
    for school in schools:
        hours: Counter[tuple[str, str]] = Counter()
        for placed in school.timetable:
            subject = placed.group.subject
            planned = curriculum.LANGUAGE if subject.startswith(curriculum.LANGUAGE) else subject
            for half in (placed.group.half,) if placed.group.half else (1, 2):
                hours[f"{placed.group.school_class.title}/{half}", planned] += placed.length
        for school_class in school.classes:
            for half in (1, 2):
                code = f"{school_class.title}/{half}"
                assert {s: n for (c, s), n in hours.items() if c == code} == curriculum.plan(
                    school_class.grade
                )


def test_no_student_has_a_gap_or_a_day_that_is_too_long(schools: list[School]) -> None:
    for school in schools:
        days: dict[tuple[str, int], set[int]] = defaultdict(set)
        for placed in school.timetable:
            for student in placed.group.students:
                days[student.key, placed.day] |= {slot for _day, slot in slots(placed)}
        grades = {student.key: c.grade for c in school.classes for student in c.students}
        for (student_key, _day), taken in days.items():
            assert taken == set(range(len(taken)))
            assert len(taken) <= (5 if grades[student_key] < 5 else 6 if grades[student_key] < 7 else 7)


def test_a_subject_comes_twice_a_day_only_where_it_must(schools: list[School]) -> None:
    for school in schools:
        on_a_day: Counter[tuple[str, str, int]] = Counter()
        for placed in school.timetable:
            on_a_day[placed.group.code, placed.group.subject, placed.day] += placed.length
        twice = {subject for (_code, subject, _day), count in on_a_day.items() if count > 1}
        assert max(on_a_day.values()) <= 2
        assert twice <= {curriculum.CRAFT, curriculum.RUSSIAN}


def test_the_halves_of_a_class_meet_at_the_same_time(schools: list[School]) -> None:
    for school in schools:
        halves: dict[tuple[str, int, int], set[int]] = defaultdict(set)
        for placed in school.timetable:
            if placed.group.half:
                halves[placed.group.school_class.title, placed.day, placed.slot].add(placed.group.half)
        assert halves
        assert all(met == {1, 2} for met in halves.values())


def test_teachers_have_sane_loads_and_classes_a_class_teacher_of_their_own(schools: list[School]) -> None:
    for school in schools:
        assert max(teacher.load for teacher in school.teachers) <= 28
        leading = [school_class.teacher for school_class in school.classes]
        assert None not in leading
        assert len(set(leading)) == len(leading)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", HEADERS)
def test_a_file_has_exactly_the_columns_of_the_standard(code: str, name: str) -> None:
    header = (FOLDER / f"school-{code}/oneroster/{name}.csv").read_text("utf-8").partition("\n")[0]
    assert header.split(",") == ["sourcedId", "status", "dateLastModified", *HEADERS[name].split()]
    assert all(row["status"] == row["dateLastModified"] == "" for row in rows(code, name))


@pytest.mark.parametrize("code", CODES)
def test_the_manifest_names_what_is_there(code: str) -> None:
    manifest = {row["propertyName"]: row["value"] for row in rows(code, "manifest")}
    present = {path.stem for path in (FOLDER / f"school-{code}/oneroster").glob("*.csv")} - {"manifest"}
    assert manifest["oneroster.version"] == "1.2"
    assert {name for name in ALL_FILES if manifest[f"file.{name}"] == "bulk"} == present == HEADERS.keys()
    assert len([name for name in manifest if name.startswith("file.")]) == 21


@pytest.mark.parametrize("code", CODES)
def test_every_reference_resolves(code: str) -> None:
    ids = {name: [row["sourcedId"] for row in rows(code, name)] for name in HEADERS}
    for name, columns in REFERENCES.items():
        assert len(set(ids[name])) == len(ids[name])
        for column, target in columns.items():
            named = {part for row in rows(code, name) for part in row[column].split(",") if part}
            assert named <= set(ids[target]), (name, column)


@pytest.mark.parametrize("code", CODES)
def test_parents_and_children_name_each_other(code: str) -> None:
    agents = {
        row["sourcedId"]: set(filter(None, row["agentSourcedIds"].split(","))) for row in rows(code, "users")
    }
    students = {row["userSourcedId"] for row in rows(code, "roles") if row["role"] == "student"}
    assert all(1 <= len(agents[student]) <= 2 for student in students)
    assert all(user in agents[agent] for user, named in agents.items() for agent in named)


def test_a_parent_of_both_schools_is_one_person_in_both() -> None:
    big, small = ({row["username"]: row for row in rows(code, "users")} for code in CODES)
    shared = big.keys() & small.keys()
    same = ("userMasterIdentifier", "givenName", "familyName", "middleName", "email", "phone")
    assert len(shared) >= 4
    assert all(big[login][column] == small[login][column] for login in shared for column in same)
    assert all(big[login]["agentSourcedIds"] and small[login]["agentSourcedIds"] for login in shared)


def test_logins_and_identifiers_belong_to_one_person_each() -> None:
    people = {
        (row["username"], row["userMasterIdentifier"], row["phone"])
        for c in CODES
        for row in rows(c, "users")
    }
    assert len({login for login, _id, _phone in people}) == len(people)
    assert len({master_id for _login, master_id, _phone in people}) == len(people)
    assert all(phone.startswith("+7000") for _login, _id, phone in people if phone)


def test_no_file_holds_a_password_or_a_real_address() -> None:
    users = [row for code in CODES for row in rows(code, "users")]
    assert {row["password"] for row in users} == {""}
    assert all(row["email"].endswith("@example.org") for row in users if row["email"])


@pytest.mark.parametrize("code", CODES)
def test_roster_and_timetable_speak_of_the_same_groups_and_teachers(code: str) -> None:
    users = {row["sourcedId"]: row for row in rows(code, "users")}
    taught = {
        row["sourcedId"]: (row["subjects"], row["classCode"])
        for row in rows(code, "classes")
        if row["classType"] == "scheduled"
    }
    from_roster = set()
    for row in rows(code, "enrollments"):
        if row["role"] == "teacher" and row["classSourcedId"] in taught:
            user = users[row["userSourcedId"]]
            name = " ".join(filter(None, (user["familyName"], user["givenName"], user["middleName"])))
            from_roster.add((*taught[row["classSourcedId"]], name))
    root = ET.parse(FOLDER / f"school-{code}/timetable/school.fet").getroot()
    from_timetable = {
        tuple(activity.findtext(tag) for tag in ("Subject", "Students", "Teacher"))
        for activity in root.iter("Activity")
    }
    assert from_roster == from_timetable


@pytest.mark.parametrize("code", CODES)
def test_the_solution_places_every_activity_in_a_known_day_hour_and_room(code: str) -> None:
    root = ET.parse(FOLDER / f"school-{code}/timetable/school.fet").getroot()
    solution = ET.parse(FOLDER / f"school-{code}/timetable/school_activities.xml").getroot()
    assert [a.findtext("Id") for a in solution] == [a.findtext("Id") for a in root.iter("Activity")]
    for tag, path in (("Day", "Days_List/Day"), ("Hour", "Hours_List/Hour"), ("Room", "Rooms_List/Room")):
        known = {item.findtext("Name") for item in root.iterfind(path)}
        assert {activity.findtext(tag) for activity in solution} <= known


def test_quarters_begin_on_a_monday_and_leave_a_week_between() -> None:
    for first_year in range(2024, 2040):
        quarters = SchoolYear(first_year).quarters
        assert all(quarter.starts_on.weekday() == 0 for quarter in quarters[1:])
        assert all((last - first).days >= 6 for first, last in SchoolYear(first_year).breaks)
        assert quarters[0].starts_on.weekday() < 5


def test_the_calendar_knows_the_days_that_were_moved() -> None:
    days = special_days(2026) | special_days(2027)
    assert days[date(2026, 12, 31)] == {"t": OFF, "f": "01.04"}
    assert days[date(2027, 2, 22)] == {"t": OFF, "f": "02.20"}
    assert days[date(2027, 2, 20)]["t"] == SHORTENED
    assert days[date(2026, 11, 3)] == {"t": SHORTENED}
    assert special_days(2024)[date(2024, 4, 27)] == {"t": WORKING}


def test_a_year_that_is_not_settled_yet_has_the_holidays_of_the_law() -> None:
    days = special_days(2029)
    assert days[date(2029, 2, 23)] == {"t": OFF, "h": "3"}
    assert days[date(2029, 11, 5)] == {"t": OFF, "f": "11.04"}
    assert days[date(2029, 12, 31)] == {"t": SHORTENED}


@pytest.mark.parametrize(
    ("masculine", "feminine"),
    [
        ("Иванов", "Иванова"),
        ("Толстой", "Толстая"),
        ("Римский-Ветров", "Римская-Ветрова"),
        ("Черных", "Черных"),
        ("Ким", "Ким"),
    ],
)
def test_surnames_follow_the_sex_where_they_can(masculine: str, feminine: str) -> None:
    assert surname_for(masculine, FEMALE) == feminine


def test_patronymics_follow_the_sex() -> None:
    assert [patronymic_for(name, FEMALE) for name in ("Сергеевич", "Ильич", "")] == [
        "Сергеевна",
        "Ильинична",
        "",
    ]


def test_logins_have_only_latin_letters_and_hyphens() -> None:
    assert latin("О'Коннор-Щёголев Объём") == "okonnor-schegolevobem"
