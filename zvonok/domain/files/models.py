"""What is handed in: a file under its name, its content once for each school, and what is still on its way.

These tables lie below the schools and the people, so they name school and person by id alone. That the
school exists is seen to by a migration of `schools`.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zvonok.domain.files.rules import LARGEST_BYTES, LONGEST_NAME, QUOTA_BYTES


class ContentState(models.TextChoices):
    """What is known of a content; nothing but CLEAN ever leaves the house."""

    QUARANTINED = "QUARANTINED", _("not checked for viruses yet")
    CLEAN = "CLEAN", _("checked")
    INFECTED = "INFECTED", _("a virus was found")
    UNREADABLE = "UNREADABLE", _("damaged")


class SchoolSpace(models.Model):
    """How much room a school has for files, and how much is taken: the row that its new contents are counted on."""

    school_id = models.UUIDField(primary_key=True)
    used_bytes = models.BigIntegerField(default=0)
    quota_bytes = models.BigIntegerField(default=QUOTA_BYTES)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(used_bytes__gte=0), name="space_used_not_negative")]

    def __str__(self) -> str:
        return f"{self.used_bytes} of {self.quota_bytes}"


class Content(models.Model):
    """The bytes of one or more files, stored once in a school; `sha256` is that of what was handed in."""

    id = models.UUIDField(primary_key=True)
    school_id = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    state = models.CharField(max_length=11, choices=ContentState.choices)
    finding = models.CharField(max_length=200)
    has_preview = models.BooleanField()
    served_bytes = models.BigIntegerField(null=True)  # a picture drawn anew is not as long as it came
    put_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ContentState.values), name="content_state_known"),
            models.CheckConstraint(condition=Q(size__range=(1, LARGEST_BYTES)), name="content_size_sane"),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="content_sha256_whole"),
            models.CheckConstraint(
                condition=Q(state=ContentState.QUARANTINED, settled_at__isnull=True)
                | (~Q(state=ContentState.QUARANTINED) & Q(settled_at__isnull=False)),
                name="content_settled_when_checked",
            ),
            models.UniqueConstraint(fields=["school_id", "sha256"], name="content_once_in_a_school"),
        ]
        indexes = [
            models.Index(
                fields=["school_id", "put_at"],
                condition=Q(state=ContentState.QUARANTINED),
                name="content_in_quarantine",
            )
        ]

    def __str__(self) -> str:
        return f"{self.media_type} {self.state}"


class StoredFile(models.Model):
    """A file as somebody handed it in: a name for a content. What it belongs to refers to it."""

    id = models.UUIDField(primary_key=True)
    school_id = models.UUIDField()
    content = models.ForeignKey(Content, models.PROTECT, related_name="files")
    name = models.CharField(max_length=LONGEST_NAME)
    uploader_id = models.UUIDField()
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="file_has_a_name")]
        indexes = [models.Index(fields=["school_id", "uploader_id", "uploaded_at"], name="file_of_uploader")]

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """A file on its way, piece by piece; it becomes the stored file of the same id."""

    id = models.UUIDField(primary_key=True)
    school_id = models.UUIDField()
    uploader_id = models.UUIDField()
    name = models.CharField(max_length=LONGEST_NAME)
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__range=(1, LARGEST_BYTES)), name="upload_size_sane"),
            models.CheckConstraint(
                condition=Q(received__gte=0) & Q(received__lte=F("size")), name="upload_no_more_than_declared"
            ),
        ]
        indexes = [models.Index(fields=["school_id", "uploader_id", "begun_at"], name="upload_of_uploader")]

    def __str__(self) -> str:
        return f"{self.name} {self.received}/{self.size}"
