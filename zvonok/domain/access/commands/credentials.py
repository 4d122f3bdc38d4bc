"""The slips a school hands out: a login and a temporary password for each account."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.facts import CredentialsIssued
from zvonok.domain.access.policy import may_issue_slips, may_run_school
from zvonok.domain.access.selectors import Holder, actor_of, holders_of_class, holders_of_staff
from zvonok.domain.history.commands import record
from zvonok.domain.people.commands.credentials import give_temporary_passwords
from zvonok.domain.people.rules import TEMPORARY_DAYS
from zvonok.domain.schools.models import Role, SchoolClass
from zvonok.kernel.refusals import Refused


class NotYourClass(Refused):
    """The actor neither leads the class nor runs the school."""

    message = _("Slips are printed by the class teacher and by the school administrator.")


class NotOfThisClass(Refused):
    """Somebody was chosen who is not on the list."""

    message = _("One of the people chosen is not on this list any more. Look at the list again.")


class EverybodyHasEntered(Refused):
    """There is nobody left who needs a slip."""

    message = _("Everybody here has entered already. Choose by name who needs a new slip.")


class WorksAtASchool(Refused):
    """A parent of the class works at a school: with the slip one could act in that role."""

    message = _("%(name)s works at a school, so the administrator of that school prints this slip.")


class KeptByAnotherSchool(Refused):
    """Another school brought the person in, and the account is in use: its slip opens that school's diaries too."""

    message = _("%(name)s came to us through another school, and has entered. That school prints this slip.")


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed for one account. The password is nowhere else."""

    name: str
    login: str
    password: str
    valid_until: date
    child: str


@transaction.atomic
def issue_credentials(
    *, actor: Actor, school_id: UUID, class_id: UUID, person_ids: Collection[UUID], day: date, at: datetime
) -> list[Slip]:
    """Give students of a class and their guardians new temporary passwords, and give them back to be printed.

    Without any person chosen it is for all who have never entered. An account that has entered loses its password
    and sessions: whoever asks for a slip has forgotten it.
    Raises: NotYourClass, NotOfThisClass, EverybodyHasEntered, WorksAtASchool, KeptByAnotherSchool.
    Records: CredentialsIssued.
    """
    school_class = SchoolClass.objects.filter(school_id=school_id, pk=class_id).first()
    if school_class is None or not may_issue_slips(actor, school_class):
        raise NotYourClass
    holders = holders_of_class(school_id=school_id, class_id=class_id, day=day)
    return _issue(actor, school_id, _chosen(actor, holders, person_ids, day), day, at)


@transaction.atomic
def issue_staff_credentials(
    *, actor: Actor, school_id: UUID, person_ids: Collection[UUID], day: date, at: datetime
) -> list[Slip]:
    """The same for those who work at the school; only its administrator may.

    Raises: NotYourClass, NotOfThisClass, EverybodyHasEntered, WorksAtASchool. Records: CredentialsIssued.
    """
    if not may_run_school(actor, school_id=school_id):
        raise NotYourClass
    holders = holders_of_staff(school_id=school_id, day=day)
    return _issue(actor, school_id, _chosen(actor, holders, person_ids, day), day, at)


def _chosen(actor: Actor, holders: list[Holder], person_ids: Collection[UUID], day: date) -> list[Holder]:
    if not person_ids:
        new = [holder for holder in holders if not holder.has_entered and _may_be_issued(actor, holder, day)]
        if not new:
            raise EverybodyHasEntered
        return new
    wanted = set(person_ids)
    chosen = [holder for holder in holders if holder.person_id in wanted]
    if len(chosen) < len(wanted):
        raise NotOfThisClass
    for holder in chosen:
        if not _may_be_issued(actor, holder, day):
            raise WorksAtASchool(name=holder.name)
        if holder.is_linked and holder.has_entered:
            raise KeptByAnotherSchool(name=holder.name)
    return chosen


def _may_be_issued(actor: Actor, holder: Holder, day: date) -> bool:
    """Say whether the actor runs every school that the holder works at."""
    if not holder.works:
        return True
    posts = actor_of(account_id=holder.account_id, day=day)
    return posts is not None and {post.school_id for post in posts.roles} <= set(
        actor.schools_as(Role.SCHOOL_ADMIN)
    )


def _issue(actor: Actor, school_id: UUID, holders: list[Holder], day: date, at: datetime) -> list[Slip]:
    until = day + timedelta(days=TEMPORARY_DAYS)
    passwords = give_temporary_passwords([holder.account_id for holder in holders], until=until)
    facts = [
        CredentialsIssued(
            thing_id=holder.account_id,
            subject_id=holder.student_id,
            until=until,
            had_entered=holder.has_entered,
        )
        for holder in holders
    ]
    record(facts, school_id=school_id, actor_id=actor.person_id, at=at)
    return [
        Slip(
            holder.name,
            holder.login,
            passwords[holder.account_id],
            until,
            "" if holder.is_student else holder.children,
        )
        for holder in holders
    ]
