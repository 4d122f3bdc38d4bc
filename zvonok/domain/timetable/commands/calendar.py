"""Say which days are not what their weekday says, and when the bells ring."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from zvonok.domain.timetable.models import BellSlot, CalendarDay, DayKind
from zvonok.kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day of the calendar. `works_as` is the day whose lessons a working weekend takes over."""

    day: date
    kind: str
    title: str = ""
    works_as: date | None = None


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """What became of a day: `before` is None for one that was as its weekday says."""

    day: NamedDay
    before: NamedDay | None


def set_calendar(days: Iterable[NamedDay], *, school_id: UUID) -> list[ChangedDay]:
    """Set days of a school's calendar; give those that were not so already. Two queries.

    School holidays that the school has named stay, whatever another calendar says of those days.
    """
    standing = {
        row.day: NamedDay(row.day, row.kind, row.title, row.works_as)
        for row in CalendarDay.objects.filter(school_id=school_id)
    }
    changed = [
        ChangedDay(day, standing.get(day.day))
        for day in days
        if standing.get(day.day) != day and not _is_kept(standing.get(day.day), day)
    ]
    CalendarDay.objects.bulk_create(
        [
            CalendarDay(
                id=uuid7(),
                school_id=school_id,
                day=one.day.day,
                kind=one.day.kind,
                title=one.day.title,
                works_as=one.day.works_as,
            )
            for one in changed
        ],
        update_conflicts=True,
        unique_fields=["school", "day"],
        update_fields=["kind", "title", "works_as"],
    )
    return changed


def _is_kept(standing: NamedDay | None, day: NamedDay) -> bool:
    return standing is not None and standing.kind == DayKind.HOLIDAY and day.kind != DayKind.HOLIDAY


def set_bells(slots: Sequence[tuple[int, time, time]], *, school_id: UUID) -> int:
    """Set the times of the lesson slots of ordinary days: number, beginning, end. Give how many were changed."""
    standing = {
        slot.number: (slot.starts_at, slot.ends_at)
        for slot in BellSlot.objects.filter(school_id=school_id, shortened=False)
    }
    changed = [slot for slot in slots if standing.get(slot[0]) != slot[1:]]
    BellSlot.objects.bulk_create(
        [
            BellSlot(id=uuid7(), school_id=school_id, number=number, starts_at=starts, ends_at=ends)
            for number, starts, ends in changed
        ],
        update_conflicts=True,
        unique_fields=["school", "shortened", "number"],
        update_fields=["starts_at", "ends_at"],
    )
    return len(changed)
