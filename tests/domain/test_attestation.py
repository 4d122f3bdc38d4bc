"""Period marks: the teacher decides, beside what the school's rules propose on that day."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from tests.world import MONDAY, NOON, World, lesson
from zvonok.domain.attendance.commands import AbsenceEdit, put_absences
from zvonok.domain.attestation.columns import columns_of_group
from zvonok.domain.attestation.commands.put import (
    NoSuchColumn,
    NotTheGroupsTeacher,
    PeriodEdit,
    PeriodOutcome,
    put_period_marks,
)
from zvonok.domain.attestation.models import PeriodMark
from zvonok.domain.attestation.selectors import (
    period_marks_of_group,
    period_marks_of_student,
    proposals_of_group,
)
from zvonok.domain.history.models import Fact
from zvonok.domain.marks.commands.put import MarkEdit, put_marks
from zvonok.domain.marks.commands.settings import use_scale
from zvonok.domain.marks.models import ScaleKind
from zvonok.domain.schools.models import StudyPeriod
from zvonok.domain.timetable.commands.journal import EditIsUsed
from zvonok.domain.timetable.models import PeriodUnlock
from zvonok.kernel.db import counted_queries
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

LATER = NOON + timedelta(minutes=1)


def mark(world: World, *values: str, whom: str = "Vera") -> None:
    """Let Anna put marks in algebra, one in each lesson of Monday."""
    for slot, value in enumerate(values, start=2):
        with school_scope(world.north.school.pk):
            one = lesson(world.north, "Алгебра 7Б", MONDAY, slot, world.people["Anna"])
            edit = MarkEdit(id=uuid7(), student_id=world.people[whom].pk, value=value)
            put_marks(actor=world.actor("Anna"), lesson_id=one.pk, edits=[edit], at=NOON)


def decide(world: World, value: str, *, column: str = "2", **more: Any) -> PeriodOutcome:
    """Set Vera's mark in algebra, for the second quarter if nothing else is said, as somebody."""
    edit = PeriodEdit(
        more.get("edit") or uuid7(),
        world.people[more.get("whom", "Vera")].pk,
        value,
        more.get("reason", ""),
        more.get("seen"),
    )
    with school_scope(world.north.school.pk):
        (outcome,) = put_period_marks(
            actor=world.actor(more.get("who", "Anna")),
            group=world.north.groups["Алгебра 7Б"],
            column=column,
            edits=[edit],
            at=more.get("at", NOON),
        )
    return outcome


def code(outcome: PeriodOutcome) -> str:
    return outcome.refusal.code if outcome.refusal else ""


def close(world: World) -> None:
    with school_scope(world.north.school.pk):
        StudyPeriod.objects.filter(pk=world.north.period.pk).update(closed_at=NOON)


def unlock(world: World, **for_whom: UUID) -> None:
    with school_scope(world.north.school.pk):
        PeriodUnlock.objects.create(
            id=uuid7(),
            school=world.north.school,
            period=world.north.period,
            reason="Больничный",
            until=NOON + timedelta(hours=2),
            made_by=world.people["Darya"],
            made_at=NOON,
            **for_whom,
        )


def test_a_corrected_period_mark_stays_in_the_history(world: World) -> None:
    mark(world, "4", "4", "5")
    four = decide(world, "4").mark
    assert four
    five = decide(world, "5", reason="Олимпиада", seen=four.id, at=LATER).mark
    assert five
    with school_scope(world.north.school.pk):
        assert PeriodMark.objects.get(withdrawn_at=None).pk == five.id
        assert PeriodMark.objects.get(pk=four.id).withdrawn_at == LATER
        facts = Fact.objects.filter(kind="PeriodMarkSet").order_by("at")
        told = facts.values_list("data__value", "data__average", "data__instead_of", "data__proposed")
        assert list(told) == [("4", "4.33", None, "4"), ("5", "4.33", "4", "4")]


def test_a_mark_keeps_what_it_was_computed_from(world: World) -> None:
    mark(world, "4", "4", "5")
    decide(world, "4")
    mark(world)
    with school_scope(world.north.school.pk):
        kept = PeriodMark.objects.get()
        assert (kept.average, kept.marks_count, kept.lessons, kept.missed, kept.proposed) == (
            Decimal("4.33"),
            3,
            4,
            0,
            "4",
        )


def test_the_same_edit_twice_counts_once(world: World) -> None:
    edit = uuid7()
    assert [code(decide(world, "4", edit=edit, reason="к")) for _ in range(2)] == ["", ""]
    with school_scope(world.north.school.pk):
        assert PeriodMark.objects.count() == Fact.objects.filter(kind="PeriodMarkSet").count() == 1


