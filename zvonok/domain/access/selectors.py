"""Who is asking, and what they may see. Read before any school is in scope."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.access.actor import Actor, posts_of
from zvonok.domain.access.grant import Basis, Grant
from zvonok.domain.people.selectors import full_name

_GRANT = """
    CASE
        WHEN asking.person_id = asked.student_id THEN 'OWN'
        WHEN EXISTS (
            SELECT FROM people_guardianship g
            WHERE g.guardian_id = asking.person_id AND g.child_id = asked.student_id
              AND g.withdrawn_at IS NULL AND g.valid_on @> %(day)s::date
        ) THEN 'GUARDIAN'
        ELSE (
            SELECT array_to_string(t.sections, ',') FROM access_trustedperson t
            WHERE t.person_id = asking.person_id AND t.child_id = asked.student_id
              AND t.confirmed_at IS NOT NULL AND t.withdrawn_at IS NULL AND t.valid_on @> %(day)s::date
        )
    END
"""
_ASKING = f"""
    SELECT asking.id, asking.person_id, p.first_name, p.last_name, asking.language,
        asked.id, asked.student_id, asked.name, asked.seen_at, {_GRANT},
        ARRAY(
            SELECT r.at_school_id || ':' || r.number FROM access_diaryrevision r
            WHERE r.student_id = asked.student_id ORDER BY r.at_school_id
        ),
        ARRAY(
            SELECT l.id || ':' || l.name FROM access_diarylink l
            WHERE l.account_id = asking.id ORDER BY l.position, l.name
        ),
        ARRAY(
            SELECT concat_ws(':', s.school_id, s.role, s.school_class_id, s.class_title)
            FROM staff_roles_of(asking.person_id, %(day)s::date) s
        )
    FROM people_session
    JOIN people_account asking ON asking.id = people_session.account_id
    JOIN people_person p ON p.id = asking.person_id
    JOIN access_diarylink asked ON asked.account_id = asking.id
    WHERE people_session.session_key = %(session)s AND people_session.expire_date > %(at)s
      AND asking.is_active AND asking.entered_at IS NOT NULL AND asked.id = %(link)s
"""


@dataclass(frozen=True, slots=True)
class AskedDiary:
    """A diary that somebody asks for: who asks, whose it is, by which right, and its revisions by school."""

    actor: Actor
    language: str
    link_id: UUID
    student_id: UUID
    name: str
    seen_at: datetime | None
    grant: Grant
    revisions: dict[UUID, int]
    children: tuple[tuple[UUID, str], ...]


def asked_diary(*, session_key: str, link_id: UUID, day: date, at: datetime) -> AskedDiary | None:
    """Find in one statement who asks for a diary and by which right.

    None when there is no such session, no such link on the account, or no right that holds today.
    """
    values: dict[str, Any] = {"session": session_key, "link": link_id, "day": day, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(_ASKING, values)
        row = cursor.fetchone()
    return _asked(row, day) if row and row[9] else None


def _asked(row: tuple[Any, ...], day: date) -> AskedDiary:
    account, person, first, last, language, link, student, name, seen_at, right, revisions, links, posts = row
    actor = Actor(
        account, person, f"{first} {last}".strip(), day, posts_of(map(_post, posts)), has_diaries=True
    )
    numbers = dict(entry.split(":") for entry in revisions)
    return AskedDiary(
        actor=actor,
        language=language,
        link_id=link,
        student_id=student,
        name=name,
        seen_at=seen_at,
        grant=_grant(student, right),
        revisions={UUID(school): int(number) for school, number in numbers.items()},
        children=tuple((UUID(key), title) for key, _, title in (entry.partition(":") for entry in links)),
    )


def _post(entry: str) -> tuple[UUID, str, UUID | None, str | None]:
    school, role, *of_class = entry.split(":", 3)
    return UUID(school), role, UUID(of_class[0]) if of_class else None, of_class[1] if of_class[1:] else None


def _grant(student_id: UUID, right: str) -> Grant:
    if right in (Basis.OWN, Basis.GUARDIAN):
        return Grant(student_id, Basis(right))
    return Grant(student_id, Basis.TRUSTED, tuple(sorted(right.split(","))))


def grant_for(*, person_id: UUID, student_id: UUID, day: date) -> Grant | None:
    """Find the right by which a person may read a student's diary on a day, in one query; None: there is none."""
    statement = f"""
        SELECT {_GRANT} FROM (SELECT %(person)s::uuid AS person_id) asking,
        (SELECT %(student)s::uuid AS student_id) asked
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, {"person": person_id, "student": student_id, "day": day})
        right = cursor.fetchone()[0]
    return _grant(student_id, right) if right else None


_ACTOR = """
    SELECT a.id, a.person_id, p.first_name, p.last_name, a.entered_at IS NOT NULL,
        EXISTS (SELECT FROM access_diarylink l WHERE l.account_id = a.id),
        ARRAY(
            SELECT concat_ws(':', s.school_id, s.role, s.school_class_id, s.class_title)
            FROM staff_roles_of(a.person_id, %(day)s::date) s
        )
    FROM people_account a JOIN people_person p ON p.id = a.person_id
