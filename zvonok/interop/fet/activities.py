"""The activities of a FET file, each reference in them checked."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zvonok.interop.fet.model import Activity, Day, Hour, Room, Students
from zvonok.interop.fet.placing import is_active
from zvonok.interop.markup import Node
from zvonok.interop.report import Report, Row


@dataclass(frozen=True, slots=True)
class Known:
    """All that activities and their places may name."""

    days: tuple[Day, ...]
    hours: tuple[Hour, ...]
    subjects: tuple[str, ...]
    teachers: tuple[str, ...]
    rooms: tuple[Room, ...]
    students: Students


@dataclass(slots=True)
class Activities:
    """The sound activities by id; ids of those left out, as switched off or as faulty."""

    sound: dict[int, Activity] = field(default_factory=dict)
    inactive: set[int] = field(default_factory=set)
    faulty: set[int] = field(default_factory=set)

    def __contains__(self, activity_id: int) -> bool:
        return activity_id in self.sound or activity_id in self.inactive or activity_id in self.faulty


def whole_number(text: str) -> int | None:
    """Read a number without sign; None where it is none, or absurdly long."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def read_activities(root: Node, file: str, known: Known, report: Report) -> Activities:
    """Read the activities; those switched off are counted and left out, with a warning."""
    activities = Activities()
    checks = _Checks(file, known, report)
    for node in root.within("Activities_List"):
        if node.tag != "Activity":
            continue
        activity_id = checks.id_of(node, activities)
        if activity_id is None:
            continue
        if not is_active(node):
            activities.inactive.add(activity_id)
        elif activity := checks.activity(node, activity_id):
            activities.sound[activity_id] = activity
        else:
            activities.faulty.add(activity_id)
    if count := len(activities.inactive):
        reason = ngettext(
            "%(count)s activity is switched off in FET and was left out.",
            "%(count)s activities are switched off in FET and were left out.",
            count,
        )
        report.warn(Row(file, None), "Active", "", reason % {"count": count})
    return activities


class _Checks:
    def __init__(self, file: str, known: Known, report: Report) -> None:
        self.file = file
        self.known = known
        self.report = report
        self.subjects = frozenset(known.subjects)
        self.teachers = frozenset(known.teachers)

    def id_of(self, node: Node, before: Activities) -> int | None:
        """Read the id, or say what is wrong with it."""
        text = node.said("Id")
        activity_id = whole_number(text)
        if activity_id is None:
            self._fault(node, "Id", text, _("The id of an activity must be a whole number."))
        elif activity_id in before:
            self._fault(node, "Id", text, _("Another activity has the same id."))
            return None
        return activity_id

    def activity(self, node: Node, activity_id: int) -> Activity | None:
        """Read one activity; None if anything in it was refused."""
        faults = self.report.fault_count
        activity = Activity(
            id=activity_id,
            subject=self._subject(node),
            teachers=self._named(node, "Teacher", self.teachers),
            students=self._named(node, "Students", self.known.students),
            tags=tuple(child.text for child in node.every("Activity_Tag") if child.text),
            duration=self._duration(node),
            row=Row(self.file, node.line),
        )
        return activity if self.report.fault_count == faults else None

    def _subject(self, node: Node) -> str:
        subject = node.said("Subject")
        if not subject:
            self._fault(node, "Subject", "", _("An activity needs a subject."))
        elif subject not in self.subjects:
            self._fault(node, "Subject", subject, _("The list of subjects does not have this one."))
        return subject

    def _named(self, node: Node, tag: str, known: Students | frozenset[str]) -> tuple[str, ...]:
        """Read teachers or students; an activity may have none of them."""
        names = {child.text: child for child in node.every(tag) if child.text}
        for name, child in names.items():
            if name not in known:
                self._fault(child, tag, name, _("The file has no teacher or students set of this name."))
        return tuple(names)

    def _duration(self, node: Node) -> int:
        duration = whole_number(node.said("Duration") or "1")
        if duration and duration <= max(len(self.known.hours), 1):
            return duration
        reason = _("The duration must be a whole number of hours, not longer than a day.")
        self._fault(node, "Duration", node.said("Duration"), reason)
        return 1

    def _fault(self, node: Node, column: str, value: str, reason: str) -> None:
        self.report.fault(Row(self.file, node.line), column, value, reason)
