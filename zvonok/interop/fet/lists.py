"""The plain lists of a FET file: days, hours, names, rooms."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zvonok.interop.fet.days import cycle_of
from zvonok.interop.fet.hours import Bells, Unclear, UnclearHour, bells_of
from zvonok.interop.fet.model import Day, Hour, Room
from zvonok.interop.markup import Node
from zvonok.interop.naming import NAME_LENGTH, ROOM_LENGTH, check_name
from zvonok.interop.report import Report, Row

# FET writes 30000 where nobody has counted the seats.
_MORE_THAN_A_ROOM_HOLDS = 1000
_UNCLEAR = {
    Unclear.NO_TIME: gettext_lazy("This hour has no time in its name, though others have."),
    Unclear.DISORDER: gettext_lazy(
        "This hour ends before it begins, or begins before the one above it ends."
    ),
    Unclear.TOO_MANY: gettext_lazy("These are more hours than a day holds, and their names tell no times."),
}


def read_names(root: Node, tag: str, file: str, report: Report) -> tuple[str, ...]:
    """List the names of subjects or teachers, each once."""
    return tuple(_named(root, tag, file, report, NAME_LENGTH))


def read_rooms(root: Node, file: str, report: Report) -> tuple[Room, ...]:
    """List the rooms, each once; of one that comes twice the last."""
    named = _named(root, "Room", file, report, ROOM_LENGTH)
    return tuple(Room(name, _capacity(node.said("Capacity"))) for name, node in named.items())


def read_days(root: Node, file: str, report: Report) -> tuple[Day, ...]:
    """List the days with their weekdays; none if they cannot be told."""
    nodes = _distinct(root, "Day", file, report)
    cycle = cycle_of([_name_of(node) for node in nodes])
    if cycle is None:
        cycle = cycle_of([node.said("Long_Name") or _name_of(node) for node in nodes])
    row = Row(file, nodes[0].line if nodes else root.line)
    if cycle is None:
        report.fault(
            row, "Day", str(len(nodes)), _("These days are neither one week nor two that take turns.")
        )
        return ()
    if not cycle.named:
        reason = _("The names of the days tell no weekdays; they were counted from Monday.")
        report.warn(row, "Day", _name_of(nodes[0]), reason)
    return tuple(
        Day(index, _name_of(node), week, weekday)
        for index, (node, (week, weekday)) in enumerate(zip(nodes, cycle.places, strict=True))
    )


def read_hours(root: Node, file: str, report: Report) -> tuple[Hour, ...]:
    """List the hours with their times; none if they cannot be told."""
    nodes = _distinct(root, "Hour", file, report)
    if not nodes:
        report.fault(Row(file, root.line), "Hour", "", _("The file names no hours."))
        return ()
    bells = bells_of([_name_of(node) for node in nodes], [node.said("Long_Name") for node in nodes])
    if isinstance(bells, UnclearHour):
        node = nodes[bells.index]
        report.fault(Row(file, node.line), "Hour", _name_of(node), str(_UNCLEAR[bells.why]))
        return ()
    _tell_assumed(bells, Row(file, nodes[0].line), report)
    return bells.hours


def _tell_assumed(bells: Bells, row: Row, report: Report) -> None:
    if bells.usual:
        reason = _("The hours tell no times; the usual bells were taken. Correct them in the bell schedule.")
        report.warn(row, "Hour", bells.hours[0].name, reason)
    elif bells.assumed_minutes:
        reason = ngettext(
            "The hours do not tell when lessons end; a lesson of %(minutes)s minute was taken.",
            "The hours do not tell when lessons end; lessons of %(minutes)s minutes were taken.",
            bells.assumed_minutes,
        )
        report.warn(row, "Hour", bells.hours[0].name, reason % {"minutes": bells.assumed_minutes})


def _items(root: Node, tag: str) -> Iterator[Node]:
    """Walk the entries of a list; the oldest files write the bare names."""
    return (node for node in root.within(f"{tag}s_List") if node.tag in {tag, "Name"})


def _name_of(node: Node) -> str:
    return node.text if node.tag == "Name" else node.said("Name")


def _named(root: Node, tag: str, file: str, report: Report, length: int) -> dict[str, Node]:
    nodes = {name: node for node in _items(root, tag) if (name := _name_of(node))}
    for name, node in nodes.items():
        check_name(name, Row(file, node.line), tag, report, length=length)
    return nodes


def _distinct(root: Node, tag: str, file: str, report: Report) -> list[Node]:
    nodes: dict[str, Node] = {}
    for node in _items(root, tag):
        check_name(_name_of(node), Row(file, node.line), tag, report)
        if nodes.setdefault(_name_of(node), node) is not node:
            report.fault(Row(file, node.line), tag, _name_of(node), _("This name comes twice in the list."))
    return list(nodes.values())


def _capacity(text: str) -> int | None:
    seats = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return seats if 0 < seats < _MORE_THAN_A_ROOM_HOLDS else None
