"""The page of a lesson plan: what it shows, how it is changed by hand and from a file, who may."""

import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.gateways.spreadsheets.test_reading import book
from tests.screens.journal.conftest import Enter, Page
from tests.world import MONDAY, NOON, World, lesson, role, study_group
from zvonok.domain.planning.commands.lay import lay_plan
from zvonok.domain.planning.commands.teach import teach_topic
from zvonok.domain.planning.models import PlannedTopic
from zvonok.domain.planning.rules import Draft
from zvonok.domain.schools.models import Role, SchoolClass
from zvonok.domain.timetable.models import Lesson
from zvonok.gateways.spreadsheets.reading import read_table
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Path) -> None:
    settings.ZVONOK_HOME = tmp_path


def address(world: World, part: str = "") -> str:
    return f"/plans/{world.algebra.group_id}/{part}"


def planned(world: World, *topics: str | Draft) -> list[UUID]:
    with school_scope(world.north.school.pk):
        return lay_plan(school_id=world.north.school.pk, group_id=world.algebra.group_id, topics=topics)


def taught(world: World, topic: UUID) -> None:
    with school_scope(world.north.school.pk):
        teach_topic(
            actor=world.actor("Anna"),
            lesson_id=world.algebra.pk,
            topic="",
            planned=topic,
            version=world.algebra.version,
            at=NOON,
        )


def titles(world: World) -> list[str]:
    with school_scope(world.north.school.pk):
        rows = PlannedTopic.objects.filter(group=world.algebra.group_id).order_by("position")
        return list(rows.values_list("title", flat=True))


def opened(client: Client, world: World, part: str = "") -> Page:
    answer = client.get(address(world, part))
    assert answer.status_code == 200
    return Page(answer)


def act(client: Client, world: World, what: str, version: str | None = None) -> Any:
    seen = version or opened(client, world).forms["plan"]["version"]
    return client.post(address(world, "edit/"), {"act": what, "version": seen})


def hand_in(client: Client, world: World, raw: bytes, name: str = "plan.xlsx") -> Any:
    file = io.BytesIO(raw)
    file.name = name
    return client.post(address(world, "bring-in/"), {"file": file})


def test_a_plan_shows_its_sections_hours_and_the_lessons_that_taught_it(world: World, enter: Enter) -> None:
    fractions, _roots = planned(
        world, Draft(title="Fractions", section="Numbers", hours=2), Draft(title="Roots")
    )
    taught(world, fractions)
    page = opened(enter("Anna"), world)
    words = re.sub(r"<[^>]+>|\s+", " ", page.text)
    for said in ("Numbers", "Without a section", "lessons: 9 Nov", "1 of 2", "1 of 3"):
        assert said in re.sub(r" +", " ", words), said
    assert [tag["data-topic"] for tag in page.having() if "data-topic" in tag] == [
        str(fractions),
        str(_roots),
    ]


def test_an_empty_plan_says_what_to_do(world: World, enter: Enter) -> None:
    assert "No lesson plan yet" in opened(enter("Anna"), world).text
    assert "when the teacher has made it" in opened(enter("Darya"), world).text


def test_who_only_reads_the_plan_finds_nothing_to_press(world: World, enter: Enter) -> None:
    planned(world, "Fractions", "Roots")
    page = opened(enter("Darya"), world)
    assert page.forms.keys() & {"plan", "add-topic"} == set()
    assert enter("Darya").post(address(world, "edit/"), {"act": "repair", "version": 0}).status_code == 404


def test_a_class_teacher_reads_the_plans_of_the_class(world: World, enter: Enter) -> None:
    planned(world, "Fractions")
    with school_scope(world.north.school.pk):
        role(world.north, world.people["Oleg"], Role.CLASS_TEACHER, "7Б")
    assert "Fractions" in opened(enter("Oleg"), world).text
    assert enter("Oleg").get(address(world, "bring-in/")).status_code == 404


