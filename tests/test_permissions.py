"""Role × address × status, for every address of the house: an address that is missing here fails.

The things asked for are the North school's: Monday's algebra of 7Б, its group, its class, and Vera's diary
as it stands on her mother's page. 404 where the very existence is private, 403 where it is not, 302 to the
sign-in for guests.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.domain.test_homework import given
from tests.domain.test_homework_files import put
from tests.domain.test_submissions import send
from tests.handing_in import PDF, hand_in
from tests.world import MONDAY, NOON, World
from zvonok.domain.attendance.commands import NoteEdit, WholeDayEdit, explain_absence, put_whole_day
from zvonok.domain.attendance.rules import Reach
from zvonok.domain.marks.commands.put import MarkEdit, put_marks
from zvonok.domain.people.models import Account
from zvonok.domain.planning.commands.lay import lay_plan
from zvonok.domain.schools.models import SchoolClass, StudyGroup
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope

ROLES = {
    "guest": None,
    "student": "Vera",
    "parent": "Maria",
    "other-parent": "Olga",
    "trusted": "Zoya",
    "teacher": "Anna",
    "other-teacher": "Oleg",
    "far-teacher": "Egor",
    "deputy": "Darya",
    "school-admin": "Yana",
    "authority": "Nina",
    "support": "Sonya",
}
Expected = dict[str, int]


def everyone(status: int, **others: int) -> Expected:
    """Expect one status of all roles but those named; `_` in a name stands for a hyphen."""
    return {role: status for role in ROLES} | {role.replace("_", "-"): code for role, code in others.items()}


def signed_in(status: int, **others: int) -> Expected:
    """Expect guests to be shown the way to the sign-in."""
    return everyone(status, **({"guest": 302} | others))


OWN_DIARY = signed_in(404, parent=200)
KEEPERS = signed_in(404, teacher=200)
READERS = signed_in(404, teacher=200, deputy=200)
CLASS = signed_in(404, teacher=200, school_admin=200)
OFFICE = signed_in(403, school_admin=200)
SCHOOL_DAY = signed_in(403, deputy=200, school_admin=200)
OVERSEERS = signed_in(403, deputy=200)
LESSON_ACTS = signed_in(403, deputy=400, school_admin=400)
MARKING_ACTS = signed_in(403, deputy=422, school_admin=422)

HANDS_IN = dict.fromkeys(
    ("student", "parent", "other_parent", "teacher", "other_teacher", "deputy", "school_admin"), 400
)

# Name of the address → how it is asked, and what each role is answered.
TABLE: dict[str, tuple[str, Expected]] = {
    "shell:front": ("GET", signed_in(302, guest=200)),
    "shell:language": ("POST", everyone(400)),
    "shell:appearance": ("POST", everyone(302)),
    "shell:uploads": ("POST", signed_in(404, **HANDS_IN)),
    "shell:upload": ("DELETE", signed_in(404, **{who: 204 for who in HANDS_IN})),
    "shell:finish_upload": ("POST", signed_in(404, **{who: 422 for who in HANDS_IN})),
    "identity:sign_in": ("GET", signed_in(302, guest=200)),
    "identity:sign_out": ("GET", everyone(200)),
    "identity:welcome": ("GET", everyone(302)),
    "account:account": ("GET", everyone(302)),
    "account:profile": ("GET", signed_in(200)),
    "account:language": ("POST", signed_in(400)),
    "account:security": ("GET", signed_in(200)),
    "account:sessions": ("GET", signed_in(200)),
    "diary:diaries": ("GET", signed_in(200)),
    "diary:all_notices": ("GET", signed_in(200)),
    "diary:diary": ("GET", signed_in(404, parent=302)),
    "diary:week": ("GET", OWN_DIARY),
    "diary:day": ("GET", OWN_DIARY),
    "diary:marks": ("GET", OWN_DIARY),
    "diary:mark": ("GET", OWN_DIARY),
    "diary:final_marks": ("GET", OWN_DIARY),
    "diary:attendance": ("GET", OWN_DIARY),
    "diary:send_note": ("POST", signed_in(404, parent=422)),
    "diary:withdraw_note": ("POST", signed_in(404, parent=302)),
    "diary:file": ("GET", signed_in(404, parent=409)),
    "diary:file_preview": ("GET", signed_in(404)),
    "diary:homework": ("GET", OWN_DIARY),
    "diary:hand_in": ("POST", signed_in(404, parent=422)),
    "diary:take_back": ("POST", signed_in(404, parent=302)),
    "diary:done": ("POST", signed_in(404, parent=302)),
    "diary:work_file": ("GET", signed_in(404, parent=409)),
    "diary:work_file_preview": ("GET", signed_in(404)),
    "diary:notices": ("GET", OWN_DIARY),
    "diary:seen": ("POST", signed_in(404, parent=204)),
    "journal:day": ("GET", signed_in(403, teacher=200, other_teacher=200, far_teacher=200, deputy=200)),
    "journal:offline": ("GET", signed_in(200)),
    "journal:token": ("GET", signed_in(200)),
    "journal:service_worker": ("GET", everyone(200)),
    "journal:group": ("GET", signed_in(404, teacher=302, deputy=302)),
    "journal:month": ("GET", READERS),
    "journal:averages": ("GET", READERS),
    "journal:month_lessons": ("GET", READERS),
    "journal:period": ("GET", READERS),
    "journal:period_averages": ("GET", READERS),
    "journal:year": ("GET", READERS),
    "journal:year_averages": ("GET", READERS),
    "journal:cell": ("GET", READERS),
    "journal:cells": ("POST", signed_in(404, teacher=400, deputy=400)),
    "journal:period_marks": ("GET", READERS),
    "journal:period_column": ("GET", READERS),
    "journal:period_cells": ("POST", signed_in(404, teacher=400, deputy=400)),
    "journal:period_why": ("GET", READERS),
    "journal:print": ("GET", READERS),
    "journal:print_pdf": ("GET", READERS),
    "journal:print_xlsx": ("GET", READERS),
    "journal:findings": ("GET", READERS),
    "journal:my_findings": (
        "GET",
        signed_in(403, teacher=200, other_teacher=200, far_teacher=200, deputy=200),
    ),
    "journal:lesson": ("GET", KEEPERS),
    "journal:work": ("GET", KEEPERS),
    "journal:register": ("POST", signed_in(404, teacher=302)),
    "journal:column": ("GET", KEEPERS),
    "journal:new_column": ("GET", KEEPERS),
    "journal:topic": ("POST", signed_in(404, teacher=422)),
    "journal:homework": ("POST", signed_in(404, teacher=422)),
    "journal:load": ("GET", KEEPERS),
    "journal:tests": ("GET", KEEPERS),
    "journal:withdraw_test": ("POST", signed_in(404, teacher=302)),
    "journal:settle": ("POST", signed_in(404, teacher=422)),
    "journal:absences": ("POST", signed_in(404, teacher=302)),
    "journal:note": ("POST", signed_in(404, teacher=302)),
    "journal:drop_template": ("POST", signed_in(404, teacher=302)),
    "journal:files": ("POST", signed_in(404, teacher=302)),
    "journal:file": ("GET", signed_in(404, teacher=409)),
    "journal:file_preview": ("GET", signed_in(404)),
    "journal:remark": ("POST", signed_in(404, teacher=422)),
    "journal:withdraw_remark": ("POST", signed_in(404, teacher=302)),
    "journal:plan": ("GET", READERS),
    "journal:plan_file": ("GET", READERS),
    "journal:plan_act": ("POST", signed_in(404, teacher=400)),
    "journal:plan_add": ("POST", signed_in(404, teacher=422)),
    "journal:plan_topic": ("GET", KEEPERS),
    "journal:plan_bring_in": ("GET", KEEPERS),
    "journal:plan_copy": ("GET", KEEPERS),
    "journal:plan_lay": ("POST", signed_in(404, teacher=422)),
    "journal:plan_template": ("GET", KEEPERS),
    "journal:classes": ("GET", signed_in(403, deputy=200)),
    "journal:class": ("GET", signed_in(404, teacher=200, deputy=200, school_admin=302)),
    "journal:class_families": ("GET", CLASS),
    "journal:class_attendance": ("GET", signed_in(404, teacher=302, deputy=302)),
    "journal:class_month": ("GET", READERS),
    "journal:class_notes": ("GET", READERS),
    "journal:accept_note": ("POST", signed_in(404, teacher=302)),
    "journal:return_note": ("POST", signed_in(404, teacher=422)),
    "journal:whole_day": ("POST", signed_in(404, teacher=422)),
    "journal:withdraw_whole_day": ("POST", signed_in(404, teacher=302)),
    "journal:summary": ("GET", READERS),
    "journal:summary_pdf": ("GET", READERS),
    "journal:summary_xlsx": ("GET", READERS),
    "journal:submissions": ("GET", KEEPERS),
    "journal:pupil_work": ("GET", KEEPERS),
    "journal:answer_work": ("POST", signed_in(404, teacher=422)),
    "journal:work_file": ("GET", signed_in(404, teacher=409)),
    "journal:work_file_preview": ("GET", signed_in(404)),
    "office:office": ("GET", OFFICE),
    "office:today": ("GET", SCHOOL_DAY),
    "office:day": ("GET", SCHOOL_DAY),
    "office:plans": ("GET", signed_in(403, deputy=200)),
    "office:lesson": ("GET", SCHOOL_DAY),
    "office:cancel": ("POST", LESSON_ACTS),
    "office:replace": ("POST", LESSON_ACTS),
    "office:join": ("POST", LESSON_ACTS),
    "office:restore": ("POST", LESSON_ACTS),
    "office:marking": ("GET", SCHOOL_DAY),
    "office:add_kind": ("POST", MARKING_ACTS),
    "office:kind": ("GET", SCHOOL_DAY),
    "office:move_kind": ("POST", signed_in(403, deputy=302, school_admin=302)),
    "office:use_scale": ("POST", MARKING_ACTS),
    "office:leave_scale": ("POST", MARKING_ACTS),
    "office:set_bounds": ("POST", MARKING_ACTS),
    "office:set_terms": ("POST", signed_in(403, deputy=302, school_admin=302)),
    "office:set_points": ("POST", signed_in(403, deputy=422, school_admin=422)),
    "office:periods": ("GET", OVERSEERS),
    "office:rules": ("GET", OVERSEERS),
    "office:period": ("GET", OVERSEERS),
    "office:closing": ("POST", signed_in(403, deputy=302)),
    "office:close_period": ("POST", signed_in(403, deputy=422)),
    "office:unlock_period": ("POST", signed_in(403, deputy=422)),
    "office:lock_again": ("POST", signed_in(403, deputy=404)),
    "office:control": ("GET", OVERSEERS),
    "office:changes": ("GET", OVERSEERS),
    "office:control_file": ("GET", OVERSEERS),
    "office:control_note": ("POST", signed_in(403, deputy=422)),
    "office:close_note": ("POST", signed_in(403, deputy=404)),
    "office:imports": ("GET", OFFICE),
    "office:import": ("GET", signed_in(403, school_admin=404)),
    "office:apply": ("POST", signed_in(403, school_admin=404)),
    "office:staff_slips": ("POST", signed_in(403, school_admin=422)),
    "office:class_slips": ("POST", signed_in(403, teacher=422, school_admin=422)),
    "operations:healthz": ("GET", everyone(200)),
    "operations:readyz": ("GET", everyone(200)),
    "operations:metrics": ("GET", everyone(200)),
}

POSTED = {name for name, (method, _) in TABLE.items() if method != "GET"}


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}"
        else:
            yield from names(entry, f"{entry.namespace}:" if entry.namespace else prefix)


def test_every_address_stands_in_the_table() -> None:
    assert set(names(get_resolver())) == set(TABLE)


@pytest.fixture
def things(world: World) -> dict[str, Any]:
    """What the addresses name."""
    mark = MarkEdit(id=uuid7(), student_id=world.people["Vera"].pk, value="5", work="TEST")
    with school_scope(world.north.school.pk):
        put_marks(actor=world.actor("Anna"), lesson_id=world.algebra.pk, edits=[mark], at=NOON)
        topics = lay_plan(school_id=world.north.school.pk, group_id=world.algebra.group_id, topics=["Roots"])
        parallel = StudyGroup.objects.create(
            id=uuid7(),
            school=world.north.school,
            year=world.north.year,
            subject=world.algebra.subject,
            code="7В",
        )
        parallel.school_class = SchoolClass.objects.create(
            id=uuid7(), school=world.north.school, year=world.north.year, title="7В", grade=7
        )
        parallel.save(update_fields=["school_class"])
        lay_plan(school_id=world.north.school.pk, group_id=parallel.pk, topics=["Powers"])
        note_id, whole_id = _absences(world)
    homework = given(world, "№ 214", hand_in=True)
    file = hand_in(world, PDF, who="Maria")
    send(world, homework, who="Maria", files=(file.pk,))
    own = hand_in(world, PDF)
    put(world, own)
    return {
        "link": world.link("Maria", "Vera"),
        "school_id": world.north.school.pk,
        "upload_id": uuid7(),
        "file_id": own.pk,
        "homework_id": homework.pk,
        "work_file_id": file.pk,
        "day": MONDAY,
        "mark": mark.id,
        "group_id": world.algebra.group_id,
        "month": MONDAY.replace(day=1),
        "number": world.north.period.number,
        "lesson_id": world.algebra.pk,
        "remark_id": uuid7(),
        "template_id": uuid7(),
        "work_id": uuid7(),
        "class_id": world.north.classes["7Б"].pk,
        "run_id": uuid7(),
        "work": "TEST",
        "code": "TEST",
        "scale": "HUNDRED",
        "column": "2",
        "period": "2",
        "period_id": world.north.period.pk,
        "unlock_id": uuid7(),
        "student_id": world.people["Vera"].pk,
        "topic_id": topics[0],
        "source_id": parallel.pk,
        "note": note_id,
        "note_id": note_id,
        "whole_id": whole_id,
    }


def _absences(world: World) -> tuple[UUID, UUID]:
    """Let Vera's mother explain today, and Anna note tomorrow."""
    school, vera, tomorrow = world.north.school.pk, world.people["Vera"].pk, MONDAY + timedelta(days=1)
    note = NoteEdit(uuid7(), vera, Reach(MONDAY, MONDAY), "ILLNESS")
    explain_absence(actor=world.actor("Maria"), school_id=school, edit=note, at=NOON)
    whole = WholeDayEdit(uuid7(), vera, tomorrow, tomorrow, "ILL")
    put_whole_day(actor=world.actor("Anna"), school_id=school, edit=whole, at=NOON)
    return note.id, whole.id


