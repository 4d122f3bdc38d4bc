"""Staff: who is hired, who teaches what, who leads which class."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from demo.generator import curriculum
from demo.generator.blueprints import Department
from demo.generator.names import FEMALE, MALE, SLAVIC
from demo.generator.people import Name, Person, Register
from demo.generator.school import (
    ADMINISTRATOR,
    DEPUTY,
    HEAD,
    TEACHER,
    Course,
    Employee,
    School,
    SchoolClass,
    StudyGroup,
)

_MEN = 0.18


@dataclass(slots=True)
class Hiring:
    """Hires the staff of a school; a mother of the school may be among them."""

    rng: Random
    register: Register
    first_year: int
    names: set[str] = field(default_factory=set)

    def hire(self, *posts: str, room: str = "", busy_hours: int = 0) -> Employee:
        """Find somebody new, whose full name nobody else of the staff bears."""
        return Employee(self._person(), posts, room, busy_hours)

    def _person(self) -> Person:
        name = self._name()
        while " ".join((name.surname, name.given, name.patronymic)) in self.names:
            name = self._name()
        self.names.add(" ".join((name.surname, name.given, name.patronymic)))
        born = date(self.first_year - 62, 1, 1) + timedelta(days=self.rng.randrange(365 * 38))
        return self.register.with_email(self.register.with_phone(self.register.enter(name, born)))

    def _name(self) -> Name:
        sex = MALE if self.rng.random() < _MEN else FEMALE
        given = tuple(SLAVIC.fathers) if sex == MALE else SLAVIC.mothers
        surname, father = self.rng.choice(SLAVIC.surnames), self.rng.choice(tuple(SLAVIC.fathers))
        return Name.of(SLAVIC, surname, self.rng.choice(given), father, sex)


def staff_school(school: School, hiring: Hiring) -> None:
    """Hire the staff, give every course its teachers and every class its class teacher."""
    school.staff += [hiring.hire(HEAD), hiring.hire(DEPUTY), hiring.hire(ADMINISTRATOR)]
    for number, school_class in enumerate((c for c in school.classes if c.grade in range(1, 5)), start=101):
        school_class.teacher = hiring.hire(TEACHER, room=str(number))
        school.staff.append(school_class.teacher)
    departments = {d: _hire_department(d, hiring) for d in school.blueprint.departments}
    for members in departments.values():
        school.staff += members
    _let_a_mother_teach(school)
    for school_class in school.classes:
        school.courses += _courses(school_class, departments)
    _name_class_teachers(school)


def _hire_department(department: Department, hiring: Hiring) -> list[Employee]:
    members = [hiring.hire(TEACHER, room=room) for room in department.rooms]
    if department.deputy_hours:
        members[-1].posts = (DEPUTY, TEACHER)
        members[-1].busy_hours = department.deputy_hours
    return members


def _let_a_mother_teach(school: School) -> None:
    """One class teacher of the first grades has a child at the same school: two roles in one account."""
    mothers = [family.parents[0] for family in school.families if len(family.schools) == 1]
    mother = next(person for person in mothers if not person.is_male and person.email)
    first = next(school_class.teacher for school_class in school.classes if school_class.teacher)
    first.person = mother


def _courses(school_class: SchoolClass, departments: dict[Department, list[Employee]]) -> list[Course]:
    courses = []
    given: dict[tuple[Department, int], Employee] = {}
    for subject, hours in curriculum.plan(school_class.grade).items():
        halves = (1, 2) if curriculum.is_split(subject, school_class.grade) else (0,)
        groups = tuple(_group(school_class, subject, hours, half, departments, given) for half in halves)
        courses.append(Course(school_class, subject, hours, groups))
    return courses


def _group(
    school_class: SchoolClass,
    subject: str,
    hours: int,
    half: int,
    departments: dict[Department, list[Employee]],
    given: dict[tuple[Department, int], Employee],
) -> StudyGroup:
    taught = curriculum.taught_as(subject, school_class.grade, school_class.letter, half)
    teacher = _teacher(school_class, taught, half, departments, given)
    teacher.hours += hours
    return StudyGroup(school_class, half, taught, hours, teacher)


def _teacher(
    school_class: SchoolClass,
    subject: str,
    half: int,
    departments: dict[Department, list[Employee]],
    given: dict[tuple[Department, int], Employee],
) -> Employee:
    """One department sends one teacher to a class, for all its subjects; to two halves, two."""
    department = next((d for d in departments if d.teaches(subject, school_class.grade)), None)
    if department is None:
        assert school_class.teacher, f"Nobody teaches {subject} in {school_class.title}"
        return school_class.teacher
    if (department, half) not in given:
        elsewhere = [teacher for (other, _half), teacher in given.items() if other is department]
        free = [member for member in departments[department] if member not in elsewhere]
        given[department, half] = min(free, key=lambda member: member.load)
    return given[department, half]


def _name_class_teachers(school: School) -> None:
    """The oldest classes choose first, each the teacher they see most, who leads no other class."""
    leading = {school_class.teacher for school_class in school.classes}
    for school_class in sorted(school.classes, key=lambda c: -c.grade):
        if school_class.teacher is None:
            school_class.teacher = _most_seen(school, school_class, leading)
            leading.add(school_class.teacher)


def _most_seen(school: School, school_class: SchoolClass, leading: set[Employee | None]) -> Employee:
    hours: dict[Employee, int] = {}
    for group in school.groups:
        teacher = group.teacher
        if group.school_class is school_class and teacher not in leading and DEPUTY not in teacher.posts:
            hours[teacher] = hours.get(teacher, 0) + group.hours
    return max(hours, key=lambda teacher: hours[teacher])
