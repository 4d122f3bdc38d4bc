"""A note under several hands at once."""

from collections.abc import Callable
from typing import Any

from tests.domain.test_at_the_same_time import at_once
from tests.domain.test_excuse_notes import LATER, TUESDAY, facts, miss, note, send, standing, state
from tests.world import NOON, World
from zvonok.domain.attendance.commands import (
    AbsenceEdit,
    accept_note,
    put_absences,
    report_absence,
    withdraw_note,
)
from zvonok.domain.attendance.commands.notes import NoteHasBegun, NoteIsDecided
from zvonok.domain.attendance.rules import Reach
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


def deciding(world: World, way: Any, note_id: Any, who: str) -> Callable[[], Any]:
    actor, school = world.actor(who), world.north.school.pk

    def decide() -> Any:
        with school_scope(school):
            return way(actor=actor, school_id=school, note_id=note_id, at=LATER)

    return decide


def test_a_note_accepted_five_times_at_once_excuses_once(committed_world: World) -> None:
    world = committed_world
    miss(world)
    edit = note(world)
    send(world, edit)
    results = at_once([deciding(world, accept_note, edit.id, "Anna")] * 5)
    assert sorted(results) == [0, 0, 0, 0, 1]
    assert len(facts(world, "NoteAccepted")) == len(facts(world, "AbsenceSettled")) == 1
    assert standing(world) == [(1, "ILL")]


def test_a_note_is_taken_back_before_or_after_it_is_accepted_but_not_between(
    committed_world: World,
) -> None:
    world = committed_world
    edit = note(world, Reach(TUESDAY, TUESDAY))
    send(world, edit, way=report_absence)
    accepted, withdrawn = at_once(
        [
            deciding(world, accept_note, edit.id, "Anna"),
            deciding(world, withdraw_note, edit.id, "Maria"),
        ]
    )
    assert withdrawn is None
    assert accepted == 0 or isinstance(accepted, NoteIsDecided)
    assert state(world, edit) == "WITHDRAWN"


def test_an_explanation_is_accepted_or_taken_back_not_both(committed_world: World) -> None:
    world = committed_world
    miss(world)
    edit = note(world)
    send(world, edit)
    accepted, withdrawn = at_once(
        [
            deciding(world, accept_note, edit.id, "Anna"),
            deciding(world, withdraw_note, edit.id, "Maria"),
        ]
    )
    if isinstance(withdrawn, NoteHasBegun):
        assert (accepted, state(world, edit), standing(world)) == (1, "ACCEPTED", [(1, "ILL")])
    else:
        assert isinstance(accepted, NoteIsDecided)
        assert (state(world, edit), standing(world)) == ("WITHDRAWN", [(1, "UNEXCUSED")])


def test_an_absence_put_while_a_note_is_accepted_stands_once(committed_world: World) -> None:
    world = committed_world
    edit = note(world)
    send(world, edit)
    anna, put = world.actor("Anna"), AbsenceEdit(uuid7(), world.people["Vera"].pk, "UNEXCUSED")

    def putting() -> Any:
        with school_scope(world.north.school.pk):
            return put_absences(actor=anna, lesson_id=world.algebra.pk, edits=[put], at=NOON)

    accepted, _put = at_once([deciding(world, accept_note, edit.id, "Anna"), putting])
    assert standing(world) == [(1, "ILL" if accepted else "UNEXCUSED")]
