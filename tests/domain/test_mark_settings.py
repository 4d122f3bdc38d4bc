"""Settings of marking when several people are at work at once."""

from collections.abc import Callable
from typing import Any

from tests.domain.test_at_the_same_time import at_once, putting
from tests.world import NOON, World
from zvonok.domain.history.models import Fact
from zvonok.domain.marks.commands.put import MarkEdit
from zvonok.domain.marks.commands.settings import Kind, KindIsThere, add_kind, set_bounds, use_scale
from zvonok.domain.marks.models import Assessment, Mark, ScaleKind, ScaleUse, WorkKind
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


def by(world: World, who: str, act: Callable[..., Any], **wish: Any) -> Callable[[], Any]:
    """Make a job in which somebody changes a setting of the North school."""
    actor, school = world.actor(who), world.north.school.pk

    def job() -> Any:
        with school_scope(school):
            return act(actor=actor, school_id=school, at=NOON, **wish)

    return job


def kind(title: str) -> Kind:
    return Kind(title, title[:4], 1, counts=True, is_test=False)


def test_kinds_that_are_added_at_once_are_all_there_with_codes_of_their_own(committed_world: World) -> None:
    world = committed_world
    titles = ["Reciting", "Dispute", "Sketch", "Quiz"]
    codes = at_once(
        [
            by(world, who, add_kind, kind=kind(title))
            for who, title in zip(["Darya", "Yana"] * 2, titles, strict=True)
        ]
    )
    assert sorted(codes) == ["OWN1", "OWN2", "OWN3", "OWN4"]
    with school_scope(world.north.school.pk):
        places = list(WorkKind.objects.values_list("position", flat=True))
        assert sorted(places) == list(range(1, 13))


def test_the_same_kind_added_by_two_is_there_once(committed_world: World) -> None:
    world = committed_world
    results = at_once([by(world, who, add_kind, kind=kind("Reciting")) for who in ("Darya", "Yana")])
    assert [type(result) for result in results if result != "OWN1"] == [KindIsThere]


def test_one_line_set_by_two_at_once_is_one_line(committed_world: World) -> None:
    world = committed_world
    wish = {"subject_id": world.algebra.subject_id, "grade": 7, "scale": ScaleKind.HUNDRED}
    results = at_once([by(world, who, use_scale, **wish) for who in ("Darya", "Yana", "Darya", "Yana")])
    assert results == [None] * 4
    with school_scope(world.north.school.pk):
        assert ScaleUse.objects.filter(grade=7).count() == 1
        assert Fact.objects.filter(kind="MarkingSet").count() == 1


def test_marks_put_while_bounds_move_count_by_the_one_or_the_other(committed_world: World) -> None:
    world = committed_world
    by(world, "Darya", use_scale, subject_id=None, grade=None, scale=ScaleKind.HUNDRED)()
    edits = [MarkEdit(uuid7(), world.people[name].pk, "87") for name in ("Vera", "Pyotr")]
    moving = by(world, "Darya", set_bounds, scale=ScaleKind.HUNDRED, bounds=[90, 70, 50])
    outcomes, moved = at_once([putting(world, edits), moving])
    assert ([outcome.refusal for outcome in outcomes], moved) == ([None, None], None)
    with school_scope(world.north.school.pk):
        (points,) = set(Mark.objects.values_list("points", flat=True))
        assert points in (4, 5)


def test_a_work_opens_whole_while_its_scale_changes(committed_world: World) -> None:
    world = committed_world
    edits = [MarkEdit(uuid7(), world.people[name].pk, "5") for name in ("Vera", "Pyotr")]
    change = by(world, "Darya", use_scale, subject_id=None, grade=None, scale=ScaleKind.HUNDRED)
    outcomes, _changed = at_once([putting(world, edits), change])
    assert [outcome.refusal for outcome in outcomes] == [None, None]
    with school_scope(world.north.school.pk):
        scale = Assessment.objects.get().scale_id
        assert set(Mark.objects.values_list("scale", flat=True)) == {scale}
