"""All steps for one school, in their order."""

from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext as _

from zvonok.domain.access.commands import open_diaries, raise_revisions
from zvonok.domain.history.commands import record
from zvonok.domain.marks.commands.scales import set_up_scales
from zvonok.domain.schools.commands.registers import rename_school
from zvonok.domain.schools.facts import RosterImported
from zvonok.interop.oneroster.applying.persons import apply_guardians, apply_people
from zvonok.interop.oneroster.applying.places import apply_places
from zvonok.interop.oneroster.applying.sessions import FILE, apply_sessions
from zvonok.interop.oneroster.applying.structure import apply_classes, apply_groups
from zvonok.interop.oneroster.applying.work import SYSTEM, Work
from zvonok.interop.oneroster.rows import Org
from zvonok.interop.report import Action, Change

STEPS = 7


def apply_school(work: Work, org: Org, step: Callable[[], None]) -> None:
    """Apply a set to one school, within its scope; `step` is called `STEPS` times unless a row is refused."""
    apply_sessions(work)
    step()
    if not work.years:
        work.report.fault(FILE, "type", "", _("There is no school year, and none can be made of the terms."))
        return
    apply_classes(work)
    apply_groups(work)
    step()
    apply_people(work)
    step()
    apply_guardians(work)
    step()
    students = apply_places(work)
    step()
    if work.report.refused:
        return
    work.sources.point("school", org.id, work.school.pk)
    work.sources.save()
    step()
    _finish(work, students)
    step()


def settle_school(work: Work, org: Org) -> None:
    """Keep the school's name as the set has it."""
    name = org.name
    if work.is_new:
        work.report.note("school", Action.ADDED, name, org.row)
    elif work.school.name != name and work.sources.target("school", org.id):
        change = Change("school", Action.CHANGED, name, org.row, work.school.name, name)
        work.report.changes.append(change)
        rename_school(work.school, name=name)
    else:
        work.report.note("school", Action.KEPT, work.school.name, org.row)


def _finish(work: Work, students: set[UUID]) -> None:
    """Open what hangs on the roster: scales, diaries; and let every page of the school be made anew."""
    set_up_scales(school_id=work.school.pk)
    open_diaries(students, school_id=work.school.pk)
    changed: dict[str, dict[str, int]] = {}
    for change in work.report.changes[work.first_change :]:
        if change.action is not Action.KEPT:
            counts = changed.setdefault(change.kind, {})
            counts[change.action.value] = counts.get(change.action.value, 0) + 1
    if changed:
        fact = RosterImported(thing_id=work.school.pk, system=SYSTEM, counts=changed)
        record([fact], school_id=work.school.pk, actor_id=work.actor_id, at=work.at)
        raise_revisions(students, school_id=work.school.pk)
