"""Take a OneRoster set into the diary: all of it, or nothing."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zvonok.domain.access.actor import Actor
from zvonok.domain.schools.commands.registers import lock_school, open_school
from zvonok.domain.schools.commands.sources import Sources
from zvonok.domain.schools.models import School
from zvonok.interop.landing import school_named
from zvonok.interop.oneroster.applying.school import STEPS, apply_school, settle_school
from zvonok.interop.oneroster.applying.work import SYSTEM, Work
from zvonok.interop.oneroster.reading import read
from zvonok.interop.oneroster.rows import Bundle, Org
from zvonok.interop.report import Report
from zvonok.interop.source import open_source
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import school_scope

Progress = Callable[[int, int], None]


class AnotherSchool(Refused):
    """The set does not speak of this school, or not of this school alone."""

    message = gettext_lazy("This set is of another school: %(names)s. Import the roster of your own school.")


class NoSchoolInSet(Refused):
    """No organisation of the set is a school."""

    message = gettext_lazy("There is no organisation of the type “school” in this set.")


class CodeIsTaken(Refused):
    """Two organisations come to the same code."""

    message = gettext_lazy(
        "The code “%(code)s” belongs to another school here. Name the school with --school, or give it its own code."
    )


class ImportsMet(Refused):
    """The database refused a row that another transaction, or an odd set, has brought in."""

    message = gettext_lazy("The rows could not be written: %(reason)s. Nothing was imported; try once more.")


def import_path(
    path: Path,
    *,
    school: str | None,
    dry_run: bool,
    progress: Progress,
    actor: Actor | None = None,
    at: datetime | None = None,
) -> Report:
    """Import the set at `path` into the school with a code, or into every school the set names.

    Without an actor (on the command line) schools that are not there yet are founded. A set with a row that is
    refused changes nothing, nor does a dry run; the same set again changes nothing either.
    Raises: SourceRefused, NoSuchSchool, NotYourSchool, AnotherSchool, NoSchoolInSet, CodeIsTaken, ImportsMet.
    """
    report = Report()
    bundle = read(open_source(path), report)
    if report.refused:
        return report
    try:
        with transaction.atomic():
            _apply(bundle, report, _chosen(bundle, school, actor), actor, at or timezone.now(), progress)
            if report.refused or dry_run:
                transaction.set_rollback(True)
    except IntegrityError as error:
        raise ImportsMet(reason=_constraint(error)) from error
    if report.refused:
        report.changes.clear()
    report.landed = not (report.refused or dry_run)
    return report


def _chosen(bundle: Bundle, code: str | None, actor: Actor | None) -> list[tuple[Org, School | None]]:
    """Pair the schools of the set with ours; None for one that is to be founded."""
    orgs = [org for org in bundle.orgs if org.kind == "school"]
    if not orgs:
        raise NoSchoolInSet
    if code is None and actor is None:
        return [(org, School.objects.filter(code=code_of(org)).first()) for org in orgs]
    school = school_named(code, actor=actor)
    own = _orgs_of(school, orgs)
    if not own or (actor and len(orgs) > 1):
        raise AnotherSchool(names=", ".join(org.name for org in orgs if org not in own) or "—")
    return [(own[0], school)]


def _orgs_of(school: School, orgs: list[Org]) -> list[Org]:
    """Find the school in the set: as it was imported before, else by its code, its name, or because it is alone."""
    with school_scope(school.pk):
        bound = Sources(school_id=school.pk, system=SYSTEM).targets("school")
    if bound:
        return [org for org in orgs if org.id in bound]
    alike = [org for org in orgs if code_of(org) == school.code]
    alike = alike or [org for org in orgs if org.name.casefold() == school.name.casefold()]
    is_elsewhere = School.objects.filter(code__in=[code_of(org) for org in orgs]).exists()
    return alike or ([] if len(orgs) > 1 or is_elsewhere else orgs)


def code_of(org: Org) -> str:
    """Make a school's code of its number, or else of its id."""
    text = org.identifier or org.id
    return slugify(text)[:60] or slugify(text, allow_unicode=True)[:60] or "school"


def _apply(
    bundle: Bundle,
    report: Report,
    chosen: list[tuple[Org, School | None]],
    actor: Actor | None,
    at: datetime,
    progress: Progress,
) -> None:
    done, total = 0, len(chosen) * STEPS
    shared: dict[str, UUID] = {}

    def step() -> None:
        nonlocal done
        done += 1
        progress(done, total)

    for org, standing in chosen:
        school = standing or _founded(org)
        with school_scope(school.pk):
            lock_school(school)
            sources = Sources(school_id=school.pk, system=SYSTEM)
            bound = sources.targets("school")
            if bound and org.id not in bound:
                raise CodeIsTaken(code=school.code)
            work = Work(
                bundle=bundle,
                report=report,
                school=school,
                org_id=org.id,
                sources=sources,
                actor_id=actor.person_id if actor else None,
                at=at,
                shared_people=shared,
                is_new=standing is None,
            )
            settle_school(work, org)
            apply_school(work, org, step)


def _founded(org: Org) -> School:
    """Found a school, unless another one of the same set has got the code before it."""
    code = code_of(org)
    if School.objects.filter(code=code).exists():
        raise CodeIsTaken(code=code)
    return open_school(code=code, name=org.name)


def _constraint(error: IntegrityError) -> str:
    """Name the rule of the database, without the values of the row."""
    found = re.search(r'"([a-z_]+)"', str(error))
    return found[1] if found else _("a rule of the database")
