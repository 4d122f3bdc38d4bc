"""One sign-in for each role of the demo."""

from datetime import date, datetime, timedelta
from typing import TypedDict
from uuid import UUID

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import confirm_trust, name_trusted_person
from zvonok.domain.access.models import DiaryLink, Section
from zvonok.domain.access.selectors import actor_of
from zvonok.domain.people.commands.accounts import AccountData, open_accounts
from zvonok.domain.people.commands.credentials import Contacts, enter_first, give_temporary_passwords
from zvonok.domain.people.commands.register import PersonData, register_people
from zvonok.domain.people.models import Account, Guardianship, Person
from zvonok.domain.schools.commands.places import STAFF_ROLES, settle_places
from zvonok.domain.schools.models import Role, School
from zvonok.kernel.scope import school_scope
from zvonok.kernel.spans import Wanted

PASSWORD = "zvonok-demo"
SCHOOL = "9534"
# Role of the demo → login; the last three are not in any roster and are made here.
LOGINS = {
    "parent": "kotova.viktoriya",
    "parent-two-schools": "kopylova.nina",
    "student": "kotov.bogdan",
    "teacher": "ivanova.oksana",
    "class-teacher": "arkhipova.anastasiya",
    "deputy": "egorova.darya",
    "school-admin": "saveleva.evgeniya",
    "trusted": "kotova.lyudmila",
    "authority": "demo.authority",
    "support": "demo.support",
}
MADE_HERE = {
    "trusted": ("Котова", "Людмила", "Павловна"),
    "authority": ("Фомина", "Нина", "Андреевна"),
    "support": ("Белова", "Софья", "Игоревна"),
}
STAFF = {"authority": Role.AUTHORITY, "support": Role.SUPPORT}
HOMES = {
    "teacher": "/journal/",
    "class-teacher": "/journal/",
    "deputy": "/office/day/",
    "school-admin": "/office/",
    "authority": "/account/profile/",
    "support": "/account/profile/",
}


class Told(TypedDict):
    """A sign-in as the demo prints it."""

    role: str
    login: str
    password: str
    name: str
    url: str


def furnish_accounts(*, at: datetime) -> None:
    """Make the people that no roster holds, and finish the first entry of everybody in the list."""
    school = School.objects.get(code=SCHOOL)
    for role, (last, first, middle) in MADE_HERE.items():
        with school_scope(school.pk):
            person = _register(school, LOGINS[role], PersonData(last, first, middle), at=at)
            if role in STAFF:
                _employ(school, person, STAFF[role], at=at)
    _trust(at=at)
    for login in LOGINS.values():
        _enter(Account.objects.get(login=login), at=at)


def _register(school: School, login: str, data: PersonData, *, at: datetime) -> UUID:
    """Register somebody whom no roster holds, with an account."""
    registered = register_people({login: data}, own={}, linked={}, school_id=school.pk, actor_id=None, at=at)
    person = registered[login].id
    open_accounts({person: AccountData(login, "", "", is_active=True)}, at=at)
    return person


def _employ(school: School, person: UUID, role: Role, *, at: datetime) -> None:
    settle_places(
        STAFF_ROLES,
        [Wanted("", (person, role.value, None), at.date())],
        school_id=school.pk,
        closable=(),
        since=at.date(),
        today=at.date(),
        actor_id=None,
        at=at,
    )


def _trust(*, at: datetime) -> None:
    """Let the grandmother of the parent's child read the week and the homework, not the marks."""
    mother = Account.objects.get(login=LOGINS["parent"])
    child = Guardianship.objects.filter(guardian=mother.person_id).earliest("id").child_id
    grandmother = Account.objects.get(login=LOGINS["trusted"])
    trust = name_trusted_person(
        child_id=child,
        person=Person.objects.get(pk=grandmother.person_id),
        named_by=mother.person_id,
        sections=[Section.DIARY, Section.HOMEWORK],
        first=at.date(),
        last=_end_of_year(at.date()),
    )
    confirm_trust(trust, account=grandmother, at=at)


def _enter(account: Account, *, at: datetime) -> None:
    give_temporary_passwords([account.pk], until=at.date() + timedelta(days=30))
    contacts = Contacts(email=account.email or "", phone=account.phone or "")
    enter_first(account.pk, contacts=contacts, password=PASSWORD, language="ru", session_key=None, at=at)


def _end_of_year(day: date) -> date:
    return date(day.year + (day.month >= 9), 8, 31)


def told_accounts() -> list[Told]:
    """List the sign-ins, each with the page it leads to."""
    accounts = {account.login: account for account in Account.objects.filter(login__in=LOGINS.values())}
    persons = Person.objects.in_bulk([account.person_id for account in accounts.values()])
    return [
        Told(
            role=role,
            login=login,
            password=PASSWORD,
            name=str(persons[accounts[login].person_id]),
            url=HOMES.get(role) or _diary(accounts[login]),
        )
        for role, login in LOGINS.items()
    ]


def _diary(account: Account) -> str:
    links = list(DiaryLink.objects.filter(account=account).values_list("pk", flat=True))
    return f"/diary/{links[0]}/" if len(links) == 1 else "/diaries/"


def deputy_of(school: School, *, today: date) -> Actor | None:
    """Find the deputy head of the list, if this is their school."""
    account = Account.objects.filter(login=LOGINS["deputy"]).first()
    actor = actor_of(account_id=account.pk, day=today) if account and school.code == SCHOOL else None
    return actor
