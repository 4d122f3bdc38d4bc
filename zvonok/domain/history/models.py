"""The append-only record of all that happened."""

from django.db import models


class Fact(models.Model):
    """Something that happened in a school: never changed, never removed (the web role may only insert).

    It stands below the schools, so it names its school, actor and subject by id alone.
    """

    id = models.UUIDField(primary_key=True)
    school_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    actor_id = models.UUIDField(null=True)
    subject_id = models.UUIDField(null=True)
    thing_id = models.UUIDField()
    data = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["school_id", "thing_id", "at"], name="fact_of_thing"),
            models.Index(fields=["school_id", "subject_id", "at"], name="fact_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing_id}"
