"""Period marks of the demo: what teachers would have decided at the end of each study period."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from zvonok.domain.access.actor import Actor
from zvonok.domain.attestation.commands.past import PastDecision, bring_in_period_marks
from zvonok.domain.attestation.proposals import (
    FIGURES,
    LEAST_MARKS,
    PASS_OR_FAIL,
    GroupRules,
    Inputs,
    Proposal,
    Why,
    propose,
    verdict_of,
)
from zvonok.domain.attestation.rules import Counted, weighted_average
from zvonok.domain.marks.models import ScaleKind
from zvonok.domain.schools.models import School, StudyGroup, StudyPeriod
from zvonok.domain.schools.selectors import year_of
from zvonok.domain.timetable.commands.periods import close_period, plan_closing
from zvonok.interop.demo import words
from zvonok.interop.demo.filled import Filled, Taught

SEED = 9534
TEACHERS_LATE = 0.04
TEACHERS_KIND = 0.03
CLOSES_IN = timedelta(days=5)
REASONS = ("Победитель олимпиады", "Зачёт сдан устно", "Пересдана контрольная работа")


@dataclass(frozen=True, slots=True)
class Teaching:
    """Who is taught what: the groups, their students, the lessons that were held."""

    groups: dict[UUID, StudyGroup]
    pupils: dict[UUID, list[UUID]]
    lessons: list[Taught]


@dataclass(frozen=True, slots=True)
class _Tallies:
    """What a period left behind: marks and absences of each student in each group, lessons of each group."""

    marks: dict[tuple[UUID, UUID], list[Counted]]
    verdicts: dict[tuple[UUID, UUID], list[str]]
    missed: Counter[tuple[UUID, UUID]]
    lessons: Counter[UUID]
    teacher: dict[UUID, UUID]


def attest(school: School, filled: Filled, teaching: Teaching, *, before: date, at: datetime) -> None:
    """Give the marks of the periods that have ended; a few groups of the last one are still to be done."""
    year = year_of(school_id=school.pk, day=before)
    periods = StudyPeriod.objects.filter(school=school, year=year, ends_on__lt=before)
    for period in periods.order_by("number"):
        latest = not periods.filter(system=period.system, number__gt=period.number).exists()
        rng = Random(f"{SEED}-{school.code}-{period.system}-{period.number}")
        tallies = _tallies(filled, teaching, period)
        decisions = [
            decision
            for group, students in teaching.pupils.items()
            if _is_due(teaching.groups[group], period) and not (latest and rng.random() < TEACHERS_LATE)
            for student in students
            for decision in _decide(rng, tallies, teaching.groups[group], student, period)
        ]
        unique = {(one.student_id, one.subject_id): one for one in decisions}
        bring_in_period_marks(list(unique.values()), period=period, actor_id=None, at=at)


def close_old_periods(school: School, *, deputy: Actor, today: date, at: datetime) -> None:
    """Let the deputy head close all ended periods but the last, and plan the closing of that one."""
    year = year_of(school_id=school.pk, day=today)
    periods = StudyPeriod.objects.filter(school=school, year=year, ends_on__lt=today)
    for period in periods.order_by("system", "number"):
        if periods.filter(system=period.system, number__gt=period.number).exists():
            close_period(actor=deputy, period_id=period.pk, at=at)
        else:
            plan_closing(actor=deputy, period_id=period.pk, closes_on=today + CLOSES_IN, at=at)


def _is_due(group: StudyGroup, period: StudyPeriod) -> bool:
    return group.period_system == period.system and words.is_marked(group.title)


def _scale(group: StudyGroup) -> str:
    return ScaleKind.PASS_FAIL if words.is_passed(group.title) else ScaleKind.FIVE_POINT


def _tallies(filled: Filled, teaching: Teaching, period: StudyPeriod) -> _Tallies:
    own = {one.id: one for one in teaching.lessons if period.starts_on <= one.day <= period.ends_on}
    marks: dict[tuple[UUID, UUID], list[Counted]] = defaultdict(list)
    verdicts: dict[tuple[UUID, UUID], list[str]] = defaultdict(list)
    for work in filled.works:
        if work.lesson_id not in own:
            continue
        for student, value, _ in work.marks:
            key = (student, own[work.lesson_id].group_id)
            if value in PASS_OR_FAIL:
                verdicts[key].append(value)
            elif value in FIGURES:
                marks[key].append(Counted(Decimal(value), work.weight))
    missed = Counter(
        (past.student_id, own[past.lesson_id].group_id)
        for past in filled.absences
        if past.lesson_id in own and past.kind != "LATE"
    )
    lessons = Counter(one.group_id for one in own.values())
    return _Tallies(marks, verdicts, missed, lessons, {one.group_id: one.teacher_id for one in own.values()})


def _decide(
    rng: Random, tallies: _Tallies, group: StudyGroup, student: UUID, period: StudyPeriod
) -> Iterator[PastDecision]:
    """Decide as the rules propose, a little kinder now and then; of too few marks a teacher makes a mark too."""
    marks, lessons = tallies.marks[student, group.pk], tallies.lessons[group.pk]
    if not lessons:
        return
    verdicts = tallies.verdicts[student, group.pk]
    inputs = Inputs(
        weighted_average(marks),
        len(marks) or len(verdicts),
        lessons,
        tallies.missed[student, group.pk],
        verdict_of(verdicts),
    )
    proposal = propose(inputs, GroupRules(least_marks=LEAST_MARKS[period.system], scale=_scale(group)))
    value, reason = _value(rng, proposal)
    yield PastDecision(
        student,
        group.subject_id,
        group.pk,
        value,
        inputs.average,
        tallies.teacher[group.pk],
        inputs.count,
        inputs.lessons,
        inputs.missed,
        proposal.value,
        reason,
    )


def _value(rng: Random, proposal: Proposal) -> tuple[str, str]:
    if proposal.why == Why.TOO_FEW and proposal.figure:
        return proposal.figure, ""
    if proposal.value in FIGURES[1:] and rng.random() < TEACHERS_KIND:
        return str(int(proposal.value) + 1), rng.choice(REASONS)
    return proposal.value, ""
