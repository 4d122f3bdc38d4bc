"""A point in the journal, in the diary and among the school's settings."""

from datetime import timedelta

from tests.screens.journal.conftest import Enter, Page, cell, send
from tests.screens.journal.test_pages import month
from tests.world import MONDAY, NOON, World
from zvonok.domain.history.models import Fact
from zvonok.domain.marks.commands.points import settle_points
from zvonok.domain.marks.models import Mark, PointFate
from zvonok.domain.notices.commands import tell
from zvonok.domain.schools.models import StudyPeriod
from zvonok.kernel.scope import school_scope


def set_points(world: World, enter: Enter, days: str, fate: str) -> int:
    return enter("Darya").post("/office/marking/points/", {"days": days, "fate": fate}).status_code


def told(world: World) -> None:
    """Do the job that tells families."""
    school = world.north.school.pk
    with school_scope(school):
        tell(school_id=school, fact_ids=list(Fact.objects.order_by("at").values_list("pk", flat=True)))


def due(world: World) -> str:
    with school_scope(world.north.school.pk):
        return f"{Mark.objects.get(withdrawn_at=None).due_on:%d.%m}"


def test_a_point_stands_in_its_cell_with_its_day(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    answer = send(anna, world, cell(world, "."))
    assert answer.status_code == 200
    assert answer.json()["cells"][0]["mark"]["due"] == due(world)
    (shown,) = Page(anna.get(month(world))).having(data_mark=".")
    assert shown["data-due"] == due(world)


def test_the_family_sees_the_point_and_reads_of_it(world: World, enter: Enter) -> None:
    send(enter("Anna"), world, cell(world, "."))
    told(world)
    maria, link = enter("Maria"), world.link("Maria", "Vera")
    week = Page(maria.get(f"/diary/{link}/week/{MONDAY}/"))
    assert week.having(data_mark=".")
    assert f'•<span class="mark__weight">{due(world)}</span>' in week.text
    assert "is to be put by" in Page(maria.get(f"/diary/{link}/notices/")).text


def test_the_history_says_whose_rule_it_was(world: World, enter: Enter) -> None:
    assert set_points(world, enter, "5", PointFate.LOWEST) == 302
    anna, school = enter("Anna"), world.north.school.pk
    send(anna, world, cell(world, "."))
    with school_scope(school):
        assert settle_points(school_id=school, at=NOON + timedelta(days=400)) == 1
    group, vera, lesson = world.algebra.group_id, world.people["Vera"].pk, world.algebra.pk
    page = Page(anna.get(f"/journal/{group}/cells/{vera}/{lesson}/")).text
    assert "the school’s rule" in page
    assert "a point, a mark by" in page


def test_the_school_sets_how_long_a_point_waits(world: World, enter: Enter) -> None:
    assert set_points(world, enter, "0", PointFate.LOWEST) == 422
    assert set_points(world, enter, "7", "NEVER") == 422
    assert set_points(world, enter, "7", PointFate.LOWEST) == 302
    assert (
        "14, it vanishes → 7, it turns into the lowest mark"
        in Page(enter("Darya").get("/office/marking/")).text
    )


def test_a_period_that_the_deputy_head_closes_keeps_no_points(world: World, enter: Enter) -> None:
    send(enter("Anna"), world, cell(world, "."))
    school = world.north.school.pk
    with school_scope(school):
        period = StudyPeriod.objects.get(starts_on__lte=world.algebra.day, ends_on__gte=world.algebra.day)
        StudyPeriod.objects.filter(pk=period.pk).update(ends_on=world.algebra.day)
    assert enter("Darya").post(f"/office/periods/{period.pk}/close/").status_code == 302
    with school_scope(school):
        assert not Mark.objects.filter(withdrawn_at=None).exists()
