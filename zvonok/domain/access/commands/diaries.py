"""Open diaries, lead families to them, and count their changes."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.models import DiaryLink, DiaryRevision
from zvonok.kernel.ids import uuid7

_NAME_LENGTH = DiaryLink._meta.get_field("name").max_length


def raise_revisions(student_ids: Collection[UUID], *, school_id: UUID) -> None:
    """Count one more change in the diaries of some students of a school; called last in a transaction.

    The rows are locked in the order of their ids first: two saves for one class would otherwise lock them
    in different orders and deadlock.
    """
    if not student_ids:
        return
    students = list(student_ids)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH locked AS MATERIALIZED (
                SELECT id FROM access_diaryrevision
                WHERE student_id = ANY(%s) AND at_school_id = %s
                ORDER BY id FOR NO KEY UPDATE
            )
            UPDATE access_diaryrevision r SET number = number + 1 FROM locked WHERE r.id = locked.id
            """,
            [students, school_id],
        )


def raise_all_revisions(*, school_id: UUID) -> None:
    """Count one more change in every diary of a school: its timetable, calendar or roster has changed."""
    students = DiaryRevision.objects.filter(at_school_id=school_id).values_list("student_id", flat=True)
    raise_revisions(list(students), school_id=school_id)


@transaction.atomic
def open_diaries(student_ids: Collection[UUID], *, school_id: UUID) -> None:
    """Give each student a diary in a school, if there is none, and put it on the pages of the family's accounts.

    Doing it again changes nothing.
    """
    students = list(student_ids)
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO access_diaryrevision (id, student_id, at_school_id, number)
            VALUES (%s, %s, %s, 1) ON CONFLICT DO NOTHING
            """,
            [(uuid7(), student, school_id) for student in sorted(students)],
        )
        cursor.execute(
            """
            SELECT a.id, s.id, s.first_name FROM people_person s
            JOIN people_guardianship g ON g.child_id = s.id AND g.withdrawn_at IS NULL
            JOIN people_account a ON a.person_id = g.guardian_id
            WHERE s.id = ANY(%s)
            UNION
            SELECT a.id, s.id, s.first_name FROM people_person s
            JOIN people_account a ON a.person_id = s.id WHERE s.id = ANY(%s)
            ORDER BY 1, 2
            """,
            [students, students],
        )
        links = cursor.fetchall()
    DiaryLink.objects.bulk_create(
        [
            DiaryLink(id=uuid7(), account_id=account, student_id=student, name=name[:_NAME_LENGTH])
            for account, student, name in links
        ],
        ignore_conflicts=True,
    )


def look_at_diary(*, actor: Actor, link_id: UUID, at: datetime) -> None:
    """Remember that the owner of a diary link has looked; what comes later is new."""
    DiaryLink.objects.filter(pk=link_id, account_id=actor.account_id).update(seen_at=at)
