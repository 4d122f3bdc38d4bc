"""Several people at once, each in a thread and a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier, Event
from time import sleep
from typing import Any

from django.db import connection

from tests.world import MONDAY, NOON, World, lesson
from zvonok.domain.access.models import DiaryRevision
from zvonok.domain.attestation.commands.put import PeriodEdit, PeriodOutcome, put_period_marks
from zvonok.domain.attestation.models import PeriodMark
from zvonok.domain.history.models import Fact
from zvonok.domain.marks.commands.put import MarkEdit, Outcome, put_marks
from zvonok.domain.marks.models import Mark
from zvonok.domain.planning.commands.edit import edit_plan
from zvonok.domain.planning.commands.lay import lay_plan
from zvonok.domain.planning.rules import Move
from zvonok.domain.planning.selectors import topics_of_plan
from zvonok.domain.timetable.commands.journal import PeriodIsClosed
from zvonok.domain.timetable.commands.periods import close_period
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

AFTER_THE_PERIOD = datetime(2026, 12, 30, 15, tzinfo=UTC)


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


def closing(world: World) -> Callable[[], Any]:
    actor, period = world.actor("Darya"), world.north.period

    def close() -> None:
        with school_scope(world.north.school.pk):
            close_period(actor=actor, period_id=period.pk, at=AFTER_THE_PERIOD)

    return close


def test_a_period_closes_before_or_after_a_mark_but_not_between(committed_world: World) -> None:
    """Marks that were on their way when it closed stand; those that came later are refused; none slips through."""
    world = committed_world
    with school_scope(world.north.school.pk):
        lessons = [
            lesson(world.north, "Алгебра 7Б", MONDAY, slot, world.people["Anna"]) for slot in (2, 3, 4, 5)
        ]
    jobs = [
        putting(world, [MarkEdit(id=uuid7(), student_id=world.people["Vera"].pk, value="5")], into=target)
        for target in lessons
    ]
    closed, *put = at_once([closing(world), *jobs])
    assert closed is None
    refused = [told for told in put if isinstance(told, PeriodIsClosed)]
    saved = [told for told in put if not isinstance(told, Exception)]
    assert len(refused) + len(saved) == 4
    with school_scope(world.north.school.pk):
        assert Mark.objects.count() == len(saved)


def test_closing_waits_for_a_mark_on_its_way(committed_world: World) -> None:
    """The teacher's transaction holds the period; closing ends after it, never in the middle."""
    world, order = committed_world, []
    written, actor = Event(), world.actor("Anna")

    def put() -> None:
        with school_scope(world.north.school.pk):
            edit = MarkEdit(id=uuid7(), student_id=world.people["Vera"].pk, value="5")
            put_marks(actor=actor, lesson_id=world.algebra.pk, edits=[edit], at=NOON)
            written.set()
            sleep(0.3)
            order.append("mark")

    def close() -> None:
        written.wait(10)
        closing(world)()
        order.append("closed")

    assert at_once([put, close]) == [None, None]
    assert order == ["mark", "closed"]


def deciding(world: World, edit: PeriodEdit) -> Callable[[], Any]:
    actor, group = world.actor("Anna"), world.algebra.group
    assert group.subject.name

    def decide() -> PeriodOutcome:
        with school_scope(world.north.school.pk):
            told = put_period_marks(actor=actor, group=group, column="2", edits=[edit], at=NOON)
        return told[0]

    return decide


def test_of_two_teachers_in_one_period_mark_the_second_sees_the_first(committed_world: World) -> None:
    world = committed_world
    vera = world.people["Vera"].pk
    first, second = at_once([deciding(world, PeriodEdit(uuid7(), vera, value, "к")) for value in "53"])
    refusals = [told.refusal.code if told.refusal else "" for told in (first, second)]
    assert sorted(refusals) == ["", "period_mark_has_changed"]
    assert first.mark.value == second.mark.value


def test_one_period_mark_sent_five_times_at_once_counts_once(committed_world: World) -> None:
    world = committed_world
    edit = PeriodEdit(uuid7(), world.people["Vera"].pk, "5", "к")
    results = at_once([deciding(world, edit)] * 5)
    assert [told.mark.value for told in results] == ["5"] * 5
    with school_scope(world.north.school.pk):
        assert PeriodMark.objects.count() == 1
        assert Fact.objects.filter(kind="PeriodMarkSet").count() == 1


def test_a_period_closes_before_or_after_a_period_mark_but_not_between(committed_world: World) -> None:
    world = committed_world
    edit = PeriodEdit(uuid7(), world.people["Vera"].pk, "5", "к")
    closed, told = at_once([closing(world), deciding(world, edit)])
    assert closed is None
    with school_scope(world.north.school.pk):
        assert PeriodMark.objects.count() == (1 if told.refusal is None else 0)
    assert told.refusal is None or told.refusal.code == "period_is_closed"


def test_of_two_changes_of_a_plan_at_once_one_is_told_of_the_other(committed_world: World) -> None:
    world = committed_world
    own = {"school_id": world.north.school.pk, "group_id": world.algebra.group_id}
    with school_scope(world.north.school.pk):
        first, *_rest = lay_plan(**own, topics=["A", "B", "C"])
    actor = world.actor("Anna")

    def move() -> int:
        with school_scope(world.north.school.pk):
            return edit_plan(
                actor=actor, group_id=world.algebra.group_id, edits=[Move(first, 2)], version=0, at=NOON
            )

    results = at_once([move] * 3)
    assert sorted(str(type(one).__name__) for one in results) == ["PlanHasChanged", "PlanHasChanged", "int"]
    with school_scope(world.north.school.pk):
        assert [one.topic.draft.title for one in topics_of_plan(**own)] == ["B", "C", "A"]
