"""The demo school: its journals are filled, plausibly, on any day of the year."""

from collections import Counter
from datetime import date, datetime

import pytest
from django.db.models import Count

from zvonok.domain.access.actor import Actor, Post
from zvonok.domain.access.models import DiaryLink
from zvonok.domain.attendance.models import Absence, ExcuseNote
from zvonok.domain.attestation.models import PeriodMark
from zvonok.domain.history.models import Fact
from zvonok.domain.homework.models import Homework
from zvonok.domain.marks.models import Mark
from zvonok.domain.people.models import Person
from zvonok.domain.planning.selectors import plans_of_school
from zvonok.domain.schools.models import AcademicYear, GroupMembership, Role, School, StudyPeriod
from zvonok.domain.timetable.models import Lesson
from zvonok.interop.demo import loading
from zvonok.interop.demo.attestation import close_old_periods
from zvonok.interop.demo.filling import fill_journals, write_yesterday
from zvonok.interop.demo.notes import write_notes
from zvonok.kernel.scope import school_scope

CODE = "9201"
AUTUMN, SUMMER = date(2026, 11, 23), date(2027, 7, 15)


def loaded(today: date) -> School:
    """Load the small school as the demo does, and fill its journals."""
    folder = loading._files(2026)
    loading._load_school(CODE, folder, first_year=2026, today=today)
    school = School.objects.get(code=CODE)
    at = datetime.combine(today, datetime.min.time(), loading.MOSCOW)
    with school_scope(school.pk):
        fill_journals(school, before=today, at=at)
        write_yesterday(school, today=today, at=at)
        write_notes(school, today=today, at=at)
    return school


@pytest.mark.django_db
def test_an_autumn_day_finds_the_journals_filled_up_to_yesterday() -> None:
    school = loaded(AUTUMN)
    with school_scope(school.pk):
        past = Lesson.objects.filter(day__lt=AUTUMN)
        assert past.exclude(topic="").count() > 0.9 * past.count()
        assert not Lesson.objects.filter(day__gte=AUTUMN).exclude(topic="").exists()
        values = Counter(Mark.objects.values_list("value", flat=True))
        assert values["5"] > values["3"] > values["2"]
        assert Absence.objects.exists()
        assert Homework.objects.filter(due_on__gte=AUTUMN).exists()
        ended = StudyPeriod.objects.filter(ends_on__lt=AUTUMN)
        assert set(PeriodMark.objects.values_list("period_id", flat=True)) == set(
            ended.values_list("pk", flat=True)
        )
        assert Fact.objects.filter(kind="MarkPut").exists()
        year = AcademicYear.objects.get()
        plans = plans_of_school(school_id=school.pk, year_id=year.pk, today=AUTUMN)
        planned = [plan for plan in plans if plan.planned]
        assert 0.8 * len(plans) < len(planned) < len(plans)
        assert all(0 < plan.passed < plan.planned for plan in planned)
        assert 0 < len([plan for plan in planned if plan.pace.behind]) < len(planned)
        states = Counter(ExcuseNote.objects.values_list("kind", "state"))
        assert states["EXPLANATION", "SENT"] >= 1
        assert states["REPORT", "SENT"] >= 1
    assert DiaryLink.objects.exists()


@pytest.mark.django_db
def test_the_school_marks_in_its_own_way() -> None:
    school = loaded(AUTUMN)
    with school_scope(school.pk):
        first_grade = Mark.objects.filter(lesson__group__school_class__grade=1)
        assert first_grade.count() > 50
        assert set(first_grade.values_list("value", "points")) == {("", None)}
        assert not first_grade.filter(comment="").exists()
        passed = Mark.objects.filter(subject__name__startswith="Основы религиозных")
        assert set(passed.values_list("value", flat=True)) <= {"зач", "незач"}
        assert passed.exists()
        assert Mark.objects.filter(assessment__work="OWN1", subject__name__startswith="Литератур").exists()
        assert Fact.objects.filter(kind="MarkingSet").count() == 3


@pytest.mark.django_db
def test_nobody_is_marked_who_is_not_there() -> None:
    school = loaded(AUTUMN)
    with school_scope(school.pk):
        members = set(GroupMembership.objects.values_list("student_id", "group_id"))
        marked = set(Mark.objects.values_list("student_id", "lesson__group_id"))
        assert marked <= members
        absent = set(Absence.objects.exclude(kind="LATE").values_list("student_id", "lesson_id"))
        brought = Mark.objects.exclude(assessment__work="HOMEWORK")
        assert not absent & set(brought.values_list("student_id", "lesson_id"))


@pytest.mark.django_db
def test_notes_about_a_closed_quarter_wait_for_its_opening() -> None:
    school = loaded(AUTUMN)
    at = datetime.combine(AUTUMN, datetime.min.time(), loading.MOSCOW)
    with school_scope(school.pk):
        accepted = ExcuseNote.objects.filter(state="ACCEPTED").count()
        explained = ExcuseNote.objects.filter(kind="EXPLANATION").count()
        StudyPeriod.objects.update(closed_at=at)
        write_notes(school, today=AUTUMN, at=at)
        assert ExcuseNote.objects.filter(state="ACCEPTED").count() == accepted
        assert ExcuseNote.objects.filter(kind="EXPLANATION").count() > explained


@pytest.mark.django_db
def test_a_summer_day_finds_the_whole_year() -> None:
    school = loaded(SUMMER)
    with school_scope(school.pk):
        last = Mark.objects.order_by("-day").values_list("day", flat=True)[0]
        assert last >= date(2027, 5, 20)
        periods = PeriodMark.objects.values("period").annotate(marks=Count("id"))
        assert not ExcuseNote.objects.exists()
        assert len(periods) == StudyPeriod.objects.filter(system="QUARTER").count()


@pytest.mark.django_db
def test_period_marks_are_what_the_rules_propose_or_say_why_not() -> None:
    school = loaded(AUTUMN)
    with school_scope(school.pk):
        marks = list(PeriodMark.objects.all())
        departing = [one for one in marks if one.proposed in "5432" and one.value != one.proposed]
        assert all(one.reason for one in departing)
        assert len(departing) < 0.1 * len(marks)
        assert Counter(one.value for one in marks)["н/а"] < 0.1 * len(marks)


@pytest.mark.django_db
def test_the_deputy_head_has_closed_all_ended_periods_but_the_last() -> None:
    school = loaded(SUMMER)
    somebody = Person.objects.earliest("id")
    post = Post(school.pk, Role.DEPUTY_HEAD)
    deputy = Actor(somebody.pk, somebody.pk, "", SUMMER, roles=(post,))
    with school_scope(school.pk):
        at = datetime.combine(SUMMER, datetime.min.time(), loading.MOSCOW)
        close_old_periods(school, deputy=deputy, today=SUMMER, at=at)
        quarters = StudyPeriod.objects.filter(system="QUARTER").order_by("number")
        states = [(one.closed_at is not None, one.closes_on is not None) for one in quarters]
    assert states == [(True, False)] * 3 + [(False, True)]
