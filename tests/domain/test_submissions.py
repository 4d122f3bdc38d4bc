"""Works: who hands in, until when, what a version becomes, what the teacher says to it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.domain.test_at_the_same_time import at_once
from tests.domain.test_homework import given, plan, revision
from tests.handing_in import PDF
from tests.handing_in import hand_in as upload
from tests.world import MONDAY, NOON, World
from zvonok.domain.history.models import Fact
from zvonok.domain.homework.file_commands import FileIsNotYours
from zvonok.domain.homework.models import Homework, HomeworkPupil
from zvonok.domain.notices.commands import tell
from zvonok.domain.notices.models import Notice
from zvonok.domain.submissions import commands
from zvonok.domain.submissions.models import DoneTick, Opening, Submission
from zvonok.domain.submissions.selectors import Task, pupils_of, task, works_of, works_waiting
from zvonok.domain.timetable.commands.journal import NotTheTeacher
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

WEDNESDAY = MONDAY + timedelta(days=2)
LATER = NOON + timedelta(minutes=5)
AFTER = NOON + timedelta(days=3)


@pytest.fixture
def homework(world: World) -> Homework:
    """Homework in algebra for Wednesday's first lesson, to be handed in."""
    plan(world, WEDNESDAY)
    return given(world, "№ 214", hand_in=True)


def send(world: World, homework: Homework, text: str = "x = 2", **more: Any) -> Submission:
    """Hand in for Vera, by herself unless somebody else is named."""
    who, whose, at = more.pop("who", "Vera"), more.pop("whose", "Vera"), more.pop("at", NOON)
    handing = commands.Handing(id=more.pop("id", uuid7()), text=text, **more)
    with school_scope(world.north.school.pk):
        return commands.hand_in(
            actor=world.actor(who),
            homework_id=homework.pk,
            student_id=world.people[whose].pk,
            handing=handing,
            at=at,
        )


def answer(world: World, act: Callable[..., None], work: Submission, text: str = "", **more: Any) -> None:
    """Answer Vera's work as Anna, unless somebody else is named."""
    with school_scope(world.north.school.pk):
        act(
            actor=world.actor(more.get("who", "Anna")),
            homework_id=work.homework_id,
            student_id=work.student_id,
            seen=work.pk,
            text=text,
            at=more.get("at", LATER),
        )


def take_back(world: World, work: Submission, at: Any = LATER) -> None:
    with school_scope(world.north.school.pk):
        commands.take_back(
            actor=world.actor("Vera"),
            homework_id=work.homework_id,
            student_id=work.student_id,
            seen=work.pk,
            at=at,
        )


def the_task(world: World, homework: Homework) -> Task:
    found = task(school_id=world.north.school.pk, homework_id=homework.pk)
    assert found is not None
    return found


def standing(world: World) -> Submission:
    with school_scope(world.north.school.pk):
        return Submission.objects.get(withdrawn_at=None)


def kinds(world: World) -> list[str]:
    with school_scope(world.north.school.pk):
        facts = Fact.objects.filter(kind__startswith="Work").order_by("at", "id")
        return list(facts.values_list("kind", flat=True))


def test_a_new_version_takes_the_place_of_the_one_before_and_both_are_kept(
    world: World, homework: Homework
) -> None:
    before = revision(world, "Vera")
    first = send(world, homework)
    second = send(world, homework, "x = 3", seen=first.pk, at=LATER)
    assert (first.number, second.number) == (1, 2)
    with school_scope(world.north.school.pk):
        works = works_of(task=the_task(world, homework), student_id=world.people["Vera"].pk)
    assert [(work.text, work.withdrawn_at) for work in works] == [("x = 3", None), ("x = 2", LATER)]
    assert revision(world, "Vera") > before
    assert kinds(world) == ["WorkHandedIn", "WorkHandedIn"]


def test_the_same_handing_in_twice_is_once(world: World, homework: Homework) -> None:
    first = send(world, homework)
    assert send(world, homework, id=first.pk) == first
    assert kinds(world) == ["WorkHandedIn"]


@pytest.mark.parametrize("who", ["Olga", "Pyotr", "Zoya", "Anna", "Timur"])
def test_only_the_pupil_and_the_guardians_hand_in(world: World, homework: Homework, who: str) -> None:
    send(world, homework, who="Maria")
    with pytest.raises(commands.NotYoursToHandIn):
        send(world, homework, who=who)
    assert standing(world).put_by_id == world.people["Maria"].pk


def test_homework_for_others_and_homework_without_handing_in_take_nothing(world: World) -> None:
    chosen = given(world, "№ 1", hand_in=True, student_ids=(world.people["Pyotr"].pk,))
    with pytest.raises(commands.TaskIsGone):
        send(world, chosen)
    with pytest.raises(commands.NothingIsHandedIn):
        send(world, given(world, "№ 2"))
    with school_scope(world.north.school.pk):
        assert not Submission.objects.exists()


