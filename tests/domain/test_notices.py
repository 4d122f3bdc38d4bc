"""Notices: who is told of what, once."""

from datetime import timedelta
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from tests.domain.test_excuse_notes import decide, note, send
from tests.world import NOON, World
from zvonok.domain.attendance.commands import (
    AbsenceEdit,
    WholeDayEdit,
    accept_note,
    put_absences,
    put_whole_day,
    withdraw_note,
)
from zvonok.domain.attendance.facts import AboutDays
from zvonok.domain.history.facts import Happening
from zvonok.domain.history.models import Fact
from zvonok.domain.homework.commands import HomeworkEdit, set_homework
from zvonok.domain.marks.commands.put import MarkEdit, put_marks
from zvonok.domain.notices.commands import read_notices
from zvonok.domain.notices.models import Notice, NoticeKind
from zvonok.domain.notices.rules import notice_kind
from zvonok.domain.notices.selectors import notices_of
from zvonok.domain.people.models import Guardianship
from zvonok.domain.remarks.commands import make_remark
from zvonok.domain.remarks.models import RemarkKind
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope
from zvonok.workers.notices import tell

LATER = NOON + timedelta(minutes=1)


def put(world: World, value: str, *, seen: Any = None, at: Any = NOON) -> Any:
    """Put Vera's mark in Monday's algebra."""
    edit = MarkEdit(id=uuid7(), student_id=world.people["Vera"].pk, value=value, seen=seen)
    with school_scope(world.north.school.pk):
        put_marks(actor=world.actor("Anna"), lesson_id=world.algebra.pk, edits=[edit], at=at)
    return edit.id


def work_off() -> int:
    """Run the jobs that the commands have deferred; give how many there were."""
    jobs = list(ProcrastinateJob.objects.order_by("id").values_list("args", flat=True))
    for values in jobs:
        tell(**values)
    return len(jobs)


def told(world: World) -> list[tuple[str, str, str]]:
    with school_scope(world.north.school.pk):
        rows = Notice.objects.values_list("recipient__first_name", "student__first_name", "kind")
        return sorted(rows)


def feed(world: World, who: str, **more: Any) -> list[str]:
    school = world.north.school.pk
    with school_scope(school):
        lines = notices_of(
            school_id=school,
            person_id=world.people[who].pk,
            student_ids=[world.people["Vera"].pk],
            before=more.get("before", LATER + timedelta(hours=1)),
            most=more.get("most", 10),
        )
    return [f"{line.kind} {line.data['value']}{'' if line.read_at is None else ' read'}" for line in lines]


def test_a_mark_is_told_to_the_student_and_the_guardian_and_to_nobody_else(world: World) -> None:
    put(world, "5")
    assert work_off() == 1
    assert told(world) == [("Maria", "Vera", "MARK_PUT"), ("Vera", "Vera", "MARK_PUT")]


def test_a_job_that_runs_again_tells_nothing_twice(world: World) -> None:
    put(world, "5")
    work_off()
    once = told(world)
    work_off()
    assert told(world) == once


def test_a_guardian_whose_right_has_ended_is_not_told(world: World) -> None:
    put(world, "5")
    Guardianship.objects.filter(child=world.people["Vera"]).update(withdrawn_at=NOON)
    work_off()
    assert told(world) == [("Vera", "Vera", "MARK_PUT")]


def test_a_correction_and_a_withdrawal_are_told_as_such_newest_first(world: World) -> None:
    three = put(world, "3")
    five = put(world, "5", seen=three, at=LATER)
    put(world, "", seen=five, at=LATER + timedelta(minutes=1))
    work_off()
    assert feed(world, "Maria") == ["MARK_WITHDRAWN 5", "MARK_CORRECTED 5", "MARK_PUT 3"]
    assert feed(world, "Maria", before=LATER) == ["MARK_PUT 3"]
    assert feed(world, "Maria", most=1) == ["MARK_WITHDRAWN 5"]
    assert feed(world, "Zoya") == []


