"""Who is where on which days: enrolments of both kinds, and staff roles."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from zvonok.domain.schools.commands.places import (
    ASSIGNMENTS,
    ENROLMENTS,
    MEMBERSHIPS,
    STAFF_ROLES,
    Places,
    settle_places,
)
from zvonok.domain.schools.models import Role
from zvonok.interop.oneroster.applying.structure import apply_classes_by_grade
from zvonok.interop.oneroster.applying.work import Work
from zvonok.interop.oneroster.columns import GUARDIAN_ROLES
from zvonok.interop.oneroster.rows import EnrolmentRow, Mode, User
from zvonok.interop.report import Row
from zvonok.kernel.spans import Move, Wanted, What

_ROLES = {
    "teacher": Role.TEACHER,
    "principal": Role.HEAD,
    "siteAdministrator": Role.SCHOOL_ADMIN,
    "systemAdministrator": Role.SCHOOL_ADMIN,
    "ext:deputyHead": Role.DEPUTY_HEAD,
}
_CONCLUDED = ("teacher:", "student:")
_NO_POST = GUARDIAN_ROLES | {"student"}


def apply_places(work: Work) -> set[UUID]:
    """Settle who belongs where; gives back the students of the school whom the set names."""
    for one in work.enrolments:
        if one.user_id not in work.people:
            work.report.fault(
                one.row, "userSourcedId", one.user_id, _("There is no such user in this school.")
            )
    if work.report.refused:
        return set()
    wanted = {
        "enrolment": _students(work, work.homerooms.keys() | work.sources.targets("class").keys(), "class"),
        "membership": _students(work, work.scheduled.keys() | work.sources.targets("group").keys(), "group"),
        "assignment": _teachers(work),
        "class_teacher": _class_teachers(work),
        "staff_role": _staff_roles(work),
    }
    wanted["enrolment"] += _students_by_grade(work, wanted["enrolment"])
    settled = {kind: _settle(work, kind, places, wanted[kind]) for kind, places in _PLACES.items()}
    moves = [*settled["enrolment"], *settled["membership"]]
    return {move.what[0] for move in moves if isinstance(move.what[0], UUID)}


_PLACES = {
    "enrolment": ENROLMENTS,
    "membership": MEMBERSHIPS,
    "assignment": ASSIGNMENTS,
    "class_teacher": STAFF_ROLES,
    "staff_role": STAFF_ROLES,
}
_REPORTED_AS = {"class_teacher": "staff_role"}


def _settle(work: Work, kind: str, places: Places, wanted: list[Wanted]) -> list[Move]:
    rows = {one.id: one.row for one in work.roles} | {one.id: one.row for one in work.enrolments}
    found = settle_places(
        places,
        wanted,
        school_id=work.school.pk,
        closable=_closable(work, kind),
        since=work.since,
        today=work.today,
        actor_id=work.actor_id,
        at=work.at,
    )
    work.point(kind, found.moves)
    work.note_moves(_REPORTED_AS.get(kind, kind), found.moves, lambda move: _label(work, move), rows)
    for one in found.left_out:
        reason = _("These days are none, or meet another row of the same person; the row was left out.")
        work.report.warn(
            rows.get(one.source_id, Row("enrollments.csv", None)), "beginDate", one.source_id, reason
        )
    return [move for move, _row_id in found.moves]


def _closable(work: Work, kind: str) -> set[UUID]:
    """Tell which rows end unless the set names them; what was concluded from two files needs both whole."""
    closable = work.closable(kind, "roles" if kind == "staff_role" else "enrollments", _gone(work, kind))
    if _is_partial(work) or work.mode("roles") is not Mode.BULK:
        stored = work.sources.targets(kind).items()
        closable -= {target for source, target in stored if source.startswith(_CONCLUDED)}
    return closable


def _gone(work: Work, kind: str) -> set[str]:
    """In a file of changes, tell which rows belong to users and classes that were removed."""
    users = {one.id for one in work.bundle.removed if one.file == "users"}
    people = {work.people[user] for user in users if user in work.people}
    classes = {one.id for one in work.bundle.removed if one.file == "classes"}
    places = {
        target for one in classes for k in ("class", "group") if (target := work.sources.target(k, one))
    }
    if not people and not places:
        return set()
    columns = _PLACES[kind].columns
    rows = _PLACES[kind].model._default_manager.filter(school_id=work.school.pk)
    ended = {row_id for row_id, *what in rows.values_list("id", *columns) if {*what} & (people | places)}
    return {source for source, target in work.sources.targets(kind).items() if target in ended}


def _students(work: Work, class_ids: Iterable[str], kind: str) -> list[Wanted]:
    within = set(class_ids)
    return [
        _wanted(work, one, (work.people[one.user_id], work.sources.target(kind, one.class_id)))
        for one in work.enrolments
        if one.role == "student" and one.class_id in within and work.sources.target(kind, one.class_id)
    ]


def _teachers(work: Work) -> list[Wanted]:
    return [
        _wanted(work, one, (work.people[one.user_id], group))
        for one in work.enrolments
        if one.role == "teacher" and (group := work.sources.target("group", one.class_id))
    ]


def _class_teachers(work: Work) -> list[Wanted]:
    """A homeroom's primary teacher leads the class; where none is primary, its only teacher."""
    led = [
        one for one in work.enrolments if one.role == "teacher" and work.sources.target("class", one.class_id)
    ]
    teachers = Counter(one.class_id for one in led)
    return [
        _wanted(
            work,
            one,
            (work.people[one.user_id], Role.CLASS_TEACHER, work.sources.target("class", one.class_id)),
        )
        for one in led
        if one.primary or teachers[one.class_id] == 1
    ]


