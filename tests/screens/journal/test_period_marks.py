"""The page of period marks: read, filled without script and by the cell, and explained."""

import json
from typing import Any

from tests.screens.journal.conftest import Enter, Page
from tests.screens.journal.conftest import cell as marks_cell
from tests.screens.journal.conftest import send as send_marks
from tests.world import MONDAY, NOON, World
from zvonok.domain.attestation.models import PeriodMark
from zvonok.domain.schools.models import StudyPeriod
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


def address(world: World, rest: str = "") -> str:
    return f"/period-marks/{world.algebra.group_id}/{rest}"


def stood(world: World) -> list[tuple[str, str]]:
    with school_scope(world.north.school.pk):
        marks = PeriodMark.objects.filter(withdrawn_at=None).order_by("student__first_name")
        return list(marks.values_list("student__first_name", "value"))


def send(client: Any, world: World, *cells: dict[str, Any]) -> Any:
    return client.post(
        address(world, "2/cells/"), json.dumps({"cells": cells}), content_type="application/json"
    )


def cell(world: World, value: str, reason: str = "", **more: Any) -> dict[str, Any]:
    student = str(world.people["Vera"].pk)
    return {"id": str(uuid7()), "student": student, "value": value, "reason": reason} | more


def test_the_page_opens_the_period_that_has_begun_last(world: World, enter: Enter) -> None:
    page = Page(enter("Anna").get(address(world)))
    assert page.having(data_student=str(world.people["Vera"].pk))
    assert page.having(name=f"mark-{world.people['Vera'].pk}")
    assert page.having(href=address(world, "2/"), aria_current="page")


def test_the_deputy_head_reads_without_fields(world: World, enter: Enter) -> None:
    page = Page(enter("Darya").get(address(world, "2/")))
    assert "read only" in page.text
    assert not page.having(name=f"mark-{world.people['Vera'].pk}")


def test_without_script_a_column_is_saved_as_a_form(world: World, enter: Enter) -> None:
    anna, vera = enter("Anna"), world.people["Vera"].pk
    form = Page(anna.get(address(world, "2/"))).forms["period-marks"]
    form |= {f"mark-{vera}": "4", f"reason-{vera}": "Examined aloud"}
    assert anna.post(address(world, "2/"), form).status_code == 302
    assert stood(world) == [("Vera", "4")]
    assert anna.post(address(world, "2/"), form).status_code == 302
    assert stood(world) == [("Vera", "4")]


def test_what_is_refused_stays_in_its_field_beside_the_reason(world: World, enter: Enter) -> None:
    anna, vera = enter("Anna"), world.people["Vera"].pk
    form = Page(anna.get(address(world, "2/"))).forms["period-marks"] | {f"mark-{vera}": "5"}
    answer = anna.post(address(world, "2/"), form)
    assert answer.status_code == 422
    page = Page(answer)
    assert page.having(name=f"mark-{vera}", value="5", aria_invalid="true")
    assert "Say why the mark departs from it." in page.text
    assert stood(world) == []


def test_a_proposal_is_taken_with_one_button(world: World, enter: Enter) -> None:
    anna, vera = enter("Anna"), world.people["Vera"].pk
    page = Page(anna.get(address(world, "2/")))
    assert page.having(name="accept", value=str(vera))
    form = page.forms["period-marks"] | {"accept": str(vera)}
    assert anna.post(address(world, "2/"), form).status_code == 302
    assert stood(world) == [("Vera", "н/а")]


def test_not_attested_is_never_taken_with_the_others(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    form = Page(anna.get(address(world, "2/"))).forms["period-marks"] | {"accept": "all"}
    assert anna.post(address(world, "2/"), form).status_code == 302
    assert stood(world) == []


def test_a_cell_is_told_as_it_stands(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    told = send(anna, world, cell(world, "н", "ill"))
    assert told.status_code == 200
    (one,) = told.json()["cells"]
    assert (one["state"], one["mark"]["value"]) == ("saved", "н/а")
    stale = send(anna, world, cell(world, "4", "ill"))
    assert stale.status_code == 409
    assert stale.json()["cells"][0]["mark"]["value"] == "н/а"


def test_bad_input_is_told_apart_from_a_fault(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    for body in ("", "[]", '{"cells": 1}', '{"cells": [{"id": "x"}]}', '{"cells": []}'):
        answer = anna.post(address(world, "2/cells/"), body, content_type="application/json")
        assert answer.status_code == 400, body
    assert send(anna, world, cell(world, "5", "x" * 301)).status_code == 400
    assert send(anna, world, cell(world, "6")).status_code == 422
    assert send(enter("Darya"), world, cell(world, "5")).status_code == 422
    assert anna.post(address(world, "9/cells/"), "{}", content_type="application/json").status_code == 400


def test_a_column_or_a_student_that_is_not_there_is_not_found(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    assert anna.get(address(world, "9/")).status_code == 404
    assert anna.get(address(world, f"2/{world.people['Timur'].pk}/")).status_code == 404
    assert anna.get(address(world, f"9/{world.people['Vera'].pk}/")).status_code == 404


def test_a_closed_period_has_no_fields(world: World, enter: Enter) -> None:
    with school_scope(world.north.school.pk):
        StudyPeriod.objects.update(closed_at=NOON)
    page = Page(enter("Anna").get(address(world, "2/")))
    assert "This period is closed." in page.text
    assert not page.having(name=f"mark-{world.people['Vera'].pk}")


def test_why_tells_what_a_proposal_is_made_of_and_what_stood(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    send(anna, world, cell(world, "4", "Examined aloud"))
    text = anna.get(address(world, f"2/{world.people['Vera'].pk}/")).content.decode()
    assert "Too few marks: 0." in text
    assert "Examined aloud" in text


def test_the_page_asks_as_often_for_many_as_for_one(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    with counted_queries() as asked:
        assert anna.get(address(world, "2/")).status_code == 200
    assert len(asked) <= 11


def test_the_teachers_day_tells_which_marks_are_still_to_set(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    send_marks(anna, world, marks_cell(world, "5"))
    assert not Page(anna.get("/journal/")).having(data_unset=str(world.algebra.group_id))
    with school_scope(world.north.school.pk):
        StudyPeriod.objects.update(ends_on=MONDAY)
    page = Page(anna.get("/journal/"))
    assert page.having(data_unset=str(world.algebra.group_id))
    assert page.having(href=address(world, "2/"))
    with school_scope(world.north.school.pk):
        StudyPeriod.objects.update(closed_at=NOON)
    assert not Page(anna.get("/journal/")).having(data_unset=str(world.algebra.group_id))
