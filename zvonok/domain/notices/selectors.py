"""The feed of what a person was told."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.notices.rules import TO_CLASS_TEACHERS
from zvonok.domain.people.selectors import full_name


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice as the feed shows it."""

    id: UUID
    student_id: UUID
    student: str
    kind: str
    data: dict[str, Any]
    at: datetime
    read_at: datetime | None


def notices_of(
    *, school_id: UUID, person_id: UUID, student_ids: list[UUID], before: datetime, most: int
) -> list[NoticeLine]:
    """List a person's latest notices of some students, older than `before`, newest first; one query."""
    statement = """
        SELECT n.id, n.student_id, p.first_name, n.kind, n.data::text, n.at, n.read_at
        FROM notices_notice n JOIN people_person p ON p.id = n.student_id
        WHERE n.school_id = %s AND n.recipient_id = %s AND n.student_id = ANY(%s) AND n.at < %s
          AND n.kind <> ALL(%s)
        ORDER BY n.at DESC, n.id DESC LIMIT %s
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, person_id, student_ids, before, list(TO_CLASS_TEACHERS), most])
        return [_line(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Unread:
    """What a member of a family has been told about a student and has not read."""

    student_id: UUID
    recipient_id: UUID
    recipient: str
    count: int
    since: datetime


def unread_notices(*, school_id: UUID, student_ids: list[UUID], before: datetime) -> list[Unread]:
    """Count by reader the notices about students that nobody has read since before a moment; one query.

    Only readers who have entered: the others know of no notices.
    """
    statement = f"""
        SELECT n.student_id, n.recipient_id, {full_name("p")}, count(*), min(n.at)
        FROM notices_notice n JOIN people_person p ON p.id = n.recipient_id
        WHERE n.school_id = %s AND n.student_id = ANY(%s) AND n.read_at IS NULL AND n.at < %s
          AND n.kind <> ALL(%s)
          AND EXISTS (SELECT FROM people_account a WHERE a.person_id = p.id AND a.entered_at IS NOT NULL)
        GROUP BY n.student_id, n.recipient_id, p.id ORDER BY min(n.at), p.sort_key
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, student_ids, before, list(TO_CLASS_TEACHERS)])
        return [Unread(*row) for row in cursor.fetchall()]


def notices_of_teacher(*, school_id: UUID, person_id: UUID, before: datetime, most: int) -> list[NoticeLine]:
    """List what families have written to a class teacher before `before`, newest first; one query."""
    statement = """
        SELECT n.id, n.student_id, concat_ws(' ', p.last_name, p.first_name), n.kind, n.data::text, n.at, n.read_at
        FROM notices_notice n JOIN people_person p ON p.id = n.student_id
        WHERE n.school_id = %s AND n.recipient_id = %s AND n.kind = ANY(%s) AND n.at < %s
        ORDER BY n.at DESC, n.id DESC LIMIT %s
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, person_id, list(TO_CLASS_TEACHERS), before, most])
        return [_line(*row) for row in cursor.fetchall()]


def _line(
    notice: UUID, student_id: UUID, student: str, kind: str, data: str, at: datetime, read_at: datetime | None
) -> NoticeLine:
    return NoticeLine(notice, student_id, student, kind, json.loads(data), at, read_at)
