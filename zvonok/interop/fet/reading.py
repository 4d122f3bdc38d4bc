"""Reading a timetable whole: lists, then activities, then their places, then clashes."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from zvonok.interop.fet.activities import Activities, Known, read_activities
from zvonok.interop.fet.choosing import Choice, NotFet, choose, refusal_of, source_at
from zvonok.interop.fet.clashes import Kind, clashes
from zvonok.interop.fet.lists import read_days, read_hours, read_names, read_rooms
from zvonok.interop.fet.model import Placed, Timetable
from zvonok.interop.fet.placing import NotSolved, places_of_data, places_of_solution
from zvonok.interop.fet.settling import settle
from zvonok.interop.fet.students import read_students
from zvonok.interop.markup import Node, read_xml
from zvonok.interop.naming import check_name
from zvonok.interop.report import Report, Row
from zvonok.interop.source import Source

_CLASHES = {
    Kind.TEACHER: _("The teacher has activity %(id)s (line %(line)s) at the same time: %(day)s, %(hour)s."),
    Kind.SUBGROUP: _(
        "These students have activity %(id)s (line %(line)s) at the same time: %(day)s, %(hour)s."
    ),
    Kind.ROOM: _("Activity %(id)s (line %(line)s) is in this room at the same time: %(day)s, %(hour)s."),
}
_COLUMNS = {Kind.TEACHER: "Teacher", Kind.SUBGROUP: "Students", Kind.ROOM: "Room"}


class OtherMode(NotFet):
    message = _(
        "“%(name)s” was made in FET's mode “%(mode)s”. Only timetables of the official mode can be imported."
    )


class NoActivities(NotFet):
    message = _("“%(name)s” holds no activities that are switched on.")


def read(given: Source | Path, report: Report) -> Timetable:
    """Read a solved FET timetable; what is wrong in it goes into the report.

    A path to one half of a pair (`X.fet`, `X_activities.xml`) finds the other half beside it.
    Raises: SourceRefused, and of it NotFet where it is no timetable, or one without a solution.
    """
    source = source_at(given) if isinstance(given, Path) else given
    choice = choose(source)
    root = read_xml(source, choice.data)
    _refuse_strangers(source, choice, root)
    known = _known(root, choice.data, report)
    activities = read_activities(root, choice.data, known, report)
    placed = _placed(source, choice, root, known, activities, report)
    timetable = Timetable(
        file=choice.data,
        institution=_institution(root, choice.data, report),
        days=known.days,
        hours=known.hours,
        subjects=known.subjects,
        teachers=known.teachers,
        rooms=known.rooms,
        students=known.students,
        activities=tuple(activities.sound.values()),
        placed=placed,
        inactive=len(activities.inactive),
    )
    _tell_clashes(timetable, report)
    report.add_warnings(source.warnings)
    return timetable


def _refuse_strangers(source: Source, choice: Choice, root: Node) -> None:
    if root.tag.lower() != "fet":
        raise refusal_of(source, choice.data) or NotFet()
    mode = root.said("Mode")
    if mode and mode.lower() != "official":
        raise OtherMode(name=choice.data, mode=mode)


def _known(root: Node, file: str, report: Report) -> Known:
    return Known(
        days=read_days(root, file, report),
        hours=read_hours(root, file, report),
        subjects=read_names(root, "Subject", file, report),
        teachers=read_names(root, "Teacher", file, report),
        rooms=read_rooms(root, file, report),
        students=read_students(root, file, report),
    )


def _institution(root: Node, file: str, report: Report) -> str:
    node = root.first("Institution_Name")
    if node is None:
        return ""
    check_name(node.text, Row(file, node.line), node.tag, report)
    return node.text


def _placed(
    source: Source, choice: Choice, root: Node, known: Known, activities: Activities, report: Report
) -> tuple[Placed, ...]:
    if not activities.sound and not report.refused:
        raise NoActivities(name=choice.data)
    if choice.solution:
        places = places_of_solution(read_xml(source, choice.solution), choice.solution)
    else:
        places = places_of_data(root, choice.data, report)
        fixed = {place.activity for place in places}
        solved = sum(str(activity_id) in fixed for activity_id in activities.sound)
        if solved < len(activities.sound):
            raise NotSolved(name=choice.data, placed=solved, count=len(activities.sound))
    if not known.days or not known.hours:
        return ()
    return settle(places, activities, known, report)


def _tell_clashes(timetable: Timetable, report: Report) -> None:
    for clash in clashes(timetable):
        reason = str(_CLASHES[clash.kind]) % {
            "id": clash.first.id,
            "line": clash.first.row.line,
            "day": clash.day.name,
            "hour": clash.hour.name,
        }
        report.fault(clash.second.row, _COLUMNS[clash.kind], clash.name, reason)
