"""What can never be false: each constraint is asked by trying to break it."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, models, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from tests.world import MONDAY, NOON, YEAR_BEGINS, World, lesson
from zvonok.domain.attendance.models import Absence, ExcuseNote, WholeDayAbsence
from zvonok.domain.attestation.commands.accept import WantedRules, accept_rules
from zvonok.domain.attestation.models import AttestationRules, PeriodMark, SubjectStep
from zvonok.domain.homework.models import Homework, HomeworkPupil
from zvonok.domain.marks.models import MarkScale
from zvonok.domain.planning.models import LessonPlan, PlannedTopic, TopicTaught
from zvonok.domain.remarks.models import OwnNote, RemarkTemplate
from zvonok.domain.schools.models import AcademicYear, Enrolment, GroupMembership, StaffRole, StudyPeriod
from zvonok.domain.timetable.models import Lesson, Occupancy, PeriodUnlock
from zvonok.kernel.days import since
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


@pytest.fixture
def north(world: World) -> Iterator[World]:
    with school_scope(world.north.school.pk):
        yield world


def expect_refused(row: models.Model, constraint: str) -> None:
    """Try to write a row and expect the constraint to refuse it."""
    row.pk = uuid7()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(("kind", "name"), [("TEACHER", "Anna"), ("SUBGROUP", "7Б")])
def test_nobody_is_in_two_lessons_at_once(north: World, kind: str, name: str) -> None:
    taken = Occupancy.objects.get(lesson=north.algebra, kind=kind)
    taken.lesson = north.physics
    taken.during = DateTimeTZRange(taken.during.upper - timedelta(minutes=1), taken.during.upper)
    expect_refused(taken, "occupancy_no_two_at_once")


def test_the_next_lesson_may_begin_when_the_last_one_ends(north: World) -> None:
    taken = Occupancy.objects.get(lesson=north.algebra, kind="TEACHER")
    taken.pk, ends = uuid7(), taken.during.upper
    taken.during = DateTimeTZRange(ends, ends + timedelta(minutes=45))
    taken.save(force_insert=True)
    assert Occupancy.objects.filter(resource=taken.resource).count() == 2


def test_a_lesson_at_a_taken_time_is_refused_whole(north: World) -> None:
    with pytest.raises(IntegrityError, match="occupancy_no_two_at_once"), transaction.atomic():
        lesson(north.north, "Физика 8А", MONDAY, 1, north.people["Anna"])


def test_a_student_is_in_one_class_at_a_time(north: World) -> None:
    place = Enrolment.objects.get(student=north.people["Vera"])
    place.school_class = north.north.classes["8А"]
    expect_refused(place, "enrolment_no_overlap")


def test_a_student_is_in_a_group_once(north: World) -> None:
    expect_refused(GroupMembership.objects.get(student=north.people["Vera"]), "membership_no_overlap")


def test_a_role_is_held_once(north: World) -> None:
    expect_refused(StaffRole.objects.get(person=north.people["Darya"]), "staff_role_no_overlap")


def test_a_class_teacher_has_a_class(north: World) -> None:
    role = StaffRole.objects.get(person=north.people["Darya"])
    role.role = "CLASS_TEACHER"
    expect_refused(role, "staff_role_class_of_class_teacher")


def test_periods_of_one_system_do_not_overlap(north: World) -> None:
    period = StudyPeriod.objects.get()
    period.number = 3
    expect_refused(period, "period_no_overlap")


def test_years_do_not_overlap(north: World) -> None:
    expect_refused(
        AcademicYear(school=north.north.school, title="twin", starts_on=MONDAY, ends_on=date(2027, 8, 1)),
        "year_no_overlap",
    )


def test_a_lesson_is_not_held_with_itself(north: World) -> None:
    with pytest.raises(IntegrityError, match="lesson_not_held_with_itself"), transaction.atomic():
        Lesson.objects.filter(pk=north.algebra.pk).update(held_with=north.algebra)


def homework(north: World, due_on: date, text: str = "№ 112") -> Homework:
    return Homework(
        school=north.north.school,
        group=north.north.groups["Алгебра 7Б"],
        issued_lesson=north.algebra,
        issued_on=MONDAY,
        due_on=due_on,
        text=text,
        put_by=north.people["Anna"],
        put_at=NOON,
    )


def test_homework_is_due_after_it_is_issued(north: World) -> None:
    expect_refused(homework(north, MONDAY), "homework_due_after_it_is_issued")


def test_homework_says_something(north: World) -> None:
    expect_refused(homework(north, MONDAY + timedelta(days=1), text=""), "homework_says_something")


def test_homework_is_for_all_or_for_chosen_pupils(north: World) -> None:
    wrong = homework(north, MONDAY + timedelta(days=1))
    wrong.audience = "SOME"
    expect_refused(wrong, "homework_audience_known")


def test_homework_has_ten_links_at_most(north: World) -> None:
    wrong = homework(north, MONDAY + timedelta(days=1))
    wrong.links = ["https://example.org/"] * 11
    expect_refused(wrong, "homework_links_few")


def test_one_homework_for_all_stands_in_a_lesson(north: World) -> None:
    first = homework(north, MONDAY + timedelta(days=1))
    first.pk = uuid7()
    first.save(force_insert=True)
    expect_refused(homework(north, MONDAY + timedelta(days=2)), "homework_one_standing_for_all")


def test_a_pupil_is_chosen_once_for_a_homework(north: World) -> None:
    task = homework(north, MONDAY + timedelta(days=1))
    task.pk, task.audience = uuid7(), "CHOSEN"
    task.save(force_insert=True)
    chosen = {"school": task.school, "homework": task, "student": north.people["Vera"]}
    HomeworkPupil.objects.create(id=uuid7(), **chosen)
    expect_refused(HomeworkPupil(**chosen), "homework_pupil_once")


def test_own_words_say_something_of_a_known_kind_once(north: World) -> None:
    own = {"school": north.north.school, "teacher": north.people["Anna"]}
    expect_refused(RemarkTemplate(**own, kind="GOSSIP", text="x"), "remark_template_kind_known")
    expect_refused(RemarkTemplate(**own, kind="PRAISE", text=""), "remark_template_says_something")
    RemarkTemplate.objects.create(id=uuid7(), **own, kind="PRAISE", text="x")
    expect_refused(RemarkTemplate(**own, kind="PRAISE", text="x"), "remark_template_once")


def test_an_author_has_one_note_at_a_lesson_that_says_something(north: World) -> None:
    own = {"school": north.north.school, "lesson": north.algebra, "author": north.people["Anna"]}
    expect_refused(OwnNote(**own, text=""), "own_note_says_something")
    OwnNote.objects.create(id=uuid7(), **own, text="x")
    expect_refused(OwnNote(**own, text="y"), "own_note_once")


def absence(north: World, kind: str, minutes: int | None) -> Absence:
    return Absence(
        school=north.north.school,
        lesson=north.algebra,
        student=north.people["Vera"],
        day=MONDAY,
        kind=kind,
        late_minutes=minutes,
        put_by=north.people["Anna"],
        put_at=NOON,
    )


@pytest.mark.parametrize(
    ("kind", "minutes", "constraint"),
    [
        ("ASLEEP", None, "absence_kind_known"),
        ("ILL", 5, "absence_minutes_only_when_late"),
        ("LATE", 0, "absence_late_minutes_sane"),
        ("LATE", 241, "absence_late_minutes_sane"),
    ],
)
def test_an_absence_is_of_a_known_kind(north: World, kind: str, minutes: int | None, constraint: str) -> None:
    expect_refused(absence(north, kind, minutes), constraint)


def test_one_absence_stands_for_a_lesson(north: World) -> None:
    first = absence(north, "ILL", None)
    first.pk = uuid7()
    first.save(force_insert=True)
    expect_refused(absence(north, "UNEXCUSED", None), "absence_one_standing")


def test_enrolment_has_days(north: World) -> None:
    place = Enrolment.objects.get(student=north.people["Vera"])
    place.valid_on = type(since(YEAR_BEGINS))(YEAR_BEGINS, YEAR_BEGINS)
    expect_refused(place, "enrolment_has_days")


def period_mark(north: World, **values: object) -> PeriodMark:
    group = north.north.groups["Алгебра 7Б"]
    scale = MarkScale.objects.get(kind="FIVE_POINT")
    row: dict[str, object] = {
        "school": north.north.school,
        "student": north.people["Vera"],
        "subject": group.subject,
        "group": group,
        "year": group.year,
        "period": north.north.period,
        "scale": scale,
        "value": "5",
        "put_by": north.people["Anna"],
        "put_at": NOON,
    }
    return PeriodMark(**(row | values))


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"kind": "MONTH"}, "period_mark_(kind_known|period_of_period)"),
        ({"kind": "YEAR"}, "period_mark_period_of_period"),
        ({"period": None}, "period_mark_period_of_period"),
        ({"value": "н/а"}, "period_mark_value_(on_a_scale|in_scale)"),
        ({"scale": None}, "period_mark_value_on_a_scale"),
        ({"value": "6"}, "period_mark_value_in_scale"),
    ],
)
def test_a_period_mark_is_of_its_kind_and_on_its_scale(
    north: World, values: dict[str, object], constraint: str
) -> None:
    expect_refused(period_mark(north, **values), constraint)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [({}, "period_mark_one_standing"), ({"period": None, "kind": "YEAR"}, "year_mark_one_standing")],
)
def test_one_period_mark_stands_in_a_cell(north: World, values: dict[str, object], constraint: str) -> None:
    first = period_mark(north, **values)
    first.pk = uuid7()
    first.save(force_insert=True)
    expect_refused(period_mark(north, **values), constraint)


def unlock(north: World, **values: object) -> PeriodUnlock:
    row: dict[str, object] = {
        "school": north.north.school,
        "period": north.north.period,
        "group": north.north.groups["Алгебра 7Б"],
        "reason": "Болезнь",
        "until": NOON,
        "made_by": north.people["Darya"],
        "made_at": NOON,
    }
    return PeriodUnlock(**(row | values))


def test_an_unlocking_is_for_somebody_and_for_a_reason(north: World) -> None:
    expect_refused(unlock(north, group=None), "unlock_is_for_somebody")
    expect_refused(unlock(north, reason=""), "unlock_has_a_reason")


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"step_up": 1}, "rules_step_between_0_and_1"),
        ({"missed_percent": 101}, "rules_missed_is_a_share"),
        ({"averages": "MEDIAN"}, "rules_average_known"),
        ({"year_rule": "LAST"}, "rules_year_known"),
        ({"final_rule": "LAST"}, "rules_final_known"),
    ],
)
def test_rules_of_attestation_are_sane(north: World, values: dict[str, object], constraint: str) -> None:
    kept: dict[str, object] = {
        name: getattr(WantedRules(valid_from=MONDAY), name) for name in WantedRules.__slots__
    }
    own = {"school": north.north.school, "number": 1, "accepted_by": north.people["Darya"]}
    expect_refused(AttestationRules(**(kept | own | {"accepted_at": NOON} | values)), constraint)


def test_a_version_of_the_rules_stands_once_and_so_does_a_subject_in_it(north: World) -> None:
    rules = accept_rules(
        WantedRules(valid_from=MONDAY),
        steps={north.algebra.subject_id: Decimal("0.60")},
        actor=north.actor("Darya"),
        school_id=north.north.school.pk,
        at=NOON,
    )
    expect_refused(SubjectStep.objects.get(), "subject_step_once")
    step = SubjectStep.objects.get()
    step.step_up = Decimal(1)
    expect_refused(step, "subject_step_between_0_and_1")
    expect_refused(AttestationRules.objects.get(pk=rules.pk), "rules_once")


def topic(north: World, **other: object) -> PlannedTopic:
    wanted = {"position": 1, "title": "Дроби", "hours": 1} | other
    group = north.north.groups["Алгебра 7Б"]
    return PlannedTopic(id=uuid7(), school=north.north.school, group=group, **wanted)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"hours": 0}, "topic_hours_sane"),
        ({"hours": 201}, "topic_hours_sane"),
        ({"homework_minutes": 0}, "topic_minutes_sane"),
        ({"title": ""}, "topic_has_a_title"),
        ({"control": "DANCE"}, "topic_control_known"),
    ],
)
def test_a_topic_of_a_plan_is_sane(north: World, wrong: dict[str, object], constraint: str) -> None:
    expect_refused(topic(north, **wrong), constraint)


def test_a_group_has_one_plan_and_one_topic_at_each_place(north: World) -> None:
    plan = LessonPlan(id=uuid7(), school=north.north.school, group=north.north.groups["Алгебра 7Б"])
    plan.save(force_insert=True)
    expect_refused(plan, "lesson_plan_once")
    topic(north).save(force_insert=True)
    with pytest.raises(IntegrityError, match="topic_one_per_place"):
        insert_and_check(topic(north))


def insert_and_check(row: models.Model) -> None:
    """Insert a row, and ask the constraints that would wait for the end of the transaction."""
    with transaction.atomic():
        row.save(force_insert=True)
        connection.check_constraints()


def test_a_lesson_teaches_one_topic_of_the_plan(north: World) -> None:
    planned = topic(north)
    planned.save(force_insert=True)
    own = {"school": north.north.school, "topic": planned, "lesson": north.algebra}
    taught = TopicTaught(id=uuid7(), **own)
    taught.save(force_insert=True)
    expect_refused(taught, "topic_taught_once_a_lesson")


def excuse_note(north: World, **more: Any) -> ExcuseNote:
    about: dict[str, Any] = {
        "school": north.north.school,
        "student": north.people["Vera"],
        "first_day": MONDAY,
        "last_day": MONDAY,
        "kind": "REPORT",
        "reason": "ILLNESS",
        "sent_by": north.people["Maria"],
        "sent_at": NOON,
    }
    return ExcuseNote(**about | more)


@pytest.mark.parametrize(
    ("more", "constraint"),
    [
        ({"kind": "HEARSAY"}, "note_kind_known"),
        ({"reason": "BORED"}, "note_reason_known"),
        ({"state": "LOST", "decided_at": NOON}, "note_state_known"),
        ({"last_day": MONDAY - timedelta(days=1)}, "note_days_in_order"),
        ({"from_slot": 3, "to_slot": 2}, "note_lessons_in_order"),
        ({"decided_at": NOON}, "note_decided_by_somebody"),
        ({"state": "ACCEPTED"}, "note_decided_by_somebody"),
        ({"state": "RETURNED", "decided_at": NOON}, "note_returned_with_a_word"),
    ],
)
def test_a_note_makes_sense(north: World, more: dict[str, Any], constraint: str) -> None:
    if "decided_at" in more:
        more = more | {"decided_by": north.people["Anna"]}
    expect_refused(excuse_note(north, **more), constraint)


@pytest.mark.parametrize(
    ("kind", "last", "constraint"),
    [
        ("LATE", MONDAY, "whole_day_kind_known"),
        ("ILL", MONDAY - timedelta(days=1), "whole_day_in_order"),
    ],
)
def test_whole_days_make_sense(north: World, kind: str, last: date, constraint: str) -> None:
    row = WholeDayAbsence(
        school=north.north.school,
        student=north.people["Vera"],
        first_day=MONDAY,
        last_day=last,
        kind=kind,
        put_by=north.people["Anna"],
        put_at=NOON,
    )
    expect_refused(row, constraint)


def test_a_note_excuses_what_it_stands_for(north: World) -> None:
    note = excuse_note(north)
    note.pk = uuid7()
    note.save(force_insert=True)
    row = absence(north, "UNEXCUSED", None)
    row.note = note
    expect_refused(row, "absence_note_excuses")


@pytest.mark.parametrize("change", [{"text": "other words"}, {"first_day": MONDAY}, {"reason": "FAMILY"}])
def test_the_words_of_a_note_never_change(north: World, change: dict[str, Any]) -> None:
    note = excuse_note(north)
    note.pk = uuid7()
    note.save(force_insert=True)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ExcuseNote.objects.update(**change)
