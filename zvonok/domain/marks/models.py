"""Scales, the works of a lesson, and marks. A mark is never edited: see docs/adr/0004."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zvonok.domain.people.models import Person
from zvonok.domain.schools.models import SchoolRow, Subject
from zvonok.domain.timetable.models import Lesson


class ScaleKind(models.TextChoices):
    """What a scale's values are."""

    FIVE_POINT = "FIVE_POINT", _("five-point scale")
    PASS_FAIL = "PASS_FAIL", _("pass or fail")
    UNGRADED = "UNGRADED", _("no marks")


class Work(models.TextChoices):
    """What is marked."""

    ANSWER = "ANSWER", _("work in class")
    HOMEWORK = "HOMEWORK", _("homework")
    INDEPENDENT = "INDEPENDENT", _("independent work")
    TEST = "TEST", _("test")
    DICTATION = "DICTATION", _("dictation")
    ESSAY = "ESSAY", _("essay")
    LAB = "LAB", _("laboratory work")
    PROJECT = "PROJECT", _("project")


class MarkScale(SchoolRow):
    """A scale of a school: its values are rows, so that no mark can lie outside it."""

    kind = models.CharField(max_length=10, choices=ScaleKind.choices)
    title = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ScaleKind.values), name="scale_kind_known"),
            models.UniqueConstraint(fields=["school", "kind"], name="scale_once"),
        ]

    def __str__(self) -> str:
        return self.title


class ScaleValue(SchoolRow):
    """A value of a scale: what is written in the cell, and what it counts for in an average, if it does."""

    scale = models.ForeignKey(MarkScale, models.PROTECT, related_name="values")
    value = models.CharField(max_length=10)
    points = models.DecimalField(max_digits=5, decimal_places=2, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "scale", "value"], name="scale_value_once")]

    def __str__(self) -> str:
        return self.value


class Assessment(SchoolRow):
    """A piece of work of a lesson: what its marks are for, and how much they weigh."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="assessments")
    scale = models.ForeignKey(MarkScale, models.PROTECT, related_name="+")
    work = models.CharField(max_length=11, choices=Work.choices, default=Work.ANSWER)
    title = models.CharField(max_length=200, blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    counts = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(work__in=Work.values), name="assessment_work_known"),
            models.CheckConstraint(condition=Q(weight__range=(1, 5)), name="assessment_weight_1_to_5"),
            models.UniqueConstraint(fields=["school", "lesson", "work"], name="assessment_one_per_work"),
            models.UniqueConstraint(fields=["school", "id", "scale"], name="assessment_with_scale"),
        ]

    def __str__(self) -> str:
        return self.title or self.work


class Mark(SchoolRow):
    """A mark of a student for a work. Its id is the edit that put it: sent twice, it counts once.

    `day` and `subject` are the lesson's, kept here for the reads of a whole year.
    Two foreign keys of the migration tie `value` to the scale and the scale to the work.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="marks")
    scale = models.ForeignKey(MarkScale, models.PROTECT, related_name="+")
    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="marks")
    student = models.ForeignKey(Person, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    day = models.DateField()
    value = models.CharField(max_length=10)
    points = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    comment = models.CharField(max_length=500, blank=True)
    put_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "assessment", "student"],
                condition=Q(withdrawn_at__isnull=True),
                name="mark_one_standing_per_work",
            )
        ]
        indexes = [
            models.Index(
                fields=["school", "student", "day"],
                condition=Q(withdrawn_at__isnull=True),
                name="mark_standing_of_student",
            ),
            models.Index(
                fields=["school", "lesson"],
                condition=Q(withdrawn_at__isnull=True),
                name="mark_standing_of_lesson",
            ),
        ]

    def __str__(self) -> str:
        return self.value