def parameters(name: str) -> set[str]:
    def found(resolver: URLResolver, prefix: str = "") -> Iterator[set[str]]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                yield from found(entry, f"{entry.namespace}:" if entry.namespace else prefix)
            elif f"{prefix}{entry.name}" == name:
                yield set(entry.pattern.converters)

    return next(found(get_resolver()))


@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_role_is_answered_as_the_table_says(name: str, world: World, things: dict[str, Any]) -> None:
    method, expected = TABLE[name]
    path = reverse(name, kwargs={key: things[key] for key in parameters(name)})
    answered = {}
    for role, person in ROLES.items():
        client = Client()
        if person:
            client.force_login(Account.objects.get(login=person.lower()))
        response = client.generic(method, path)
        answered[role] = response.status_code
    assert answered == expected


@pytest.mark.parametrize("name", sorted(POSTED - {"office:class_slips", "office:staff_slips"}))
def test_nothing_is_changed_by_a_get(name: str, world: World, things: dict[str, Any]) -> None:
    client = Client()
    client.force_login(Account.objects.get(login="anna"))
    path = reverse(name, kwargs={key: things[key] for key in parameters(name)})
    answer = client.get(path)
    if answer.status_code == 302:  # the page that the form stands on
        pages = [
            reverse(page, args=[world.algebra.pk])
            for page in ("journal:lesson", "journal:tests", "office:lesson")
        ]
        assert answer.headers["Location"] in pages
        return
    assert answer.status_code in (403, 404, 405)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_stranger_of_another_school_learns_nothing(name: str, world: World, things: dict[str, Any]) -> None:
    """Ids that exist and ids that do not are answered alike."""
    method, _ = TABLE[name]
    keys = parameters(name) & {
        "link",
        "mark",
        "group_id",
        "student_id",
        "lesson_id",
        "class_id",
        "run_id",
        "topic_id",
        "source_id",
        "file_id",
        "school_id",
        "note_id",
        "whole_id",
    }
    if not keys:
        assert name in TABLE
        return
    client = Client()
    client.force_login(Account.objects.get(login="egor"))
    answers = []
    for values in (things, things | {key: uuid7() for key in keys}):
        path = reverse(name, kwargs={key: values[key] for key in parameters(name)})
        response = client.generic(method, path)
        answers.append(response.status_code)
    assert answers[0] == answers[1]
