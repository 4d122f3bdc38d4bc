"""The page of marking: what a school sets, who may, what is kept of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.domain.test_marks import put
from tests.world import PASSWORD, World
from zvonok.domain.marks.models import Assessment, MarkingTerms, MarkScale, ScaleUse, ScaleValue, WorkKind
from zvonok.kernel.db import counted_queries
from zvonok.kernel.scope import school_scope

KIND = {"title": "Срез знаний", "short": "срез", "weight": "4", "counts": "on", "is_test": "on"}

Enter = Callable[[str], Client]


@pytest.fixture
def enter(world: World) -> Enter:
    def entered(name: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.post("/sign-in/", {"login": name.lower(), "password": PASSWORD})
        return client

    return entered


def page(client: Client) -> str:
    answer = client.get("/office/marking/")
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, where: str, **form: Any) -> int:
    return client.post(f"/office/marking/{where}", form).status_code


def kind(world: World, code: str) -> WorkKind:
    with school_scope(world.north.school.pk):
        return WorkKind.objects.get(code=code)


@pytest.mark.parametrize("who", ["Darya", "Yana"])
def test_the_deputy_head_and_the_administrator_set_how_the_school_marks(
    world: World, enter: Enter, who: str
) -> None:
    client = enter(who)
    assert "Nothing yet" in page(client)
    assert send(client, "kinds/", **KIND) == 302
    text = page(client)
    assert "Срез знаний" in text
    assert "was added to the kinds of work" in text
    assert kind(world, "OWN1").position == 9


def test_a_new_kind_is_offered_in_the_journal_with_its_weight(world: World, enter: Enter) -> None:
    send(enter("Darya"), "kinds/", **KIND)
    text = enter("Anna").get(f"/lessons/{world.algebra.pk}/").content.decode()
    assert '<option value="OWN1">Срез знаний</option>' in text
    assert put(world, "5", work="OWN1").refusal is None
    with school_scope(world.north.school.pk):
        assert Assessment.objects.get().weight == 4


@pytest.mark.parametrize(
    ("odd", "error"),
    [
        ({"title": ""}, "required"),
        ({"short": " "}, "required"),
        ({"weight": "6"}, "invalid_choice"),
        ({"title": "a\u202eb"}, "hidden_characters"),
        ({"title": "x" * 61}, "max_length"),
    ],
)
def test_an_odd_kind_is_refused_and_what_was_typed_stays(
    world: World, enter: Enter, odd: dict[str, str], error: str
) -> None:
    answer = enter("Darya").post("/office/marking/kinds/", KIND | odd)
    assert answer.status_code == 422
    assert f'data-error="{error}"' in answer.content.decode()
    assert 'value="4" selected' in answer.content.decode() or error == "invalid_choice"


def test_two_kinds_are_not_called_the_same(world: World, enter: Enter) -> None:
    client = enter("Darya")
    send(client, "kinds/", **KIND)
    answer = client.post("/office/marking/kinds/", KIND | {"title": "  срез  ЗНАНИЙ "})
    assert 'data-error="kind_is_there"' in answer.content.decode()


def test_a_kind_is_weighed_and_retired_and_the_history_says_from_what_to_what(
    world: World, enter: Enter
) -> None:
    client = enter("Darya")
    assert send(client, "kinds/TEST/", title="", short="", weight="5", counts="on", is_test="on") == 302
    assert (kind(world, "TEST").weight, kind(world, "TEST").in_use) == (5, False)
    text = page(client)
    assert "Kind of work “test”: weight 3 → 5, in use yes → no" in text
    assert "Егорова" in text
    assert "retired" in text


def test_work_in_class_is_renamed_but_not_retired(world: World, enter: Enter) -> None:
    client = enter("Darya")
    own = {"title": "Ответ у доски", "short": "отв.", "weight": "1", "counts": "on"}
    assert send(client, "kinds/ANSWER/", **own) == 422
    assert send(client, "kinds/ANSWER/", **own, in_use="on") == 302
    assert kind(world, "ANSWER").title == "Ответ у доски"


def test_saving_what_stands_leaves_no_trace(world: World, enter: Enter) -> None:
    client = enter("Darya")
    same = {"title": "", "short": "", "weight": "3", "counts": "on", "is_test": "on", "in_use": "on"}
    assert send(client, "kinds/TEST/", **same) == 302
    assert "Nothing yet" in page(client)


def test_kinds_are_moved_and_stay_at_the_ends(world: World, enter: Enter) -> None:
    client = enter("Darya")
    for to in ("up", "up", "up", "up", "up"):
        assert send(client, "kinds/TEST/move/", to=to) == 302
    assert kind(world, "TEST").position == 1
    assert kind(world, "ANSWER").position == 2
    assert send(client, "kinds/NAP/move/", to="up") == 404


def test_a_scale_is_set_for_a_subject_in_a_grade_and_taken_away(world: World, enter: Enter) -> None:
    client, subject = enter("Darya"), str(world.algebra.subject_id)
    assert send(client, "scales/", grade="7", subject=subject, scale="PASS_FAIL") == 302
    assert put(world, "зач").refusal is None
    assert "Алгебра, grade 7: — → pass or fail" in page(client)
    assert send(client, "scales/leave/", grade="7", subject=subject) == 302
    with school_scope(world.north.school.pk):
        assert ScaleUse.objects.count() == 2


def test_the_line_for_everything_else_cannot_be_taken_away(world: World, enter: Enter) -> None:
    client = enter("Darya")
    assert send(client, "scales/leave/", grade="", subject="") == 422
    assert send(client, "scales/", grade="", subject="", scale="HUNDRED") == 302
    assert put(world, "87").refusal is None


@pytest.mark.parametrize("odd", [{"grade": "14"}, {"scale": "NAP"}, {"subject": "x"}])
def test_a_scale_for_nothing_is_refused(world: World, enter: Enter, odd: dict[str, str]) -> None:
    assert send(enter("Darya"), "scales/", **({"grade": "", "subject": "", "scale": "HUNDRED"} | odd)) == 422


def test_bounds_change_what_later_marks_count_for(world: World, enter: Enter) -> None:
    client = enter("Darya")
    send(client, "scales/", grade="", subject="", scale="HUNDRED")
    assert send(client, "bounds/HUNDRED/", five="90", four="70", three="50") == 302
    assert "100-point scale, 5, 4 and 3 begin at: 85, 65, 45 → 90, 70, 50" in page(client)
    with school_scope(world.north.school.pk):
        assert MarkScale.objects.get(kind="HUNDRED").bounds == [90, 70, 50]
        assert ScaleValue.objects.get(scale__kind="HUNDRED", value="87").points == 4


@pytest.mark.parametrize(
    "odd", [("70", "70", "50"), ("50", "70", "90"), ("101", "70", "50"), ("90", "x", "50")]
)
def test_bounds_that_do_not_go_down_are_refused(world: World, enter: Enter, odd: tuple[str, ...]) -> None:
    sent = dict(zip(("five", "four", "three"), odd, strict=True))
    assert send(enter("Darya"), "bounds/HUNDRED/", **sent) == 422
    assert send(enter("Darya"), "bounds/FIVE_POINT/", **sent) == 404


def test_the_days_of_corrections_are_set_and_taken_back(world: World, enter: Enter) -> None:
    client = enter("Yana")
    assert send(client, "terms/", correct_within="7") == 302
    assert send(client, "terms/", correct_within="0") == 422
    assert send(client, "terms/", correct_within="") == 302
    with school_scope(world.north.school.pk):
        assert MarkingTerms.objects.get().correct_within is None
    assert "7 → —" in page(client)


def test_the_page_costs_the_same_queries_however_much_was_changed(world: World, enter: Enter) -> None:
    client = enter("Darya")
    send(client, "terms/", correct_within="7")
    with counted_queries() as few:
        page(client)
    for days in range(8, 14):
        send(client, "terms/", correct_within=str(days))
    with counted_queries() as many:
        page(client)
    assert len(many) == len(few) <= 12
