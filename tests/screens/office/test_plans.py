"""The deputy head sees who has a lesson plan, and how far each has come."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.screens.journal.conftest import Page, signed_in
from tests.world import MONDAY, NOON, World, lesson
from zvonok.domain.planning.commands.lay import lay_plan
from zvonok.domain.planning.commands.teach import teach_topic
from zvonok.domain.planning.rules import Draft
from zvonok.domain.planning.selectors import plans_of_school
from zvonok.domain.schools.models import StudyGroup
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


@pytest.fixture
def darya(world: World) -> Client:
    """Darya's browser; 7Б's algebra has a plan of four hours, one taught, one lesson behind."""
    north = world.north
    with school_scope(north.school.pk):
        first, _rest = lay_plan(
            school_id=north.school.pk,
            group_id=world.algebra.group_id,
            topics=["Fractions", Draft(title="Roots", hours=3)],
        )
        for days in (3, 4):
            lesson(north, "Алгебра 7Б", MONDAY - timedelta(days=days), 1, world.people["Anna"])
        last = lesson(north, "Алгебра 7Б", MONDAY - timedelta(days=5), 1, world.people["Anna"])
        teach_topic(
            actor=world.actor("Anna"),
            lesson_id=last.pk,
            topic="",
            planned=first,
            version=last.version,
            at=NOON,
        )
    return signed_in(world, "Darya")


def states(client: Client, query: str = "") -> dict[str, str]:
    answer = client.get(f"/office/deputy/plans/{query}")
    assert answer.status_code == 200
    return {tag["data-group"]: tag["data-state"] for tag in Page(answer).having() if "data-group" in tag}


def test_every_group_stands_there_with_its_hours_and_its_state(world: World, darya: Client) -> None:
    algebra, physics = str(world.algebra.group_id), str(world.physics.group_id)
    assert states(darya) == {algebra: "BEHIND", physics: "MISSING"}
    text = darya.get("/office/deputy/plans/").content.decode()
    for said in ("1 of 4", "2 lessons behind", "Петрова", "no plan"):
        assert said in text, said


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?state=MISSING", {"physics"}),
        ("?state=BEHIND", {"algebra"}),
        ("?state=ON_TIME", set()),
        ("?teacher={anna}", {"algebra"}),
        ("?school_class={klass}&subject={subject}", {"algebra"}),
        ("?teacher=nonsense", set()),
        ("?state=nonsense&page=99", {"algebra", "physics"}),
    ],
)
def test_the_list_is_filtered(world: World, darya: Client, query: str, titles: set[str]) -> None:
    filled = query.format(
        anna=world.people["Anna"].pk,
        klass=world.north.classes["7Б"].pk,
        subject=world.algebra.subject_id,
    )
    wanted = {"algebra": world.algebra.group_id, "physics": world.physics.group_id}
    assert set(states(darya, filled)) == {str(wanted[title]) for title in titles}


def test_a_long_list_comes_in_pages_and_costs_the_same_queries(world: World, darya: Client) -> None:
    with counted_queries() as few:
        states(darya)
    with school_scope(world.north.school.pk):
        StudyGroup.objects.bulk_create(
            StudyGroup(
                id=uuid7(),
                school=world.north.school,
                year=world.north.year,
                subject=world.algebra.subject,
                code=f"group {n}",
                title=f"Group {n:03}",
            )
            for n in range(120)
        )
    with counted_queries() as many:
        second = states(darya, "?page=2&state=MISSING")
    assert len(second) == 50
    assert len(few) == len(many) <= 8


def test_the_list_counts_as_the_page_of_a_plan_does(world: World, darya: Client) -> None:
    north = world.north.school.pk
    with school_scope(north):
        found = plans_of_school(school_id=north, year_id=world.north.year.pk, today=MONDAY)
    plan = next(one for one in found if one.group_id == world.algebra.group_id)
    assert (plan.planned, plan.passed, plan.hours_left, plan.held, plan.left) == (4, 1, 3, 3, 1)
    assert (plan.pace.behind, plan.pace.lacking) == (2, 2)
    page = signed_in(world, "Anna").get(f"/plans/{world.algebra.group_id}/").content.decode()
    assert "2 lessons behind" in page
