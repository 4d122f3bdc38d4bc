"""The school: years and periods, subjects, classes, study groups, and who belongs to them on which days."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from zvonok.domain.people.models import Person

OVERLAPS, EQUAL = RangeOperators.OVERLAPS, RangeOperators.EQUAL


class PeriodSystem(models.TextChoices):
    """How the year of a class is divided."""

    QUARTER = "QUARTER", _("quarters")
    TRIMESTER = "TRIMESTER", _("trimesters")
    HALF_YEAR = "HALF_YEAR", _("half-years")
    MODULE = "MODULE", _("modules")


class Role(models.TextChoices):
    """What somebody works as in a school."""

    TEACHER = "TEACHER", _("teacher")
    CLASS_TEACHER = "CLASS_TEACHER", _("class teacher")
    DEPUTY_HEAD = "DEPUTY_HEAD", _("deputy head")
    HEAD = "HEAD", _("head of the school")
    SCHOOL_ADMIN = "SCHOOL_ADMIN", _("school administrator")
    AUTHORITY = "AUTHORITY", _("municipal authority")
    SUPPORT = "SUPPORT", _("support operator")


class School(models.Model):
    """A school. What is public about it stands here; it is the key of all that is not."""

    id = models.UUIDField(primary_key=True)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=255)
    short_name = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=40, default="Europe/Moscow")

    def __str__(self) -> str:
        return self.short_name


class SchoolRow(models.Model):
    """Whatever belongs to a school: its id first, under row level security."""

    id = models.UUIDField(primary_key=True)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class AcademicYear(SchoolRow):
    """A year of teaching, by its first and last day of lessons."""

    title = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="year_ends_after_it_starts"),
            models.UniqueConstraint(fields=["school", "starts_on"], name="year_once"),
            ExclusionConstraint(
                name="year_no_overlap",
                expressions=[
                    ("school", EQUAL),
                    (Func("starts_on", "ends_on", models.Value("[]"), function="daterange"), OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StudyPeriod(SchoolRow):
    """A quarter, trimester, half-year or module: what period marks are given for."""

    year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="periods")
    system = models.CharField(max_length=10, choices=PeriodSystem.choices)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()
    closes_on = models.DateField(null=True)  # the last day on which marks are taken
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="period_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(system__in=PeriodSystem.values), name="period_system_known"),
            models.UniqueConstraint(fields=["school", "year", "system", "number"], name="period_once"),
            ExclusionConstraint(
                name="period_no_overlap",
                expressions=[
                    ("school", EQUAL),
                    ("system", EQUAL),
                    (Func("starts_on", "ends_on", models.Value("[]"), function="daterange"), OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Subject(SchoolRow):
    """What is taught."""

    name = models.CharField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="subject_once")]

    def __str__(self) -> str:
        return self.name


class SchoolClass(SchoolRow):
    """A class of one year: "7Б"."""

    year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="classes")
    title = models.CharField(max_length=80)
    grade = models.PositiveSmallIntegerField(null=True)
    period_system = models.CharField(
        max_length=10, choices=PeriodSystem.choices, default=PeriodSystem.QUARTER
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(grade__range=(0, 13)) | Q(grade=None), name="class_grade_sane"
            ),
            models.CheckConstraint(
                condition=Q(period_system__in=PeriodSystem.values), name="class_system_known"
            ),
            models.UniqueConstraint(fields=["school", "year", "title"], name="class_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Subgroup(SchoolRow):
    """The smallest set of students that is always taught together: a class, or a part of one."""

    year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="subgroups")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, null=True, related_name="subgroups")
    title = models.CharField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "year", "title"], name="subgroup_once")]

    def __str__(self) -> str:
        return self.title


class StudyGroup(SchoolRow):
    """Who is taught together in a subject; `code` joins the names of its student sets, as timetables do."""

    year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="groups")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="groups")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, null=True, related_name="groups")
    code = models.CharField(max_length=255)
    title = models.CharField(max_length=255)
    period_system = models.CharField(
        max_length=10, choices=PeriodSystem.choices, default=PeriodSystem.QUARTER
    )
    subgroups = models.ManyToManyField(Subgroup, through="GroupSubgroup", related_name="groups")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(period_system__in=PeriodSystem.values), name="group_system_known"
            ),
            models.UniqueConstraint(fields=["school", "year", "subject", "code"], name="group_once"),
        ]

    def __str__(self) -> str:
        return self.title


class GroupSubgroup(SchoolRow):
    """Which subgroups a study group takes: what makes two lessons clash."""

    group = models.ForeignKey(StudyGroup, models.CASCADE, related_name="+")
    subgroup = models.ForeignKey(Subgroup, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "group", "subgroup"], name="group_subgroup_once")
        ]

    def __str__(self) -> str:
        return f"{self.group_id} has {self.subgroup_id}"


class Enrolment(SchoolRow):
    """A student's place in a class, on the days of `valid_on`."""

    student = models.ForeignKey(Person, models.PROTECT, related_name="+")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="enrolments")
    valid_on = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_on__isempty=False), name="enrolment_has_days"),
            ExclusionConstraint(
                name="enrolment_no_overlap",
                expressions=[("school", EQUAL), ("student", EQUAL), ("valid_on", OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student_id} in {self.school_class_id}"


class GroupMembership(SchoolRow):
    """A student's place in a study group, on the days of `valid_on`."""

    student = models.ForeignKey(Person, models.PROTECT, related_name="+")
    group = models.ForeignKey(StudyGroup, models.PROTECT, related_name="memberships")
    valid_on = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_on__isempty=False), name="membership_has_days"),
            ExclusionConstraint(
                name="membership_no_overlap",
                expressions=[
                    ("school", EQUAL),
                    ("group", EQUAL),
                    ("student", EQUAL),
                    ("valid_on", OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["school", "student"], name="membership_of_student")]

    def __str__(self) -> str:
        return f"{self.student_id} in {self.group_id}"


class TeachingAssignment(SchoolRow):
    """Who teaches a study group, on the days of `valid_on`."""

    teacher = models.ForeignKey(Person, models.PROTECT, related_name="+")
    group = models.ForeignKey(StudyGroup, models.PROTECT, related_name="assignments")
    valid_on = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_on__isempty=False), name="assignment_has_days"),
            ExclusionConstraint(
                name="assignment_no_overlap",
                expressions=[
                    ("school", EQUAL),
                    ("group", EQUAL),
                    ("teacher", EQUAL),
                    ("valid_on", OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["school", "teacher"], name="assignment_of_teacher")]

    def __str__(self) -> str:
        return f"{self.teacher_id} teaches {self.group_id}"


class StaffRole(SchoolRow):
    """What a person works as, on the days of `valid_on`; a class teacher's role names the class."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=13, choices=Role.choices)
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, null=True, related_name="+")
    valid_on = DateRangeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="staff_role_known"),
            models.CheckConstraint(condition=Q(valid_on__isempty=False), name="staff_role_has_days"),
            models.CheckConstraint(
                condition=Q(role=Role.CLASS_TEACHER, school_class__isnull=False)
                | (~Q(role=Role.CLASS_TEACHER) & Q(school_class__isnull=True)),
                name="staff_role_class_of_class_teacher",
            ),
            ExclusionConstraint(
                name="staff_role_no_overlap",
                expressions=[
                    ("school", EQUAL),
                    ("person", EQUAL),
                    ("role", EQUAL),
                    (
                        Func(
                            "school_class",
                            models.Value("00000000-0000-0000-0000-000000000000"),
                            function="coalesce",
                            template="coalesce(%(expressions)s::uuid)",
                        ),
                        EQUAL,
                    ),
                    ("valid_on", OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class SourceRow(SchoolRow):
    """Which of our rows came from which row of another program, so that an import can be repeated."""

    system = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    source_id = models.CharField(max_length=255)
    target_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "system", "kind", "source_id"], name="source_row_once")
        ]
        indexes = [models.Index(fields=["school", "target_id"], name="source_row_of_target")]

    def __str__(self) -> str:
        return f"{self.system} {self.kind} {self.source_id}"


class ImportKind(models.TextChoices):
    """Which files are read."""

    ONEROSTER = "ONEROSTER", _("OneRoster: people, classes, groups")
    FET = "FET", _("FET: timetable")
    CALENDAR = "CALENDAR", _("Calendar: days off")


class ImportState(models.TextChoices):
    """How far an import has come."""

    QUEUED = "QUEUED", _("waiting")
    RUNNING = "RUNNING", _("running")
    CHECKED = "CHECKED", _("checked")
    DONE = "DONE", _("done")
    REFUSED = "REFUSED", _("refused")
    FAILED = "FAILED", _("failed")


class ImportRun(SchoolRow):
    """A file that the office handed in, to be checked or imported by the worker, and what came of it.

    The file lies under `upload_id`, outside the database, for an hour; `report` is as the import tells it.
    """

    kind = models.CharField(max_length=9, choices=ImportKind.choices)
    upload_id = models.UUIDField()
    file_name = models.CharField(max_length=120)
    only_check = models.BooleanField()
    state = models.CharField(max_length=7, choices=ImportState.choices, default=ImportState.QUEUED)
    percent = models.PositiveSmallIntegerField(default=0)
    report = models.JSONField(null=True)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ImportKind.values), name="import_run_kind_known"),
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_run_state_known"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="import_run_percent_at_most_100"),
        ]
        indexes = [models.Index(fields=["school", "started_at"], name="import_run_of_school")]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"
