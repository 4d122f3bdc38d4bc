"""What a study group is to learn next."""

from uuid import UUID

from django.db import connection


def next_topics(*, school_id: UUID, group_id: UUID, most: int = 5) -> list[str]:
    """List the topics of a group's lesson plan that no lesson has had yet, in order; one query."""
    statement = """
        SELECT t.title FROM planning_plannedtopic t
        WHERE t.school_id = %s AND t.group_id = %s AND NOT EXISTS (
            SELECT FROM timetable_lesson l
            WHERE l.school_id = t.school_id AND l.group_id = t.group_id AND l.topic = t.title
        )
        ORDER BY t.position LIMIT %s
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, group_id, most])
        return [row[0] for row in cursor.fetchall()]
