"""Homework of study groups. Never edited: a new wording withdraws the old one."""

from django.db import models
from django.db.models import F, Q

from zvonok.domain.people.models import Person
from zvonok.domain.schools.models import SchoolRow, StudyGroup
from zvonok.domain.timetable.models import Lesson


class Homework(SchoolRow):
    """What a study group is to do: given in a lesson, due on a later day, at a lesson where there is one."""

    group = models.ForeignKey(StudyGroup, models.PROTECT, related_name="homework")
    issued_lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="homework_issued")
    issued_on = models.DateField()
    due_lesson = models.ForeignKey(Lesson, models.PROTECT, null=True, related_name="homework_due")
    due_on = models.DateField()
    text = models.TextField()
    expected_minutes = models.PositiveSmallIntegerField(null=True)
    put_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gt=F("issued_on")), name="homework_due_after_it_is_issued"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="homework_says_something"),
            models.CheckConstraint(
                condition=Q(expected_minutes__isnull=True) | Q(expected_minutes__range=(1, 600)),
                name="homework_minutes_sane",
            ),
            models.UniqueConstraint(
                fields=["school", "issued_lesson"],
                condition=Q(withdrawn_at__isnull=True),
                name="homework_one_standing_per_lesson",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "group", "due_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="homework_standing_due",
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]