"""


def actor_of(*, account_id: UUID, day: date) -> Actor | None:
    """Find who an account stands for and what they work as on a day, in one query."""
    return _actor(f"{_ACTOR} WHERE a.id = %(account)s AND a.is_active", {"account": account_id, "day": day})


def actor_of_session(*, session_key: str, day: date, at: datetime) -> Actor | None:
    """Find who asks by the key of a session that has not ended, in one query."""
    return _actor(
        f"""
        {_ACTOR} JOIN people_session ON people_session.account_id = a.id
        WHERE people_session.session_key = %(session)s AND people_session.expire_date > %(at)s AND a.is_active
        """,
        {"session": session_key, "day": day, "at": at},
    )


def _actor(statement: str, values: dict[str, Any]) -> Actor | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    if row is None:
        return None
    account, person, first, last, has_entered, has_diaries, posts = row
    name = f"{first} {last}".strip()
    return Actor(account, person, name, values["day"], posts_of(map(_post, posts)), has_diaries, has_entered)


@dataclass(frozen=True, slots=True)
class OpenDiary:
    """A diary on an account's page that its owner may read today, and the schools that keep it."""

    link_id: UUID
    student_id: UUID
    name: str
    seen_at: datetime | None
    grant: Grant
    schools: tuple[UUID, ...]


def open_diaries_of(*, account_id: UUID, day: date) -> list[OpenDiary]:
    """List the diaries on an account's page that its owner may read on a day, in their order; one query."""
    statement = f"""
        SELECT asked.id, asked.student_id, asked.name, asked.seen_at, {_GRANT},
            ARRAY(
                SELECT r.at_school_id FROM access_diaryrevision r
                WHERE r.student_id = asked.student_id ORDER BY r.at_school_id
            )
        FROM people_account asking JOIN access_diarylink asked ON asked.account_id = asking.id
        WHERE asking.id = %(account)s ORDER BY asked.position, asked.name
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, {"account": account_id, "day": day})
        return [
            OpenDiary(link, student, name, seen_at, _grant(student, right), tuple(schools))
            for link, student, name, seen_at, right, schools in cursor.fetchall()
            if right
        ]


def family_of(*, student_ids: list[UUID], day: date) -> dict[UUID, list[UUID]]:
    """List for each student who is told of what happens: the student and the guardians of that day; one query.

    Trusted persons read; they are not told.
    """
    statement = """
        SELECT child_id, guardian_id FROM people_guardianship
        WHERE child_id = ANY(%s) AND withdrawn_at IS NULL AND valid_on @> %s::date
        ORDER BY child_id, guardian_id
    """
    family: dict[UUID, list[UUID]] = {student: [student] for student in student_ids}
    with connection.cursor() as cursor:
        cursor.execute(statement, [student_ids, day])
        for child, guardian in cursor.fetchall():
            family[child].append(guardian)
    return family


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody whom a school gives an account to: a student, a guardian or a member of staff.

    `children` names the students whose diary the account opens; `works` says that the holder has a post in a
    school, so that only that school's administrator hands out the credentials; `is_linked`, that another school
    brought the person in, and so keeps the way into the account.
    """

    account_id: UUID
    person_id: UUID
    login: str
    name: str
    student_id: UUID | None
    children: str
    is_student: bool
    works: bool
    is_linked: bool
    has_entered: bool
    temporary_until: date | None


