"""From FET's words to ours: students sets to classes and subgroups, activities to study groups and lessons."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from zvonok.domain.people.commands.register import PersonData, register_people
from zvonok.domain.people.models import Person
from zvonok.domain.schools.commands.places import ASSIGNMENTS, MEMBERSHIPS, STAFF_ROLES, Places, settle_places
from zvonok.domain.schools.commands.registers import (
    CLASSES,
    GROUPS,
    SUBGROUPS,
    SUBJECTS,
    Register,
    Thing,
    settle,
)
from zvonok.domain.schools.commands.sources import Sources
from zvonok.domain.schools.models import (
    AcademicYear,
    Enrolment,
    GroupMembership,
    Role,
    School,
    SchoolClass,
    StaffRole,
    StudyGroup,
    TeachingAssignment,
)
from zvonok.domain.timetable.commands.plan import PlannedLesson, set_rooms, set_subgroups
from zvonok.interop.fet.model import Activity, Level, Timetable
from zvonok.interop.report import Action, Change, Report, Row
from zvonok.kernel.spans import Wanted
from zvonok.kernel.text import sort_key

Key = tuple[str, str]
_GRADE = re.compile(r"\d{1,2}")
LAST_GRADE = 13


@dataclass
class Applying:
    """A timetable on its way into one school's year."""

    timetable: Timetable
    report: Report
    school: School
    year: AcademicYear
    sources: Sources
    actor_id: UUID | None
    at: datetime

    @cached_property
    def class_of(self) -> dict[str, str]:
        """Name for each students set the class it is, or is a part of; a year without groups is a class."""
        students = self.timetable.students
        classes = {}
        for name, one in students.sets.items():
            if one.level is Level.GROUP or (one.level is Level.YEAR and not students.parts.get(name)):
                classes[name] = name
            elif one.level is Level.SUBGROUP:
                groups = [parent for parent in one.parents if students.sets[parent].level is Level.GROUP]
                classes |= {name: groups[0]} if len(groups) == 1 else {}
        return classes

    def settle(self, register: Register, things: Iterable[Thing]) -> dict[str, UUID]:
        """Settle things of a register; give our ids by theirs, and note what is new."""
        settled = settle(register, list(things), school_id=self.school.pk, sources=self.sources)
        for one in settled:
            if one.before is None and register.kind in ("subject", "class", "group"):
                label = str(one.thing.values.get("title") or one.thing.values.get("name"))
                self.report.changes.append(Change(register.kind, Action.ADDED, label))
        return {one.thing.source_id: one.id for one in settled}

    def place(self, places: Places, kind: str, wanted: list[Wanted]) -> None:
        """Add places from the first day of the year; none is ended here."""
        settlement = settle_places(
            places,
            wanted,
            school_id=self.school.pk,
            closable=(),
            since=self.year.starts_on,
            today=self.at.date(),
            actor_id=self.actor_id,
            at=self.at,
        )
        self.report.changes += [Change(kind, Action.ADDED, "") for _move in settlement.moves]


def key_of(activity: Activity) -> Key:
    """Tell which study group an activity is of: its subject and its students sets.

    A meeting without students is told apart by its teachers.
    """
    students = activity.students or tuple(f"({teacher})" for teacher in activity.teachers)
    return activity.subject, "+".join(sorted(set(students)))


def apply_groups(applying: Applying) -> list[PlannedLesson]:
    """Settle all that the lessons need, and give the lessons of the weekly plan."""
    timetable = applying.timetable
    rooms = set_rooms([(room.name, room.capacity) for room in timetable.rooms], school_id=applying.school.pk)
    teachers = _teachers(applying)
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


def _groups(applying: Applying) -> dict[Key, UUID]:
    year, timetable = applying.year, applying.timetable
    used = {key_of(activity): activity for activity in timetable.activities}
    subjects = applying.settle(
        SUBJECTS, (Thing(name, {"name": name}) for name in sorted({key[0] for key in used}))
    )
    classes = _classes(applying, used.values())
    systems = dict(SchoolClass.objects.filter(school=applying.school).values_list("id", "period_system"))
    atoms = {key: _atoms(applying, activity) for key, activity in used.items()}
    subgroups = applying.settle(
        SUBGROUPS,
        (
            Thing(
                name,
                {
                    "year_id": year.pk,
                    "title": name,
                    "school_class_id": classes.get(applying.class_of.get(name, "")),
                },
            )
            for name in sorted(set().union(*atoms.values()))
        ),
    )
    known = set(
        StudyGroup.objects.filter(school=applying.school, year=year).values_list("subject_id", "code")
    )
    things = []
    for subject, code in used:
        values: dict[str, object] = {"year_id": year.pk, "subject_id": subjects[subject], "code": code}
        if (subjects[subject], code) not in known:
            values |= _described(applying, (subject, code), atoms[subject, code], classes, systems)
        things.append(Thing(f"{subject}\n{code}"[:255], values))
    settled = applying.settle(GROUPS, things)
    groups = {key: settled[f"{key[0]}\n{key[1]}"[:255]] for key in used}
    set_subgroups(
        [(groups[key], subgroups[name]) for key, names in atoms.items() for name in names],
        school_id=applying.school.pk,
    )
    _join_whole_classes(applying, groups, classes)
    return groups


