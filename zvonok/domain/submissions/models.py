"""What pupils hand in for homework. Each row names its first wording: a new one changes nothing here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zvonok.domain.files.models import StoredFile
from zvonok.domain.homework.models import Homework
from zvonok.domain.people.models import Person
from zvonok.domain.schools.models import SchoolRow


class WorkState(models.TextChoices):
    """What the teacher has said of a work."""

    SENT = "SENT", _("handed in")
    RETURNED = "RETURNED", _("returned for rework")
    ACCEPTED = "ACCEPTED", _("accepted")


class Submission(SchoolRow):
    """A work as it was handed in. Never rewritten: handed in anew, the earlier version is withdrawn and kept.

    The teacher's part of it (`state`, `reply`, `looked_at`) is told by facts, so nothing of that is lost either.
    """

    homework = models.ForeignKey(Homework, models.PROTECT, related_name="submissions")
    student = models.ForeignKey(Person, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    put_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=WorkState.choices, default=WorkState.SENT)
    reply = models.TextField(default="")
    replied_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "homework", "student"],
                condition=Q(withdrawn_at__isnull=True),
                name="submission_one_standing",
            ),
            models.UniqueConstraint(
                fields=["school", "homework", "student", "number"], name="submission_version_once"
            ),
            models.CheckConstraint(condition=Q(state__in=WorkState.values), name="submission_state_known"),
            models.CheckConstraint(
                condition=~Q(state=WorkState.RETURNED) | ~Q(reply=""), name="submission_returned_with_a_word"
            ),
            models.CheckConstraint(
                condition=Q(state=WorkState.SENT, reply="") | Q(replied_at__isnull=False),
                name="submission_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.homework_id} {self.student_id} {self.number}"


class SubmissionFile(SchoolRow):
    """A file of a work. Never changed: another version has rows of its own."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "submission", "file"], name="submission_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.file_id} of {self.submission_id}"


class Opening(SchoolRow):
    """Somebody of the family has opened the page of a homework, for the first time."""

    homework = models.ForeignKey(Homework, models.PROTECT, related_name="+")
    student = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "homework", "student", "reader"], name="opening_once")
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} {self.opened_at}"


class DoneTick(SchoolRow):
    """The family says that a homework of which nothing is handed in is done. Taken off, it is withdrawn."""

    homework = models.ForeignKey(Homework, models.PROTECT, related_name="+")
    student = models.ForeignKey(Person, models.PROTECT, related_name="+")
    put_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "homework", "student"],
                condition=Q(withdrawn_at__isnull=True),
                name="done_tick_stands_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.homework_id} {self.student_id}"
