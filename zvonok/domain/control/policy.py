"""Who looks over the journals of a school, and who sees what was found in one."""

from uuid import UUID

from django.db.models import QuerySet

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.policy import OVERSEERS
from zvonok.domain.control.models import ControlNote


def may_control(actor: Actor, *, school_id: UUID) -> bool:
    """Say whether the actor looks over all journals of a school, and writes notes about them."""
    return school_id in actor.schools_as(*OVERSEERS)


def notes_to_read(actor: Actor, *, school_id: UUID) -> QuerySet[ControlNote]:
    """List the notes the actor may read: one's own, and for those who look over all journals, every note."""
    notes = ControlNote.objects.filter(school_id=school_id)
    return notes if may_control(actor, school_id=school_id) else notes.filter(teacher_id=actor.person_id)


def may_read_note(actor: Actor, note: ControlNote) -> bool:
    """Say whether the actor may read a note."""
    return note.teacher_id == actor.person_id or may_control(actor, school_id=note.school_id)
