"""Files beside homework."""

from datetime import date
from uuid import UUID

from django.db import connection

from zvonok.domain.files.selectors import FileLine, files_of
from zvonok.domain.homework.selectors import homework_of_student

_STANDING = """
    SELECT hf.file_id, h.id, h.due_on
    FROM homework_homeworkfile hf JOIN homework_homework h ON h.id = hf.homework_id
    WHERE hf.school_id = %s AND hf.withdrawn_at IS NULL AND h.withdrawn_at IS NULL
"""


def files_of_lesson(*, school_id: UUID, lesson_id: UUID) -> list[FileLine]:
    """List the files beside the homework given in a lesson, in the order they were put; two queries at most."""
    rows = _rows(
        f"{_STANDING} AND h.issued_lesson_id = %s ORDER BY hf.put_at, hf.position", school_id, lesson_id
    )
    found = files_of(school_id=school_id, file_ids=[file for file, _, _ in rows])
    return [found[file] for file, _, _ in rows]


def file_for_student(*, school_id: UUID, student_id: UUID, file_id: UUID) -> FileLine | None:
    """Find a file if it stands beside homework that is the student's; three queries for each such homework."""
    for _file, homework_id, due_on in _rows(f"{_STANDING} AND hf.file_id = %s", school_id, file_id):
        own = homework_of_student(school_id=school_id, student_id=student_id, first=due_on, last=due_on)
        if any(task.id == homework_id for task in own):
            return files_of(school_id=school_id, file_ids=[file_id]).get(file_id)
    return None


def _rows(statement: str, school_id: UUID, key: UUID) -> list[tuple[UUID, UUID, date]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, key])
        return list(cursor.fetchall())
