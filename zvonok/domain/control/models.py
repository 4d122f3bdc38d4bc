"""Notes of the deputy head to teachers about what was found in their journals."""

from django.db import models
from django.db.models import Q

from zvonok.domain.control.checks import Check
from zvonok.domain.people.models import Person
from zvonok.domain.schools.models import SchoolRow, StudyGroup, StudyPeriod
from zvonok.domain.timetable.models import Lesson


class ControlNote(SchoolRow):
    """A note about a finding: what makes the finding the same stands in it, so that it can be looked for again.

    It is closed when the finding no longer holds, or by the deputy head, who is then `closed_by`.
    """

    group = models.ForeignKey(StudyGroup, models.PROTECT, related_name="+")
    period = models.ForeignKey(StudyPeriod, models.PROTECT, related_name="+")
    teacher = models.ForeignKey(Person, models.PROTECT, related_name="+")
    check_code = models.CharField(max_length=18, choices=Check.choices)
    lesson = models.ForeignKey(Lesson, models.PROTECT, null=True, related_name="+")
    student = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=500, blank=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(check_code__in=Check.values), name="control_note_check_known"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False) | Q(closed_by__isnull=True),
                name="control_note_closed_by_when_closed",
            ),
            models.UniqueConstraint(
                fields=["school", "group", "period", "check_code", "lesson", "student"],
                condition=Q(closed_at__isnull=True),
                nulls_distinct=False,
                name="control_note_one_open",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "teacher"],
                condition=Q(closed_at__isnull=True),
                name="control_note_of_teacher",
            )
        ]

    def __str__(self) -> str:
        return f"{self.check_code} {self.group_id}"
