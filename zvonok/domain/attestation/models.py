"""The school's rules of attestation by version, and period marks: decisions beside what was computed. Never edited."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zvonok.domain.marks.models import MarkScale
from zvonok.domain.people.models import Person
from zvonok.domain.schools.models import AcademicYear, SchoolRow, StudyGroup, StudyPeriod, Subject


class MarkKind(models.TextChoices):
    """What a period mark is for."""

    PERIOD = "PERIOD", _("Study period")
    YEAR = "YEAR", _("Year mark")
    EXAM = "EXAM", _("Exam mark")
    FINAL = "FINAL", _("Final mark")


class AverageKind(models.TextChoices):
    """Which average proposes a mark."""

    WEIGHTED = "WEIGHTED", _("weighted average")
    PLAIN = "PLAIN", _("plain average")


class YearRule(models.TextChoices):
    """What proposes the year mark."""

    PERIODS = "PERIODS", _("average of the period marks")
    MARKS = "MARKS", _("average of all marks of the year")


class FinalRule(models.TextChoices):
    """What proposes the final mark."""

    HALF_EXAM = "HALF_EXAM", _("half the year mark, half the exam mark")
    YEAR = "YEAR", _("the year mark alone")


class AttestationRules(SchoolRow):
    """How a school proposes period marks from a day on: a version, accepted by the deputy head, never edited.

    `step_up` is the part after the point from which an average rounds up; `missed_percent` the share of
    missed lessons above which nobody is attested.
    """

    number = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    step_up = models.DecimalField(max_digits=3, decimal_places=2)
    averages = models.CharField(max_length=8, choices=AverageKind.choices)
    least_quarter = models.PositiveSmallIntegerField()
    least_trimester = models.PositiveSmallIntegerField()
    least_half_year = models.PositiveSmallIntegerField()
    least_module = models.PositiveSmallIntegerField()
    missed_percent = models.DecimalField(max_digits=5, decimal_places=2)
    year_rule = models.CharField(max_length=7, choices=YearRule.choices)
    final_rule = models.CharField(max_length=9, choices=FinalRule.choices)
    accepted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(step_up__gt=0, step_up__lt=1), name="rules_step_between_0_and_1"
            ),
            models.CheckConstraint(
                condition=Q(missed_percent__range=(0, 100)), name="rules_missed_is_a_share"
            ),
            models.CheckConstraint(condition=Q(averages__in=AverageKind.values), name="rules_average_known"),
            models.CheckConstraint(condition=Q(year_rule__in=YearRule.values), name="rules_year_known"),
            models.CheckConstraint(condition=Q(final_rule__in=FinalRule.values), name="rules_final_known"),
            models.UniqueConstraint(fields=["school", "number"], name="rules_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} from {self.valid_from}"


class SubjectStep(SchoolRow):
    """Where a version of the rules rounds a subject up from, if not as all others."""

    rules = models.ForeignKey(AttestationRules, models.PROTECT, related_name="steps")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    step_up = models.DecimalField(max_digits=3, decimal_places=2)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(step_up__gt=0, step_up__lt=1), name="subject_step_between_0_and_1"
            ),
            models.UniqueConstraint(fields=["school", "rules", "subject"], name="subject_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id}: {self.step_up}"


class PeriodMark(SchoolRow):
    """A student's mark in a subject for a study period, the year, the exam, or all in all.

    Its id is the edit that put it. `average`, `marks_count`, `lessons`, `missed`, `proposed` and `rules` are
    what was computed when it was put, and by which version (none: the rules every school begins with).
    “н/а” and “осв” lie on no scale; a foreign key of the migration ties every other value to its scale.
    """

    student = models.ForeignKey(Person, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    group = models.ForeignKey(StudyGroup, models.PROTECT, related_name="+")
    year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="+")
    period = models.ForeignKey(StudyPeriod, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=6, choices=MarkKind.choices, default=MarkKind.PERIOD)
    scale = models.ForeignKey(MarkScale, models.PROTECT, null=True, related_name="+")
    value = models.CharField(max_length=10)
    average = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    marks_count = models.PositiveSmallIntegerField(null=True)
    lessons = models.PositiveSmallIntegerField(null=True)
    missed = models.PositiveSmallIntegerField(null=True)
    proposed = models.CharField(max_length=10, blank=True)
    rules = models.ForeignKey(AttestationRules, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    put_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MarkKind.values), name="period_mark_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=MarkKind.PERIOD, period__isnull=False)
                | ~Q(kind=MarkKind.PERIOD) & Q(period__isnull=True),
                name="period_mark_period_of_period",
            ),
            models.CheckConstraint(
                condition=Q(scale__isnull=True, value__in=("н/а", "осв"))
                | Q(scale__isnull=False) & ~Q(value__in=("н/а", "осв")),
                name="period_mark_value_on_a_scale",
            ),
            models.UniqueConstraint(
                fields=["school", "student", "subject", "period"],
                condition=Q(withdrawn_at__isnull=True),
                name="period_mark_one_standing",
            ),
            models.UniqueConstraint(
                fields=["school", "student", "subject", "year", "kind"],
                condition=Q(withdrawn_at__isnull=True, period__isnull=True),
                name="year_mark_one_standing",
            ),
        ]

    def __str__(self) -> str:
        return self.value
