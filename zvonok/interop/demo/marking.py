"""How the demo schools mark: set by their deputy heads, so that the page of marking has a history."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import UUID

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.selectors import actor_of
from zvonok.domain.marks.commands.past import PastWork
from zvonok.domain.marks.commands.settings import Kind, add_kind, set_terms, use_scale
from zvonok.domain.marks.models import ScaleKind
from zvonok.domain.people.models import Account
from zvonok.domain.schools.models import Role, School, StaffRole, Subject
from zvonok.interop.demo import words

DAYS_TO_CORRECT = 14


def set_marking(school: School, *, day: date, at: datetime) -> str:
    """Set how a school marks, and give the code of the kind of work of its own; "" where nobody may set it."""
    actor = _deputy(school, day)
    if actor is None:
        return ""
    own: dict[str, Any] = {"actor": actor, "school_id": school.pk}
    set_terms(correct_within=DAYS_TO_CORRECT, at=at, **own)
    passed = Subject.objects.filter(school=school, name=words.PASSED_SUBJECT).first()
    if passed:
        use_scale(subject_id=passed.pk, grade=words.PASSED_GRADE, scale=ScaleKind.PASS_FAIL, at=at, **own)
    return add_kind(kind=Kind(words.RECITING, "наиз.", 2, counts=True, is_test=False), at=at, **own)


def _deputy(school: School, day: date) -> Actor | None:
    posts = StaffRole.objects.filter(school=school, role=Role.DEPUTY_HEAD, valid_on__contains=day)
    accounts = Account.objects.filter(person__in=posts.values("person")).order_by("login")
    account = accounts.first()
    return actor_of(account_id=account.pk, day=day) if account else None


def passed(work: PastWork) -> PastWork:
    """Make a work that is passed or failed out of one with marks."""
    marks = tuple(
        (student, "незач" if value == "2" else "зач", comment) for student, value, comment in work.marks
    )
    return replace(work, marks=marks, scale=ScaleKind.PASS_FAIL)


def comments(
    lesson_id: UUID, subject_id: UUID, day: date, *, put_by: UUID, put_at: datetime, students: list[UUID]
) -> Iterator[PastWork]:
    """Write to one or two children of the first grade how it goes, after every other lesson."""
    rng = Random(f"{lesson_id.int % 9973}-comments")
    if students and rng.random() < 0.5:
        praised = rng.sample(students, min(len(students), rng.randint(1, 2)))
        marks = tuple((student, "", rng.choice(words.FIRST_GRADE_COMMENTS)) for student in praised)
        yield PastWork(lesson_id, subject_id, day, "ANSWER", 1, put_by, put_at, marks, ScaleKind.UNGRADED)
