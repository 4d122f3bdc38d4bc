"""What is found in real journals, in how many statements; notes to teachers; marks that were changed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.world import MONDAY, NOON, SURNAMES, World, lesson
from zvonok.domain.attendance.commands import AbsenceEdit, put_absences
from zvonok.domain.control.checks import Check
from zvonok.domain.control.commands import (
    FindingIsMended,
    NoteIsOpen,
    NotTheOverseer,
    close_mended_notes,
    close_note,
    send_note,
)
from zvonok.domain.control.inputs import Scope, sheets
from zvonok.domain.control.models import ControlNote
from zvonok.domain.control.policy import may_control, may_read_note, notes_to_read
from zvonok.domain.control.rules import Finding
from zvonok.domain.control.selectors import (
    changed_marks,
    findings_of,
    names_of,
    noted_keys,
    open_notes,
    periods_to_choose,
)
from zvonok.domain.history.models import Fact
from zvonok.domain.marks.commands.put import MarkEdit, put_marks
from zvonok.domain.schools.models import GroupMembership
from zvonok.domain.timetable.commands.journal import write_topic
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.days import since
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

EVENING = NOON + timedelta(hours=8)


@pytest.fixture
def north(world: World) -> Iterator[World]:
    with school_scope(world.north.school.pk):
        yield world


def scope(world: World, **filters: object) -> Scope:
    return Scope(world.north.school.pk, day=MONDAY, **filters)  # type: ignore[arg-type]


def look(world: World, **filters: object) -> dict[Check, list[Finding]]:
    told: dict[Check, list[Finding]] = {}
    for finding in findings_of(scope(world, **filters), at=EVENING):
        told.setdefault(finding.check, []).append(finding)
    return told


def put(
    world: World, value: str, *, who: str = "Anna", whom: str = "Vera", work: str = "ANSWER", **more: object
) -> None:
    """Let a teacher put a mark in a lesson, Monday's algebra if no other is named."""
    one = more.pop("in_lesson", world.algebra)
    assert isinstance(one, Lesson)
    edit = MarkEdit(id=uuid7(), student_id=world.people[whom].pk, value=value, work=work, **more)  # type: ignore[arg-type]
    outcomes = put_marks(actor=world.actor(who), lesson_id=one.pk, edits=[edit], at=EVENING)
    assert [outcome.refusal for outcome in outcomes] == [None]


def miss(world: World, *, whom: str = "Vera", who: str = "Anna") -> None:
    edit = AbsenceEdit(id=uuid7(), student_id=world.people[whom].pk, kind="ILL")
    put_absences(actor=world.actor(who), lesson_id=world.algebra.pk, edits=[edit], at=EVENING)


def fill(world: World, one: Lesson, *, who: str = "Anna") -> None:
    write_topic(actor=world.actor(who), lesson_id=one.pk, topic="Roots", version=one.version, at=EVENING)


def tell(world: World, finding: Finding, *, who: str = "Darya", text: str = "Please look") -> ControlNote:
    return send_note(
        actor=world.actor(who),
        school_id=world.north.school.pk,
        note_id=uuid7(),
        key=finding.key,
        text=text,
        at=EVENING,
    )


def test_a_lesson_that_is_over_and_empty_is_found_at_once_and_goes_away_when_it_is_filled(
    north: World,
) -> None:
    assert {one.lesson_id for one in look(north)[Check.UNFILLED]} == {north.algebra.pk, north.physics.pk}
    fill(north, north.algebra)
    assert {one.lesson_id for one in look(north)[Check.UNFILLED]} == {north.physics.pk}


def test_a_whole_school_is_read_in_as_many_statements_as_one_journal(north: World) -> None:
    put(north, "5")
    with counted_queries() as one:
        sheets(scope(north, group_ids=[north.algebra.group_id]), at=EVENING)
    for slot in range(2, 7):
        lesson(north.north, "Алгебра 7Б", MONDAY, slot, north.people["Anna"])
    with counted_queries() as all_of_them:
        found = sheets(scope(north), at=EVENING)
    assert len(found) == 2
    assert len(one) == len(all_of_them) == 8


