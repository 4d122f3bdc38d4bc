"""Scales, the works of a lesson, and marks. A mark is never edited: see docs/adr/0004."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zvonok.domain.marks.rules import POINT, POINT_DAYS
from zvonok.domain.people.models import Person
from zvonok.domain.schools.models import SchoolRow, Subject
from zvonok.domain.timetable.models import Lesson


class ScaleKind(models.TextChoices):
    """What a scale's values are."""

    FIVE_POINT = "FIVE_POINT", _("five-point scale")
    PASS_FAIL = "PASS_FAIL", _("pass or fail")
    HUNDRED = "HUNDRED", _("100-point scale")
    CRITERIA = "CRITERIA", _("by criteria")
    UNGRADED = "UNGRADED", _("no marks, only comments")


CONVERTED = (ScaleKind.HUNDRED, ScaleKind.CRITERIA)


class Work(models.TextChoices):
    """The kinds of work that every school begins with; it renames, retires and adds its own."""

    ANSWER = "ANSWER", _("work in class")
    HOMEWORK = "HOMEWORK", _("homework")
    INDEPENDENT = "INDEPENDENT", _("independent work")
    TEST = "TEST", _("test")
    DICTATION = "DICTATION", _("dictation")
    ESSAY = "ESSAY", _("essay")
    LAB = "LAB", _("laboratory work")
    PROJECT = "PROJECT", _("project")


class MarkScale(SchoolRow):
    """A scale of a school: its values are rows, so that no mark can lie outside it.

    `bounds` are the per cents from which 5, 4 and 3 begin, for a scale whose values become five-point marks.
    """

    kind = models.CharField(max_length=10, choices=ScaleKind.choices)
    title = models.CharField(max_length=80)
    bounds = ArrayField(models.PositiveSmallIntegerField(), size=3, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ScaleKind.values), name="scale_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=CONVERTED) ^ Q(bounds__isnull=True), name="scale_bounds_where_converted"
            ),
            models.CheckConstraint(
                condition=Q(bounds__isnull=True)
                | Q(
                    bounds__len=3,
                    bounds__0__range=(F("bounds__1") + 1, 100),
                    bounds__1__gt=F("bounds__2"),
                    bounds__2__gt=0,
                ),
                name="scale_bounds_descend",
            ),
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


class WorkKind(SchoolRow):
    """A kind of work that a school marks. A kind with an empty title is one of those that every school
    begins with, named in the reader's language; a title of the school's own is shown as it is written.

    New works take its weight and whether it counts; those that are opened keep theirs. It is never removed.
    """

    code = models.CharField(max_length=11)
    title = models.CharField(max_length=60, blank=True)
    short = models.CharField(max_length=12, blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    counts = models.BooleanField(default=True)
    is_test = models.BooleanField(default=False)
    in_use = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Z0-9]{1,11}$"), name="work_kind_code_plain"),
            models.CheckConstraint(
                condition=Q(code__in=Work.values) | ~Q(title="") & ~Q(short=""), name="work_kind_is_named"
            ),
            models.CheckConstraint(condition=Q(weight__range=(1, 5)), name="work_kind_weight_1_to_5"),
            models.CheckConstraint(
                condition=Q(in_use=True) | ~Q(code=Work.ANSWER), name="work_kind_answer_stays"
            ),
            models.UniqueConstraint(fields=["school", "code"], name="work_kind_once"),
        ]

    def __str__(self) -> str:
        return self.title or self.code


