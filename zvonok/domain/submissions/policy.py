"""Who hands works in, and who looks at them."""

from uuid import UUID

from django.db.models import QuerySet

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.grant import Basis, Grant
from zvonok.domain.access.models import Section
from zvonok.domain.access.selectors import grant_for, open_diaries_of
from zvonok.domain.homework.models import Homework
from zvonok.domain.timetable.policy import lessons_to_mark, may_mark


def homework_to_look_at(actor: Actor, *, school_id: UUID) -> QuerySet[Homework]:
    """List the standing homework of lessons whose journal the actor keeps."""
    own = lessons_to_mark(actor, school_id=school_id)
    return Homework.objects.filter(school_id=school_id, withdrawn_at=None, issued_lesson__in=own)


def may_look_at(actor: Actor, homework: Homework) -> bool:
    """Say whether the actor looks at what was handed in for a homework."""
    return homework.withdrawn_at is None and may_mark(actor, homework.issued_lesson)


def hands_in(grant: Grant | None) -> bool:
    """Say whether a right to read a diary is one to hand in, too: the pupil's own and the guardians'."""
    return grant is not None and grant.basis != Basis.TRUSTED and grant.opens(Section.HOMEWORK)


def may_hand_in_for(actor: Actor, *, student_id: UUID) -> bool:
    """Say whether the actor hands in for a student; one query."""
    return hands_in(grant_for(person_id=actor.person_id, student_id=student_id, day=actor.day))


def students_to_hand_in_for(actor: Actor) -> set[UUID]:
    """List the students whose diary is on the actor's page and for whom the actor hands in; one query."""
    own = open_diaries_of(account_id=actor.account_id, day=actor.day) if actor.account_id else []
    return {diary.student_id for diary in own if hands_in(diary.grant)}
