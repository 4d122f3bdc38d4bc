"""The timetable of a school as a FET file and its solution."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree as ET

from demo.generator.school import Placed, School, SchoolClass
from demo.generator.timetable import BELLS, DAYS

_FORMAT_VERSION = "6.8.5"
HOURS = tuple(f"{number} {times}" for number, times in enumerate(BELLS, start=1))


def write_timetable(school: School, folder: Path) -> None:
    """Write the input of FET and, beside it, where each activity was placed."""
    folder.mkdir(parents=True, exist_ok=True)
    activities = list(enumerate(_in_group_order(school), start=1))
    _write(folder / "school.fet", _institution(school, activities))
    _write(folder / "school_activities.xml", _solution(activities))


def _in_group_order(school: School) -> list[Placed]:
    order = {group: number for number, group in enumerate(school.groups)}
    return sorted(school.timetable, key=lambda placed: (order[placed.group], placed.day, placed.slot))


def _write(path: Path, root: ET.Element) -> None:
    ET.indent(root, "\t")
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
    path.write_bytes(text.encode())


def _add(parent: ET.Element, tag: str, text: object = "") -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = str(text)
    return element


def _node(parent: ET.Element, tag: str, **values: object) -> ET.Element:
    element = ET.SubElement(parent, tag)
    for name, value in values.items():
        _add(element, name, value)
    return element


def _institution(school: School, activities: list[tuple[int, Placed]]) -> ET.Element:
    root = ET.Element("fet", {"version": _FORMAT_VERSION})
    _add(root, "Mode", "Official")
    _add(root, "Institution_Name", school.blueprint.name)
    _add(root, "Comments", "Школа вымышлена.")
    _add_grid(root)
    subjects = _node(root, "Subjects_List")
    for subject in sorted({group.subject for group in school.groups}):
        _node(subjects, "Subject", Name=subject, Comments="")
    _node(root, "Activity_Tags_List")
    _add_teachers(root, school)
    _add_students(root, school)
    _add_activities(root, activities)
    _node(root, "Buildings_List")
    _add_rooms(root, school)
    _add_time_constraints(root, activities)
    _add_space_constraints(root, activities)
    return root


def _add_grid(root: ET.Element) -> None:
    for tag, names in (("Day", DAYS), ("Hour", HOURS)):
        items = _node(root, f"{tag}s_List", **{f"Number_of_{tag}s": len(names)})
        for name in names:
            _node(items, tag, Name=name)


def _add_teachers(root: ET.Element, school: School) -> None:
    teachers = _node(root, "Teachers_List")
    for teacher in school.teachers:
        item = _node(teachers, "Teacher", Name=teacher.person.full_name, Target_Number_of_Hours=teacher.hours)
        qualified = _node(item, "Qualified_Subjects")
        for subject in dict.fromkeys(group.subject for group in school.groups if group.teacher is teacher):
            _add(qualified, "Qualified_Subject", subject)
        _add(item, "Comments")


def _add_students(root: ET.Element, school: School) -> None:
    """A year is a grade, a group a class, a subgroup a half of it."""
    years = _node(root, "Students_List")
    for grade, classes in groupby(school.classes, lambda school_class: school_class.grade):
        members = list(classes)
        count = sum(len(school_class.students) for school_class in members)
        year = _node(years, "Year", Name=grade, Number_of_Students=count, Comments="")
        for school_class in members:
            _add_class(year, school_class, _halves(school, school_class))


def _add_class(year: ET.Element, school_class: SchoolClass, halves: list[int]) -> None:
    count = len(school_class.students)
    group = _node(year, "Group", Name=school_class.title, Number_of_Students=count, Comments="")
    for half in halves:
        name, count = f"{school_class.title}/{half}", len(school_class.half(half))
        _node(group, "Subgroup", Name=name, Number_of_Students=count, Comments="")


def _halves(school: School, school_class: SchoolClass) -> list[int]:
    return sorted(
        {group.half for group in school.groups if group.school_class is school_class and group.half}
    )


def _add_activities(root: ET.Element, activities: list[tuple[int, Placed]]) -> None:
    items = _node(root, "Activities_List")
    for group, lessons in groupby(activities, lambda activity: activity[1].group):
        members = list(lessons)
        first = members[0][0] if len(members) > 1 else 0
        for number, placed in members:
            _node(
                items,
                "Activity",
                Teacher=group.teacher.person.full_name,
                Subject=group.subject,
                Students=group.code,
                Duration=placed.length,
                Total_Duration=group.hours,
                Id=number,
                Activity_Group_Id=first,
                Active="true",
                Comments="",
            )


def _add_rooms(root: ET.Element, school: School) -> None:
    rooms = _node(root, "Rooms_List")
    for room in dict.fromkeys(teacher.room for teacher in school.teachers):
        _node(rooms, "Room", Name=room, Building="", Capacity=32, Virtual="false", Comments="")


def _add_time_constraints(root: ET.Element, activities: list[tuple[int, Placed]]) -> None:
    constraints = _node(root, "Time_Constraints_List")
    _constraint(constraints, "ConstraintBasicCompulsoryTime")
    for ids in _together(activities):
        item = _node(constraints, "ConstraintActivitiesSameStartingTime", Weight_Percentage=100)
        _add_ids(item, ids)
        _close(item)
    for _group, lessons in groupby(activities, lambda activity: activity[1].group):
        members = [number for number, _placed in lessons]
        if 1 < len(members) <= len(DAYS):
            item = _node(constraints, "ConstraintMinDaysBetweenActivities", Weight_Percentage=95)
            _add(item, "Consecutive_If_Same_Day", "true")
            _add_ids(item, members)
            _add(item, "MinDays", 1)
            _close(item)


def _add_space_constraints(root: ET.Element, activities: list[tuple[int, Placed]]) -> None:
    constraints = _node(root, "Space_Constraints_List")
    _constraint(constraints, "ConstraintBasicCompulsorySpace")
    for number, placed in activities:
        item = _node(constraints, "ConstraintActivityPreferredRoom", Weight_Percentage=100)
        _add(item, "Activity_Id", number)
        _add(item, "Room", placed.group.teacher.room)
        _add(item, "Permanently_Locked", "true")
        _close(item)


def _together(activities: list[tuple[int, Placed]]) -> list[list[int]]:
    """Pair the activities of the two halves of a class."""
    meeting: dict[tuple[SchoolClass, int, int], list[int]] = {}
    for number, placed in activities:
        if placed.group.half:
            meeting.setdefault((placed.group.school_class, placed.day, placed.slot), []).append(number)
    return list(meeting.values())


def _constraint(constraints: ET.Element, tag: str) -> None:
    _close(_node(constraints, tag, Weight_Percentage=100))


def _add_ids(item: ET.Element, ids: Iterable[int]) -> None:
    members = list(ids)
    _add(item, "Number_of_Activities", len(members))
    for number in members:
        _add(item, "Activity_Id", number)


def _close(item: ET.Element) -> None:
    _add(item, "Active", "true")
    _add(item, "Comments")


def _solution(activities: list[tuple[int, Placed]]) -> ET.Element:
    root = ET.Element("Activities_Timetable")
    for number, placed in activities:
        room = placed.group.teacher.room
        _node(root, "Activity", Id=number, Day=DAYS[placed.day], Hour=HOURS[placed.slot], Room=room)
    return root
