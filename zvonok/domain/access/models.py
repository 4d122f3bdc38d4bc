"""Which diaries stand on whose page, whom a parent lets in, and how often a diary has changed.

None of these tables belongs to a school: they are read before a school is in scope.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zvonok.domain.people.models import Account, Person
from zvonok.domain.schools.models import School


class Section(models.TextChoices):
    """The parts of a diary that a parent can open to somebody."""

    DIARY = "DIARY", _("diary")
    MARKS = "MARKS", _("marks")
    HOMEWORK = "HOMEWORK", _("homework")
    ATTENDANCE = "ATTENDANCE", _("attendance")


class DiaryLink(models.Model):
    """A student's diary on an account's page, under a name the account's owner gives it.

    A link shows the way and gives no right: every look asks the Grant.
    """

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="diary_links")
    student = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "student"], name="diary_link_once")]

    def __str__(self) -> str:
        return self.name


class DiaryRevision(models.Model):
    """How many times a student's diary in a school has changed: all that an unchanged page need know."""

    id = models.UUIDField(primary_key=True)
    student = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at_school = models.ForeignKey(School, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["student", "at_school"], name="diary_revision_once")]

    def __str__(self) -> str:
        return f"{self.student_id} {self.number}"


class TrustedPerson(models.Model):
    """Someone whom a parent lets read the child's diary, in some sections, on the days of `valid_on`."""

    id = models.UUIDField(primary_key=True)
    child = models.ForeignKey(Person, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sections = ArrayField(models.CharField(max_length=10, choices=Section.choices))
    valid_on = DateRangeField()
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(child=F("person")), name="trust_not_the_child"),
            models.CheckConstraint(condition=~Q(named_by=F("person")), name="trust_not_oneself"),
            models.CheckConstraint(condition=Q(sections__len__gte=1), name="trust_some_section"),
            models.CheckConstraint(
                condition=Q(sections__contained_by=Section.values), name="trust_sections_known"
            ),
            ExclusionConstraint(
                name="trust_no_overlap",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("valid_on", RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.child_id}"
