"""Several people at once, each in a thread and a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

from django.db import connection

from tests.world import MONDAY, NOON, World, lesson
from zvonok.domain.access.models import DiaryRevision
from zvonok.domain.history.models import Fact
from zvonok.domain.marks.commands.put import MarkEdit, Outcome, put_marks
from zvonok.domain.marks.models import Mark
from zvonok.domain.schools.models import StudyPeriod
from zvonok.domain.timetable.commands.journal import PeriodIsClosed
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


def at_once(jobs: list[Callable[[], Any]]) -> list[Any]:
    """Run the jobs at the same moment; an exception is a result too."""
    barrier = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        try:
            barrier.wait(10)
            return job()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def putting(world: World, edits: list[MarkEdit], *, into: Any = None, who: str = "Anna") -> Callable[[], Any]:
    actor, target = world.actor(who), into or world.algebra

    def put() -> list[Outcome]:
        with school_scope(target.school_id):
            return put_marks(actor=actor, lesson_id=target.pk, edits=edits, at=NOON)

    return put


def test_one_edit_sent_five_times_at_once_counts_once(committed_world: World) -> None:
    world = committed_world
    edit = MarkEdit(id=uuid7(), student_id=world.people["Vera"].pk, value="5")
    results = at_once([putting(world, [edit])] * 5)
    assert [outcomes[0].mark.value for outcomes in results] == ["5"] * 5
    with school_scope(world.north.school.pk):
        assert Mark.objects.count() == 1
        assert Fact.objects.filter(kind="MarkPut").count() == 1


def test_of_two_teachers_in_one_cell_the_second_sees_the_first(committed_world: World) -> None:
    world = committed_world
    jobs = [
        putting(world, [MarkEdit(id=uuid7(), student_id=world.people["Vera"].pk, value=value)])
        for value in ("5", "3")
    ]
    first, second = (outcomes[0] for outcomes in at_once(jobs))
    refusals = [outcome.refusal.code if outcome.refusal else "" for outcome in (first, second)]
    assert sorted(refusals) == ["", "mark_has_changed"]
    assert first.mark.value == second.mark.value


def test_two_saves_for_one_class_do_not_deadlock(committed_world: World) -> None:
    world = committed_world
    with school_scope(world.north.school.pk):
        lessons = [
            lesson(world.north, "Алгебра 7Б", MONDAY, slot, world.people["Anna"]) for slot in (2, 3, 4, 5)
        ]
    pupils = [world.people["Vera"].pk, world.people["Pyotr"].pk]
    jobs = []
    for index, target in enumerate(lessons):
        order = pupils if index % 2 else pupils[::-1]
        edits = [MarkEdit(id=uuid7(), student_id=student, value="4") for student in order]
        jobs.append(putting(world, edits, into=target))
    results = at_once(jobs)
    assert not [result for result in results if isinstance(result, Exception)]
    assert set(DiaryRevision.objects.filter(student__in=pupils).values_list("number", flat=True)) == {5}


def test_a_period_closes_before_or_after_a_mark_but_not_between(committed_world: World) -> None:
    world = committed_world

    def close() -> int:
        with school_scope(world.north.school.pk):
            return StudyPeriod.objects.update(closed_at=NOON + timedelta(minutes=1))

    edit = MarkEdit(id=uuid7(), student_id=world.people["Vera"].pk, value="5")
    closed, put = at_once([close, putting(world, [edit])])
    assert closed == 1
    with school_scope(world.north.school.pk):
        assert Mark.objects.count() == (0 if isinstance(put, PeriodIsClosed) else 1)