_HOLDER = f"""
    a.id, a.person_id, a.login, {full_name("p")},
"""
_STATE = """
    EXISTS (SELECT FROM staff_roles_of(a.person_id, %(day)s::date)),
    EXISTS (
        SELECT FROM schools_sourcerow o
        WHERE o.school_id = %(school)s AND o.target_id = a.person_id AND o.kind = 'linked_person'
    ),
    a.entered_at IS NOT NULL, a.temporary_until
"""


def holders_of_class(*, school_id: UUID, class_id: UUID, day: date) -> list[Holder]:
    """List the accounts of a class's students of a day and of their guardians, by the student's name; one query."""
    return _holders(
        f"""
        WITH students AS (
            SELECT s.id, s.sort_key, concat_ws(' ', s.last_name, s.first_name) AS name
            FROM schools_enrolment e JOIN people_person s ON s.id = e.student_id
            WHERE e.school_id = %(school)s AND e.school_class_id = %(class)s AND e.valid_on @> %(day)s::date
        ), related AS (
            SELECT id AS person_id, id AS student_id, name, sort_key, true AS is_student FROM students
            UNION ALL
            SELECT g.guardian_id, s.id, s.name, s.sort_key, false FROM students s
            JOIN people_guardianship g
                ON g.child_id = s.id AND g.withdrawn_at IS NULL AND g.valid_on @> %(day)s::date
        ), grouped AS (
            SELECT person_id, (array_agg(student_id ORDER BY sort_key))[1] AS student_id,
                string_agg(name, ', ' ORDER BY sort_key) AS children, bool_or(is_student) AS is_student,
                min(sort_key) AS sort_key
            FROM related GROUP BY person_id
        )
        SELECT {_HOLDER} r.student_id, r.children, r.is_student, {_STATE}
        FROM grouped r JOIN people_person p ON p.id = r.person_id
        JOIN people_account a ON a.person_id = p.id AND a.is_active
        ORDER BY r.sort_key, r.student_id, r.is_student DESC, p.sort_key, a.id
        """,
        {"school": school_id, "class": class_id, "day": day},
    )


def holders_of_staff(*, school_id: UUID, day: date) -> list[Holder]:
    """List the accounts of those who hold a post in a school on a day, by name; one query."""
    return _holders(
        f"""
        SELECT {_HOLDER} NULL, '', false, {_STATE}
        FROM people_person p JOIN people_account a ON a.person_id = p.id AND a.is_active
        WHERE p.id IN (
            SELECT person_id FROM schools_staffrole WHERE school_id = %(school)s AND valid_on @> %(day)s::date
        )
        ORDER BY p.sort_key, a.id
        """,
        {"school": school_id, "day": day},
    )


def _holders(statement: str, values: dict[str, Any]) -> list[Holder]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Holder(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class EntryNumbers:
    """How many of a school's families and staff have accounts, and how many have entered."""

    accounts: int
    entered: int


def entry_numbers(*, school_id: UUID, day: date) -> EntryNumbers:
    """Count the accounts of a school's students, guardians and staff of a day; one query."""
    statement = """
        WITH students AS (
            SELECT student_id FROM schools_enrolment WHERE school_id = %(school)s AND valid_on @> %(day)s::date
        ), people AS (
            SELECT student_id AS id FROM students
            UNION
            SELECT guardian_id FROM people_guardianship
            WHERE child_id IN (SELECT student_id FROM students) AND withdrawn_at IS NULL AND valid_on @> %(day)s::date
            UNION
            SELECT person_id FROM schools_staffrole WHERE school_id = %(school)s AND valid_on @> %(day)s::date
        )
        SELECT count(*), count(a.entered_at) FROM people p JOIN people_account a ON a.person_id = p.id AND a.is_active
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, {"school": school_id, "day": day})
        return EntryNumbers(*cursor.fetchone())
