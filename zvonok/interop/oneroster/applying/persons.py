"""People, their accounts, and whose parents they are; from users, demographics and agents."""

import re
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext as _

from zvonok.domain.people.commands.accounts import AccountData, Opened, open_accounts
from zvonok.domain.people.commands.register import (
    PersonData,
    Registered,
    register_people,
    settle_guardianships,
)
from zvonok.domain.people.models import Sex
from zvonok.domain.people.rules import mobile_number
from zvonok.interop.oneroster.applying.work import Work
from zvonok.interop.oneroster.rows import Demographic, Mode, User
from zvonok.interop.report import Action, Change
from zvonok.kernel.spans import Wanted

_SEXES = {"male": Sex.MALE, "female": Sex.FEMALE}
_EMAIL_LENGTH = 254
_DIGITS = re.compile(r"\+?[0-9]{5,15}")
_FILLING = re.compile(r"[\s().\-\u2010-\u2015]+")


def users_of_school(work: Work) -> list[User]:
    """List the users who have to do with the school: by role, enrolment, child, or by being known here."""
    concerned = {one.user_id for one in work.roles} | {one.user_id for one in work.enrolments}
    concerned |= {one.guardian_id for one in work.bundle.guardians if one.student_id in concerned}
    concerned |= set(work.sources.targets("person")) | set(work.sources.targets("linked_person"))
    return [user for user in work.bundle.users if user.id in concerned or user.primary_org_id == work.org_id]


def apply_people(work: Work) -> None:
    """Register the users of the school and open their accounts."""
    users = users_of_school(work)
    own = work.sources.targets("person")
    work.people = work.sources.targets("linked_person") | own
    elsewhere = {key: person for key, person in work.shared_people.items() if key not in work.people}
    registered = register_people(
        _wanted(work, users),
        own=own,
        linked=work.sources.targets("linked_person") | elsewhere,
        school_id=work.school.pk,
        actor_id=work.actor_id,
        at=work.at,
    )
    for user in users:
        _note_person(work, user, registered[user.id])
    _apply_accounts(work, [user for user in users if not registered[user.id].is_linked])
    if any(user.password for user in users):
        row = next(user.row for user in users if user.password)
        reason = _("Passwords in the file are not used: temporary passwords are given out on slips.")
        work.report.warn(row, "password", "•", reason)


def _wanted(work: Work, users: list[User]) -> dict[str, PersonData]:
    births = {one.user_id: one for one in work.bundle.demographics}
    return {user.id: _person(user, births.get(user.id)) for user in users}


def _person(user: User, birth: Demographic | None) -> PersonData:
    return PersonData(
        last_name=user.family_name,
        first_name=user.given_name,
        middle_name=user.middle_name,
        sex=_SEXES.get(birth.sex, Sex.UNKNOWN) if birth else None,
        birth_date=birth.birth_date if birth else None,
        master_id=user.master_identifier or None,
    )


def _note_person(work: Work, user: User, one: Registered) -> None:
    name = f"{user.family_name} {user.given_name}"
    work.people[user.id] = one.id
    work.shared_people.setdefault(user.id, one.id)
    work.names[one.id] = name
    work.sources.point("linked_person" if one.is_linked else "person", user.id, one.id)
    if one.is_linked:
        work.linked.add(one.id)
    action = Action.ADDED if one.before is None else Action.CHANGED if one.before else Action.KEPT
    # The master id may be a document's number: it is not for reports.
    before = ", ".join(value for field, value in (one.before or {}).items() if field != "master_id")
    after = ", ".join(value for field, value in one.after.items() if field != "master_id")
    work.report.changes.append(Change("person", action, name, user.row, before, after))


def _apply_accounts(work: Work, users: list[User]) -> None:
    rows = {work.people[user.id]: user for user in users}
    opened = open_accounts({person: _account(work, user) for person, user in rows.items()}, at=work.at)
    for person, one in opened.items():
        _note_account(work, rows[person], one)


def _account(work: Work, user: User) -> AccountData:
    return AccountData(
        login=user.username or user.id,
        email=_email(work, user),
        phone=_phone(work, user),
        is_active=user.enabled,
    )


def _email(work: Work, user: User) -> str:
    if not user.email:
        return ""
    try:
        validate_email(user.email)
        MaxLengthValidator(_EMAIL_LENGTH)(user.email)
    except ValidationError:
        work.report.warn(user.row, "email", user.email, _("This is not an e-mail address; it was left out."))
        return ""
    return user.email


def _phone(work: Work, user: User) -> str:
    text = user.sms or user.phone
    if not text:
        return ""
    digits = mobile_number(text) or _FILLING.sub("", text)
    if not _DIGITS.fullmatch(digits):
        column = "sms" if user.sms else "phone"
        work.report.warn(user.row, column, text, _("This is not a phone number; it was left out."))
        return ""
    return digits


def _note_account(work: Work, user: User, one: Opened) -> None:
    action = Action.ADDED if one.before is None else Action.CHANGED if one.before else Action.KEPT
    before = ", ".join((one.before or {}).values())
    change = Change("account", action, one.login, user.row, before, ", ".join(one.after.values()))
    work.report.changes.append(change)
    if one.is_email_taken:
        reason = _("This e-mail stands in another account; it was left out.")
        work.report.warn(user.row, "email", user.email, reason)
    if one.before is None and one.login != (user.username or user.id).lower():
        reason = _("This login is taken or too long; the account got the login “%(login)s”.")
        work.report.warn(user.row, "username", user.username, reason % {"login": one.login})


def apply_guardians(work: Work) -> None:
    """Settle who stands for which child of the school."""
    named: list[Wanted] = []
    rows = {}
    for one in work.bundle.guardians:
        guardian, child = work.people.get(one.guardian_id), work.people.get(one.student_id)
        if guardian is None or child is None or guardian == child:
            continue
        source_id = f"{one.guardian_id}>{one.student_id}"
        rows[source_id] = one.row
        named.append(Wanted(source_id, (guardian, child), None))
    wanted, foreign = _own_children(work, named)
    found = settle_guardianships(
        wanted,
        closable=_closable(work),
        since=work.since,
        today=work.today,
        school_id=work.school.pk,
        actor_id=work.actor_id,
        at=work.at,
    )
    work.point("guardianship", found.moves)
    work.note_moves("guardianship", found.moves, lambda move: " — ".join(map(work.name, move.what)), rows)
    for left in foreign:
        reason = _("This child was registered by another school, which says who stands for the child.")
        work.report.warn(rows[left.source_id], "agentSourcedIds", left.source_id, reason)
    for left in found.withdrawn:
        reason = _("This was withdrawn by hand and is not given again.")
        work.report.warn(rows[left.source_id], "agentSourcedIds", left.source_id, reason)


def _own_children(work: Work, wanted: list[Wanted]) -> tuple[list[Wanted], list[Wanted]]:
    """Set aside the children whom another school brought in: no file opens their diaries to somebody new."""
    own = [one for one in wanted if one.what[1] not in work.linked]
    return own, [one for one in wanted if one.what[1] in work.linked]


def _closable(work: Work) -> set[UUID]:
    """Tell which guardianships end unless the set names them: those of children of whom it speaks.

    A child who has left the school keeps the parents it had; the diary goes with the child.
    """
    stored = work.sources.targets("guardianship")
    if work.mode("users") is Mode.BULK:
        spoken = {user.id for user in work.bundle.users}
        return {target for pair, target in stored.items() if pair.rpartition(">")[2] in spoken}
    gone = {one.id for one in work.bundle.removed if one.file == "users"}
    return {target for pair, target in stored.items() if pair.partition(">")[0] in gone}
