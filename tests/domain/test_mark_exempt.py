"""A student is exempt from a work."""

import pytest

from tests.domain.test_mark_retakes import line
from tests.domain.test_marks import put, seen
from tests.world import World
from zvonok.domain.attestation.selectors import averages
from zvonok.domain.marks.models import MarkScale, ScaleKind, ScaleUse
from zvonok.kernel.scope import school_scope


def use(world: World, kind: str) -> None:
    """Mark by another scale from now on."""
    school = world.north.school.pk
    with school_scope(school):
        scale = MarkScale.objects.get(school=school, kind=kind)
        ScaleUse.objects.filter(school=school, grade=None).update(scale=scale)


@pytest.mark.parametrize("kind", ["FIVE_POINT", "PASS_FAIL", "HUNDRED", "CRITERIA"])
def test_who_is_exempt_has_no_mark_to_count_on_any_scale(world: World, kind: str) -> None:
    use(world, kind)
    assert put(world, "ОСВ").refusal is None
    assert (line(world).value, line(world).points) == ("осв", None)
    assert averages([line(world)]).count == 0


def test_the_exempt_may_be_marked_after_all(world: World) -> None:
    exempt = put(world, "осв")
    put(world, "4", seen=seen(exempt))
    assert line(world).value == "4"


def test_a_retake_is_not_made_of_an_exemption(world: World) -> None:
    assert put(world, "осв/4").refusal is not None


def test_where_no_marks_are_given_nobody_is_exempt(world: World) -> None:
    use(world, ScaleKind.UNGRADED)
    assert put(world, "осв").refusal is not None
