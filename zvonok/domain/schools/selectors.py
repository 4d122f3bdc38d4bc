"""What is read of a school: its people and groups on a day, its years and periods."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from zvonok.domain.people.selectors import full_name
from zvonok.domain.schools.models import (
    AcademicYear,
    ImportRun,
    Role,
    School,
    SchoolClass,
    StaffRole,
    StudyGroup,
    StudyPeriod,
    Subject,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a student is on a day: class and school, as shown beside the name."""

    student_id: UUID
    school_id: UUID
    school: str
    class_id: UUID
    class_title: str
    grade: int | None
    period_system: str
    time_zone: str
    year_id: UUID
    year_starts_on: date
    year_ends_on: date
    is_enrolled: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A student of a study group on some day of a range, under the name the journal shows."""

    student_id: UUID
    last_name: str
    first_name: str
    first_day: date | None
    end_day: date | None

    @property
    def name(self) -> str:
        """Surname first, as the journal has it."""
        return f"{self.last_name} {self.first_name}".strip()

    def belongs_on(self, day: date) -> bool:
        """Say whether the student is in the group on a day."""
        return (self.first_day is None or self.first_day <= day) and (
            self.end_day is None or day < self.end_day
        )


def students_of_group(*, school_id: UUID, group_id: UUID, day: date) -> list[UUID]:
    """List the students of a study group on a day, in one query."""
    statement = """
        SELECT student_id FROM schools_groupmembership
        WHERE school_id = %s AND group_id = %s AND valid_on @> %s::date ORDER BY student_id
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, group_id, day])
        return [row[0] for row in cursor.fetchall()]


def members(*, school_id: UUID, group_id: UUID, first: date, last: date) -> list[Member]:
    """List who belongs to a study group on any day from `first` to `last`, by name, in one query."""
    statement = """
        SELECT p.id, p.last_name, p.first_name, lower(m.valid_on), upper(m.valid_on)
        FROM schools_groupmembership m JOIN people_person p ON p.id = m.student_id
        WHERE m.school_id = %s AND m.group_id = %s AND m.valid_on && daterange(%s::date, %s::date, '[]')
        ORDER BY p.sort_key, p.id, m.valid_on
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, group_id, first, last])
        return [Member(*row) for row in cursor.fetchall()]


def students_of_class(*, school_id: UUID, class_id: UUID, first: date, last: date) -> list[Member]:
    """List who is in a class on any day from `first` to `last`, by name, in one query."""
    statement = """
        SELECT p.id, p.last_name, p.first_name, lower(e.valid_on), upper(e.valid_on)
        FROM schools_enrolment e JOIN people_person p ON p.id = e.student_id
        WHERE e.school_id = %s AND e.school_class_id = %s AND e.valid_on && daterange(%s::date, %s::date, '[]')
        ORDER BY p.sort_key, p.id, e.valid_on
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, class_id, first, last])
        return [Member(*row) for row in cursor.fetchall()]


_PLACES = """
    SELECT DISTINCT ON (e.student_id) e.student_id, s.id, s.short_name, c.id, c.title, c.grade,
        c.period_system, s.time_zone, y.id, y.starts_on, y.ends_on, e.valid_on @> %s::date
    FROM schools_enrolment e
    JOIN schools_schoolclass c ON c.id = e.school_class_id
    JOIN schools_academicyear y ON y.id = c.year_id
    JOIN schools_school s ON s.id = e.school_id
    WHERE e.school_id = %s AND e.student_id = ANY(%s)
    ORDER BY e.student_id, (e.valid_on @> %s::date) DESC, e.valid_on DESC
"""


def places_of(*, school_id: UUID, student_ids: list[UUID], day: date) -> dict[UUID, Place]:
    """Find the classes of students in a school: of that day, or else the latest there were; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [day, school_id, student_ids, day])
        return {row[0]: Place(*row) for row in cursor.fetchall()}


def place_of(*, school_id: UUID, student_id: UUID, day: date) -> Place | None:
    """Find the student's class in a school: of that day, or else the latest there was; one query."""
    return places_of(school_id=school_id, student_ids=[student_id], day=day).get(student_id)


def year_of(*, school_id: UUID, day: date) -> AcademicYear | None:
    """Find the academic year of a day: the one that has begun last, or else the first to come; one query."""
    years = AcademicYear.objects.filter(school_id=school_id)
    return (
        years.filter(starts_on__lte=day).order_by("-starts_on").first() or years.order_by("starts_on").first()
    )


def periods_of(*, school_id: UUID, year_id: UUID, system: str) -> list[StudyPeriod]:
    """List the study periods of a year under one system, in order, in one query."""
    periods = StudyPeriod.objects.filter(school_id=school_id, year_id=year_id, system=system)
    return list(periods.order_by("number"))


