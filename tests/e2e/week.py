"""A week with something to see on every page: what Anna and the office do on the world's Monday."""

from datetime import timedelta
from uuid import UUID

from tests.screens.diary.desk import Desk
from tests.world import MONDAY, NOON, World
from zvonok.domain.attendance.commands import (
    AbsenceEdit,
    NoteEdit,
    WholeDayEdit,
    explain_absence,
    put_absences,
    put_whole_day,
    return_note,
)
from zvonok.domain.attendance.rules import Reach
from zvonok.domain.attestation.commands.put import PeriodEdit, put_period_marks
from zvonok.domain.history.models import Fact
from zvonok.domain.notices.commands import tell
from zvonok.domain.planning.commands.lay import lay_plan
from zvonok.domain.planning.rules import Draft
from zvonok.domain.remarks.commands import make_remark
from zvonok.domain.timetable.commands.journal import write_topic
from zvonok.domain.timetable.commands.substitute import Replacement, cancel_lesson, replace_lesson
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.ids import uuid7

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


def fill_the_week(world: World) -> None:
    """Anna fills her journal, the worker tells the families, and the office changes two lessons."""
    desk = Desk(world)
    _teach(desk)
    with desk.scope:
        facts = list(Fact.objects.values_list("pk", flat=True))
        tell(school_id=world.north.school.pk, fact_ids=facts)
        _say(world)
        _excuse(world)
        _change(world, cancelled=desk.lesson(TUESDAY, 2), replaced=desk.lesson(WEDNESDAY, 1))


def _teach(desk: Desk) -> None:
    desk.lesson(TUESDAY, 1)
    first = desk.mark("3", work="TEST", weight=3)
    desk.mark(
        "4", work="TEST", weight=3, comment="Вторая попытка", seen=first, at=NOON + timedelta(minutes=1)
    )
    desk.mark("5", on=desk.lesson(slot=2))
    desk.mark("2", on=desk.lesson(slot=3), comment="Без домашней работы")
    desk.miss("LATE", minutes=7)
    desk.task("№ 112–115, повторить формулы сокращённого умножения", due=TUESDAY, minutes=40)


def _say(world: World) -> None:
    anna = world.actor("Anna")
    monday = {"actor": anna, "lesson_id": world.algebra.pk, "at": NOON}
    topics = [
        Draft(title="Квадрат суммы", section="Формулы", hours=2, homework="№ 112", homework_minutes=20),
        Draft(title="Контрольная работа", section="Формулы", control="TEST"),
        *(Draft(title=f"Степени, урок {number}", section="Степени") for number in range(1, 9)),
    ]
    lay_plan(school_id=world.north.school.pk, group_id=world.algebra.group_id, topics=topics)
    write_topic(**monday, topic="Квадрат суммы и квадрат разности", version=0)  # type: ignore[arg-type]
    for kind, text in (("PRAISE", "Помогла соседу разобраться"), ("ORGANISATION", "Забыла тетрадь")):
        make_remark(
            **monday,  # type: ignore[arg-type]
            edit_id=uuid7(),
            student_id=world.people["Vera"].pk,
            kind=kind,
            text=text,
        )
    edit = PeriodEdit(uuid7(), world.people["Vera"].pk, "4", "Олимпиада")
    put_period_marks(actor=anna, group=world.algebra.group, column="2", edits=[edit], at=NOON)


def _excuse(world: World) -> None:
    """Vera's mother explains, Pyotr's waits to be asked, and Anna notes his whole day."""
    school, anna, maria = world.north.school.pk, world.actor("Anna"), world.actor("Maria")
    vera, pyotr = world.people["Vera"].pk, world.people["Pyotr"].pk
    waiting = NoteEdit(uuid7(), vera, Reach(MONDAY, MONDAY, 2, 3), "DOCTOR", "Были у стоматолога")
    returned = NoteEdit(uuid7(), vera, Reach(MONDAY, TUESDAY), "OTHER", "Проспали")
    for edit in (waiting, returned):
        explain_absence(actor=maria, school_id=school, edit=edit, at=NOON)
    return_note(actor=anna, school_id=school, note_id=returned.id, answer="Это не причина", at=NOON)
    days = WholeDayEdit(uuid7(), pyotr, MONDAY, MONDAY, "UNEXCUSED")
    put_whole_day(actor=anna, school_id=school, edit=days, at=NOON)
    last = AbsenceEdit(uuid7(), vera, "UNEXCUSED")
    lesson_id = Lesson.objects.get(day=MONDAY, slot=3, group=world.algebra.group).pk
    put_absences(actor=anna, lesson_id=lesson_id, edits=[last], at=NOON)


def _change(world: World, *, cancelled: Lesson, replaced: Lesson) -> None:
    seen = {"actor": world.actor("Darya"), "version": 0, "has_entries": _nothing, "at": NOON}
    cancel_lesson(**seen, lesson_id=cancelled.pk, reason="Карантин")  # type: ignore[arg-type]
    replace_lesson(
        **seen,  # type: ignore[arg-type]
        lesson_id=replaced.pk,
        reason="Болезнь учителя",
        replacement=Replacement(
            replaced.subject_id, world.people["Oleg"].pk, world.north.rooms["305"].pk, replaced.slot
        ),
    )


def _nothing(_lesson: UUID) -> bool:
    return False
