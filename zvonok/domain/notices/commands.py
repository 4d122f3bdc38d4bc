"""Tell families what happened: from facts to lines in their feeds."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.selectors import family_of
from zvonok.domain.history.models import Fact
from zvonok.domain.history.selectors import facts_by_id
from zvonok.domain.notices.models import Notice
from zvonok.domain.notices.rules import TO_CLASS_TEACHERS, notice_kind
from zvonok.domain.schools.selectors import class_teachers_of, students_of_group
from zvonok.kernel.ids import uuid7


def tell(*, school_id: UUID, fact_ids: Sequence[UUID]) -> int:
    """Write a notice for each fact and each member of the family; give how many facts there were.

    Works in the scope of the school. Doing it again changes nothing: a notice is unique by fact and reader.
    """
    facts = facts_by_id(school_id=school_id, fact_ids=list(fact_ids))
    concerned = [(fact, student) for fact in facts for student in _students(fact)]
    if not concerned:
        return len(facts)
    students, day = sorted({student for _, student in concerned}), facts[-1].at.date()
    readers = {False: family_of(student_ids=students, day=day), True: {}}
    if any(_is_for_teachers(fact) for fact in facts):
        readers[True] = class_teachers_of(school_id=school_id, student_ids=students, day=day)
    Notice.objects.bulk_create(_notices(concerned, readers), ignore_conflicts=True, batch_size=500)
    return len(facts)


def _is_for_teachers(fact: Fact) -> bool:
    return notice_kind(fact.kind, fact.data) in TO_CLASS_TEACHERS


def _students(fact: Fact) -> list[UUID]:
    if fact.subject_id:
        return [fact.subject_id]
    if fact.data.get("student_ids"):
        return [UUID(student) for student in fact.data["student_ids"]]
    day = date.fromisoformat(fact.data["due_on"])
    return students_of_group(school_id=fact.school_id, group_id=UUID(fact.data["group_id"]), day=day)


def _notices(
    concerned: Iterable[tuple[Fact, UUID]], readers: dict[bool, dict[UUID, list[UUID]]]
) -> list[Notice]:
    return [
        Notice(
            id=uuid7(),
            school_id=fact.school_id,
            recipient_id=reader,
            student_id=student,
            fact_id=fact.pk,
            kind=kind,
            data=fact.data,
            at=fact.at,
        )
        for fact, student in concerned
        if (kind := notice_kind(fact.kind, fact.data))
        for reader in readers[_is_for_teachers(fact)].get(student, [])
    ]


def read_notices_of_teacher(*, actor: Actor, school_id: UUID, at: datetime) -> None:
    """Note that the actor has read what the families of a school have written, as far as there is any by `at`."""
    unread = Notice.objects.filter(
        school_id=school_id,
        recipient_id=actor.person_id,
        kind__in=TO_CLASS_TEACHERS,
        read_at=None,
        at__lte=at,
    )
    unread.update(read_at=at)


def read_notices(*, actor: Actor, school_id: UUID, student_ids: Sequence[UUID], at: datetime) -> None:
    """Note that the actor has read all notices of a school about some students that there are by `at`."""
    unread = Notice.objects.filter(
        school_id=school_id,
        recipient_id=actor.person_id,
        student_id__in=student_ids,
        read_at=None,
        at__lte=at,
    )
    unread.update(read_at=at)
