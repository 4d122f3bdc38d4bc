"""What is read of people and their accounts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection

from zvonok.domain.people.models import Account, Session

NO_BREAK = "\u00a0"


def full_name(person: str) -> str:
    """Write the SQL of "Petrova Anna Sergeevna" for a joined person."""
    return f"concat_ws(' ', {person}.last_name, nullif({person}.first_name, ''), nullif({person}.middle_name, ''))"


def short_name(person: str) -> str:
    """Write the SQL of "Petrova A. S." for a joined person, never broken at a line's end; empty when there is none."""
    initials = " || ".join(
        f"CASE WHEN {person}.{part} = '' THEN '' ELSE '{NO_BREAK}' || left({person}.{part}, 1) || '.' END"
        for part in ("first_name", "middle_name")
    )
    return f"coalesce({person}.last_name || {initials}, '')"


@dataclass(frozen=True, slots=True)
class AccountCard:
    """An account with the name of its person."""

    id: UUID
    person_id: UUID
    login: str
    email: str
    phone: str
    language: str
    last_name: str
    first_name: str
    middle_name: str
    birth_date: date | None

    @property
    def full_name(self) -> str:
        """Surname first, as documents have it."""
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser that is signed in. Its mark names it without giving away its key."""

    mark: str
    device: str
    address: str
    signed_in_at: datetime | None
    is_this: bool


def account_card(*, account_id: UUID) -> AccountCard:
    """Load an account with its person; one query. Raises: Account.DoesNotExist."""
    account = Account.objects.select_related("person").get(pk=account_id)
    person = account.person
    return AccountCard(
        id=account.pk,
        person_id=person.pk,
        login=account.login,
        email=account.email or "",
        phone=account.phone or "",
        language=account.language,
        last_name=person.last_name,
        first_name=person.first_name,
        middle_name=person.middle_name,
        birth_date=person.birth_date,
    )


def session_mark(session_key: str) -> str:
    """Name a session so that the name opens nothing."""
    return sha256(f"zvonok session {session_key}".encode()).hexdigest()[:24]


def open_sessions(*, account_id: UUID, this_key: str, at: datetime) -> list[OpenSession]:
    """List the sessions of an account that have not ended, this one first, then the latest; one query."""
    rows = Session.objects.filter(account_id=account_id, expire_date__gt=at)
    sessions = [_open_session(row, this_key) for row in rows]
    return sorted(
        sessions,
        key=lambda row: (not row.is_this, -(row.signed_in_at.timestamp() if row.signed_in_at else 0)),
    )


def _open_session(row: Session, this_key: str) -> OpenSession:
    data = row.get_decoded()
    signed_in_at = data.get("signed_in_at")
    return OpenSession(
        mark=session_mark(row.session_key),
        device=str(data.get("device", "")),
        address=str(data.get("address", "")),
        signed_in_at=datetime.fromisoformat(signed_in_at) if signed_in_at else None,
        is_this=row.session_key == this_key,
    )


def account_of(*, person_id: UUID) -> tuple[UUID, str] | None:
    """Find a person's account, and the language chosen for it; one query."""
    return Account.objects.filter(person=person_id).values_list("id", "language").first()


def names_of(person_ids: Collection[UUID]) -> dict[UUID, str]:
    """Tell the short names of some people, "Petrova A. S."; one query, none for nobody."""
    if not person_ids:
        return {}
    statement = f"SELECT p.id, {short_name('p')} FROM people_person p WHERE p.id = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(person_ids)])
        return dict(cursor.fetchall())