def test_a_mark_that_departs_from_what_is_proposed_wants_a_reason(world: World) -> None:
    mark(world, "4", "4", "4")
    assert code(decide(world, "5")) == "reason_wanted"
    assert code(decide(world, "5", reason="Олимпиада")) == ""


def test_exempt_always_wants_a_reason(world: World) -> None:
    assert code(decide(world, "осв")) == "reason_wanted"
    assert code(decide(world, "осв", reason="Справка")) == ""


def test_too_few_marks_propose_not_attested_but_the_average_passes(world: World) -> None:
    mark(world, "4", "4")
    assert code(decide(world, "5")) == "reason_wanted"
    assert code(decide(world, "4")) == ""


def test_who_has_missed_over_two_thirds_is_not_attested_without_a_reason(world: World) -> None:
    vera = world.people["Vera"].pk
    mark(world, "5", whom="Pyotr")
    with school_scope(world.north.school.pk):
        for one in (world.algebra.pk, *[_.pk for _ in type(world.algebra).objects.filter(slot=2)]):
            edit = AbsenceEdit(id=uuid7(), student_id=vera, kind="ILL")
            put_absences(actor=world.actor("Anna"), lesson_id=one, edits=[edit], at=NOON)
    assert code(decide(world, "5")) == "reason_wanted"
    assert code(decide(world, "н/а")) == ""


def test_a_cleared_cell_withdraws_its_mark(world: World) -> None:
    put = decide(world, "4", reason="к").mark
    assert put
    assert decide(world, "", seen=put.id, at=LATER).mark is None
    with school_scope(world.north.school.pk):
        assert not PeriodMark.objects.filter(withdrawn_at=None).exists()
        assert Fact.objects.filter(kind="PeriodMarkWithdrawn").count() == 1


def test_a_stale_edit_is_shown_what_stands(world: World) -> None:
    decide(world, "4", reason="к")
    stale = decide(world, "3", reason="к")
    assert code(stale) == "period_mark_has_changed"
    assert stale.mark
    assert stale.mark.value == "4"


def test_year_exam_and_final_marks_follow_from_one_another(world: World) -> None:
    mark(world, "4", "4", "5")
    decide(world, "4")
    assert code(decide(world, "5", column="year")) == "reason_wanted"
    assert code(decide(world, "4", column="year")) == ""
    assert code(decide(world, "5", column="exam")) == ""
    assert code(decide(world, "4", column="final")) == "reason_wanted"
    assert code(decide(world, "5", column="final")) == ""
    with school_scope(world.north.school.pk):
        final = PeriodMark.objects.get(kind="FINAL")
        assert (final.average, final.period_id, final.proposed) == (Decimal("4.50"), None, "5")


@pytest.mark.parametrize("who", ["Darya", "Oleg", "Yana"])
def test_nobody_but_the_groups_teacher_decides(world: World, who: str) -> None:
    with pytest.raises(NotTheGroupsTeacher):
        decide(world, "5", who=who)


@pytest.mark.parametrize("column", ["1", "9", "month", "-1", "٣"])
def test_a_column_that_is_not_there_takes_nothing(world: World, column: str) -> None:
    with pytest.raises(NoSuchColumn):
        decide(world, "5", column=column)


def test_a_closed_period_takes_no_marks(world: World) -> None:
    close(world)
    assert code(decide(world, "5")) == "period_is_closed"


def test_a_period_closes_after_its_planned_day(world: World) -> None:
    with school_scope(world.north.school.pk):
        StudyPeriod.objects.filter(pk=world.north.period.pk).update(closes_on=MONDAY)
    assert code(decide(world, "5", reason="к")) == ""
    assert code(decide(world, "5", whom="Pyotr", at=NOON + timedelta(hours=13))) == "period_is_closed"


def test_an_unlocked_student_alone_is_taken(world: World) -> None:
    close(world)
    unlock(world, student_id=world.people["Vera"].pk)
    assert code(decide(world, "5", whom="Pyotr", reason="к")) == "period_is_closed"
    assert code(decide(world, "5", reason="к")) == ""
    with school_scope(world.north.school.pk):
        assert Fact.objects.get(kind="PeriodMarkSet").data["unlocked"] is True


def test_an_unlocked_group_takes_marks_until_the_hour(world: World) -> None:
    close(world)
    unlock(world, group_id=world.north.groups["Алгебра 7Б"].pk)
    assert code(decide(world, "5", reason="к")) == ""
    late = NOON + timedelta(hours=3)
    assert code(decide(world, "5", whom="Pyotr", reason="к", at=late)) == "period_is_closed"


