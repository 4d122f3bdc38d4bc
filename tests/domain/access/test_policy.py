"""Who hands out credentials: the question about one class and the list of all agree, for everybody."""

import pytest

from tests.world import SURNAMES, World
from zvonok.domain.access.policy import classes_to_issue_slips, may_issue_slips, may_run_school
from zvonok.domain.schools.models import SchoolClass
from zvonok.kernel.scope import school_scope


@pytest.mark.parametrize("name", SURNAMES)
def test_a_class_on_the_list_is_one_that_slips_may_be_issued_for(world: World, name: str) -> None:
    actor = world.actor(name)
    for place in (world.north, world.south):
        with school_scope(place.school.pk):
            listed = set(classes_to_issue_slips(actor, school_id=place.school.pk))
            allowed = {one for one in SchoolClass.objects.all() if may_issue_slips(actor, one)}
        assert listed == allowed


def test_slips_are_issued_by_the_class_teacher_and_the_administrator_alone(world: World) -> None:
    with school_scope(world.north.school.pk):
        reach = {
            name: {
                one.title
                for one in classes_to_issue_slips(world.actor(name), school_id=world.north.school.pk)
            }
            for name in SURNAMES
        }
    assert {name: titles for name, titles in reach.items() if titles} == {
        "Anna": {"7Б"},
        "Yana": {"7Б", "8А"},
    }


def test_the_administrator_runs_the_own_school_alone(world: World) -> None:
    yana = world.actor("Yana")
    assert may_run_school(yana, school_id=world.north.school.pk)
    assert not may_run_school(yana, school_id=world.south.school.pk)