def test_filters_leave_the_journals_they_name(north: World) -> None:
    algebra, physics = north.algebra.group, north.physics.group
    asked = {
        "class_id": algebra.school_class_id,
        "teacher_id": north.people["Anna"].pk,
        "subject_id": algebra.subject_id,
        "group_ids": [algebra.pk],
    }
    for name, value in asked.items():
        assert [sheet.group_id for sheet in sheets(scope(north, **{name: value}), at=EVENING)] == [algebra.pk]
    every = sheets(scope(north, period_id=north.north.period.pk), at=EVENING)
    assert {sheet.group_id for sheet in every} == {algebra.pk, physics.pk}
    assert sheets(Scope(north.north.school.pk, day=MONDAY - timedelta(days=400)), at=EVENING) == []


def test_another_schools_journals_are_not_looked_at(north: World) -> None:
    assert findings_of(Scope(north.south.school.pk, day=MONDAY), at=EVENING) == []


def test_absence_and_mark_are_read_as_they_stand_and_lateness_is_no_absence(north: World) -> None:
    put(north, "4")
    miss(north)
    [both] = look(north)[Check.ABSENT_AND_MARKED]
    assert both.student_id == north.people["Vera"].pk
    assert names_of([both], school_id=north.north.school.pk).groups[both.group_id].subject == "Алгебра"


def test_an_exempt_student_may_be_absent(north: World) -> None:
    put(north, "осв")
    miss(north)
    assert Check.ABSENT_AND_MARKED not in look(north)


def test_two_tests_of_the_same_students_on_one_day_are_found(north: World) -> None:
    second = lesson(north.north, "Алгебра 7Б", MONDAY, 3, north.people["Anna"])
    put(north, "4", work="TEST")
    assert Check.TWO_TESTS not in look(north)
    put(north, "4", work="TEST", in_lesson=second)
    assert {one.lesson_id for one in look(north)[Check.TWO_TESTS]} == {north.algebra.pk, second.pk}


def test_a_test_of_other_students_is_no_second_test(north: World) -> None:
    put(north, "4", work="TEST")
    put(north, "4", work="TEST", who="Oleg", whom="Timur", in_lesson=north.physics)
    assert Check.TWO_TESTS not in look(north)


def test_who_is_present_in_two_lessons_at_once_is_found_until_absent_from_one(north: World) -> None:
    GroupMembership.objects.create(
        id=uuid7(),
        school=north.north.school,
        student=north.people["Vera"],
        group=north.physics.group,
        valid_on=since(MONDAY),
    )
    fill(north, north.algebra)
    assert Check.TWO_AT_ONCE not in look(north)
    fill(north, north.physics, who="Oleg")
    assert {one.student_id for one in look(north)[Check.TWO_AT_ONCE]} == {north.people["Vera"].pk}
    miss(north)
    assert Check.TWO_AT_ONCE not in look(north)


def test_a_note_reaches_the_teacher_and_is_recorded(north: World) -> None:
    finding = look(north, group_ids=[north.algebra.group_id])[Check.UNFILLED][0]
    note = tell(north, finding)
    school = north.north.school.pk
    assert note.teacher_id == north.people["Anna"].pk
    assert noted_keys(school_id=school) == {finding.key}
    [line] = open_notes(school_id=school, teacher_id=note.teacher_id, at=EVENING)
    assert (line.finding, line.text, line.check) == (finding, "Please look", Check.UNFILLED)
    assert Fact.objects.get(kind="ControlNoteSent").thing_id == note.pk


def test_a_note_sent_twice_is_one_note_and_a_second_one_is_refused(north: World) -> None:
    finding = look(north)[Check.UNFILLED][0]
    note = tell(north, finding)
    again = send_note(
        actor=north.actor("Darya"),
        school_id=north.north.school.pk,
        note_id=note.pk,
        key=finding.key,
        text="",
        at=EVENING,
    )
    assert again == note
    with pytest.raises(NoteIsOpen):
        tell(north, finding)