def test_topics_are_moved_merged_split_and_deleted_by_buttons(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    a, b, _c = planned(world, "A", "B", "C")
    answer = act(anna, world, f"down:{a}")
    assert answer.headers["Location"] == f"{address(world)}?at={a}&act=down#topic-{a}"
    assert titles(world) == ["B", "A", "C"]
    assert Page(anna.get(answer.headers["Location"])).having(autofocus="", value=f"down:{a}")
    for what, left in (
        (f"up:{a}", ["A", "B", "C"]),
        (f"merge:{a}", ["A. B", "C"]),
        (f"split:{a}", ["A. B", "A. B (continued)", "C"]),
        (f"remove:{a}", ["A. B (continued)", "C"]),
    ):
        assert act(anna, world, what).status_code == 302
        assert titles(world) == left
    assert act(anna, world, f"up:{b}").status_code == 404
    assert act(anna, world, "dance").status_code == 400


def test_a_section_is_renamed_in_its_head(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    a, _b, _c = planned(
        world,
        Draft(title="A", section="One"),
        Draft(title="B", section="One"),
        Draft(title="C", section="Two"),
    )
    form = opened(anna, world).forms["rename-section"]
    sent = form | {"act": f"section:{a}", "section": " First  part "}
    assert anna.post(address(world, "edit/"), sent).status_code == 302
    with school_scope(world.north.school.pk):
        sections = list(PlannedTopic.objects.order_by("position").values_list("section", flat=True))
    assert sections == ["First part", "First part", "Two"]
    refused = anna.post(address(world, "edit/"), sent | {"section": "x" * 201})
    assert refused.status_code == 422
    assert Page(refused).having(data_error="not_a_section_name")


def test_the_latest_changes_stand_below_the_plan(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    a, _b = planned(world, "A", "B")
    act(anna, world, f"down:{a}")
    laid = Page(hand_in(anna, world, book(["Topic"], ["C"]))).forms["lay-plan"]
    anna.post(address(world, "lay/"), laid)
    text = re.sub(r"<[^>]+>|\s+", " ", opened(enter("Darya"), world).text)
    text = re.sub(r" +", " ", text)
    assert "Петрова A.: moved: “A”" in text.replace("\xa0", " ")
    assert text.index("laid from plan.xlsx") < text.index("moved: “A”")


def test_a_change_of_a_plan_that_somebody_else_changed_is_shown_and_not_made(
    world: World, enter: Enter
) -> None:
    a, _b = planned(world, "A", "B")
    act(enter("Anna"), world, f"down:{a}")
    answer = act(enter("Anna"), world, f"down:{a}", version="0")
    assert answer.status_code == 409
    assert Page(answer).having(data_error="plan_has_changed")
    assert titles(world) == ["B", "A"]


def test_a_topic_is_added_at_the_end_of_its_section(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    planned(world, Draft(title="A", section="One"), Draft(title="B", section="Two"))
    form = opened(anna, world).forms["add-topic"]
    answer = anna.post(address(world, "add/"), form | {"title": "  A2 ", "section": "One", "hours": "3"})
    assert answer.status_code == 302
    assert titles(world) == ["A", "A2", "B"]
    refused = Page(anna.post(address(world, "add/"), form | {"title": "Kept", "hours": "0"}))
    assert refused.forms["add-topic"]["title"] == "Kept"
    assert refused.having(data_error="min_value")


def test_all_of_a_topic_is_changed_on_its_own_page(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    a, _b = planned(world, "A", "B")
    form = opened(anna, world, f"topics/{a}/").forms["topic"]
    sent = {
        "title": "A1",
        "hours": "2",
        "place": "2",
        "homework": "№ 5",
        "homework_minutes": "20",
        "control": "LAB",
    }
    assert anna.post(address(world, f"topics/{a}/"), form | sent).status_code == 302
    with school_scope(world.north.school.pk):
        topic = PlannedTopic.objects.get(pk=a)
    assert (topic.title, topic.hours, topic.position, topic.homework, topic.control) == (
        "A1",
        2,
        2,
        "№ 5",
        "LAB",
    )
    refused = Page(anna.post(address(world, f"topics/{a}/"), form | sent | {"homework_minutes": "0"}))
    assert refused.forms["topic"]["homework"] == "№ 5" or "№ 5" in refused.text
    stale = anna.post(address(world, f"topics/{a}/"), form | {"title": "Late"})
    assert Page(stale).having(data_error="plan_has_changed")
    assert anna.get(address(world, f"topics/{uuid7()}/")).status_code == 404


def test_a_plan_too_long_for_the_year_is_mended_in_one_step(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    planned(world, Draft(title="A", hours=2), "B", "C")
    page = opened(anna, world)
    assert "Mend the plan in one step" in page.text
    assert act(anna, world, "repair").status_code == 302
    assert titles(world) == ["A", "B. C"]


def test_a_plan_that_lags_says_by_how_many_lessons(world: World, enter: Enter) -> None:
    planned(world, *"ABCDE")
    with school_scope(world.north.school.pk):
        for days in (1, 2, 3):
            lesson(world.north, "Алгебра 7Б", MONDAY - timedelta(days=days), 1, world.people["Anna"])
    assert "3 lessons behind" in opened(enter("Anna"), world).text


def test_a_file_is_checked_first_and_then_laid(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    a, _b = planned(world, "A", "B")
    taught(world, a)
    checked = hand_in(anna, world, book(["Topic", "Hours"], ["A", 2], ["C", 1]))
    assert checked.status_code == 200
    assert titles(world) == ["A", "B"]
    form = Page(checked).forms["lay-plan"]
    assert anna.post(address(world, "lay/"), form).status_code == 302
    assert titles(world) == ["A", "C"]
    again = anna.post(address(world, "lay/"), form)
    assert Page(again).having(data_error="file_is_gone")
    same = hand_in(anna, world, book(["Topic", "Hours"], ["A", 2], ["C", 1]))
    assert "nothing would change" in same.content.decode()


def test_a_file_with_faults_names_their_cells_and_cannot_be_laid(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    answer = hand_in(anna, world, book(["Topic", "Hours"], ["A", "two"], ["B", 0]))
    page = Page(answer)
    assert answer.status_code == 422
    assert page.having(data_error="refused_cells")
    assert "lay-plan" not in page.forms
    assert "two" in page.text


def test_a_file_without_a_topic_that_was_taught_is_refused(world: World, enter: Enter) -> None:
    a, _b = planned(world, Draft(title="A <b>", hours=1), "B")
    taught(world, a)
    answer = hand_in(enter("Anna"), world, book(["Topic"], ["B"]))
    assert answer.status_code == 422
    assert "A &lt;b&gt;" in answer.content.decode()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "not_a_sheet"),
        (b"\xd0\xcf\x11\xe0", "old_sheet"),
        (b"x" * (2 * 2**20 + 1), "sheet_too_large"),
        (b" ", "empty_sheet"),
    ],
)
def test_what_is_no_plan_is_refused_in_words(world: World, enter: Enter, raw: bytes, code: str) -> None:
    answer = hand_in(enter("Anna"), world, raw)
    assert answer.status_code == 422
    assert Page(answer).having(data_error=code)


def test_a_huge_file_is_refused_before_it_is_read(world: World, enter: Enter) -> None:
    answer = hand_in(enter("Anna"), world, b"x" * (4 * 2**20))
    assert answer.status_code == 413
    assert "larger than 2 MB" in answer.content.decode()


def test_a_file_without_the_secret_of_its_form_is_refused(world: World) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(world.account("Anna"))
    assert hand_in(careful, world, book(["Topic"], ["A"])).status_code == 403


def test_a_substitute_sees_the_plan_on_the_page_of_the_lesson_alone(world: World, enter: Enter) -> None:
    roots, _powers = planned(world, "Roots", "Powers")
    with school_scope(world.north.school.pk):
        Lesson.objects.filter(pk=world.algebra.pk).update(teacher=world.people["Oleg"])
    oleg = enter("Oleg")
    page = Page(oleg.get(f"/lessons/{world.algebra.pk}/"))
    assert str(roots) in [tag["value"] for tag in page.having(name="proposal")]
    assert f"/plans/{world.algebra.group_id}/" not in page.text
    assert [oleg.get(address(world, part)).status_code for part in ("", "file/", "bring-in/")] == [404] * 3


def test_a_check_of_an_older_plan_or_of_somebody_else_is_not_laid(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    a, _b = planned(world, "A", "B")
    form = Page(hand_in(anna, world, book(["Topic"], ["C"]))).forms["lay-plan"]
    act(anna, world, f"down:{a}")
    assert Page(anna.post(address(world, "lay/"), form)).having(data_error="plan_has_changed")
    forged = form | {"token": form["token"] + "x"}
    assert Page(anna.post(address(world, "lay/"), forged)).having(data_error="token_is_forged")
    assert titles(world) == ["B", "A"]


def test_a_colleagues_plan_is_copied(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    north = world.north
    with school_scope(north.school.pk):
        north.classes["7В"] = SchoolClass.objects.create(
            id=uuid7(), school=north.school, year=north.year, title="7В", grade=7
        )
        source = study_group(north, "Алгебра", "7В", world.people["Sonya"], [])
        lay_plan(school_id=north.school.pk, group_id=source.pk, topics=["X", Draft(title="Y", hours=2)])
    assert "Алгебра 7В" in opened(anna, world, "bring-in/").text
    form = opened(anna, world, f"copy/{source.pk}/").forms["lay-plan"]
    assert anna.post(address(world, "lay/"), form).status_code == 302
    assert titles(world) == ["X", "Y"]
    assert anna.get(address(world, f"copy/{world.physics.group_id}/")).status_code == 404


def test_a_plan_is_taken_away_as_a_spreadsheet(world: World, enter: Enter) -> None:
    planned(world, "=1+1")
    answer = enter("Darya").get(address(world, "file/"))
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''Lesson%20plan")
    assert read_table(answer.content).rows[1][2].text == "=1+1"
    assert len(read_table(enter("Anna").get(address(world, "template/")).content).rows) == 3


def test_the_page_costs_the_same_queries_however_long_the_plan_is(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    planned(world, "A")
    with counted_queries() as short:
        opened(anna, world)
    planned(world, *(f"Topic {n}" for n in range(450)))
    with counted_queries() as long:
        page = opened(anna, world, "?page=2")
    assert len(short) == len(long) <= 7
    assert len([tag for tag in page.having() if "data-topic" in tag]) == 200
