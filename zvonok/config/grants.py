"""What the web role may do in the database: the last of the walls, and the cheapest."""

from django.db import connections
from psycopg import sql

# The record of what happened can only grow; what stands in a journal can only be withdrawn.
APPEND_ONLY = [
    "history_fact",
    "attestation_attestationrules",
    "attestation_subjectstep",
    "homework_homeworkpupil",
    "files_storedfile",
    "submissions_submissionfile",
    "submissions_opening",
]
WITHDRAW_ONLY = {
    "marks_mark": ["withdrawn_at"],
    "attendance_absence": ["withdrawn_at"],
    "attendance_excusenote": ["state", "answer", "decided_by_id", "decided_at"],
    "attendance_wholedayabsence": ["withdrawn_at"],
    "homework_homework": ["withdrawn_at", "due_lesson_id"],
    "homework_homeworkfile": ["withdrawn_at"],
    "submissions_submission": ["withdrawn_at", "looked_at", "state", "reply", "replied_by_id", "replied_at"],
    "submissions_donetick": ["withdrawn_at"],
    "remarks_remark": ["withdrawn_at"],
    "attestation_periodmark": ["withdrawn_at"],
    "timetable_substitution": ["withdrawn_at"],
    "timetable_periodunlock": ["withdrawn_at"],
    "control_controlnote": ["closed_at", "closed_by_id"],
}
READ_ONLY = ["django_migrations"]
KEPT = ["schools_school", "people_person", "people_account", "files_content"]


def apply(*, web_role: str) -> None:
    """Give the web role just what it needs on every table there is; run after each migration.

    Raises: nothing when the web role owns the tables itself (a single-role installation is reported
    by `zvonok check`), for then there is nobody to hold back.
    """
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] == web_role:
            return
        role = sql.Identifier(web_role)
        for statement in _statements():
            cursor.execute(sql.SQL(statement).format(role=role))


def _statements() -> list[str]:
    every = [
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        "GRANT EXECUTE ON FUNCTION staff_roles_of(uuid, date) TO {role}",
    ]
    every += [f"REVOKE UPDATE, DELETE ON {table} FROM {{role}}" for table in APPEND_ONLY]
    every += [f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {{role}}" for table in READ_ONLY]
    every += [f"REVOKE DELETE ON {table} FROM {{role}}" for table in KEPT]
    for table, columns in WITHDRAW_ONLY.items():
        every.append(f"REVOKE UPDATE, DELETE ON {table} FROM {{role}}")
        every.append(f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO {{role}}")
    return every