def subjects_of_student(
    *, school_id: UUID, student_id: UUID, first: date, last: date
) -> list[tuple[UUID, str]]:
    """List what a student is taught on any day from `first` to `last`, by name; one query."""
    statement = """
        SELECT DISTINCT s.id, s.name FROM schools_groupmembership m
        JOIN schools_studygroup g ON g.id = m.group_id
        JOIN schools_subject s ON s.id = g.subject_id
        WHERE m.school_id = %s AND m.student_id = %s AND m.valid_on && daterange(%s::date, %s::date, '[]')
        ORDER BY s.name
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, student_id, first, last])
        return [(subject, name) for subject, name in cursor.fetchall()]


def all_schools() -> list[UUID]:
    """List the schools of the house; one query."""
    return list(School.objects.order_by("code").values_list("pk", flat=True))


def school(*, school_id: UUID) -> School:
    """Load a school."""
    return School.objects.get(pk=school_id)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A study group as a list shows it."""

    id: UUID
    title: str
    subject: str
    class_title: str
    grade: int | None


def groups_taught(*, school_id: UUID, teacher_id: UUID, day: date) -> list[GroupLine]:
    """List the study groups that a teacher is assigned to on a day, by class and subject; one query."""
    statement = """
        SELECT g.id, g.title, s.name, coalesce(c.title, ''), c.grade FROM schools_teachingassignment a
        JOIN schools_studygroup g ON g.id = a.group_id
        JOIN schools_subject s ON s.id = g.subject_id
        LEFT JOIN schools_schoolclass c ON c.id = g.school_class_id
        WHERE a.school_id = %s AND a.teacher_id = %s AND a.valid_on @> %s::date
        ORDER BY c.grade, g.title, s.name
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, teacher_id, day])
        return [GroupLine(*row) for row in cursor.fetchall()]


def subjects_of_students(
    *, school_id: UUID, student_ids: list[UUID], first: date, last: date
) -> list[tuple[UUID, str]]:
    """List what any of some students are taught from `first` to `last`, by name; one query."""
    statement = """
        SELECT DISTINCT s.id, s.name FROM schools_groupmembership m
        JOIN schools_studygroup g ON g.school_id = m.school_id AND g.id = m.group_id
        JOIN schools_subject s ON s.id = g.subject_id
        WHERE m.school_id = %s AND m.student_id = ANY(%s) AND m.valid_on && daterange(%s::date, %s::date, '[]')
        ORDER BY s.name, s.id
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, student_ids, first, last])
        return [(row[0], row[1]) for row in cursor.fetchall()]


def teachers_of_group(*, school_id: UUID, group_id: UUID, first: date, last: date) -> list[str]:
    """List by full name who teaches a study group on any day from `first` to `last`; one query."""
    statement = f"""
        SELECT {full_name("p")} FROM people_person p WHERE p.id IN (
            SELECT teacher_id FROM schools_teachingassignment
            WHERE school_id = %s AND group_id = %s AND valid_on && daterange(%s::date, %s::date, '[]')
        ) ORDER BY p.sort_key, p.id
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, group_id, first, last])
        return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class FamilyAccount:
    """The account of a student of a class, or of somebody who stands for one: has it been entered yet."""

    student_id: UUID
    person_id: UUID
    name: str
    login: str
    has_entered: bool
    temporary_until: date | None

    @property
    def is_student(self) -> bool:
        """Whether this is the student, and not somebody who stands for the student."""
        return self.person_id == self.student_id


def accounts_of_class(*, school_id: UUID, class_id: UUID, day: date) -> list[FamilyAccount]:
    """List a class's students and those who stand for them, each student first, with their accounts; one query.

    Somebody without an account has an empty login.
    """
    statement = f"""
        SELECT m.student_id, p.id, {full_name("p")},
            coalesce(a.login, ''), a.entered_at IS NOT NULL, a.temporary_until
        FROM (
            SELECT e.student_id, e.student_id AS person_id, 0 AS place FROM schools_enrolment e
            WHERE e.school_id = %(school)s AND e.school_class_id = %(class)s AND e.valid_on @> %(day)s::date
            UNION ALL
            SELECT e.student_id, g.guardian_id, 1 FROM schools_enrolment e
            JOIN people_guardianship g ON g.child_id = e.student_id AND g.withdrawn_at IS NULL
                AND g.valid_on @> %(day)s::date
            WHERE e.school_id = %(school)s AND e.school_class_id = %(class)s AND e.valid_on @> %(day)s::date
        ) m
        JOIN people_person p ON p.id = m.person_id
        JOIN people_person s ON s.id = m.student_id
        LEFT JOIN people_account a ON a.person_id = m.person_id
        ORDER BY s.sort_key, m.student_id, m.place, p.sort_key
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, {"school": school_id, "class": class_id, "day": day})
        return [FamilyAccount(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class SchoolNumbers:
    """How large a school is on a day."""

    students: int
    classes: int
    groups: int
    staff: int


def school_numbers(*, school_id: UUID, day: date) -> SchoolNumbers:
    """Count a school's students, classes, study groups and staff of a day; one query."""
    statement = """
        SELECT
            (SELECT count(*) FROM schools_enrolment WHERE school_id = %(school)s AND valid_on @> %(day)s::date),
            (SELECT count(*) FROM schools_schoolclass c JOIN schools_academicyear y ON y.id = c.year_id
                WHERE c.school_id = %(school)s AND %(day)s::date BETWEEN y.starts_on AND y.ends_on + 100),
            (SELECT count(*) FROM schools_studygroup g JOIN schools_academicyear y ON y.id = g.year_id
                WHERE g.school_id = %(school)s AND %(day)s::date BETWEEN y.starts_on AND y.ends_on + 100),
            (SELECT count(DISTINCT person_id) FROM schools_staffrole
                WHERE school_id = %(school)s AND valid_on @> %(day)s::date)
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, {"school": school_id, "day": day})
        return SchoolNumbers(*cursor.fetchone())


def class_teachers(*, school_id: UUID, class_ids: list[UUID], day: date) -> dict[UUID, str]:
    """Name the class teachers of classes on a day, several joined by commas; one query."""
    statement = f"""
        SELECT r.school_class_id, string_agg({full_name("p")}, ', '
            ORDER BY p.sort_key)
        FROM schools_staffrole r JOIN people_person p ON p.id = r.person_id
        WHERE r.school_id = %s AND r.school_class_id = ANY(%s) AND r.valid_on @> %s::date
        GROUP BY r.school_class_id
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, class_ids, day])
        return dict(cursor.fetchall())


