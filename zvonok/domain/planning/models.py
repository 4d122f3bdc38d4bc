"""The lesson plan (КТП): what a study group is to learn, in order."""

from django.db import models

from zvonok.domain.schools.models import SchoolRow, StudyGroup


class PlannedTopic(SchoolRow):
    """A topic of a study group's lesson plan, at its place in the order."""

    group = models.ForeignKey(StudyGroup, models.PROTECT, related_name="topics")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "group", "position"], name="topic_one_per_place")
        ]

    def __str__(self) -> str:
        return self.title