def test_a_note_closes_itself_when_its_finding_is_mended(north: World) -> None:
    school = north.north.school.pk
    finding = look(north, group_ids=[north.algebra.group_id])[Check.UNFILLED][0]
    note = tell(north, finding)
    assert close_mended_notes(school_id=school, at=EVENING) == 0
    fill(north, north.algebra)
    assert [line.finding for line in open_notes(school_id=school, at=EVENING)] == [None]
    assert close_mended_notes(school_id=school, at=EVENING) == 1
    note.refresh_from_db()
    assert (note.closed_at, note.closed_by_id) == (EVENING, None)
    assert Fact.objects.get(kind="ControlNoteClosed").data["mended"] is True
    with pytest.raises(FindingIsMended):
        tell(north, finding)


def test_the_deputy_head_may_close_a_note_and_write_again(north: World) -> None:
    finding = look(north)[Check.UNFILLED][0]
    note = tell(north, finding)
    for _again in range(2):
        close_note(actor=north.actor("Darya"), school_id=note.school_id, note_id=note.pk, at=EVENING)
    assert Fact.objects.filter(kind="ControlNoteClosed").count() == 1
    assert tell(north, finding).pk != note.pk


def test_a_teacher_writes_and_closes_no_notes(north: World) -> None:
    finding = look(north)[Check.UNFILLED][0]
    note = tell(north, finding)
    with pytest.raises(NotTheOverseer):
        tell(north, finding, who="Anna")
    with pytest.raises(NotTheOverseer):
        close_note(actor=north.actor("Anna"), school_id=note.school_id, note_id=note.pk, at=EVENING)


@pytest.mark.parametrize("who", SURNAMES)
def test_a_note_on_the_list_is_one_that_may_be_read(north: World, who: str) -> None:
    notes = [tell(north, finding) for finding in look(north)[Check.UNFILLED]]
    actor = north.actor(who)
    listed = set(notes_to_read(actor, school_id=north.north.school.pk))
    assert listed == {note for note in notes if may_read_note(actor, note)}
    assert may_control(actor, school_id=north.north.school.pk) == (who == "Darya")
    assert bool(listed) == (who in {"Anna", "Oleg", "Darya"})


def test_changed_marks_say_who_when_from_what_to_what_and_why(north: World) -> None:
    put(north, "3")
    standing = north.algebra.marks.get()
    put(north, "4", seen=standing.pk, comment="miscounted")
    put(north, "5", whom="Pyotr")
    marks = scope(north)
    [changed] = changed_marks(marks, first=NOON, end=EVENING + timedelta(hours=1), limit=9)
    assert (changed.was, changed.now, changed.why, changed.at) == ("3", "4", "miscounted", EVENING)
    assert changed.by == "Петрова Anna"
    period = Scope(north.north.school.pk, period_id=north.north.period.pk)
    assert changed_marks(period, first=NOON, end=EVENING + timedelta(hours=1), limit=9) == [changed]
    left_out: list[dict[str, object]] = [
        {"teacher_id": north.people["Oleg"].pk},
        {"subject_id": north.physics.subject_id},
        {"class_id": north.physics.group.school_class_id},
        {"period_id": north.south.period.pk},
    ]
    for filters in left_out:
        other = scope(north, **filters)
        assert changed_marks(other, first=NOON, end=EVENING + timedelta(hours=1), limit=9) == []


def test_the_periods_to_choose_have_begun(north: World) -> None:
    school = north.north.school.pk
    assert periods_to_choose(school_id=school, day=MONDAY) == [(north.north.period.pk, "II четверть")]
    assert periods_to_choose(school_id=school, day=MONDAY - timedelta(days=20)) == []


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"check_code": "MOON"}, "control_note_check_known"),
        ({"closed_by": "Darya"}, "control_note_closed_by_when_closed"),
        ({}, "control_note_one_open"),
    ],
)
def test_the_database_refuses_a_note_that_makes_no_sense(
    north: World, values: dict[str, str], constraint: str
) -> None:
    note = tell(north, look(north)[Check.UNFILLED][0])
    note.pk = uuid7()
    note.check_code = values.get("check_code", note.check_code)
    if "closed_by" in values:
        note.closed_by = north.people[values["closed_by"]]
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        note.save(force_insert=True)
