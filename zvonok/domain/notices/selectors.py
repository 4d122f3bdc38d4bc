"""The feed of what a person was told."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection


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
        ORDER BY n.at DESC, n.id DESC LIMIT %s
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, person_id, student_ids, before, most])
        return [_line(*row) for row in cursor.fetchall()]


def _line(
    notice: UUID, student_id: UUID, student: str, kind: str, data: str, at: datetime, read_at: datetime | None
) -> NoticeLine:
    return NoticeLine(notice, student_id, student, kind, json.loads(data), at, read_at)
