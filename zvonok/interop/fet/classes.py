"""Which students sets are school classes: FET's years and groups mean one thing here and another there.

In most schools a year is all of a grade and its groups are the classes; in others, and where FET has divided
the students by itself, the year is the class and its groups are halves of it. Who is taught together most
is the class.
"""

from collections import Counter

from zvonok.interop.fet.model import Level, Students, Timetable


def classes_by_set(timetable: Timetable) -> dict[str, str]:
    """Name for each students set the class it is, or is a part of; sets of several classes are left out."""
    students, taught = timetable.students, _taught(timetable)
    classes = _years(students, taught)
    classes |= _groups(students, taught, classes)
    homes = {name: _homes(students, name, classes) for name in students.sets}
    return {name: next(iter(found)) for name, found in homes.items() if len(found) == 1}


def _taught(timetable: Timetable) -> Counter[str]:
    """Count the activities of each set, of a group also those of its subgroups."""
    students = timetable.students
    taught = Counter(name for activity in timetable.activities for name in activity.students)
    for name in _of_level(students, Level.GROUP):
        taught[name] += sum(taught[part] for part in students.parts.get(name, ()) if part in taught)
    return taught


def _of_level(students: Students, level: Level) -> list[str]:
    return [name for name, one in students.sets.items() if one.level is level]


def _years(students: Students, taught: Counter[str]) -> set[str]:
    return {
        name
        for name in _of_level(students, Level.YEAR)
        if taught[name] > max((taught[part] for part in students.parts.get(name, ())), default=-1)
    }


def _groups(students: Students, taught: Counter[str], years: set[str]) -> set[str]:
    """Take the groups of the other years, the busiest first, as long as they bring students of their own."""
    found: set[str] = set()
    placed: set[str] = set()
    for name in sorted(_of_level(students, Level.GROUP), key=lambda name: -taught[name]):
        atoms = students.atoms(name)
        if atoms - placed and not years.intersection(students.sets[name].parents):
            found.add(name)
            placed |= atoms
    return found


def _homes(students: Students, name: str, classes: set[str]) -> set[str]:
    if name in classes:
        return {name}
    above = students.sets[name].parents
    further = {parent for one in above for parent in students.sets[one].parents}
    return classes.intersection(above) or classes & further