def _described(
    applying: Applying, key: Key, atoms: frozenset[str], classes: dict[str, UUID], systems: dict[UUID, str]
) -> dict[str, object]:
    """Say what a new study group is called, and which class it is of, if it is of one."""
    subject, code = key
    homes = {applying.class_of.get(name, "") for name in atoms}
    home = classes.get(homes.pop()) if len(homes) == 1 else None
    described: dict[str, object] = {"title": f"{subject} {code}"[:255], "school_class_id": home}
    return described | ({"period_system": systems[home]} if home else {})


def _atoms(applying: Applying, activity: Activity) -> frozenset[str]:
    return frozenset().union(*(applying.timetable.students.atoms(name) for name in activity.students))


def _classes(applying: Applying, activities: Iterable[Activity]) -> dict[str, UUID]:
    names = {
        applying.class_of[atom]
        for activity in activities
        for atom in _atoms(applying, activity)
        if atom in applying.class_of
    }
    known = dict(
        SchoolClass.objects.filter(school=applying.school, year=applying.year).values_list("title", "id")
    )
    new = sorted(names - known.keys())
    things = [
        Thing(name, {"year_id": applying.year.pk, "title": name, "grade": _grade(name)}) for name in new
    ]
    return known | applying.settle(CLASSES, things)


def _grade(title: str) -> int | None:
    found = _GRADE.search(title)
    grade = int(found.group()) if found else None
    return grade if grade is not None and grade <= LAST_GRADE else None


def _teachers(applying: Applying) -> dict[str, UUID]:
    """Find the teachers among the school's people by name; who is not there is registered by name."""
    own = {"school": applying.school}
    staff = Person.objects.filter(pk__in=StaffRole.objects.filter(**own).values("person_id"))
    by_name = {sort_key(form): person.pk for person in staff for form in _forms(person)}
    known = applying.sources.targets("person")
    names = sorted({name for activity in applying.timetable.activities for name in activity.teachers})
    found = {name: by_name.get(sort_key(name)) or known.get(name) for name in names}
    strangers = {name: PersonData(name[:255], "", "") for name, person in found.items() if person is None}
    registered = register_people(
        strangers,
        own={},
        linked={},
        school_id=applying.school.pk,
        actor_id=applying.actor_id,
        at=applying.at,
    )
    applying.report.changes += [Change("person", Action.ADDED, name) for name in strangers]
    if strangers and by_name:
        reason = _("These teachers of the timetable are not in the roster: they were registered by name.")
        applying.report.warn(
            Row(applying.timetable.file, None), "Teacher", ", ".join(sorted(strangers)), reason
        )
    teachers = {name: registered[name].id if person is None else person for name, person in found.items()}
    for name, person in teachers.items():
        applying.sources.point("person", name, person)
    return teachers


def _forms(person: Person) -> tuple[str, str]:
    initials = " ".join(f"{part[0]}." for part in (person.first_name, person.middle_name) if part)
    return str(person), f"{person.last_name} {initials}"


def _assign(applying: Applying, groups: dict[Key, UUID], teachers: dict[str, UUID]) -> None:
    """Let the teachers of the timetable teach their groups, where they do not already."""
    own = {"school": applying.school}
    teaching = set(TeachingAssignment.objects.filter(**own).values_list("teacher_id", "group_id"))
    pairs = {
        (teachers[name], groups[key_of(activity)])
        for activity in applying.timetable.activities
        for name in activity.teachers
    }
    applying.place(ASSIGNMENTS, "assignment", [_since(applying, pair) for pair in sorted(pairs - teaching)])
    hired = set(StaffRole.objects.filter(**own, role=Role.TEACHER).values_list("person_id", flat=True))
    new = sorted(set(teachers.values()) - hired)
    roles = [_since(applying, (person, Role.TEACHER.value, None)) for person in new]
    applying.place(STAFF_ROLES, "staff_role", roles)


def _join_whole_classes(applying: Applying, groups: dict[Key, UUID], classes: dict[str, UUID]) -> None:
    """Put a class's students into the groups of the whole class that have nobody yet."""
    own = {"school": applying.school}
    filled = set(GroupMembership.objects.filter(**own).values_list("group_id", flat=True))
    of_class: dict[UUID, list[UUID]] = {}
    for school_class, student in Enrolment.objects.filter(
        **own, valid_on__contains=max(applying.at.date(), applying.year.starts_on)
    ).values_list("school_class_id", "student_id"):
        of_class.setdefault(school_class, []).append(student)
    wanted = [
        _since(applying, (student, group))
        for (_subject, code), group in groups.items()
        if group not in filled
        for student in of_class.get(classes.get(code, group), ())
    ]
    applying.place(MEMBERSHIPS, "membership", wanted)


def _since(applying: Applying, what: tuple[UUID | str | None, ...]) -> Wanted:
    return Wanted("", what, applying.year.starts_on, date.max)
