"""Study periods close and are unlocked by those who oversee the school alone; each day has one door."""

from datetime import date, timedelta

import pytest

from tests.world import MONDAY, NOON, World
from zvonok.domain.history.models import Fact
from zvonok.domain.schools.models import StudyPeriod
from zvonok.domain.timetable.commands.journal import PeriodIsClosed, write_topic
from zvonok.domain.timetable.commands.periods import (
    NobodyToUnlock,
    NotTheDeputyHead,
    PeriodIsAhead,
    UnlockWantsReason,
    close_period,
    lock_again,
    plan_closing,
    unlock_period,
)
from zvonok.domain.timetable.doors import Door, door_of, doors_of_group, unlocks_about, unlocks_of_period
from zvonok.domain.timetable.models import PeriodUnlock
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

OVER = NOON + timedelta(days=60)


def open_for_vera(world: World, **changed: object) -> PeriodUnlock:
    wanted: dict[str, object] = {
        "actor": world.actor("Darya"),
        "period_id": world.north.period.pk,
        "group_id": world.algebra.group_id,
        "student_id": world.people["Vera"].pk,
        "reason": "Больничный",
        "until": OVER + timedelta(hours=1),
        "at": OVER,
    }
    return unlock_period(**(wanted | changed))  # type: ignore[arg-type]


def test_closing_twice_is_closing_once(world: World) -> None:
    with school_scope(world.north.school.pk):
        for _ in range(2):
            close_period(actor=world.actor("Darya"), period_id=world.north.period.pk, at=OVER)
        assert Fact.objects.filter(kind="PeriodClosed").count() == 1


@pytest.mark.parametrize("who", ["Anna", "Yana", "Maria", "Egor"])
def test_only_the_deputy_head_closes(world: World, who: str) -> None:
    with school_scope(world.north.school.pk), pytest.raises(NotTheDeputyHead):
        close_period(actor=world.actor(who), period_id=world.north.period.pk, at=OVER)


def test_the_same_plan_twice_is_told_once_and_may_be_taken_back(world: World) -> None:
    own = {"actor": world.actor("Darya"), "period_id": world.north.period.pk, "at": NOON}
    with school_scope(world.north.school.pk):
        for day in (date(2027, 1, 11), date(2027, 1, 11), None):
            plan_closing(**own, closes_on=day)  # type: ignore[arg-type]
        assert Fact.objects.filter(kind="PeriodClosingPlanned").count() == 2
        assert StudyPeriod.objects.get().closes_on is None
        with pytest.raises(PeriodIsAhead):
            plan_closing(**own, closes_on=MONDAY)  # type: ignore[arg-type]


def test_an_unlocking_names_who_is_taught_and_why(world: World) -> None:
    with school_scope(world.north.school.pk):
        close_period(actor=world.actor("Darya"), period_id=world.north.period.pk, at=OVER)
        with pytest.raises(NobodyToUnlock):
            open_for_vera(world, student_id=world.people["Timur"].pk)
        with pytest.raises(NobodyToUnlock):
            open_for_vera(world, group_id=None, student_id=None)
        with pytest.raises(NobodyToUnlock):
            open_for_vera(world, group_id=uuid7(), student_id=None)
        with pytest.raises(UnlockWantsReason):
            open_for_vera(world, reason="")
        assert not PeriodUnlock.objects.exists()


def test_an_unlocking_is_shown_where_it_bears_and_ends_once(world: World) -> None:
    north, vera = world.north, world.people["Vera"].pk
    with school_scope(north.school.pk):
        close_period(actor=world.actor("Darya"), period_id=north.period.pk, at=OVER)
        unlock = open_for_vera(world)
        about = {"school_id": north.school.pk, "period_id": north.period.pk}
        groups = [north.groups[name].pk for name in ("Алгебра 7Б", "Физика 8А")]
        shown = [unlocks_about(**about, group_id=group, student_id=vera) for group in groups]
        assert [[one.id for one in lines] for lines in shown] == [[unlock.pk], []]
        for _ in range(2):
            lock_again(actor=world.actor("Darya"), unlock_id=unlock.pk, at=OVER)
        assert [one.withdrawn_at for one in unlocks_of_period(**about)] == [OVER]
        assert Fact.objects.filter(kind="PeriodLockedAgain").count() == 1


def test_a_topic_of_a_closed_period_waits_for_the_whole_group(world: World) -> None:
    with school_scope(world.north.school.pk):
        close_period(actor=world.actor("Darya"), period_id=world.north.period.pk, at=OVER)
        own = {"actor": world.actor("Anna"), "lesson_id": world.algebra.pk, "version": 0, "at": OVER}
        open_for_vera(world)
        with pytest.raises(PeriodIsClosed):
            write_topic(**own, topic="Дроби")  # type: ignore[arg-type]
        open_for_vera(world, student_id=None)
        assert write_topic(**own, topic="Дроби") == 1  # type: ignore[arg-type]


def test_the_doors_of_a_group_are_those_of_its_days(world: World) -> None:
    with school_scope(world.north.school.pk):
        doors = doors_of_group(school_id=world.north.school.pk, group_id=world.algebra.group_id, at=NOON)
    door = door_of(doors, MONDAY)
    assert door
    assert (door.period_id, door.takes_any()) == (world.north.period.pk, True)
    assert door_of(doors, date(2026, 10, 1)) is None


def test_a_closed_door_takes_those_it_is_unlocked_for() -> None:
    vera, pyotr = uuid7(), uuid7()
    door = Door(uuid7(), MONDAY, MONDAY, True, (vera,))
    assert (door.takes(vera), door.takes(pyotr), door.takes(), door.takes_any()) == (True, False, False, True)
    assert Door(uuid7(), MONDAY, MONDAY, True, (None,)).takes(pyotr)
    assert not Door(uuid7(), MONDAY, MONDAY, True).takes_any()