def test_homework_is_told_to_the_whole_group_and_an_absence_to_one(world: World) -> None:
    anna, lesson_id = world.actor("Anna"), world.algebra.pk
    with school_scope(world.north.school.pk):
        homework = HomeworkEdit(id=uuid7(), text="№ 214")
        set_homework(actor=anna, lesson_id=lesson_id, edit=homework, at=NOON)
        absence = AbsenceEdit(id=uuid7(), student_id=world.people["Pyotr"].pk, kind="ILL")
        put_absences(actor=anna, lesson_id=lesson_id, edits=[absence], at=NOON)
    work_off()
    assert told(world) == [
        ("Maria", "Vera", "HOMEWORK_SET"),
        ("Olga", "Pyotr", "ABSENCE_PUT"),
        ("Olga", "Pyotr", "HOMEWORK_SET"),
        ("Pyotr", "Pyotr", "ABSENCE_PUT"),
        ("Pyotr", "Pyotr", "HOMEWORK_SET"),
        ("Vera", "Vera", "HOMEWORK_SET"),
    ]


def test_what_is_not_told_wakes_no_job(world: World) -> None:
    with school_scope(world.north.school.pk):
        make_remark(
            actor=world.actor("Anna"),
            lesson_id=world.algebra.pk,
            edit_id=uuid7(),
            student_id=world.people["Vera"].pk,
            kind=RemarkKind.PRAISE,
            text="Помогла соседу",
            at=NOON,
        )
        assert Fact.objects.count() == 1
    assert work_off() == 0


def test_facts_that_are_not_there_are_told_to_nobody(world: World) -> None:
    tell(school_id=str(world.north.school.pk), fact_ids=[str(uuid7())])
    assert told(world) == []


def test_the_feed_is_read_by_its_owner_for_the_owner_alone(world: World) -> None:
    put(world, "5")
    work_off()
    with school_scope(world.north.school.pk):
        read_notices(
            actor=world.actor("Maria"),
            school_id=world.north.school.pk,
            student_ids=[world.people["Vera"].pk],
            at=LATER,
        )
    assert feed(world, "Maria") == ["MARK_PUT 5 read"]
    assert feed(world, "Vera") == ["MARK_PUT 5"]


def test_every_fact_that_is_told_becomes_a_known_notice() -> None:
    facts = [*Happening.__subclasses__(), *AboutDays.__subclasses__()]
    kinds = {one.__name__ for one in facts if one.told}
    assert {"MarkPut", "AbsencePut", "HomeworkSet"} <= kinds
    assert {notice_kind(kind, {}) for kind in kinds} <= set(NoticeKind.values)


def test_a_note_is_told_to_the_class_teacher_and_the_answer_to_the_family(world: World) -> None:
    kept, lost = note(world), note(world)
    for edit in (kept, lost):
        send(world, edit)
    work_off()
    assert told(world) == [("Anna", "Vera", "NOTE_SENT")] * 2
    decide(world, accept_note, kept.id)
    decide(world, withdraw_note, lost.id, who="Maria")
    work_off()
    assert set(told(world)) == {
        ("Anna", "Vera", "NOTE_SENT"),
        ("Anna", "Vera", "NOTE_WITHDRAWN"),
        ("Maria", "Vera", "NOTE_ACCEPTED"),
        ("Vera", "Vera", "NOTE_ACCEPTED"),
    }


def test_whole_days_are_told_once_however_many_lessons_they_are(world: World) -> None:
    school, vera = world.north.school.pk, world.people["Vera"].pk
    edit = WholeDayEdit(uuid7(), vera, NOON.date(), NOON.date(), "ILL")
    with school_scope(school):
        put_whole_day(actor=world.actor("Anna"), school_id=school, edit=edit, at=NOON)
    work_off()
    assert told(world) == [("Maria", "Vera", "WHOLE_DAY_PUT"), ("Vera", "Vera", "WHOLE_DAY_PUT")]
