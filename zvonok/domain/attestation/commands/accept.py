"""Accept a version of the rules by which period marks are proposed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.attestation.facts import AttestationRulesAccepted
from zvonok.domain.attestation.models import AttestationRules, AverageKind, FinalRule, SubjectStep, YearRule
from zvonok.domain.attestation.policy import may_accept_rules
from zvonok.domain.history.commands import record
from zvonok.domain.schools.models import School, Subject
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused


class NotTheRuleMaker(Refused):
    """The actor does not oversee the school."""

    message = _("Only the deputy head and the head accept rules of attestation.")


class RulesInThePast(Refused):
    """The rules would change what was proposed before today."""

    message = _("Rules take effect from today on: what was computed before stays as it was.")


@dataclass(frozen=True, slots=True)
class WantedRules:
    """What the deputy head wants from a day on."""

    valid_from: date
    step_up: Decimal = Decimal("0.50")
    averages: str = AverageKind.WEIGHTED
    least_quarter: int = 3
    least_trimester: int = 3
    least_half_year: int = 5
    least_module: int = 2
    missed_percent: Decimal = Decimal("66.67")
    year_rule: str = YearRule.PERIODS
    final_rule: str = FinalRule.HALF_EXAM


@transaction.atomic
def accept_rules(
    wanted: WantedRules,
    *,
    steps: Mapping[UUID, Decimal],
    actor: Actor,
    school_id: UUID,
    at: datetime,
) -> AttestationRules:
    """Accept a new version of a school's rules from a day on; marks that stand keep the version they have.

    `steps` are the subjects that round up from elsewhere.
    Raises: NotTheRuleMaker, RulesInThePast. Records: AttestationRulesAccepted.
    """
    school = School.objects.select_for_update(no_key=True).get(pk=school_id)
    if not may_accept_rules(actor, school_id=school_id):
        raise NotTheRuleMaker
    if wanted.valid_from < at.astimezone(ZoneInfo(school.time_zone)).date():
        raise RulesInThePast
    own = AttestationRules.objects.filter(school_id=school_id)
    values = {name: getattr(wanted, name) for name in WantedRules.__slots__}
    rules = AttestationRules.objects.create(
        id=uuid7(),
        school_id=school_id,
        number=(own.aggregate(latest=Max("number"))["latest"] or 0) + 1,
        accepted_by_id=actor.person_id,
        accepted_at=at,
        **values,
    )
    known = Subject.objects.filter(school_id=school_id, pk__in=list(steps)).values_list("pk", flat=True)
    SubjectStep.objects.bulk_create(
        SubjectStep(id=uuid7(), school_id=school_id, rules=rules, subject_id=key, step_up=steps[key])
        for key in known
    )
    words = ", ".join(f"{name}={value}" for name, value in values.items())
    fact = AttestationRulesAccepted(
        thing_id=rules.pk, number=rules.number, valid_from=wanted.valid_from, rules=words
    )
    record([fact], school_id=school_id, actor_id=actor.person_id, at=at)
    return rules
