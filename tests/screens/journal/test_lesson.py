"""The lesson page, as it works without script: one form for the rows, and small ones beside it."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.screens.journal.conftest import Enter, Page, cell, send, stood
from tests.world import MONDAY, NOON, World, lesson
from zvonok.domain.attendance.models import Absence
from zvonok.domain.homework.models import Homework
from zvonok.domain.marks.models import Assessment, Mark
from zvonok.domain.planning.commands.lay import lay_plan
from zvonok.domain.planning.rules import Draft
from zvonok.domain.remarks.models import Remark
from zvonok.domain.schools.models import StudyPeriod
from zvonok.domain.timetable.models import Lesson, LessonState
from zvonok.kernel.db import counted_queries
from zvonok.kernel.scope import school_scope


def address(world: World, part: str = "", *, of: Lesson | None = None) -> str:
    return f"/lessons/{(of or world.algebra).pk}/{part}"


def opened(client: Client, world: World, query: str = "", *, of: Lesson | None = None) -> Page:
    answer = client.get(address(world, query, of=of))
    assert answer.status_code == 200
    return Page(answer)


def test_marks_absences_and_comments_are_saved_by_the_plain_form(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    rows = opened(anna, world).forms["register"]
    vera, pyotr = world.people["Vera"].pk, world.people["Pyotr"].pk
    rows |= {f"mark-{vera}-ANSWER": "5", f"comment-{vera}-ANSWER": "Well reasoned", "weight-ANSWER": "2"}
    rows |= {f"absence-{pyotr}": "LATE", f"minutes-{pyotr}": "10"}
    answer = anna.post(address(world, "register/"), rows)
    assert (answer.status_code, answer.headers["Location"]) == (302, address(world))
    assert stood(world) == {"Vera": ["5"], "Pyotr": ["LATE"]}
    with school_scope(world.north.school.pk):
        assert Mark.objects.get().comment == "Well reasoned"
        assert Absence.objects.get().late_minutes == 10
        assert Assessment.objects.get().weight == 2


def test_sending_the_same_form_twice_changes_nothing_more(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    rows = opened(anna, world).forms["register"] | {f"mark-{world.people['Vera'].pk}-ANSWER": "5"}
    assert [anna.post(address(world, "register/"), rows).status_code for _ in range(2)] == [302, 302]
    with school_scope(world.north.school.pk):
        assert Mark.objects.count() == 1


def test_a_refused_row_keeps_what_was_typed_and_loses_no_other(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    vera, pyotr = world.people["Vera"].pk, world.people["Pyotr"].pk
    rows = opened(anna, world).forms["register"]
    rows |= {f"mark-{vera}-ANSWER": "7", f"comment-{vera}-ANSWER": "Brilliant", f"mark-{pyotr}-ANSWER": "4"}
    answer = anna.post(address(world, "register/"), rows)
    page = Page(answer)
    assert answer.status_code == 422
    assert page.having(data_error="value_not_in_scale")
    assert "“7” is not a mark of this scale." in page.text
    kept = page.forms["register"]
    assert (kept[f"mark-{vera}-ANSWER"], kept[f"comment-{vera}-ANSWER"]) == ("7", "Brilliant")
    assert stood(world) == {"Pyotr": ["4"]}


def test_a_row_changed_by_somebody_else_is_shown_and_can_be_sent_again(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    field = f"mark-{world.people['Vera'].pk}-ANSWER"
    rows = opened(anna, world).forms["register"] | {field: "3"}
    send(anna, world, cell(world, "5"))
    answer = anna.post(address(world, "register/"), rows)
    page = Page(answer)
    assert answer.status_code == 422
    assert "Somebody has put “5” here since you opened the page." in page.text
    assert page.forms["register"][field] == "3"
    assert anna.post(address(world, "register/"), page.forms["register"]).status_code == 302
    assert stood(world) == {"Vera": ["3"]}


def test_a_row_the_teacher_did_not_touch_is_left_alone(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    rows = opened(anna, world).forms["register"] | {f"mark-{world.people['Pyotr'].pk}-ANSWER": "4"}
    send(anna, world, cell(world, "Н"))
    assert anna.post(address(world, "register/"), rows).status_code == 302
    assert stood(world) == {"Vera": ["UNEXCUSED"], "Pyotr": ["4"]}


def test_the_page_shows_what_stands_and_survives_an_unknown_kind_of_absence(
    world: World, enter: Enter
) -> None:
    anna = enter("Anna")
    send(anna, world, cell(world, "Б 4"))
    page = opened(anna, world)
    assert page.having(data_student=str(world.people["Vera"].pk), data_absence="Б")
    assert page.having(data_work="ANSWER", data_mark="4")
    rows = page.forms["register"] | {f"absence-{world.people['Vera'].pk}": "GONE"}
    answer = anna.post(address(world, "register/"), rows)
    assert answer.status_code == 422
    assert Page(answer).having(data_error="not_an_absence")


def test_another_work_gets_a_column_of_its_own(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    send(anna, world, cell(world, "4"))
    rows = opened(anna, world, "?work=TEST").forms["register"]
    assert rows["weight-TEST"] == "3"
    rows |= {f"mark-{world.people['Vera'].pk}-TEST": "5"}
    assert anna.post(address(world, "register/"), rows).status_code == 302
    assert sorted(stood(world)["Vera"]) == ["4", "5"]


@pytest.mark.parametrize("minutes", ["ten", "0", "999"])
def test_impossible_minutes_are_refused_beside_the_row(world: World, enter: Enter, minutes: str) -> None:
    anna = enter("Anna")
    vera = world.people["Vera"].pk
    rows = opened(anna, world).forms["register"]
    rows |= {f"absence-{vera}": "LATE", f"minutes-{vera}": minutes}
    answer = anna.post(address(world, "register/"), rows)
    assert answer.status_code == 422
    assert Page(answer).having(data_error="not_an_absence")
    assert Page(answer).forms["register"][f"minutes-{vera}"] == minutes
    assert stood(world) == {}


@pytest.mark.parametrize("token", ["", "x|||", "x", "019a0000-0000-7000-8000-000000000000|x||"])
def test_a_forged_token_is_answered_with_a_page_that_says_so(world: World, enter: Enter, token: str) -> None:
    vera = world.people["Vera"].pk
    sent = {f"was-mark-{vera}-ANSWER": token, f"mark-{vera}-ANSWER": "5"}
    answer = enter("Anna").post(address(world, "register/"), sent)
    assert answer.status_code == 422
    assert Page(answer).having(data_error="cells_unreadable")


def test_the_topic_is_typed_or_taken_from_the_plan_in_one_tap(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    with school_scope(world.north.school.pk):
        first, second = lay_plan(
            school_id=world.north.school.pk,
            group_id=world.algebra.group_id,
            topics=["Equations", "Functions"],
        )
    page = opened(anna, world)
    assert [tag["value"] for tag in page.having(name="proposal")] == [str(first), str(second)]
    anna.post(address(world, "topic/"), page.forms["topic"] | {"topic": "Half a word", "proposal": first})
    assert topic(world) == "Equations"
    assert [tag["value"] for tag in opened(anna, world).having(name="proposal")] == [str(second)]
    anna.post(address(world, "topic/"), opened(anna, world).forms["topic"] | {"topic": "Equations, part two"})
    assert topic(world) == "Equations, part two"
    assert opened(anna, world).having(data_planned=str(first))


def test_the_homework_of_the_plan_is_set_in_one_tap(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    with school_scope(world.north.school.pk):
        draft = Draft(title="Equations", homework="№ 5", homework_minutes=20)
        (planned,) = lay_plan(
            school_id=world.north.school.pk, group_id=world.algebra.group_id, topics=[draft]
        )
    assert "planned-homework" not in opened(anna, world).forms
    anna.post(address(world, "topic/"), opened(anna, world).forms["topic"] | {"proposal": planned})
    form = opened(anna, world).forms["planned-homework"]
    assert anna.post(address(world, "homework/"), form).status_code == 302
    with school_scope(world.north.school.pk):
        assert Homework.objects.values_list("text", "expected_minutes").get() == ("№ 5", 20)
    assert "planned-homework" not in opened(anna, world).forms


def test_after_a_refusal_the_language_can_be_changed(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    refused = anna.post(address(world, "topic/"), {"topic": "Equations"})
    assert refused.status_code == 422
    sent = {"language": "ru", "next": address(world, "topic/")}
    page = anna.post("/language/", sent, follow=True)
    assert page.status_code == 200
    assert page.request["PATH_INFO"] == address(world)


def topic(world: World) -> str:
    with school_scope(world.north.school.pk):
        return Lesson.objects.get(pk=world.algebra.pk).topic


def test_a_topic_for_a_lesson_changed_meanwhile_is_kept_and_can_be_sent_again(
    world: World, enter: Enter
) -> None:
    anna = enter("Anna")
    form = opened(anna, world).forms["topic"]
    anna.post(address(world, "topic/"), form | {"topic": "Equations"})
    answer = anna.post(address(world, "topic/"), form | {"topic": "Functions"})
    page = Page(answer)
    assert answer.status_code == 422
    assert page.having(data_error="lesson_has_changed")
    assert page.forms["topic"]["topic"] == "Functions"
    assert "Stands now: Equations" in page.text
    assert anna.post(address(world, "topic/"), page.forms["topic"]).status_code == 302
    assert topic(world) == "Functions"


def test_homework_is_due_at_the_next_lesson_unless_a_day_is_chosen(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    with school_scope(world.north.school.pk):
        following = lesson(world.north, "Алгебра 7Б", MONDAY + timedelta(days=2), 1, world.people["Anna"])
    form = opened(anna, world).forms["homework"]
    assert form["due_on"] == "2026-11-11"
    sent = form | {"text": "№ 142–145", "expected_minutes": "25"}
    assert anna.post(address(world, "homework/"), sent).status_code == 302
    with school_scope(world.north.school.pk):
        task = Homework.objects.get()
    assert (task.text, task.due_on, task.expected_minutes) == ("№ 142–145", date(2026, 11, 11), 25)
    assert task.due_lesson_id == following.pk
    assert "№ 142–145" in opened(anna, world, of=following).text


def test_an_empty_text_takes_the_homework_back(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    anna.post(address(world, "homework/"), opened(anna, world).forms["homework"] | {"text": "№ 1"})
    form = opened(anna, world).forms["homework"]
    assert anna.post(address(world, "homework/"), form | {"text": ""}).status_code == 302
    with school_scope(world.north.school.pk):
        assert not Homework.objects.filter(withdrawn_at=None).exists()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"due_on": "2026-11-09"}, "due_too_early"),
        ({"due_on": "9999-12-31"}, "invalid"),
        ({"due_on": "soon"}, "invalid"),
        ({"expected_minutes": "601"}, "max_value"),
        ({"text": "see\u202eme"}, "hidden_characters"),
        ({"edit": "x"}, "invalid"),
    ],
)
def test_homework_that_cannot_be_is_refused_and_kept(
    world: World, enter: Enter, wrong: dict[str, str], code: str
) -> None:
    anna = enter("Anna")
    sent = opened(anna, world).forms["homework"] | {"text": "№ 142"} | wrong
    answer = anna.post(address(world, "homework/"), sent)
    assert answer.status_code == 422
    assert "edit" in wrong or Page(answer).having(data_error=code)
    assert "№ 142" in answer.content.decode() or "text" in wrong


def test_a_remark_is_made_once_and_can_be_taken_back(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    sent = opened(anna, world).forms["remark"]
    sent |= {"student": str(world.people["Vera"].pk), "kind": "PRAISE", "text": "Helped a friend"}
    assert [anna.post(address(world, "remarks/"), sent).status_code for _ in range(2)] == [302, 302]
    page = opened(anna, world)
    assert len(page.having(data_remark="PRAISE")) == 1
    with school_scope(world.north.school.pk):
        made = Remark.objects.get()
    assert anna.post(address(world, f"remarks/{made.pk}/withdraw/")).status_code == 302
    assert not opened(anna, world).having(data_remark="PRAISE")


@pytest.mark.parametrize("wrong", [{"text": ""}, {"kind": "GOSSIP"}, {"student": "x"}])
def test_a_remark_without_words_kind_or_student_is_refused(
    world: World, enter: Enter, wrong: dict[str, str]
) -> None:
    anna = enter("Anna")
    sent = opened(anna, world).forms["remark"]
    sent |= {"student": str(world.people["Vera"].pk), "kind": "PRAISE", "text": "Helped a friend"} | wrong
    assert anna.post(address(world, "remarks/"), sent).status_code == 422
    with school_scope(world.north.school.pk):
        assert not Remark.objects.exists()


def test_a_lesson_ahead_takes_topic_and_homework_only(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    with school_scope(world.north.school.pk):
        ahead = lesson(
            world.north, "Алгебра 7Б", timezone.localdate() + timedelta(days=3), 1, world.people["Anna"]
        )
    page = opened(anna, world, of=ahead)
    assert {"topic", "homework"} <= page.forms.keys()
    assert "remark" not in page.forms
    assert any("disabled" in found for tag, found in page.tags if tag == "fieldset")
    answer = send(anna, world, cell(world, "5", lesson_row=ahead))
    assert answer.json()["cells"][0]["error"] == "lesson_is_ahead"


def test_a_cancelled_lesson_and_a_closed_period_say_why_nothing_can_be_written(
    world: World, enter: Enter
) -> None:
    anna = enter("Anna")
    with school_scope(world.north.school.pk):
        StudyPeriod.objects.filter(pk=world.north.period.pk).update(closed_at=NOON)
    page = opened(anna, world)
    assert "The study period is closed." in page.text
    assert "topic" not in page.forms
    with school_scope(world.north.school.pk):
        Lesson.objects.filter(pk=world.algebra.pk).update(state=LessonState.CANCELLED)
    assert "This lesson was cancelled" in opened(anna, world).text


@pytest.mark.parametrize("name", ["Oleg", "Darya", "Yana", "Egor", "Maria", "Vera"])
def test_somebody_elses_lesson_is_not_found(world: World, enter: Enter, name: str) -> None:
    client = enter(name)
    assert client.get(address(world)).status_code == 404
    for part in ("register/", "topic/", "homework/", "remarks/", f"remarks/{world.algebra.pk}/withdraw/"):
        assert client.post(address(world, part), {}).status_code == 404


def test_the_page_costs_the_same_queries_whatever_stands_in_it(world: World, enter: Enter) -> None:
    anna = enter("Anna")
    with counted_queries() as empty:
        opened(anna, world)
    send(anna, world, cell(world, "Н 5"), cell(world, "4", whom="Pyotr"))
    with counted_queries() as full:
        opened(anna, world)
    assert len(full) == len(empty) <= 22
