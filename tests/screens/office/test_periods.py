"""Study periods in the office: who lacks marks, closing, unlocking, and the rules of attestation."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.screens.journal.conftest import Enter, Page
from tests.world import MONDAY, NOON, World
from zvonok.domain.attestation.models import AttestationRules
from zvonok.domain.history.models import Fact
from zvonok.domain.marks.commands.put import MarkEdit, put_marks
from zvonok.domain.schools.models import StudyPeriod
from zvonok.domain.timetable.models import PeriodUnlock
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope


def address(world: World, rest: str = "") -> str:
    return f"/office/periods/{world.north.period.pk}/{rest}"


def close(world: World) -> None:
    with school_scope(world.north.school.pk):
        StudyPeriod.objects.filter(pk=world.north.period.pk).update(closed_at=NOON)


def kinds(world: World) -> list[str]:
    with school_scope(world.north.school.pk):
        return list(Fact.objects.order_by("at", "id").values_list("kind", flat=True))


@pytest.fixture
def marked(world: World) -> World:
    """A school that marks both its subjects."""
    with school_scope(world.north.school.pk):
        for who, whom, target in (("Anna", "Vera", world.algebra), ("Oleg", "Timur", world.physics)):
            edit = MarkEdit(id=uuid7(), student_id=world.people[whom].pk, value="5")
            put_marks(actor=world.actor(who), lesson_id=target.pk, edits=[edit], at=NOON)
    return world


def test_a_subject_that_nobody_marks_is_not_waited_for(world: World, enter: Enter) -> None:
    assert "All marks are set" in Page(enter("Darya").get(address(world))).text


def test_the_deputy_head_sees_how_full_each_period_is(marked: World, enter: Enter) -> None:
    page = Page(enter("Darya").get("/office/periods/"))
    assert page.having(href=address(marked))
    assert "0 of 3" in page.text


@pytest.mark.parametrize("by", ["teacher", "class", "subject", "moon"])
def test_who_lacks_marks_stands_by_teacher_class_and_subject(marked: World, enter: Enter, by: str) -> None:
    page = Page(enter("Darya").get(address(marked, f"?by={by}")))
    titles = {one["data-heap"] for _tag, one in page.tags if "data-heap" in one}
    wanted = {"class": {"7Б", "8А"}, "subject": {"Алгебра", "Физика"}}
    assert titles == wanted.get(by, {"Петрова Anna", "Смирнов Oleg"})
    assert "0 of 2" in page.text


def test_a_planned_day_before_the_last_one_is_refused(world: World, enter: Enter) -> None:
    darya = enter("Darya")
    answer = darya.post(address(world, "closing/"), {"closes_on": str(MONDAY)})
    assert answer.status_code == 422
    assert "on its last day or later" in answer.content.decode()
    assert darya.post(address(world, "closing/"), {"closes_on": "2026-12-31"}).status_code == 302
    with school_scope(world.north.school.pk):
        assert StudyPeriod.objects.get(pk=world.north.period.pk).closes_on == date(2026, 12, 31)
    assert kinds(world) == ["PeriodClosingPlanned"]


def test_a_running_period_is_not_closed_at_once(world: World, enter: Enter) -> None:
    answer = enter("Darya").post(address(world, "close/"))
    assert answer.status_code == 422
    assert kinds(world) == []


def test_a_closed_period_cannot_be_planned_open_again(world: World, enter: Enter) -> None:
    close(world)
    assert enter("Darya").post(address(world, "closing/"), {"closes_on": ""}).status_code == 422


def test_a_group_is_unlocked_for_a_time_with_a_reason(world: World, enter: Enter) -> None:
    close(world)
    darya, group = enter("Darya"), world.algebra.group_id
    sent = {"group": str(group), "until": str(MONDAY + timedelta(days=2)), "reason": ""}
    assert darya.post(address(world, "unlock/"), sent).status_code == 422
    assert darya.post(address(world, "unlock/"), sent | {"reason": "Teacher was ill"}).status_code == 302
    page = Page(darya.get(address(world)))
    assert "Teacher was ill" in page.text
    with school_scope(world.north.school.pk):
        unlock = PeriodUnlock.objects.get()
    assert (unlock.group_id, unlock.student_id) == (group, None)
    assert darya.post(f"/office/periods/unlocks/{unlock.pk}/withdraw/").status_code == 302
    assert kinds(world) == ["PeriodUnlocked", "PeriodLockedAgain"]


def test_a_student_is_unlocked_in_all_subjects(world: World, enter: Enter) -> None:
    close(world)
    darya, vera = enter("Darya"), world.people["Vera"].pk
    group = world.algebra.group_id
    assert Page(darya.get(address(world, f"?group={group}"))).having(value=str(vera))
    sent = {
        "group": str(group),
        "student": str(vera),
        "everywhere": "on",
        "until": str(MONDAY),
        "reason": "Came from hospital",
    }
    assert darya.post(address(world, "unlock/"), sent).status_code == 302
    with school_scope(world.north.school.pk):
        unlock = PeriodUnlock.objects.get()
    assert (unlock.group_id, unlock.student_id) == (None, vera)
    assert Page(enter("Anna").get(f"/period-marks/{group}/2/")).having(name=f"mark-{vera}")


@pytest.mark.parametrize("days", [-1, 40])
def test_an_unlocking_ends_within_a_month(world: World, enter: Enter, days: int) -> None:
    close(world)
    until = str(MONDAY + timedelta(days=days))
    sent = {"group": str(world.algebra.group_id), "until": until, "reason": "r"}
    answer = enter("Darya").post(address(world, "unlock/"), sent)
    assert answer.status_code == 422
    assert "within the next 31 days" in answer.content.decode()


def test_an_open_period_has_nothing_to_unlock(world: World, enter: Enter) -> None:
    sent = {"group": str(world.algebra.group_id), "until": str(MONDAY), "reason": "r"}
    assert enter("Darya").post(address(world, "unlock/"), sent).status_code == 422
    assert kinds(world) == []


def rules(enter: Enter, **changes: str) -> int:
    darya = enter("Darya")
    form = Page(darya.get("/office/periods/rules/")).forms["rules"]
    return int(darya.post("/office/periods/rules/", form | changes).status_code)


def test_accepted_rules_are_a_new_version_from_a_day_on(world: World, enter: Enter) -> None:
    subject = world.algebra.subject_id
    later = str(MONDAY + timedelta(days=7))
    assert rules(enter, step_up="0.60", valid_from=later, **{f"step-{subject}": "0.70"}) == 302
    with school_scope(world.north.school.pk):
        one = AttestationRules.objects.get()
        assert (one.number, one.step_up, one.steps.get().step_up) == (1, Decimal("0.60"), Decimal("0.70"))
    assert rules(enter) == 302
    assert kinds(world) == ["AttestationRulesAccepted"] * 2


def test_rules_never_take_effect_before_today(world: World, enter: Enter) -> None:
    assert rules(enter, valid_from=str(MONDAY - timedelta(days=1))) == 422
    assert rules(enter, step_up="1.5") == 422
    assert kinds(world) == []


def test_a_period_of_another_school_is_not_found(world: World, enter: Enter) -> None:
    far = f"/office/periods/{world.south.period.pk}/"
    assert enter("Darya").get(far).status_code == 404
