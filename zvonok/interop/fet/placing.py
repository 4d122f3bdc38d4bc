"""When and where each activity takes place: from the solution, or from times fixed in the data itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zvonok.interop.fet.choosing import NotFet
from zvonok.interop.markup import Node
from zvonok.interop.report import Report, Row

_TIME_TAGS = ("ConstraintActivityPreferredStartingTime", "ConstraintActivityPreferredTime")
_DAY_TAGS = ("Preferred_Starting_Day", "Preferred_Day", "Day")
_HOUR_TAGS = ("Preferred_Starting_Hour", "Preferred_Hour", "Hour")
_ID_TAGS = ("Activity_Id", "Id")


class NotSolved(NotFet):
    message = gettext_lazy(
        "“%(name)s” is not solved: %(placed)s of its %(count)s activities have a fixed time. Hand in the solution "
        "as well: the file ending in _activities.xml, or the one ending in _data_and_timetable.fet."
    )


class NotASolution(NotFet):
    message = gettext_lazy("“%(name)s” is not the solution of a FET timetable.")


@dataclass(frozen=True, slots=True)
class Place:
    """The words of the file for when and where an activity takes place; day or hour may be empty."""

    activity: str
    day: str
    hour: str
    rooms: tuple[str, ...]
    row: Row


def places_of_solution(root: Node, file: str) -> list[Place]:
    """Read a file `X_activities.xml`.

    Raises: NotASolution.
    """
    if root.tag != "Activities_Timetable":
        raise NotASolution(name=file)
    return [
        Place(node.said("Id"), node.said("Day"), node.said("Hour"), _rooms(node), Row(file, node.line))
        for node in root.every("Activity")
    ]


def places_of_data(root: Node, file: str, report: Report) -> list[Place]:
    """Read the times and rooms that constraints of full weight fix, as `X_data_and_timetable.fet` has them."""
    rooms: dict[str, tuple[str, ...]] = {}
    for node in _fixed(root.within("Space_Constraints_List"), ("ConstraintActivityPreferredRoom",)):
        activity = node.said(*_ID_TAGS)
        if rooms.setdefault(activity, _rooms(node)) != _rooms(node):
            reason = _("This activity has two fixed rooms; the first one was taken.")
            report.warn(Row(file, node.line), "Room", node.said("Room"), reason)
    places: dict[str, Place] = {}
    for node in _fixed(root.within("Time_Constraints_List"), _TIME_TAGS):
        activity, day, hour = (node.said(*tags) for tags in (_ID_TAGS, _DAY_TAGS, _HOUR_TAGS))
        place = Place(activity, day, hour, rooms.get(activity, ()), Row(file, node.line))
        first = places.setdefault(activity, place)
        if (first.day, first.hour) != (day, hour):
            reason = _("Activity %(id)s is already fixed at another time in line %(line)s.")
            report.fault(place.row, "Preferred_Hour", hour, reason % {"id": activity, "line": first.row.line})
    return list(places.values())


def _fixed(nodes: list[Node], tags: tuple[str, ...]) -> Iterator[Node]:
    """Walk the constraints that are switched on and must be kept; those of less weight are only wishes."""
    for node in nodes:
        if node.tag in tags and is_active(node) and _weight(node) >= 100:
            yield node


def is_active(node: Node) -> bool:
    """Say whether an activity or a constraint is switched on; old files know no switch."""
    return node.said("Active").lower() not in {"false", "no", "0"}


def _weight(node: Node) -> float:
    try:
        return float(node.said("Weight_Percentage", "Weight").replace(",", ".") or 100)
    except ValueError:
        return 0.0


def _rooms(node: Node) -> tuple[str, ...]:
    """Name the rooms: of a virtual room the real ones that it stands for."""
    real = tuple(child.text for child in node.every("Real_Room") if child.text)
    room = node.said("Room", "Preferred_Room")
    return real or ((room,) if room else ())
