"""Setting places against activities: every activity gets exactly one, within the day."""

from django.utils.translation import gettext as _

from zvonok.interop.fet.activities import Activities, Known, whole_number
from zvonok.interop.fet.model import Placed
from zvonok.interop.fet.placing import Place
from zvonok.interop.report import Report


def settle(places: list[Place], activities: Activities, known: Known, report: Report) -> tuple[Placed, ...]:
    """Give each sound activity its day, hour and rooms, in the order of the solution."""
    settled = _Settling(known, activities, report)
    for place in places:
        settled.add(place)
    for missing in activities.sound.keys() - settled.seen:
        activity = activities.sound[missing]
        report.fault(activity.row, "Id", str(missing), _("The solution has no time for this activity."))
    return tuple(settled.placed)


class _Settling:
    def __init__(self, known: Known, activities: Activities, report: Report) -> None:
        self.days = {day.name: day for day in known.days}
        self.hours = {hour.name: index for index, hour in enumerate(known.hours)}
        self.order = known.hours
        self.rooms = {room.name for room in known.rooms}
        self.activities = activities
        self.report = report
        self.seen: set[int] = set()
        self.placed: list[Placed] = []

    def add(self, place: Place) -> None:
        """Settle one place, or say what is wrong with it; places of activities left out are passed over."""
        activity_id = self._new_id(place)
        activity = self.activities.sound.get(activity_id) if activity_id is not None else None
        if activity is None:
            return
        self.seen.add(activity.id)
        self._check(
            place, place.day in self.days, "Day", place.day, _("The list of days does not have this one.")
        )
        hour = self.hours.get(place.hour)
        self._check(
            place, hour is not None, "Hour", place.hour, _("The list of hours does not have this one.")
        )
        for room in place.rooms:
            self._check(
                place, room in self.rooms, "Room", room, _("The list of rooms does not have this one.")
            )
        if hour is None or place.day not in self.days:
            return
        ends = hour + activity.duration <= len(self.order)
        self._check(
            place, ends, "Hour", place.hour, _("From this hour on the activity is longer than the day.")
        )
        rooms = tuple(dict.fromkeys(place.rooms))
        self.placed.append(Placed(activity, self.days[place.day], self.order[hour], rooms, place.row))

    def _new_id(self, place: Place) -> int | None:
        activity_id = whole_number(place.activity)
        known = activity_id is not None and activity_id in self.activities
        self._check(place, known, "Id", place.activity, _("There is no activity with this id."))
        self._check(
            place, activity_id not in self.seen, "Id", place.activity, _("This activity has two times.")
        )
        return activity_id if known and activity_id not in self.seen else None

    def _check(self, place: Place, sound: bool, column: str, value: str, reason: str) -> None:
        if not sound:
            self.report.fault(place.row, column, value, reason)
