"""Whether a study period takes entries: the one place that knows of closing and unlocking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.people.selectors import full_name


@dataclass(frozen=True, slots=True)
class Door:
    """A study period as it stands for a group at a moment: closed or not, and for whom it is unlocked.

    None among `unlocked_for` is the whole group.
    """

    period_id: UUID
    starts_on: date
    ends_on: date
    is_closed: bool
    unlocked_for: Sequence[UUID | None] = ()

    def takes(self, student_id: UUID | None = None) -> bool:
        """Say whether entries about a student are taken; without one, entries about the whole group."""
        return not self.is_closed or None in self.unlocked_for or student_id in self.unlocked_for

    def takes_any(self) -> bool:
        """Say whether entries about anybody at all are taken."""
        return not self.is_closed or bool(self.unlocked_for)


# Columns of a Door. Stands in a query with schools_studyperiod p, schools_studygroup g, schools_school sc;
# whoever is about to write locks p FOR SHARE, so that the period cannot close meanwhile.
DOOR = """
    p.id, p.starts_on, p.ends_on,
    p.closed_at IS NOT NULL
        OR coalesce(p.closes_on < (%(at)s::timestamptz AT TIME ZONE sc.time_zone)::date, false),
    ARRAY(
        SELECT u.student_id FROM timetable_periodunlock u
        WHERE u.school_id = p.school_id AND u.period_id = p.id AND u.withdrawn_at IS NULL AND u.until > %(at)s
          AND (u.group_id = g.id OR u.group_id IS NULL AND EXISTS (
              SELECT FROM schools_groupmembership o
              WHERE o.school_id = u.school_id AND o.group_id = g.id AND o.student_id = u.student_id
          ))
    )
"""


def door_of(doors: Sequence[Door], day: date) -> Door | None:
    """Find the door of a day; None: the day lies in no period, and nothing keeps entries out."""
    return next((door for door in doors if door.starts_on <= day <= door.ends_on), None)


def doors_of_group(*, school_id: UUID, group_id: UUID, at: datetime) -> list[Door]:
    """List the periods of a group's year as they stand at a moment, in order; one query."""
    statement = f"""
        SELECT {DOOR} FROM schools_studygroup g
        JOIN schools_school sc ON sc.id = g.school_id
        JOIN schools_studyperiod p ON p.school_id = g.school_id AND p.year_id = g.year_id
            AND p.system = g.period_system
        WHERE g.school_id = %(school)s AND g.id = %(group)s ORDER BY p.number
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, {"school": school_id, "group": group_id, "at": at})
        return [Door(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class UnlockLine:
    """A closed period's unlocking, as lists and histories show it."""

    id: UUID
    period: str
    group: str
    student: str
    reason: str
    until: datetime
    made_by: str
    made_at: datetime
    withdrawn_at: datetime | None


_UNLOCKS = f"""
    SELECT u.id, p.title, coalesce(g.title, ''), coalesce({full_name("s")}, ''), u.reason, u.until,
        {full_name("b")}, u.made_at, u.withdrawn_at
    FROM timetable_periodunlock u
    JOIN schools_studyperiod p ON p.id = u.period_id
    JOIN people_person b ON b.id = u.made_by_id
    LEFT JOIN schools_studygroup g ON g.id = u.group_id
    LEFT JOIN people_person s ON s.id = u.student_id
    WHERE u.school_id = %(school)s AND u.period_id = %(period)s
"""


def unlocks_of_period(*, school_id: UUID, period_id: UUID, limit: int = 100) -> list[UnlockLine]:
    """List the unlockings of a period, the latest first; one query."""
    values: dict[str, Any] = {"school": school_id, "period": period_id, "limit": limit}
    return _unlocks(f"{_UNLOCKS} ORDER BY u.made_at DESC LIMIT %(limit)s", values)


def unlocks_about(*, school_id: UUID, period_id: UUID, group_id: UUID, student_id: UUID) -> list[UnlockLine]:
    """List the unlockings of a period that let a student's marks in a group be changed; one query."""
    values: dict[str, Any] = {
        "school": school_id,
        "period": period_id,
        "group": group_id,
        "student": student_id,
    }
    return _unlocks(
        f"""{_UNLOCKS} AND coalesce(u.group_id, %(group)s) = %(group)s
        AND coalesce(u.student_id, %(student)s) = %(student)s ORDER BY u.made_at DESC""",
        values,
    )


def _unlocks(statement: str, values: dict[str, Any]) -> list[UnlockLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [UnlockLine(*row) for row in cursor.fetchall()]