def class_teachers_of(*, school_id: UUID, student_ids: list[UUID], day: date) -> dict[UUID, list[UUID]]:
    """List who leads the classes of students on a day, by student; one query."""
    statement = """
        SELECT e.student_id, array_agg(r.person_id ORDER BY r.person_id) FROM schools_enrolment e
        JOIN schools_staffrole r ON r.school_id = e.school_id AND r.school_class_id = e.school_class_id
            AND r.valid_on @> %(day)s::date
        WHERE e.school_id = %(school)s AND e.student_id = ANY(%(students)s) AND e.valid_on @> %(day)s::date
        GROUP BY e.student_id
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, {"school": school_id, "students": student_ids, "day": day})
        return dict(cursor.fetchall())


def classes_of_day(*, school_id: UUID, day: date) -> list[SchoolClass]:
    """List the classes of the year that a day belongs to, by grade and letter; two queries."""
    year = year_of(school_id=school_id, day=day)
    classes = (
        SchoolClass.objects.filter(school_id=school_id, year=year) if year else SchoolClass.objects.none()
    )
    return list(classes.order_by("grade", "title"))


def import_runs(*, school_id: UUID, limit: int) -> list[ImportRun]:
    """List the latest imports of a school, without their reports; one query."""
    runs = ImportRun.objects.filter(school_id=school_id).defer("report").select_related("started_by")
    return list(runs.order_by("-started_at")[:limit])


def import_run(*, school_id: UUID, run_id: UUID) -> ImportRun | None:
    """Load an import with its report; one query."""
    runs = ImportRun.objects.filter(school_id=school_id, pk=run_id).select_related("started_by")
    return runs.first()


def teaches_here(*, school_id: UUID, person_id: UUID, day: date) -> bool:
    """Say whether a person is a teacher of a school on a day; one query."""
    roles = StaffRole.objects.filter(school_id=school_id, person=person_id, valid_on__contains=day)
    return roles.filter(role=Role.TEACHER).exists()


def teachers_of_school(*, school_id: UUID, day: date) -> list[tuple[UUID, str]]:
    """List who teaches in a school on a day, by name; one query."""
    statement = f"""
        SELECT p.id, {full_name("p")}
        FROM people_person p WHERE p.id IN (
            SELECT person_id FROM schools_staffrole
            WHERE school_id = %s AND role = 'TEACHER' AND valid_on @> %s::date
        ) ORDER BY p.sort_key, p.id
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, day])
        return [(row[0], row[1]) for row in cursor.fetchall()]


def subjects_of_school(*, school_id: UUID) -> list[tuple[UUID, str]]:
    """List what is taught in a school, by name; one query."""
    return list(Subject.objects.filter(school_id=school_id).order_by("name").values_list("id", "name"))


def groups_of_system(*, school_id: UUID, year_id: UUID, system: str) -> list[tuple[str, str]]:
    """List the study groups of a year that a period system holds for, by class and title; one query."""
    groups = StudyGroup.objects.filter(school_id=school_id, year_id=year_id, period_system=system)
    rows = groups.order_by("school_class__grade", "title").values_list("pk", "title")
    return [(str(key), title) for key, title in rows]