class ScaleUse(SchoolRow):
    """By which scale new works of a subject in a grade are marked; without one of them, of all.

    The grade speaks before the subject, so that the first grade has no marks in any subject.
    """

    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+")
    grade = models.PositiveSmallIntegerField(null=True)
    scale = models.ForeignKey(MarkScale, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(grade__range=(0, 13)) | Q(grade=None), name="scale_use_grade_sane"
            ),
            models.UniqueConstraint(
                fields=["school", "subject", "grade"], nulls_distinct=False, name="scale_use_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.grade}: {self.scale_id}"


class Assessment(SchoolRow):
    """A piece of work of a lesson: what its marks are for, and how much they weigh.

    A foreign key of the migration ties `work` to the school's kinds of work.
    """

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="assessments")
    scale = models.ForeignKey(MarkScale, models.PROTECT, related_name="+")
    work = models.CharField(max_length=11, default=Work.ANSWER)
    title = models.CharField(max_length=200, blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    counts = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weight__range=(1, 5)), name="assessment_weight_1_to_5"),
            models.UniqueConstraint(fields=["school", "lesson", "work"], name="assessment_one_per_work"),
            models.UniqueConstraint(fields=["school", "id", "scale"], name="assessment_with_scale"),
        ]

    def __str__(self) -> str:
        return self.title or self.work


class Criterion(SchoolRow):
    """What a work is marked for, and the points that it can bring."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    most = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(most__range=(1, 100)), name="criterion_points_1_to_100"),
            models.UniqueConstraint(fields=["school", "assessment", "position"], name="criterion_once"),
        ]

    def __str__(self) -> str:
        return self.title


class PointFate(models.TextChoices):
    """What becomes of a point in whose place no mark was put in time."""

    VANISHES = "VANISHES", _("it vanishes")
    LOWEST = "LOWEST", _("it turns into the lowest mark")


class MarkingTerms(SchoolRow):
    """How long after it was put a mark is corrected without saying why (None: until the period closes);
    how many days a point waits for its mark, and what becomes of it then.
    """

    correct_within = models.PositiveSmallIntegerField(null=True)
    point_days = models.PositiveSmallIntegerField(default=POINT_DAYS)
    point_fate = models.CharField(max_length=8, choices=PointFate.choices, default=PointFate.VANISHES)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(correct_within__range=(1, 365)) | Q(correct_within=None),
                name="marking_terms_days_sane",
            ),
            models.CheckConstraint(
                condition=Q(point_days__range=(1, 90)), name="marking_terms_point_days_sane"
            ),
            models.CheckConstraint(
                condition=Q(point_fate__in=PointFate.values), name="marking_terms_fate_known"
            ),
            models.UniqueConstraint(fields=["school"], name="marking_terms_once"),
        ]

    def __str__(self) -> str:
        return f"{self.correct_within}"


class Mark(SchoolRow):
    """A mark of a student for a work. Its id is the edit that put it: sent twice, it counts once.

    `day` and `subject` are the lesson's, kept here for the reads of a whole year. `criteria` are the points
    of each criterion of the work, "3+2+4", of which the value was made; without a value a mark is a comment.
    `retaken` are the values that it counts instead of, "2" or "2/3": the work was written again.
    A point has the day by which a mark takes its place. Nobody put what the school's rule made of an overdue one.
    Two foreign keys of the migration tie `value` to the scale and the scale to the work.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="marks")
    scale = models.ForeignKey(MarkScale, models.PROTECT, related_name="+")
    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="marks")
    student = models.ForeignKey(Person, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    day = models.DateField()
    value = models.CharField(max_length=10)
    retaken = models.CharField(max_length=21, blank=True)
    points = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    criteria = models.CharField(max_length=60, blank=True)
    comment = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True)
    put_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    put_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "assessment", "student"],
                condition=Q(withdrawn_at__isnull=True),
                name="mark_one_standing_per_work",
            ),
            models.CheckConstraint(
                condition=Q(retaken__regex=r"^([^/]{1,10}(/[^/]{1,10})?)?$"),
                name="mark_retaken_twice_at_most",
            ),
            models.CheckConstraint(
                condition=Q(value=POINT) ^ Q(due_on__isnull=True), name="mark_due_where_a_point"
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "student", "day"],
                condition=Q(withdrawn_at__isnull=True),
                name="mark_standing_of_student",
            ),
            models.Index(
                fields=["school", "due_on"],
                condition=Q(withdrawn_at__isnull=True, due_on__isnull=False),
                name="mark_points_by_day",
            ),
            models.Index(
                fields=["school", "lesson"],
                condition=Q(withdrawn_at__isnull=True),
                name="mark_standing_of_lesson",
            ),
        ]

    def __str__(self) -> str:
        return self.value
