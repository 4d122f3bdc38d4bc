"""Period marks: the teacher's decision, beside the average of that day. Never edited."""

from django.db import models
from django.db.models import Q

from zvonok.domain.marks.models import MarkScale
from zvonok.domain.people.models import Person
from zvonok.domain.schools.models import SchoolRow, StudyGroup, StudyPeriod, Subject


class PeriodMark(SchoolRow):
    """A student's mark in a subject for a study period; `average` is what was computed when it was set."""

    student = models.ForeignKey(Person, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    group = models.ForeignKey(StudyGroup, models.PROTECT, related_name="+")
    period = models.ForeignKey(StudyPeriod, models.PROTECT, related_name="+")
    scale = models.ForeignKey(MarkScale, models.PROTECT, related_name="+")
    value = models.CharField(max_length=10)
    average = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    reason = models.CharField(max_length=300, blank=True)
    put_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "student", "subject", "period"],
                condition=Q(withdrawn_at__isnull=True),
                name="period_mark_one_standing",
            )
        ]

    def __str__(self) -> str:
        return self.value
