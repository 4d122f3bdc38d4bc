"""Works from the family's page to the teacher's and back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.domain.test_homework import given, plan
from tests.domain.test_submissions import LATER, send
from tests.handing_in import PDF, hand_in, looked_at
from tests.screens.journal.conftest import Enter
from tests.world import MONDAY, NOON, World, person
from zvonok.domain.homework.models import Homework
from zvonok.domain.marks.models import Mark
from zvonok.domain.schools.models import GroupMembership
from zvonok.domain.submissions.models import DoneTick, Opening, Submission
from zvonok.domain.submissions.selectors import pupils_of, task
from zvonok.kernel.days import through
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

FRIDAY = MONDAY - timedelta(days=3)


@pytest.fixture
def homework(world: World) -> Homework:
    """Given on Friday, to be handed in by Monday's first lesson, which is over at noon."""
    friday = plan(world, FRIDAY)
    return given(world, "№ 214", lesson=friday, hand_in=True, at=NOON - timedelta(days=3))


def family(world: World, homework: Homework, name: str = "Maria", tail: str = "") -> str:
    return f"/diary/{world.link(name, 'Vera')}/homework/{homework.pk}/{tail}"


def work(world: World, homework: Homework, tail: str = "") -> str:
    return f"/homework/{homework.pk}/submissions/{world.people['Vera'].pk}/{tail}"


def said(response: Any) -> str:
    return response.content.decode()


def answer(anna: Client, world: World, homework: Homework, act: str, **more: str) -> Any:
    with school_scope(world.north.school.pk):
        seen = Submission.objects.get(withdrawn_at=None).pk
    sent = {"act": act, "text": "", "value": "", "comment": "", "seen": str(seen), "edit": str(uuid7())}
    return anna.post(work(world, homework, "answer/"), sent | more)


def works(world: World) -> list[tuple[int, str, str]]:
    with school_scope(world.north.school.pk):
        return list(Submission.objects.order_by("number").values_list("number", "text", "state"))


def marks(world: World) -> list[str]:
    with school_scope(world.north.school.pk):
        return list(Mark.objects.filter(withdrawn_at=None).values_list("value", flat=True))


def test_a_work_goes_there_and_back_and_gets_its_mark(world: World, homework: Homework, enter: Enter) -> None:
    maria, anna = enter("Maria"), enter("Anna")
    page = said(maria.get(family(world, homework)))
    assert "№ 214" in page
    assert "the deadline has passed" in page
    maria.post(family(world, homework, tail="hand-in/"), {"text": "x = 2", "edit": str(uuid7())})
    assert "1 work to look at" in said(anna.get("/journal/"))
    assert 'data-standing="SENT"' in said(anna.get(f"/homework/{homework.pk}/submissions/"))
    assert "x = 2" in said(anna.get(work(world, homework)))
    answer(anna, world, homework, "return", text="Show the steps")
    page = said(maria.get(family(world, homework)))
    assert "Show the steps" in page
    with school_scope(world.north.school.pk):
        seen = str(Submission.objects.get().pk)
    again = {"text": "x = 3, because", "edit": str(uuid7()), "seen": seen}
    maria.post(family(world, homework, tail="hand-in/"), again)
    answer(anna, world, homework, "accept", value="5")
    assert works(world) == [(1, "x = 2", "RETURNED"), (2, "x = 3, because", "ACCEPTED")]
    assert marks(world) == ["5"]
    assert "to look at" not in said(anna.get("/journal/"))


def test_a_refused_mark_answers_nothing_and_keeps_what_was_typed(
    world: World, homework: Homework, enter: Enter
) -> None:
    send(world, homework)
    response = answer(enter("Anna"), world, homework, "accept", text="Well done", value="77")
    assert response.status_code == 422
    assert 'value="77"' in said(response)
    assert "Well done" in said(response)
    assert works(world) == [(1, "x = 2", "SENT")]
    assert marks(world) == []


def test_to_return_a_work_takes_a_word(world: World, homework: Homework, enter: Enter) -> None:
    send(world, homework)
    response = answer(enter("Anna"), world, homework, "return", value="5")
    assert 'data-error="say_what_to_do"' in said(response)
    assert marks(world) == []


def test_what_was_typed_is_kept_when_the_work_is_refused(
    world: World, homework: Homework, enter: Enter
) -> None:
    send(world, homework)
    stale = {"text": "my own words", "edit": str(uuid7())}
    response = enter("Maria").post(family(world, homework, tail="hand-in/"), stale)
    assert response.status_code == 422
    assert 'data-error="work_has_changed"' in said(response)
    assert "my own words" in said(response)
    assert works(world) == [(1, "x = 2", "SENT")]


