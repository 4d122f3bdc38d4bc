"""The classes of a school for those who oversee it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zvonok.domain.schools.selectors import class_teachers, classes_of_day, school
from zvonok.kernel.scope import school_scope


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class and who leads it."""

    id: UUID
    title: str
    teachers: str


@dataclass(frozen=True, slots=True)
class SchoolClasses:
    """The classes of one school."""

    school: str
    classes: list[ClassLine]


def classes_of(*, school_id: UUID, today: date) -> SchoolClasses:
    """Read a school's classes of the year in four queries."""
    with school_scope(school_id):
        found = classes_of_day(school_id=school_id, day=today)
        ids = [one.pk for one in found]
        teachers = class_teachers(school_id=school_id, class_ids=ids, day=today)
        name = school(school_id=school_id).short_name
    return SchoolClasses(name, [ClassLine(one.pk, one.title, teachers.get(one.pk, "")) for one in found])
