"""From FET's words to ours: students sets to classes and subgroups, activities to study groups and lessons."""

import re
from collections.abc import Iterable
from uuid import UUID

from zvonok.domain.schools.commands.places import ASSIGNMENTS, MEMBERSHIPS, STAFF_ROLES
from zvonok.domain.schools.commands.registers import CLASSES, GROUPS, SUBGROUPS, SUBJECTS, Thing
from zvonok.domain.schools.models import (
    Enrolment,
    GroupMembership,
    Role,
    SchoolClass,
    StaffRole,
    StudyGroup,
    TeachingAssignment,
)
from zvonok.domain.timetable.commands.plan import PlannedLesson, set_rooms, set_subgroups
from zvonok.domain.timetable.models import Room
from zvonok.interop.fet.model import Activity
from zvonok.interop.fet.teachers import find_teachers
from zvonok.interop.fet.work import Applying, Key, key_of
from zvonok.interop.report import Action, Change

_GRADE = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_ROMAN = re.compile(r"(?<![^\W\d_])(?:XI{0,3}|IX|IV|VI{0,3}|I{1,3})(?![^\W\d_])")
_ROMANS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")
LAST_GRADE = 13


def apply_groups(applying: Applying) -> list[PlannedLesson]:
    """Settle all that the lessons need, and give the lessons of the weekly plan."""
    timetable = applying.timetable
    rooms = _rooms(applying)
    teachers = find_teachers(applying)
    groups = _groups(applying)
    _assign(applying, groups, teachers)
    return [
        PlannedLesson(
            group_id=groups[key_of(period.placed.activity)],
            week=period.placed.day.week,
            weekday=period.placed.day.weekday,
            slot=period.hour.number,
            teacher_ids=tuple(teachers[name] for name in dict.fromkeys(period.placed.activity.teachers)),
            room_id=rooms.get(period.placed.room),
        )
        for period in timetable.periods()
    ]


def _rooms(applying: Applying) -> dict[str, UUID]:
    school_id, listed = applying.school.pk, applying.timetable.rooms
    known = set(Room.objects.filter(school_id=school_id).values_list("name", flat=True))
    applying.report.changes += [
        Change("room", Action.ADDED, room.name) for room in listed if room.name not in known
    ]
    return set_rooms([(room.name, room.capacity) for room in listed], school_id=school_id)


def _groups(applying: Applying) -> dict[Key, UUID]:
    year, timetable = applying.year, applying.timetable
    used = {key_of(activity): activity for activity in timetable.activities}
    subjects = applying.settle(
        SUBJECTS, (Thing(name, {"name": name}) for name in sorted({key[0] for key in used}))
    )
    classes = _classes(applying, used.values())
    systems = dict(SchoolClass.objects.filter(school=applying.school).values_list("id", "period_system"))
    atoms = {key: _atoms(applying, activity) for key, activity in used.items()}
    subgroups = _subgroups(applying, sorted(set().union(*atoms.values())), classes)
    known = set(
        StudyGroup.objects.filter(school=applying.school, year=year).values_list("subject_id", "code")
    )
    things = []
    for (subject, code), activity in used.items():
        values: dict[str, object] = {"year_id": year.pk, "subject_id": subjects[subject], "code": code}
        if (subjects[subject], code) not in known:
            homes = _homes(applying, activity)
            values |= _described((subject, code), homes, classes, systems)
        things.append(Thing(f"{subject}\n{code}", values))
    settled = applying.settle(GROUPS, things)
    groups = {key: settled[f"{key[0]}\n{key[1]}"] for key in used}
    set_subgroups(
        [(groups[key], subgroups[name]) for key, names in atoms.items() for name in names],
        school_id=applying.school.pk,
    )
    _join_whole_classes(applying, groups, classes)
    return groups


def _subgroups(applying: Applying, names: Iterable[str], classes: dict[str, UUID]) -> dict[str, UUID]:
    things = []
    for name in names:
        home = classes.get(applying.class_of.get(name, ""))
        values = {"year_id": applying.year.pk, "title": name, "school_class_id": home}
        things.append(Thing(name, values))
    return applying.settle(SUBGROUPS, things)