def _staff_roles(work: Work) -> list[Wanted]:
    wanted = []
    for one in work.roles:
        role = _ROLES.get(one.role)
        if role and one.user_id in work.people:
            what = (work.people[one.user_id], role, None)
            wanted.append(Wanted(one.id, what, one.begin, one.end or date.max))
        elif one.role not in _NO_POST:
            reason = _("The diary has no such role; it was left out.")
            work.report.warn(one.row, "role", one.role, reason)
    known = {one.what[0] for one in wanted if one.what[1] == Role.TEACHER}
    by_enrolment = {work.people[one.user_id]: one.user_id for one in work.enrolments if one.role == "teacher"}
    wanted += [
        Wanted(f"teacher:{user_id}", (person, Role.TEACHER, None), None)
        for person, user_id in by_enrolment.items()
        if person not in known
    ]
    return wanted


def _students_by_grade(work: Work, enrolled: list[Wanted]) -> list[Wanted]:
    placed = {one.what[0] for one in enrolled}
    if _is_partial(work):
        placed |= {row[0] for row in ENROLMENTS.model._default_manager.values_list("student_id")}
    teachers = {one.user_id for one in work.enrolments if one.role == "teacher"}
    learning = {one.user_id for one in work.enrolments if one.role == "student"}
    learning |= {one.user_id for one in work.roles if one.role == "student"} - teachers
    users = [user for user in work.bundle.users if user.id in learning and work.people[user.id] not in placed]
    classes = apply_classes_by_grade(work, users)
    return [_by_grade(work, user, classes[user.id]) for user in users if user.id in classes]


def _by_grade(work: Work, user: User, class_id: str) -> Wanted:
    days = work.years[-1].days
    what = (work.people[user.id], work.sources.target("class", class_id))
    return Wanted(f"student:{user.id}", what, days.begin, days.end)


def _is_partial(work: Work) -> bool:
    return work.mode("enrollments") is not Mode.BULK


def _wanted(work: Work, one: EnrolmentRow, what: What) -> Wanted:
    days = work.days_of_class.get(one.class_id) or work.years[-1].days
    return Wanted(one.id, what, one.begin or days.begin, one.end or days.end)


def _label(work: Work, move: Move) -> str:
    who, *where = move.what
    titles = [
        str(part.label)
        if isinstance(part, Role)
        else work.titles.get(part, "")
        if isinstance(part, UUID)
        else ""
        for part in where
    ]
    return " — ".join([work.name(who), *filter(None, titles)])
