"""Students sets: years, groups and subgroups with their names, and who is part of whom."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from zvonok.interop.fet.model import Level, Students, StudentsSet
from zvonok.interop.markup import Node
from zvonok.interop.naming import CLASS_LENGTH, NAME_LENGTH, check_name
from zvonok.interop.report import Report, Row

_TAGS = {"Year": Level.YEAR, "Group": Level.GROUP, "Subgroup": Level.SUBGROUP}
_SIZES = ("Number_of_Students", "Number_Of_Students", "NumberOfStudents")


def read_students(root: Node, file: str, report: Report) -> Students:
    """Read the tree of students sets; a name that comes twice is one set with the parts of both."""
    found: dict[str, list[StudentsSet]] = defaultdict(list)
    for one in _walked(root.within("Students_List"), "", file):
        if one.name:
            found[one.name].append(one)
        else:
            report.fault(one.row, "Name", "", _("This students set has no name."))
    parts: dict[str, set[str]] = defaultdict(set)
    for same in found.values():
        for one in same:
            for parent in one.parents:
                parts[parent] |= {one.name} - {parent}
    students = Students(
        sets={name: _merged(same) for name, same in found.items()},
        parts={name: frozenset(held) for name, held in parts.items()},
    )
    for name, one in students.sets.items():
        length = NAME_LENGTH if one.level is Level.SUBGROUP else CLASS_LENGTH
        check_name(name, one.row, "Students", report, length=length)
    return students


def _walked(nodes: list[Node], parent: str, file: str) -> Iterator[StudentsSet]:
    for node in nodes:
        if node.tag not in _TAGS:
            continue
        name, size = node.said("Name"), node.said(*_SIZES)
        number = int(size) if size.isascii() and size.isdigit() and len(size) < 6 else 0
        parents = (parent,) if parent else ()
        yield StudentsSet(name, _TAGS[node.tag], parents, number, Row(file, node.line))
        yield from _walked(node.children, name, file)


def _merged(same: list[StudentsSet]) -> StudentsSet:
    """Keep the highest of the sets of one name, as part of all that hold it."""
    first = min(same, key=lambda one: list(Level).index(one.level))
    parents = dict.fromkeys(parent for one in same for parent in one.parents if parent != one.name)
    return StudentsSet(first.name, first.level, tuple(parents), max(one.size for one in same), first.row)