def _described(
    key: Key, homes: set[str], classes: dict[str, UUID], systems: dict[UUID, str]
) -> dict[str, object]:
    """Say what a new study group is called, and which class it is of, if it is of one."""
    subject, code = key
    home = classes.get(next(iter(homes))) if len(homes) == 1 else None
    described: dict[str, object] = {"title": f"{subject} {code}"[:255], "school_class_id": home}
    return described | ({"period_system": systems[home]} if home else {})


def _atoms(applying: Applying, activity: Activity) -> frozenset[str]:
    return frozenset().union(*(applying.timetable.students.atoms(name) for name in activity.students))


def _homes(applying: Applying, activity: Activity) -> set[str]:
    """Name the classes whose students an activity takes; "" for students of no one class."""
    class_of, students = applying.class_of, applying.timetable.students
    return {
        class_of.get(part, "")
        for name in activity.students
        for part in ([name] if name in class_of else students.atoms(name))
    }


def _classes(applying: Applying, activities: Iterable[Activity]) -> dict[str, UUID]:
    names = set().union(*(_homes(applying, activity) for activity in activities)) - {""}
    known = dict(
        SchoolClass.objects.filter(school=applying.school, year=applying.year).values_list("title", "id")
    )
    new = sorted(names - known.keys())
    things = [
        Thing(name, {"year_id": applying.year.pk, "title": name, "grade": _grade(name)}) for name in new
    ]
    return known | applying.settle(CLASSES, things)


def _grade(title: str) -> int | None:
    """Read the grade in “7Б”, “11 клас” or “IX-a”."""
    found = _GRADE.search(title)
    grade = int(found.group()) if found else None
    if roman := None if found else _ROMAN.search(title):
        grade = _ROMANS.index(roman.group())
    return grade if grade is not None and grade <= LAST_GRADE else None


def _assign(applying: Applying, groups: dict[Key, UUID], teachers: dict[str, UUID]) -> None:
    """Let the teachers of the timetable teach their groups, where they do not already."""
    own = {"school": applying.school}
    teaching = set(TeachingAssignment.objects.filter(**own).values_list("teacher_id", "group_id"))
    keys = {group: key for key, group in groups.items()}
    names = {person: name for name, person in teachers.items()}
    pairs = {
        (teachers[name], groups[key_of(activity)])
        for activity in applying.timetable.activities
        for name in activity.teachers
    }
    applying.place(
        ASSIGNMENTS,
        "assignment",
        sorted(pairs - teaching),
        lambda what: " — ".join((names[what[0]], *keys[what[1]])),  # type: ignore[index]
    )
    hired = set(StaffRole.objects.filter(**own, role=Role.TEACHER).values_list("person_id", flat=True))
    new = sorted(set(teachers.values()) - hired)
    roles = [(person, Role.TEACHER.value, None) for person in new]
    applying.place(STAFF_ROLES, "staff_role", roles, lambda what: names[what[0]])  # type: ignore[index]


def _join_whole_classes(applying: Applying, groups: dict[Key, UUID], classes: dict[str, UUID]) -> None:
    """Put a class's students into the groups of the whole class that have nobody yet."""
    own = {"school": applying.school}
    filled = set(GroupMembership.objects.filter(**own).values_list("group_id", flat=True))
    of_class: dict[UUID, list[UUID]] = {}
    for school_class, student in Enrolment.objects.filter(
        **own, valid_on__contains=max(applying.at.date(), applying.year.starts_on)
    ).values_list("school_class_id", "student_id"):
        of_class.setdefault(school_class, []).append(student)
    titles = {group: " ".join(key) for key, group in groups.items()}
    wanted = [
        (student, group)
        for (_subject, code), group in groups.items()
        if group not in filled
        for student in of_class.get(classes.get(code, group), ())
    ]
    applying.place(MEMBERSHIPS, "membership", wanted, lambda what: titles[what[1]])  # type: ignore[index]
