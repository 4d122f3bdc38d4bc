"""What people are told."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zvonok.domain.people.models import Person
from zvonok.domain.schools.models import SchoolRow


class NoticeKind(models.TextChoices):
    """What a notice tells of."""

    MARK_PUT = "MARK_PUT", _("new mark")
    MARK_CORRECTED = "MARK_CORRECTED", _("corrected mark")
    MARK_WITHDRAWN = "MARK_WITHDRAWN", _("withdrawn mark")
    ABSENCE_PUT = "ABSENCE_PUT", _("absence")
    ABSENCE_WITHDRAWN = "ABSENCE_WITHDRAWN", _("absence taken back")
    HOMEWORK_SET = "HOMEWORK_SET", _("homework")
    WHOLE_DAY_PUT = "WHOLE_DAY_PUT", _("away for whole days")
    WHOLE_DAY_BACK = "WHOLE_DAY_BACK", _("whole days taken back")
    NOTE_ACCEPTED = "NOTE_ACCEPTED", _("accepted note")
    NOTE_RETURNED = "NOTE_RETURNED", _("returned note")
    NOTE_SENT = "NOTE_SENT", _("note of a family")
    NOTE_WITHDRAWN = "NOTE_WITHDRAWN", _("withdrawn note of a family")
    WORK_ANSWERED = "WORK_ANSWERED", _("answer to a work")
    WORK_RETURNED = "WORK_RETURNED", _("work returned for rework")
    WORK_ACCEPTED = "WORK_ACCEPTED", _("work accepted")


class Notice(SchoolRow):
    """One line in somebody's feed: one fact, one reader, one child. `data` holds the plain values shown."""

    recipient = models.ForeignKey(Person, models.PROTECT, related_name="+")
    student = models.ForeignKey(Person, models.PROTECT, related_name="+")
    fact_id = models.UUIDField()
    kind = models.CharField(max_length=17, choices=NoticeKind.choices)
    data = models.JSONField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notice_kind_known"),
            models.UniqueConstraint(fields=["school", "fact_id", "recipient", "student"], name="notice_once"),
        ]
        indexes = [
            models.Index(fields=["school", "recipient", "-at"], name="notice_of_recipient"),
            models.Index(
                fields=["school", "student", "at"],
                condition=Q(read_at__isnull=True),
                name="notice_unread_of_student",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"
