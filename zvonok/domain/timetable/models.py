"""Bells, the calendar, the weekly plan, and each lesson of each day as a row."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zvonok.domain.people.models import Person
from zvonok.domain.schools.models import AcademicYear, SchoolRow, StudyGroup, StudyPeriod, Subject

EQUAL, OVERLAPS = RangeOperators.EQUAL, RangeOperators.OVERLAPS


class DayKind(models.TextChoices):
    """What a day of the calendar is, where it is not what its weekday says."""

    OFF = "OFF", _("day off")
    HOLIDAY = "HOLIDAY", _("school holidays")
    SHORTENED = "SHORTENED", _("shortened day")
    WORKING = "WORKING", _("working weekend")


class LessonState(models.TextChoices):
    """How far a lesson has come."""

    PLANNED = "PLANNED", _("planned")
    HELD = "HELD", _("held")
    CANCELLED = "CANCELLED", _("cancelled")


class OccupancyKind(models.TextChoices):
    """What a lesson takes, so that no other can have it at that time."""

    TEACHER = "TEACHER", _("teacher")
    ROOM = "ROOM", _("room")
    SUBGROUP = "SUBGROUP", _("subgroup")


class Room(SchoolRow):
    """A room that lessons are held in."""

    name = models.CharField(max_length=80)
    capacity = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="room_once")]

    def __str__(self) -> str:
        return self.name


class BellSlot(SchoolRow):
    """The times of a numbered lesson, in the school's own time; on shortened days another set of them."""

    number = models.PositiveSmallIntegerField()
    shortened = models.BooleanField(default=False)
    starts_at = models.TimeField()
    ends_at = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "shortened", "number"], name="bell_slot_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="bell_slot_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class CalendarDay(SchoolRow):
    """A day that is not what its weekday says."""

    day = models.DateField()
    kind = models.CharField(max_length=9, choices=DayKind.choices)
    title = models.CharField(max_length=120, blank=True)
    works_as = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "day"], name="calendar_day_once"),
            models.CheckConstraint(condition=Q(kind__in=DayKind.values), name="calendar_day_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class WeeklyPlan(SchoolRow):
    """A timetable of one week, or of two that take turns; the first week of the turn holds `anchor`."""

    year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="plans")
    title = models.CharField(max_length=120)
    weeks = models.PositiveSmallIntegerField(default=1)
    anchor = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "year"], name="weekly_plan_once"),
            models.CheckConstraint(condition=Q(weeks__range=(1, 2)), name="weekly_plan_weeks_1_or_2"),
        ]

    def __str__(self) -> str:
        return self.title


class WeeklyLesson(SchoolRow):
    """A class period that comes back every week of its turn: `week` from 0, `weekday` 1 (Monday) to 7."""

    plan = models.ForeignKey(WeeklyPlan, models.CASCADE, related_name="lessons")
    group = models.ForeignKey(StudyGroup, models.PROTECT, related_name="+")
    teachers = models.ManyToManyField(Person, through="WeeklyTeacher", related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    week = models.PositiveSmallIntegerField(default=0)
    weekday = models.PositiveSmallIntegerField()
    slot = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "plan", "group", "week", "weekday", "slot"], name="weekly_lesson_once"
            ),
            models.CheckConstraint(condition=Q(week__range=(0, 1)), name="weekly_lesson_week_0_or_1"),
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="weekly_lesson_weekday_1_to_7"),
        ]

    def __str__(self) -> str:
        return f"{self.week}/{self.weekday}/{self.slot}"


class WeeklyTeacher(SchoolRow):
    """A teacher of a weekly lesson; position 0 keeps the journal, the others help."""

    weekly = models.ForeignKey(WeeklyLesson, models.CASCADE, related_name="+")
    teacher = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "weekly", "teacher"], name="weekly_teacher_once")
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id}"


class Lesson(SchoolRow):
    """One class period of one day. `version` counts what teachers and the office changed in it.

    A lesson that is `held_with` another one shares its teacher, room and time, and keeps its own journal.
    """

    day = models.DateField()
    slot = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    group = models.ForeignKey(StudyGroup, models.PROTECT, related_name="lessons")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    teacher = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    weekly = models.ForeignKey(WeeklyLesson, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=LessonState.choices, default=LessonState.PLANNED)
    topic = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0)
    held_with = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(held_with=F("id")), name="lesson_not_held_with_itself"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="lesson_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(state__in=LessonState.values), name="lesson_state_known"),
        ]
        indexes = [
            models.Index(fields=["school", "group", "day"], name="lesson_of_group"),
            models.Index(fields=["school", "teacher", "day"], name="lesson_of_teacher"),
            models.Index(fields=["school", "day", "slot"], name="lesson_of_day"),
            models.Index(
                fields=["school", "held_with"],
                condition=Q(held_with__isnull=False),
                name="lesson_held_with_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.slot}"


class LessonHelper(SchoolRow):
    """A second teacher of a lesson, who may keep its journal too."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="helpers")
    teacher = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "lesson", "teacher"], name="lesson_helper_once")
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} in {self.lesson_id}"


class Occupancy(SchoolRow):
    """A teacher, a room or a subgroup, taken by a lesson for its time."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="occupancies")
    kind = models.CharField(max_length=8, choices=OccupancyKind.choices)
    resource = models.UUIDField()
    during = DateTimeRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OccupancyKind.values), name="occupancy_kind_known"),
            ExclusionConstraint(
                name="occupancy_no_two_at_once",
                expressions=[
                    ("school", EQUAL),
                    ("resource", EQUAL),
                    ("kind", EQUAL),
                    ("during", OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.resource}"


class Substitution(SchoolRow):
    """What was planned for a lesson that was cancelled, replaced or moved; withdrawn when it is restored."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="substitutions")
    reason = models.CharField(max_length=300, blank=True)
    planned_day = models.DateField()
    planned_slot = models.PositiveSmallIntegerField()
    planned_starts_at = models.DateTimeField()
    planned_ends_at = models.DateTimeField()
    planned_subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    planned_teacher = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    planned_room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "lesson"],
                condition=Q(withdrawn_at__isnull=True),
                name="substitution_one_standing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id}"


class PeriodUnlock(SchoolRow):
    """A closed study period takes entries again until a moment: of a study group, of a student, or of one in one."""

    period = models.ForeignKey(StudyPeriod, models.PROTECT, related_name="+")
    group = models.ForeignKey(StudyGroup, models.PROTECT, null=True, related_name="+")
    student = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300)
    until = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(group__isnull=False) | Q(student__isnull=False), name="unlock_is_for_somebody"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="unlock_has_a_reason"),
        ]
        indexes = [models.Index(fields=["school", "period"], name="unlock_of_period")]

    def __str__(self) -> str:
        return f"{self.period_id} until {self.until}"