def test_an_empty_work_and_anothers_file_are_refused(world: World, homework: Homework) -> None:
    with pytest.raises(commands.WorkIsEmpty):
        send(world, homework, "")
    file = upload(world, PDF, who="Pyotr")
    with pytest.raises(FileIsNotYours):
        send(world, homework, files=(file.pk,))
    assert kinds(world) == []


def test_files_of_the_version_before_stay_even_if_a_parent_sent_them(
    world: World, homework: Homework
) -> None:
    file = upload(world, PDF, who="Maria")
    first = send(world, homework, "", who="Maria", files=(file.pk,))
    send(world, homework, "words", seen=first.pk, keep=(file.pk, uuid7()))
    with school_scope(world.north.school.pk):
        works = works_of(task=the_task(world, homework), student_id=world.people["Vera"].pk)
    assert [work.file_ids for work in works] == [[file.pk], [file.pk]]


def test_after_the_deadline_a_first_work_is_late_and_another_is_refused(
    world: World, homework: Homework
) -> None:
    first = send(world, homework, at=AFTER)
    with school_scope(world.north.school.pk):
        assert Fact.objects.get(kind="WorkHandedIn").data["late"] is True
    with pytest.raises(commands.WorkIsSettled):
        send(world, homework, "x = 3", seen=first.pk, at=AFTER)


def test_a_returned_work_is_handed_in_anew_after_the_deadline(world: World, homework: Homework) -> None:
    first = send(world, homework)
    with pytest.raises(commands.SayWhatToDo):
        answer(world, commands.return_for_rework, first)
    answer(world, commands.return_for_rework, first, "Show the steps")
    second = send(world, homework, "x = 3", seen=first.pk, at=AFTER)
    answer(world, commands.accept, second, at=AFTER)
    with pytest.raises(commands.WorkIsSettled):
        send(world, homework, "x = 4", seen=second.pk, at=AFTER)
    assert kinds(world) == ["WorkHandedIn", "WorkReturned", "WorkHandedIn", "WorkAccepted"]


def test_a_work_is_taken_back_until_somebody_has_looked(world: World, homework: Homework) -> None:
    first = send(world, homework)
    take_back(world, first)
    second = send(world, homework, at=LATER)
    with school_scope(world.north.school.pk):
        commands.note_look(task=the_task(world, homework), submission_id=second.pk, at=LATER)
    with pytest.raises(commands.TeacherHasIt):
        take_back(world, second)
    assert standing(world).number == 2


def test_only_who_keeps_the_journal_answers(world: World, homework: Homework) -> None:
    work = send(world, homework)
    for who in ("Oleg", "Darya", "Vera", "Maria"):
        with pytest.raises(NotTheTeacher):
            answer(world, commands.reply, work, "Well done", who=who)
    answer(world, commands.reply, work, "Well done")
    answer(world, commands.reply, work, "Well done")
    assert (standing(world).state, standing(world).reply) == ("SENT", "Well done")
    assert kinds(world) == ["WorkHandedIn", "WorkAnswered"]


def test_an_answer_to_a_version_that_was_replaced_is_refused(world: World, homework: Homework) -> None:
    first = send(world, homework)
    send(world, homework, "x = 3", seen=first.pk)
    with pytest.raises(commands.WorkHasChanged):
        answer(world, commands.accept, first)
    assert standing(world).state == "SENT"


def test_a_new_wording_keeps_what_was_handed_in(world: World, homework: Homework) -> None:
    work = send(world, homework)
    newer = given(world, "№ 214, 215", seen=homework.pk, hand_in=True, at=LATER)
    with school_scope(world.north.school.pk):
        found = the_task(world, homework)
        assert (found.id, found.text) == (newer.pk, "№ 214, 215")
        assert [each.id for each in works_of(task=found, student_id=work.student_id)] == [work.pk]
        waiting = works_waiting(school_id=world.north.school.pk, teacher_id=world.people["Anna"].pk)
    assert [(line.homework_id, line.count) for line in waiting] == [(newer.pk, 1)]


def test_the_family_is_told_of_the_answer(world: World, homework: Homework) -> None:
    answer(world, commands.return_for_rework, send(world, homework), "Show the steps")
    with school_scope(world.north.school.pk):
        fact = Fact.objects.get(kind="WorkReturned")
        tell(school_id=world.north.school.pk, fact_ids=[fact.pk])
        told = set(Notice.objects.values_list("recipient__first_name", "kind"))
    assert told == {("Vera", "WORK_RETURNED"), ("Maria", "WORK_RETURNED")}


