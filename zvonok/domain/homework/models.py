"""Homework of study groups. Never edited: a new wording withdraws the old one."""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zvonok.domain.files.models import StoredFile
from zvonok.domain.people.models import Person
from zvonok.domain.schools.models import SchoolRow, StudyGroup
from zvonok.domain.timetable.models import Lesson


class Audience(models.TextChoices):
    """Whom homework is for."""

    ALL = "ALL", _("the whole group")
    CHOSEN = "CHOSEN", _("chosen pupils")


class Homework(SchoolRow):
    """What a study group is to do: given in a lesson, due on a later day, at a lesson where there is one.

    `links` are web addresses to open; `hand_in` says whether something is to be handed in. `first` is the
    first of several wordings: what was handed in for one of them stays with the next.
    """

    group = models.ForeignKey(StudyGroup, models.PROTECT, related_name="homework")
    issued_lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="homework_issued")
    issued_on = models.DateField()
    due_lesson = models.ForeignKey(Lesson, models.PROTECT, null=True, related_name="homework_due")
    due_on = models.DateField()
    text = models.TextField()
    expected_minutes = models.PositiveSmallIntegerField(null=True)
    audience = models.CharField(max_length=6, choices=Audience.choices, default=Audience.ALL)
    links = ArrayField(models.TextField(), default=list)
    hand_in = models.BooleanField(default=False)
    first = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
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
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="homework_audience_known"),
            models.CheckConstraint(condition=Q(links__len__lte=10), name="homework_links_few"),
            models.UniqueConstraint(
                fields=["school", "issued_lesson"],
                condition=Q(withdrawn_at__isnull=True, audience=Audience.ALL),
                name="homework_one_standing_for_all",
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

    @property
    def chain_id(self) -> UUID:
        """The id of the first wording, by which all of them are one homework."""
        return self.first_id or self.pk


class HomeworkPupil(SchoolRow):
    """A pupil whom homework for chosen pupils is for. Never changed: a new choice is a new homework."""

    homework = models.ForeignKey(Homework, models.PROTECT, related_name="pupils")
    student = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "homework", "student"], name="homework_pupil_once")
        ]
        indexes = [models.Index(fields=["school", "student"], name="homework_of_pupil")]

    def __str__(self) -> str:
        return f"{self.homework_id} for {self.student_id}"


class HomeworkFile(SchoolRow):
    """A file beside homework. Never changed: taken away, it is withdrawn; a new wording gets rows of its own."""

    homework = models.ForeignKey(Homework, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    put_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "homework", "file"],
                condition=Q(withdrawn_at__isnull=True),
                name="homework_file_stands_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_id} of {self.homework_id}"
