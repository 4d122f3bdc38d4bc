"""The school that is measured: the demo's, with a study group of 35 students and 40 lessons in a month beside it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connections

from zvonok.domain.access.models import DiaryLink
from zvonok.domain.marks.commands.past import PastWork, bring_in_marks
from zvonok.domain.marks.models import Mark
from zvonok.domain.people.models import Account
from zvonok.domain.people.sessions import SessionStore
from zvonok.domain.schools.models import GroupMembership, School, StudyGroup, StudyPeriod, TeachingAssignment
from zvonok.domain.timetable.models import Lesson
from zvonok.interop import demo
from zvonok.kernel.days import monday_of
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

PARENT, TEACHER, SCHOOL = "kotova.viktoriya", "ivanova.oksana", "9534"
STUDENTS, LESSONS = 35, 40
CODE = "benchmark"
MOSCOW = ZoneInfo("Europe/Moscow")
MARKED = 0.3


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the journal, and the mark that stands there."""

    lesson_id: UUID
    student_id: UUID
    seen: UUID
    value: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Whose pages are measured."""

    parent_session: str
    teacher_session: str
    week: str
    marks: str
    journal: str
    save: str
    cells: list[Cell]
    rows: dict[str, int]


def furnish(today: date) -> Measured:
    """Load the school where it is not there yet, sign a parent and a teacher in, and choose their pages."""
    demo.load(today)
    school = School.objects.get(code=SCHOOL)
    parent, teacher = (Account.objects.get(login=login) for login in (PARENT, TEACHER))
    link = DiaryLink.objects.filter(account=parent).earliest("id")
    with school_scope(school.pk):
        StudyPeriod.objects.filter(school=school).update(closed_at=None)
        group = _large_group(school, teacher, apart_from=link.student_id, today=today)
        week = _fullest_week(school, link.student_id, today)
        cells = _cells(school, teacher)
    return Measured(
        parent_session=_signed_in(parent),
        teacher_session=_signed_in(teacher),
        week=f"/diary/{link.pk}/week/{week}/",
        marks=f"/diary/{link.pk}/marks/",
        journal=f"/journal/{group.pk}/{_month(group):%Y-%m}/",
        save=f"/journal/{group.pk}/cells/",
        cells=cells,
        rows=_rows(),
    )


def _signed_in(account: Account) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    assert session.session_key
    return session.session_key


def _fullest_week(school: School, student: UUID, today: date) -> date:
    """Choose the week with most marks."""
    days = list(Mark.objects.filter(school=school, student_id=student, withdrawn_at=None).values_list("day"))
    mondays = [monday_of(day) for (day,) in days if day <= today]
    return max(sorted(set(mondays)), key=mondays.count)


def _large_group(school: School, teacher: Account, *, apart_from: UUID, today: date) -> StudyGroup:
    found = StudyGroup.objects.filter(school=school, code=CODE).first()
    if found:
        return found
    like = StudyGroup.objects.filter(school=school, assignments__teacher=teacher.person_id).first()
    assert like
    membership = GroupMembership.objects.filter(school=school, group=like).first()
    assert membership
    group = StudyGroup.objects.create(
        id=uuid7(), school=school, year=like.year, subject=like.subject, code=CODE, title=CODE
    )
    own = {"school": school, "group": group, "valid_on": membership.valid_on}
    TeachingAssignment.objects.create(id=uuid7(), teacher_id=teacher.person_id, **own)
    others = GroupMembership.objects.filter(school=school).exclude(student_id=apart_from)
    students = list(others.order_by("student_id").values_list("student_id", flat=True).distinct()[:STUDENTS])
    GroupMembership.objects.bulk_create(
        GroupMembership(id=uuid7(), student_id=student, **own) for student in students
    )
    lessons = list(_lessons(group, teacher.person_id, today))
    Lesson.objects.bulk_create(lessons)
    _mark(lessons, students, teacher.person_id, Random(STUDENTS))
    return group


def _lessons(group: StudyGroup, teacher: UUID, today: date) -> "list[Lesson]":
    """Spread the lessons over the days of this month up to today."""
    made = []
    for number in range(LESSONS):
        day = today.replace(day=1 + number * today.day // LESSONS)
        starts = datetime.combine(day, time(8 + number % 8), MOSCOW)
        lesson = Lesson(
            id=uuid7(),
            school_id=group.school_id,
            day=day,
            slot=number % 8 + 1,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=45),
            group=group,
            subject_id=group.subject_id,
            teacher_id=teacher,
            topic=f"Lesson {number}",
        )
        made.append(lesson)
    return made


def _mark(lessons: list[Lesson], students: list[UUID], teacher: UUID, rng: Random) -> None:
    """Put marks in a third of the cells."""
    works = [
        PastWork(
            lesson.pk,
            lesson.subject_id,
            lesson.day,
            "ANSWER",
            1,
            teacher,
            lesson.ends_at,
            tuple((student, str(rng.randint(3, 5)), "") for student in students if rng.random() < MARKED),
        )
        for lesson in lessons
    ]
    bring_in_marks(works, school_id=lessons[0].school_id, actor_id=None, at=lessons[-1].ends_at)


def _month(group: StudyGroup) -> date:
    with school_scope(group.school_id):
        return Lesson.objects.filter(group=group).latest("day").day


def _cells(school: School, teacher: Account) -> list[Cell]:
    """Choose marked cells of the teacher's other groups, no two in one lesson or of one student.

    The journal that is measured stays as it was made, however often the benchmark is run.
    """
    marks = Mark.objects.filter(school=school, lesson__teacher=teacher.person_id, withdrawn_at=None)
    of_answers = marks.filter(assessment__work="ANSWER").exclude(lesson__group__code=CODE)
    cells: dict[UUID, Cell] = {}
    for mark in of_answers.order_by("-day", "lesson_id", "student_id"):
        if mark.student_id not in cells and all(cell.lesson_id != mark.lesson_id for cell in cells.values()):
            cells[mark.student_id] = Cell(mark.lesson_id, mark.student_id, mark.pk, mark.value)
    return list(cells.values())


def _rows() -> dict[str, int]:
    schools = list(School.objects.values_list("pk", flat=True))
    students = marks = 0
    for school in schools:
        with school_scope(school):
            students += GroupMembership.objects.values("student_id").distinct().count()
            marks += Mark.objects.count()
    connections["default"].close()
    return {"schools": len(schools), "students": students, "marks": marks}