def test_the_first_look_of_each_reader_is_noted_once(world: World, homework: Homework) -> None:
    with school_scope(world.north.school.pk):
        for at in (NOON, LATER):
            commands.note_opening(
                actor=world.actor("Maria"),
                task=the_task(world, homework),
                student_id=world.people["Vera"].pk,
                at=at,
            )
        assert [row.opened_at for row in Opening.objects.all()] == [NOON]
        opened = {line.name: line.opened_at for line in pupils_of(task=the_task(world, homework))}
    assert opened == {"Иванова Vera": NOON, "Ёлкин Pyotr": None}


def test_a_tick_is_put_once_and_taken_off(world: World) -> None:
    homework = given(world, "№ 214")
    about = {
        "actor": world.actor("Vera"),
        "homework_id": homework.pk,
        "student_id": world.people["Vera"].pk,
        "at": LATER,
    }
    with school_scope(world.north.school.pk):
        commands.tick_done(**about)
        commands.tick_done(**about)
        assert DoneTick.objects.filter(withdrawn_at=None).count() == 1
        commands.untick_done(**about)
        commands.untick_done(**about)
        assert not DoneTick.objects.filter(withdrawn_at=None).exists()
        assert Fact.objects.filter(kind="HomeworkTicked").count() == 2
        with pytest.raises(commands.NotYoursToHandIn):
            commands.tick_done(**about | {"actor": world.actor("Zoya")})


def test_what_was_handed_in_cannot_be_rewritten_or_deleted(world: World, homework: Homework) -> None:
    send(world, homework)
    acts = (
        "UPDATE submissions_submission SET text = ''",
        "DELETE FROM submissions_submission",
        "UPDATE submissions_opening SET opened_at = now()",
        "DELETE FROM submissions_submissionfile",
        "UPDATE submissions_donetick SET put_at = now()",
    )
    with school_scope(world.north.school.pk), connection.cursor() as cursor:
        for act in acts:
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(act)


def test_works_of_another_school_are_not_there(world: World, homework: Homework) -> None:
    send(world, homework)
    with school_scope(world.south.school.pk):
        assert not Submission.objects.exists()
        assert task(school_id=world.north.school.pk, homework_id=homework.pk) is None


def test_chosen_pupils_alone_stand_on_the_list(world: World) -> None:
    chosen = given(world, "№ 1", hand_in=True, student_ids=(world.people["Pyotr"].pk,))
    with school_scope(world.north.school.pk):
        assert HomeworkPupil.objects.count() == 1
        assert [line.name for line in pupils_of(task=the_task(world, chosen))] == ["Ёлкин Pyotr"]


def test_of_two_who_hand_in_at_once_the_second_is_told_of_the_first(committed_world: World) -> None:
    world = committed_world
    plan(world, WEDNESDAY)
    homework = given(world, "№ 214", hand_in=True)
    results = at_once([lambda: send(world, homework), lambda: send(world, homework, who="Maria")])
    names = sorted(type(result).__name__ for result in results)
    assert names == ["Submission", "WorkHasChanged"]
    assert kinds(world) == ["WorkHandedIn"]


def test_a_work_returned_while_it_is_replaced_has_one_outcome(committed_world: World) -> None:
    world = committed_world
    plan(world, WEDNESDAY)
    homework = given(world, "№ 214", hand_in=True)
    first = send(world, homework)

    def give_back() -> None:
        answer(world, commands.return_for_rework, first, "Show the steps")

    replaced, returned = at_once([lambda: send(world, homework, "x = 3", seen=first.pk), give_back])
    assert isinstance(replaced, Submission)
    assert returned is None or isinstance(returned, commands.WorkHasChanged)
    with school_scope(world.north.school.pk):
        before = Submission.objects.get(number=1)
        assert Submission.objects.get(withdrawn_at=None).text == "x = 3"
    assert before.state == ("RETURNED" if returned is None else "SENT")


def test_one_handing_in_sent_five_times_at_once_counts_once(committed_world: World) -> None:
    world = committed_world
    homework = given(world, "№ 214", hand_in=True)
    key: UUID = uuid7()
    results = at_once([lambda: send(world, homework, id=key)] * 5)
    assert [result.pk for result in results] == [key] * 5
    assert kinds(world) == ["WorkHandedIn"]


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"number": 2}, "submission_one_standing"),
        ({"withdrawn_at": LATER}, "submission_version_once"),
        ({"state": "LOST", "replied_at": LATER}, "submission_state_known"),
        ({"state": "RETURNED", "replied_at": LATER}, "submission_returned_with_a_word"),
        ({"state": "ACCEPTED"}, "submission_answered_by_somebody"),
    ],
)
def test_the_database_refuses_what_can_never_be(
    world: World, homework: Homework, changes: dict[str, Any], constraint: str
) -> None:
    work = send(world, homework)
    with school_scope(world.north.school.pk):
        work.pk = uuid7()
        if "state" in changes:
            work.number, work.withdrawn_at = 9, LATER
        for name, value in changes.items():
            setattr(work, name, value)
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            work.save(force_insert=True)