def test_a_lesson_of_a_closed_period_takes_the_unlocked_student_alone(world: World) -> None:
    close(world)
    unlock(world, student_id=world.people["Vera"].pk)
    edits = [MarkEdit(id=uuid7(), student_id=world.people[name].pk, value="5") for name in ("Vera", "Pyotr")]
    with school_scope(world.north.school.pk):
        told = put_marks(actor=world.actor("Anna"), lesson_id=world.algebra.pk, edits=edits, at=NOON)
    assert [one.refusal.code if one.refusal else "" for one in told] == ["", "period_is_closed"]


def test_a_value_outside_the_scale_is_refused(world: World) -> None:
    assert code(decide(world, "6")) == "value_not_in_scale"
    assert code(decide(world, "1")) == "value_not_in_scale"


def test_a_student_of_another_group_is_refused(world: World) -> None:
    assert code(decide(world, "5", whom="Timur")) == "student_not_in_the_group"


def test_the_student_and_the_group_are_shown_the_same_mark(world: World) -> None:
    mark(world, "4", "4", "5")
    decide(world, "4")
    north, period_ids = world.north, [world.north.period.pk]
    with school_scope(north.school.pk):
        own = period_marks_of_student(
            school_id=north.school.pk, student_id=world.people["Vera"].pk, period_ids=period_ids
        )
        of_group = period_marks_of_group(
            school_id=north.school.pk, group_id=north.groups["Алгебра 7Б"].pk, period_ids=period_ids
        )
    assert own == of_group
    assert [(line.subject, line.value, line.average) for line in own] == [("Алгебра", "4", Decimal("4.33"))]


def test_a_cell_is_saved_in_eight_queries(world: World) -> None:
    mark(world, "4", "4", "5")
    put = decide(world, "4").mark
    assert put
    actor = world.actor("Anna")
    edit = PeriodEdit(uuid7(), world.people["Vera"].pk, "5", "Олимпиада", put.id)
    with school_scope(world.north.school.pk), counted_queries() as asked:
        put_period_marks(actor=actor, group=world.algebra.group, column="2", edits=[edit], at=LATER)
    assert len(asked) == 8


def test_a_whole_column_costs_as_many_queries_as_a_cell(world: World) -> None:
    actor = world.actor("Anna")
    edits = [PeriodEdit(uuid7(), world.people[name].pk, "5", "к") for name in ("Vera", "Pyotr")]
    group = world.algebra.group
    with school_scope(world.north.school.pk), counted_queries() as asked:
        told = put_period_marks(actor=actor, group=group, column="2", edits=edits, at=NOON)
    assert [code(one) for one in told] == ["", ""]
    assert len(asked) <= 8


def test_proposals_are_told_for_a_whole_group(world: World) -> None:
    mark(world, "4", "4", "5")
    group, names = world.north.groups["Алгебра 7Б"], ("Vera", "Pyotr")
    ids = [world.people[name].pk for name in names]
    with school_scope(world.north.school.pk):
        column = columns_of_group(school_id=group.school_id, group_id=group.pk, at=NOON)[0]
        proposals = proposals_of_group(group, column, student_ids=ids, at=NOON)
    assert [proposals[key].value for key in ids] == ["4", "н/а"]


def test_an_edit_whose_id_is_taken_elsewhere_is_refused(world: World) -> None:
    with school_scope(world.south.school.pk):
        group = world.south.groups["Математика 2А"]
        edit = PeriodEdit(uuid7(), world.people["Lev"].pk, "5", "к")
        put_period_marks(actor=world.actor("Egor"), group=group, column="2", edits=[edit], at=NOON)
    with pytest.raises(EditIsUsed):
        decide(world, "5", edit=edit.id, reason="к")


def test_a_second_change_in_one_batch_takes_the_place_of_the_first(world: World) -> None:
    vera = world.people["Vera"].pk
    first, actor = PeriodEdit(uuid7(), vera, "4", "к"), world.actor("Anna")
    second = PeriodEdit(uuid7(), vera, "5", "к", first.id)
    with school_scope(world.north.school.pk):
        put_period_marks(actor=actor, group=world.algebra.group, column="2", edits=[first, second], at=NOON)
        assert list(PeriodMark.objects.values_list("value", flat=True)) == ["5"]


def test_where_marks_are_passes_a_period_mark_is_one_too(world: World) -> None:
    assert code(decide(world, "зач", reason="к")) == "value_not_in_scale"
    subject = world.algebra.subject_id
    with school_scope(world.north.school.pk):
        use_scale(
            subject_id=subject,
            grade=None,
            scale=ScaleKind.PASS_FAIL,
            actor=world.actor("Darya"),
            school_id=world.north.school.pk,
            at=NOON,
        )
    assert code(decide(world, "5", reason="к")) == "value_not_in_scale"
    assert code(decide(world, "зач", reason="к")) == ""
    with school_scope(world.north.school.pk):
        put = PeriodMark.objects.select_related("scale").get()
    assert put.scale
    assert put.scale.kind == ScaleKind.PASS_FAIL
