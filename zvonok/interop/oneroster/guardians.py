"""Who is whose parent: agents may stand in the student's row, in the parent's, or in both."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from zvonok.interop.oneroster.columns import GUARDIAN_ROLES
from zvonok.interop.oneroster.rows import Guardian, RoleRow, User
from zvonok.interop.report import Report


def find_guardians(users: Iterable[User], roles: Iterable[RoleRow], report: Report) -> tuple[Guardian, ...]:
    """Pair students with those of their agents who are a parent or a guardian.

    An agent of any other role (a relative, an aide, a teacher) gets no access from a roster.
    """
    held: dict[str, set[str]] = defaultdict(set)
    for role in roles:
        held[role.user_id].add(role.role)
    known = {user.id: user for user in users}
    found: dict[tuple[str, str], Guardian] = {}
    for user in known.values():
        for agent_id in user.agent_ids:
            if agent_id not in known:
                continue
            pair = _pair(user.id, agent_id, held)
            if pair is None:
                reason = _(
                    "One of the two must be a student and the other a parent or guardian; it was left out."
                )
                report.warn(user.row, "agentSourcedIds", agent_id, reason)
            else:
                kind = max(held[pair[0]] & GUARDIAN_ROLES)
                found.setdefault(pair, Guardian(*pair, kind, user.row))
    return tuple(found.values())


def _pair(user_id: str, agent_id: str, held: dict[str, set[str]]) -> tuple[str, str] | None:
    """Order the two as (guardian, student)."""
    for guardian, student in ((agent_id, user_id), (user_id, agent_id)):
        if guardian != student and held[guardian] & GUARDIAN_ROLES and "student" in held[student]:
            return guardian, student
    return None
