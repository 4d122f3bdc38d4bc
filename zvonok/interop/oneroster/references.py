"""Whether the rows of a set fit together: who refers to whom, and is it there."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zvonok.interop.oneroster.rows import Bundle, Mode
from zvonok.interop.report import Report, Row

Known = Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class _Reference:
    file: str
    column: str
    target: str
    rows: Callable[[Bundle], Iterable[Any]]
    ids: Callable[[Any], tuple[str, ...]]
    needed: bool = True


def _one(attribute: str) -> Callable[[Any], tuple[str, ...]]:
    return lambda row: (getattr(row, attribute),)


def _many(attribute: str) -> Callable[[Any], tuple[str, ...]]:
    return lambda row: getattr(row, attribute)


def _rows(attribute: str) -> Callable[[Bundle], Iterable[Any]]:
    return lambda bundle: getattr(bundle, attribute)


_REFERENCES = (
    _Reference("orgs", "parentSourcedId", "orgs", _rows("orgs"), _one("parent_id"), needed=False),
    _Reference(
        "academicSessions",
        "parentSourcedId",
        "academicSessions",
        _rows("sessions"),
        _one("parent_id"),
        needed=False,
    ),
    _Reference(
        "courses", "schoolYearSourcedId", "academicSessions", _rows("courses"), _one("year_id"), needed=False
    ),
    _Reference("courses", "orgSourcedId", "orgs", _rows("courses"), _one("org_id")),
    _Reference("classes", "courseSourcedId", "courses", _rows("classes"), _one("course_id")),
    _Reference("classes", "schoolSourcedId", "orgs", _rows("classes"), _one("school_id")),
    _Reference("classes", "termSourcedIds", "academicSessions", _rows("classes"), _many("term_ids")),
    _Reference("users", "orgSourcedIds", "orgs", _rows("users"), _many("org_ids")),
    _Reference("users", "primaryOrgSourcedId", "orgs", _rows("users"), _one("primary_org_id"), needed=False),
    _Reference("users", "agentSourcedIds", "users", _rows("users"), _many("agent_ids"), needed=False),
    _Reference("enrollments", "classSourcedId", "classes", _rows("enrolments"), _one("class_id")),
    _Reference("enrollments", "schoolSourcedId", "orgs", _rows("enrolments"), _one("school_id")),
    _Reference("enrollments", "userSourcedId", "users", _rows("enrolments"), _one("user_id")),
    _Reference("demographics", "sourcedId", "users", _rows("demographics"), _one("user_id")),
)
_ROLE_REFERENCES = (
    _Reference("roles", "userSourcedId", "users", _rows("roles"), _one("user_id")),
    _Reference("roles", "orgSourcedId", "orgs", _rows("roles"), _one("org_id")),
)


def check_references(bundle: Bundle, known: Known, report: Report) -> None:
    """Report every reference that leads nowhere, every circle of parents and every row at odds with another.

    `known` holds all ids of each file that could be read whole, of refused rows too. What refers from or to
    a delta file can be judged only beside the stored rows.
    """
    for reference in (*_REFERENCES, *(_ROLE_REFERENCES if "roles" in bundle.modes else ())):
        if Mode.DELTA not in {bundle.mode(reference.file), bundle.mode(reference.target)}:
            _check(reference, bundle, known, report)
    _check_circles(bundle.orgs, report)
    _check_circles(bundle.sessions, report)
    _check_schools(bundle, report)
    _check_logins(bundle, report)


def _check(reference: _Reference, bundle: Bundle, known: Known, report: Report) -> None:
    tell = report.fault if reference.needed else report.warn
    missing = bundle.mode(reference.target) is Mode.ABSENT
    if not missing and reference.target not in known:
        return
    targets = known.get(reference.target, set())
    for row in reference.rows(bundle):
        for target_id in filter(None, reference.ids(row)):
            if target_id in targets:
                continue
            if missing:
                reason = _("The rows refer to %(file)s.csv, which is not in this set.") % {
                    "file": reference.target
                }
                tell(row.row, reference.column, target_id, reason)
                return
            reason = _("There is no such row in %(file)s.csv.") % {"file": reference.target}
            tell(row.row, reference.column, target_id, reason)


def _check_circles(rows: Iterable[Any], report: Report) -> None:
    parents = {row.id: row.parent_id for row in rows}
    for row in rows:
        seen = {row.id}
        above = row.parent_id
        while above and above not in seen:
            seen.add(above)
            above = parents.get(above, "")
        if above == row.id:
            report.fault(row.row, "parentSourcedId", row.parent_id, _("It would be its own parent."))


def _check_schools(bundle: Bundle, report: Report) -> None:
    schools = {group.id: group.school_id for group in bundle.classes}
    for enrolment in bundle.enrolments:
        if schools.get(enrolment.class_id, enrolment.school_id) != enrolment.school_id:
            reason = _("The class belongs to another school; the school of the class was taken.")
            report.warn(enrolment.row, "schoolSourcedId", enrolment.school_id, reason)


def _check_logins(bundle: Bundle, report: Report) -> None:
    first: dict[str, Row] = {}
    for user in bundle.users:
        standing = first.setdefault(user.username.casefold(), user.row)
        if user.username and standing is not user.row:
            reason = _("Line %(line)s has the same login.") % {"line": standing.line}
            report.warn(user.row, "username", user.username, reason)
