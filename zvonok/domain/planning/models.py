"""The lesson plan (КТП): what a study group is to learn, in order, and which lessons taught it."""

from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from zvonok.domain.planning.rules import MOST_HOURS, MOST_MINUTES
from zvonok.domain.schools.models import SchoolRow, StudyGroup
from zvonok.domain.timetable.models import Lesson


class Control(models.TextChoices):
    """By which work a topic is tested, if by any."""

    TEST = "TEST", _("test")
    INDEPENDENT = "INDEPENDENT", _("independent work")
    DICTATION = "DICTATION", _("dictation")
    ESSAY = "ESSAY", _("essay")
    LAB = "LAB", _("laboratory work")
    PROJECT = "PROJECT", _("project")


class LessonPlan(SchoolRow):
    """The plan of a study group: what is locked while it is changed. `version` counts the changes."""

    group = models.ForeignKey(StudyGroup, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "group"], name="lesson_plan_once")]

    def __str__(self) -> str:
        return f"plan of {self.group_id}"


class PlannedTopic(SchoolRow):
    """A topic of a study group's lesson plan, at its place in the order; `hours` are lessons."""

    group = models.ForeignKey(StudyGroup, models.PROTECT, related_name="topics")
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=500)
    hours = models.PositiveSmallIntegerField(default=1)
    note = models.CharField(max_length=1000, blank=True)
    homework = models.CharField(max_length=4000, blank=True)
    homework_minutes = models.PositiveSmallIntegerField(null=True)
    control = models.CharField(max_length=11, choices=Control.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "group", "position"],
                name="topic_one_per_place",
                deferrable=Deferrable.DEFERRED,  # topics change places with each other
            ),
            models.CheckConstraint(condition=Q(hours__range=(1, MOST_HOURS)), name="topic_hours_sane"),
            models.CheckConstraint(
                condition=Q(homework_minutes__isnull=True) | Q(homework_minutes__range=(1, MOST_MINUTES)),
                name="topic_minutes_sane",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="topic_has_a_title"),
            models.CheckConstraint(
                condition=Q(control__in=["", *Control.values]), name="topic_control_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TopicTaught(SchoolRow):
    """Which topic of the plan a lesson taught; which hour of it follows from the order of its lessons.

    A topic that has been taught cannot be deleted: the database holds it.
    """

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="+")
    topic = models.ForeignKey(PlannedTopic, models.PROTECT, related_name="taught")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "lesson"], name="topic_taught_once_a_lesson")
        ]
        indexes = [models.Index(fields=["school", "topic"], name="topic_taught_in_lessons")]

    def __str__(self) -> str:
        return f"{self.topic_id} in {self.lesson_id}"
