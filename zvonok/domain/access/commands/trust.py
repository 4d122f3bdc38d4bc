"""Let somebody else read a child's diary."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.grant import Basis
from zvonok.domain.access.models import DiaryLink, TrustedPerson
from zvonok.domain.access.selectors import grant_for
from zvonok.domain.people.models import Account, Person
from zvonok.kernel.days import through
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused

GROWN_UP = 18


class NotYoursToOpen(Refused):
    """Only a parent lets somebody into a child's diary."""

    message = _("Only a parent or legal representative can open a child's diary to somebody.")


class TooYoungToBeTrusted(Refused):
    """A trusted person is of age."""

    message = _("A trusted person must be 18 or older.")


class TrustedAlready(Refused):
    """The trust overlaps one that stands."""

    message = _("This person can read the diary already.")


@transaction.atomic
def name_trusted_person(
    *, child_id: UUID, person: Person, named_by: UUID, sections: Collection[str], first: date, last: date
) -> TrustedPerson:
    """Let a person read some sections of a child's diary from `first` to `last`, once they have confirmed it.

    Raises: NotYoursToOpen, TooYoungToBeTrusted, TrustedAlready. Source: docs/security.md, Trusted persons.
    """
    right = grant_for(person_id=named_by, student_id=child_id, day=first)
    if right is None or right.basis is not Basis.GUARDIAN:
        raise NotYoursToOpen
    born = person.birth_date
    if born and (first.year - born.year - ((first.month, first.day) < (born.month, born.day))) < GROWN_UP:
        raise TooYoungToBeTrusted
    try:
        with transaction.atomic():
            return TrustedPerson.objects.create(
                id=uuid7(),
                child_id=child_id,
                person=person,
                named_by_id=named_by,
                sections=sorted(sections),
                valid_on=through(first, last),
            )
    except IntegrityError as error:
        raise TrustedAlready from error


@transaction.atomic
def confirm_trust(trust: TrustedPerson, *, account: Account, at: datetime) -> None:
    """Accept the trust, and put the diary on the account's page. Doing it again changes nothing."""
    TrustedPerson.objects.filter(pk=trust.pk, person=account.person_id, confirmed_at=None).update(
        confirmed_at=at
    )
    child = Person.objects.get(pk=trust.child_id)
    DiaryLink.objects.get_or_create(
        account=account, student=child, defaults={"id": uuid7(), "name": child.first_name}
    )
