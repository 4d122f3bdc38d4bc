"""The class teacher's list: who can already sign in, and who still needs a slip."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from zvonok.domain.schools.selectors import FamilyAccount, accounts_of_class

if TYPE_CHECKING:
    from zvonok.domain.schools.models import SchoolClass


class AccountState(StrEnum):
    """How far an account has come."""

    NONE = "NONE"
    WAITING = "WAITING"
    SLIP = "SLIP"
    EXPIRED = "EXPIRED"
    ENTERED = "ENTERED"


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody of a family, and the state of their account."""

    person_id: UUID
    name: str
    login: str
    state: AccountState
    until: date | None


@dataclass(frozen=True, slots=True)
class Family:
    """A student and those who stand for the student."""

    student: Holder
    guardians: list[Holder]


@dataclass(frozen=True, slots=True)
class ClassPage:
    """A class with its families."""

    id: UUID
    title: str
    families: list[Family]

    @property
    def entered(self) -> int:
        """How many accounts have been entered."""
        return sum(holder.state == AccountState.ENTERED for holder in self._holders())

    @property
    def accounts(self) -> int:
        """How many accounts there are."""
        return sum(holder.state != AccountState.NONE for holder in self._holders())

    def _holders(self) -> list[Holder]:
        return [holder for family in self.families for holder in (family.student, *family.guardians)]


def class_page(of: "SchoolClass", *, today: date) -> ClassPage:
    """Read a class's families and their accounts in one query."""
    accounts = accounts_of_class(school_id=of.school_id, class_id=of.pk, day=today)
    families = []
    for _, of_student in groupby(accounts, key=lambda account: account.student_id):
        student, *guardians = (_holder(account, today) for account in of_student)
        families.append(Family(student, guardians))
    return ClassPage(of.pk, of.title, families)


def _holder(account: FamilyAccount, today: date) -> Holder:
    return Holder(
        account.person_id, account.name, account.login, _state(account, today), account.temporary_until
    )


def _state(account: FamilyAccount, today: date) -> AccountState:
    if not account.login:
        return AccountState.NONE
    if account.has_entered:
        return AccountState.ENTERED
    if account.temporary_until is None:
        return AccountState.WAITING
    return AccountState.SLIP if account.temporary_until >= today else AccountState.EXPIRED