def test_a_mark_waits_for_the_day_of_its_lesson(world: World, enter: Enter) -> None:
    plan(world, MONDAY + timedelta(days=2))
    homework = given(world, "№ 214", hand_in=True)
    send(world, homework)
    page = said(enter("Anna").get(work(world, homework)))
    assert "The mark can be put from" in page
    assert 'name="value"' not in page


def test_a_trusted_person_reads_and_hands_nothing_in(world: World, homework: Homework, enter: Enter) -> None:
    zoya = enter("Zoya")
    address = family(world, homework, "Zoya")
    page = said(zoya.get(address))
    assert "№ 214" in page
    assert 'data-form="hand-in"' not in page
    assert zoya.post(f"{address}hand-in/", {"text": "x", "edit": str(uuid7())}).status_code == 404
    with school_scope(world.north.school.pk):
        assert not Opening.objects.exists()
    assert works(world) == []


def test_homework_without_handing_in_is_ticked_off_and_the_parent_sees_by_whom(
    world: World, enter: Enter
) -> None:
    homework = given(world, "№ 214")
    enter("Vera").post(family(world, homework, "Vera", "done/"), {"done": "yes"})
    page = said(enter("Maria").get(family(world, homework)))
    assert "data-done" in page
    assert "ticked off as done" in said(enter("Anna").get(f"/homework/{homework.pk}/submissions/"))
    enter("Maria").post(family(world, homework, tail="done/"), {"done": ""})
    with school_scope(world.north.school.pk):
        assert not DoneTick.objects.filter(withdrawn_at=None).exists()


def test_files_are_kept_from_everybody_until_the_scanner_has_looked(
    world: World, homework: Homework, enter: Enter, clamav: None
) -> None:
    file = hand_in(world, PDF, who="Vera")
    send(world, homework, files=(file.pk,))
    at_teacher = work(world, homework, f"files/{file.pk}/")
    at_family = family(world, homework, tail=f"files/{file.pk}/")
    anna = enter("Anna")
    assert "not checked for viruses yet" in said(anna.get(work(world, homework)))
    assert [anna.get(at_teacher).status_code, enter("Maria").get(at_family).status_code] == [409, 409]
    looked_at(world, file)
    served = anna.get(at_teacher)
    assert served.status_code == 200
    assert "frame-ancestors 'self'" in served.headers["Content-Security-Policy"]
    page = anna.get(work(world, homework))
    assert "<iframe" in said(page)
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert enter("Maria").get(at_family).status_code == 200
    for stranger in ("Oleg", "Darya", "Egor", "Olga"):
        assert enter(stranger).get(at_teacher).status_code == 404
    other = family(world, given(world, "№ 9", at=LATER), tail=f"files/{file.pk}/")
    assert enter("Maria").get(other).status_code == 404


def test_a_class_of_35_is_listed_in_one_query(
    world: World, homework: Homework, enter: Enter, django_assert_num_queries: Any
) -> None:
    names = [f"Pupil{number}" for number in range(33)]
    people = [person(name, "Новикова") for name in names]
    with school_scope(world.north.school.pk):
        group = world.north.groups["Алгебра 7Б"]
        for one in people:
            GroupMembership.objects.create(
                id=uuid7(),
                school=world.north.school,
                student=one,
                group=group,
                valid_on=through(FRIDAY, MONDAY),
            )
        found = task(school_id=world.north.school.pk, homework_id=homework.pk)
        assert found is not None
        with django_assert_num_queries(1):
            assert len(pupils_of(task=found)) == 35
    page = said(enter("Anna").get(f"/homework/{homework.pk}/submissions/"))
    assert page.count("data-pupil") == 35


def test_the_keys_lead_through_those_who_have_handed_in(
    world: World, homework: Homework, enter: Enter
) -> None:
    for name in ("Vera", "Pyotr"):
        send(world, homework, who=name, whose=name)
    page = said(enter("Anna").get(work(world, homework)))
    assert f'submissions/{world.people["Pyotr"].pk}/"' in page
    assert ">2 of 2<" in page
    onwards = answer_to(enter("Anna"), world, homework)
    assert onwards["Location"] == f"/homework/{homework.pk}/submissions/{world.people['Pyotr'].pk}/"


def answer_to(anna: Client, world: World, homework: Homework) -> Any:
    with school_scope(world.north.school.pk):
        seen = Submission.objects.get(student=world.people["Vera"]).pk
    sent = {"act": "accept", "seen": str(seen), "edit": str(uuid7())}
    return anna.post(work(world, homework, "answer/"), sent)
