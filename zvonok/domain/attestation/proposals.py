"""Which mark the school's rules propose, and when a decision departs from it. Pure, decimal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from zvonok.domain.attestation.rules import Counted, plain_average, rounded, weighted_average

FIVE_POINT, PASS_FAIL, UNGRADED = "FIVE_POINT", "PASS_FAIL", "UNGRADED"
NOT_ATTESTED, EXEMPT = "н/а", "осв"
OFF_SCALE = (NOT_ATTESTED, EXEMPT)
FIGURES = ("5", "4", "3", "2")
PASS_OR_FAIL = ("зач", "незач")
LEAST_MARKS: Mapping[str, int] = MappingProxyType({"QUARTER": 3, "TRIMESTER": 3, "HALF_YEAR": 5, "MODULE": 2})
_SPELLINGS = {
    "н": NOT_ATTESTED,
    "на": NOT_ATTESTED,
    "n": NOT_ATTESTED,
    "y": NOT_ATTESTED,
    "о": EXEMPT,
    "o": EXEMPT,
    "j": EXEMPT,
    "з": "зач",
    "зачет": "зач",
    "зачёт": "зач",
    "незачет": "незач",
    "незачёт": "незач",
}


class Why(StrEnum):
    """What a proposal rests on."""

    NOTHING = "NOTHING"
    AVERAGE = "AVERAGE"
    TOO_FEW = "TOO_FEW"
    MISSED = "MISSED"
    PERIODS = "PERIODS"
    EXAM = "EXAM"
    YEAR = "YEAR"


@dataclass(frozen=True, slots=True)
class GroupRules:
    """A version of the school's rules as it bears on one study group; without an id, what every school begins with."""

    id: UUID | None = None
    number: int = 0
    step_up: Decimal = Decimal("0.50")
    is_weighted: bool = True
    least_marks: int = 3
    missed_percent: Decimal = Decimal("66.67")
    year_by_marks: bool = False
    final_by_year: bool = False
    scale: str = FIVE_POINT


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a proposal is computed from: the average of `count` marks, and the lessons so far.

    Without figures among the marks, `verdict` is what passes and fails come to.
    """

    average: Decimal | None
    count: int
    lessons: int = 0
    missed: int = 0
    verdict: str = ""

    @property
    def missed_percent(self) -> Decimal:
        """The share of lessons missed, in per cent."""
        return Decimal(100 * self.missed) / self.lessons if self.lessons else Decimal(0)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rules propose: a value or "" for none, the figure that the average rounds to, and what both rest on."""

    value: str
    figure: str
    why: Why
    inputs: Inputs


NOTHING = Proposal("", "", Why.NOTHING, Inputs(None, 0))


def average_of(marks: Sequence[Counted], rules: GroupRules) -> Decimal | None:
    """Compute the average that proposes a mark under the rules."""
    return weighted_average(marks) if rules.is_weighted else plain_average(marks)


def propose(inputs: Inputs, rules: GroupRules) -> Proposal:
    """Propose a mark for a study period: the rounded average, or not attested. Rules A-3, A-4, A-5."""
    figure = _fitting(figure_of(inputs.average, rules) or inputs.verdict, rules.scale)
    if rules.scale == UNGRADED:
        return NOTHING
    if inputs.lessons and inputs.missed_percent > rules.missed_percent:
        return Proposal(NOT_ATTESTED, figure, Why.MISSED, inputs)
    if not inputs.count and not inputs.lessons:
        return Proposal("", "", Why.NOTHING, inputs)
    if inputs.count < rules.least_marks:
        return Proposal(NOT_ATTESTED, figure, Why.TOO_FEW, inputs)
    return Proposal(figure, figure, Why.AVERAGE if figure else Why.NOTHING, inputs)


def propose_year(period_marks: Sequence[str], all_marks: Inputs, rules: GroupRules) -> Proposal:
    """Propose a year mark: from the period marks that are figures, or from all marks of the year. Rule A-6."""
    if rules.year_by_marks:
        figure = _fitting(figure_of(all_marks.average, rules) or all_marks.verdict, rules.scale)
        return Proposal(figure, figure, Why.AVERAGE if figure else Why.NOTHING, all_marks)
    return _mean(period_marks, rules, Why.PERIODS)


def propose_final(year: str, exam: str, rules: GroupRules) -> Proposal:
    """Propose a final mark: of the year mark and the exam mark, or of the year mark alone. Rule A-7."""
    if rules.final_by_year or exam not in FIGURES:
        return _mean([year], rules, Why.YEAR)
    return _mean([year, exam], rules, Why.EXAM) if year in FIGURES else _mean([], rules, Why.EXAM)


def verdict_of(values: Sequence[str]) -> str:
    """Weigh passes against fails: as many are enough for a pass; "" without any. Rule A-9."""
    passes, fails = (values.count(value) for value in PASS_OR_FAIL)
    return "" if not passes + fails else PASS_OR_FAIL[0] if passes >= fails else PASS_OR_FAIL[1]


def departs(value: str, proposal: Proposal) -> bool:
    """Say whether a decision wants a reason: exempt always, else what is not proposed.

    The figure of the average passes although there are too few marks. Rule P-2.
    """
    if value == EXEMPT:
        return True
    if not proposal.value or value == proposal.value:
        return False
    return not (proposal.why == Why.TOO_FEW and value == proposal.figure)


def spelled(typed: str) -> str:
    """Write what was typed as the journal has it: “н” is not attested, “о” exempt, “з” a pass."""
    word = typed.strip().lower()
    return _SPELLINGS.get(word, word)


def is_value(value: str, *, scale: str = FIVE_POINT) -> bool:
    """Say whether a value can stand as a period mark where marks are put by a scale."""
    on_scale = {PASS_FAIL: PASS_OR_FAIL, UNGRADED: ()}.get(scale, FIGURES)
    return value in on_scale or value in OFF_SCALE


def _fitting(figure: str, scale: str) -> str:
    """Say a figure in the words of a scale: from 3 on it is a pass; "" for what the scale does not have."""
    if scale == PASS_FAIL and figure in FIGURES:
        return PASS_OR_FAIL[0] if figure >= "3" else PASS_OR_FAIL[1]
    return figure if figure and is_value(figure, scale=scale) else ""


def _mean(values: Sequence[str], rules: GroupRules, why: Why) -> Proposal:
    figures = [Counted(Decimal(value), 1) for value in values if value in FIGURES]
    inputs = Inputs(plain_average(figures), len(figures))
    figure = _fitting(figure_of(inputs.average, rules) or verdict_of(values), rules.scale)
    return Proposal(figure, figure, why if figure else Why.NOTHING, inputs)


def figure_of(average: Decimal | None, rules: GroupRules) -> str:
    """Round an average to the figures of a period mark: nothing below 2."""
    return "" if average is None else str(max(2, rounded(average, step_up=rules.step_up)))
