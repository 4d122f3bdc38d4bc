"""Absences of students from lessons. Never edited: a correction withdraws one and inserts another."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zvonok.domain.people.models import Person
from zvonok.domain.schools.models import SchoolRow
from zvonok.domain.timetable.models import Lesson


class AbsenceKind(models.TextChoices):
    """How a student missed a lesson, or part of it."""

    UNEXCUSED = "UNEXCUSED", _("absent without a reason")
    ILL = "ILL", _("ill")
    EXCUSED = "EXCUSED", _("absent with a good reason")
    LATE = "LATE", _("late")


class Absence(SchoolRow):
    """A lesson that a student missed, or came late to. Its id is the edit that put it."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="absences")
    student = models.ForeignKey(Person, models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=9, choices=AbsenceKind.choices)
    late_minutes = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    put_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AbsenceKind.values), name="absence_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=AbsenceKind.LATE) | Q(late_minutes__isnull=True),
                name="absence_minutes_only_when_late",
            ),
            models.CheckConstraint(
                condition=Q(late_minutes__isnull=True) | Q(late_minutes__range=(1, 240)),
                name="absence_late_minutes_sane",
            ),
            models.UniqueConstraint(
                fields=["school", "lesson", "student"],
                condition=Q(withdrawn_at__isnull=True),
                name="absence_one_standing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "student", "day"],
                condition=Q(withdrawn_at__isnull=True),
                name="absence_standing_of_student",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"
