"""How a work is marked: the page of its scale and criteria, and what the lesson's page takes for it."""

import pytest

from tests.domain.test_mark_criteria import correct_within, opened
from tests.domain.test_mark_scales import use
from tests.domain.test_marks import put
from tests.screens.journal.conftest import Enter, cell, send
from tests.world import World
from zvonok.domain.marks.models import Assessment, Mark, ScaleKind
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

CRITERIA = {"title_1": "Thought", "most_1": "5", "title_2": "Language", "most_2": "3"}


def lesson(world: World, enter: Enter) -> str:
    return enter("Anna").get(f"/lessons/{world.algebra.pk}/").content.decode()


def test_a_work_is_given_criteria_and_takes_their_points(world: World, enter: Enter) -> None:
    anna, address = enter("Anna"), f"/lessons/{world.algebra.pk}/works/ESSAY/"
    assert anna.post(address, {"scale": "CRITERIA"} | CRITERIA).status_code == 302
    assert "Thought: 5 + Language: 3" in lesson(world, enter)
    answer = send(anna, world, cell(world, mark="4+3", work="ESSAY"))
    assert answer.json()["cells"][0]["mark"]["value"] == "5"
    assert answer.json()["cells"][0]["mark"]["typed"] == "4+3"
    assert 'value="4+3"' in lesson(world, enter)
    page = mark_page(world, enter)
    assert "Points by criteria" in page
    assert '<th scope="row">Thought</th><td>4 of 5</td>' in page


def mark_page(world: World, enter: Enter) -> str:
    with school_scope(world.north.school.pk):
        mark = Mark.objects.get(withdrawn_at=None)
    address = f"/diary/{world.link('Maria', 'Vera')}/marks/{mark.pk}/"
    return enter("Maria").get(address).content.decode()


@pytest.mark.parametrize(
    ("odd", "error"),
    [
        ({"most_2": ""}, "both"),
        ({"title_2": "", "most_2": ""}, "criteria_odd"),
        ({"most_1": "101"}, "max_value"),
        ({"scale": "NAP"}, "invalid_choice"),
        ({"title_1": "a\u202eb"}, "hidden_characters"),
    ],
)
def test_odd_criteria_are_shown_where_they_were_typed(
    world: World, enter: Enter, odd: dict[str, str], error: str
) -> None:
    sent = {"scale": "CRITERIA"} | CRITERIA | odd
    answer = enter("Anna").post(f"/lessons/{world.algebra.pk}/works/ESSAY/", sent)
    assert answer.status_code == 422
    assert f'data-error="{error}"' in answer.content.decode()
    with school_scope(world.north.school.pk):
        assert not Assessment.objects.exists()


def test_the_scale_of_a_marked_work_stays(world: World, enter: Enter) -> None:
    put(world, "5")
    answer = enter("Anna").post(f"/lessons/{world.algebra.pk}/works/ANSWER/", {"scale": "HUNDRED"})
    assert (answer.status_code, 'data-error="work_has_marks"' in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("work", ["NAP", "a-b"])
def test_a_work_of_no_kind_has_no_page(world: World, enter: Enter, work: str) -> None:
    assert enter("Anna").get(f"/lessons/{world.algebra.pk}/works/{work}/").status_code == 404


def test_where_there_are_no_marks_the_page_takes_comments_alone(world: World, enter: Enter) -> None:
    use(world, ScaleKind.UNGRADED)
    vera = world.people["Vera"].pk
    page = lesson(world, enter)
    assert f'name="mark-{vera}-ANSWER"' not in page
    assert "only comments" in page
    token = f"{uuid7()}|||"
    sent = {f"comment-{vera}-ANSWER": "Reads aloud", f"was-mark-{vera}-ANSWER": token}
    assert enter("Anna").post(f"/lessons/{world.algebra.pk}/register/", sent).status_code == 302
    with school_scope(world.north.school.pk):
        assert (Mark.objects.get().value, Mark.objects.get().comment) == ("", "Reads aloud")
    month = enter("Anna").get(f"/journal/{world.algebra.group_id}/2026-11/").content.decode()
    assert "✎" in month


def test_the_family_reads_a_comment_without_a_mark(world: World, enter: Enter) -> None:
    use(world, ScaleKind.UNGRADED)
    put(world, "", comment="Reads aloud")
    link = world.link("Maria", "Vera")
    assert "Reads aloud" in enter("Maria").get(f"/diary/{link}/marks/").content.decode()


def test_a_hundred_is_shown_with_the_mark_it_is_worth(world: World, enter: Enter) -> None:
    use(world, ScaleKind.HUNDRED)
    put(world, "87")
    put(world, "60", work="TEST")
    page = enter("Maria").get(f"/diary/{world.link('Maria', 'Vera')}/marks/").content.decode()
    assert '<span class="mark__weight">=5</span>' in page
    assert "(5×1 + 3×3) ÷ 4" in page
    assert "66.75" in page


def test_the_terms_are_said_where_marks_are_put_and_refuse_in_words(world: World, enter: Enter) -> None:
    assert "later its comment must say why" not in lesson(world, enter)
    correct_within(world, 7)
    assert "within 7 days" in lesson(world, enter)
    assert (
        "within 7 days" in enter("Anna").get(f"/journal/{world.algebra.group_id}/2026-11/").content.decode()
    )


def test_points_that_do_not_fit_are_told_in_their_cell(world: World, enter: Enter) -> None:
    opened(world)
    told = send(enter("Anna"), world, cell(world, mark="4", work="ESSAY")).json()["cells"][0]
    assert (told["error"], told["message"][-6:]) == ("points_wanted", "5+3+4.")
