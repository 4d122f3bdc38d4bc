"""A school as it stands on the first day: classes, study groups and staff."""

from dataclasses import dataclass, field
from itertools import groupby

from demo.generator.blueprints import Blueprint
from demo.generator.families import Family
from demo.generator.people import Person

TEACHER, DEPUTY, HEAD, ADMINISTRATOR = "teacher", "deputy", "head", "administrator"


@dataclass(eq=False, slots=True)
class Employee:
    """Somebody who works at the school; a teacher has a room and hours to fill."""

    person: Person
    posts: tuple[str, ...]
    room: str = ""
    busy_hours: int = 0
    hours: int = 0

    @property
    def load(self) -> int:
        """Hours a week, other duties included."""
        return self.busy_hours + self.hours


@dataclass(eq=False, slots=True)
class SchoolClass:
    """A class: "7Б"."""

    grade: int
    letter: str
    students: list[Person]
    teacher: Employee | None = None

    @property
    def title(self) -> str:
        """Grade and letter."""
        return f"{self.grade}{self.letter}"

    def half(self, number: int) -> list[Person]:
        """The first or second half by the class list, or with 0 the whole."""
        middle = (len(self.students) + 1) // 2
        return (self.students, self.students[:middle], self.students[middle:])[number]


@dataclass(frozen=True, eq=False, slots=True)
class StudyGroup:
    """A class or a half of it with its teacher in one subject."""

    school_class: SchoolClass
    half: int
    subject: str
    hours: int
    teacher: Employee

    @property
    def code(self) -> str:
        """The name of its students set in the timetable."""
        return f"{self.school_class.title}/{self.half}" if self.half else self.school_class.title

    @property
    def students(self) -> list[Person]:
        """Who is taught, in the order of the class list."""
        return self.school_class.half(self.half)


@dataclass(frozen=True, eq=False, slots=True)
class Course:
    """What a class has on its plan: one study group, or two halves that meet at the same time."""

    school_class: SchoolClass
    subject: str
    hours: int
    groups: tuple[StudyGroup, ...]

    @property
    def teachers(self) -> tuple[Employee, ...]:
        """Who must all be free."""
        return tuple(group.teacher for group in self.groups)


@dataclass(frozen=True, slots=True)
class Placed:
    """A study group's lesson in the week; days and slots count from 0."""

    group: StudyGroup
    day: int
    slot: int
    length: int = 1


@dataclass(slots=True)
class School:
    """All that the files tell about one school."""

    blueprint: Blueprint
    families: list[Family]
    classes: list[SchoolClass]
    staff: list[Employee] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    timetable: list[Placed] = field(default_factory=list)

    @property
    def code(self) -> str:
        """Its number."""
        return self.blueprint.code

    @property
    def teachers(self) -> list[Employee]:
        """Those of the staff who teach."""
        return [employee for employee in self.staff if employee.hours]

    @property
    def groups(self) -> list[StudyGroup]:
        """All study groups, class by class."""
        return [group for course in self.courses for group in course.groups]


def found(blueprint: Blueprint, families: list[Family]) -> School:
    """Open a school with the families that have a child in it."""
    own = [family for family in families if blueprint.code in family.schools]
    children = [child for family in own for child in family.children if child.seat.school == blueprint.code]
    children.sort(key=lambda child: (child.seat.grade, child.seat.letter, child.person.sort_key))
    classes = [
        SchoolClass(grade, letter, [child.person for child in seated])
        for (grade, letter), seated in groupby(children, lambda child: (child.seat.grade, child.seat.letter))
    ]
    return School(blueprint, own, classes)
