"""Words about a student's behaviour, never edited; a teacher's own stock of them; and notes to oneself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zvonok.domain.people.models import Person
from zvonok.domain.schools.models import SchoolRow
from zvonok.domain.timetable.models import Lesson


class RemarkKind(models.TextChoices):
    """What a remark is about."""

    PRAISE = "PRAISE", _("praise")
    BEHAVIOUR = "BEHAVIOUR", _("behaviour")
    ORGANISATION = "ORGANISATION", _("organisation")


class Remark(SchoolRow):
    """A word of a teacher to a student and the family, at a lesson."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="remarks")
    student = models.ForeignKey(Person, models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=12, choices=RemarkKind.choices)
    text = models.CharField(max_length=500)
    put_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RemarkKind.values), name="remark_kind_known"),
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
        ]
        indexes = [
            models.Index(
                fields=["school", "student", "day"],
                condition=Q(withdrawn_at__isnull=True),
                name="remark_standing_of_student",
            ),
            models.Index(fields=["school", "lesson"], name="remark_of_lesson"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class RemarkTemplate(SchoolRow):
    """Words that a teacher keeps to use again; nobody else sees them."""

    teacher = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=RemarkKind.choices)
    text = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RemarkKind.values), name="remark_template_kind_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="remark_template_says_something"),
            models.UniqueConstraint(
                fields=["school", "teacher", "kind", "text"], name="remark_template_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class OwnNote(SchoolRow):
    """What somebody notes at a lesson for nobody else to read; it leaves no fact behind."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="own_note_says_something"),
            models.UniqueConstraint(fields=["school", "lesson", "author"], name="own_note_once"),
        ]

    def __str__(self) -> str:
        return f"{self.author_id} at {self.lesson_id}"
