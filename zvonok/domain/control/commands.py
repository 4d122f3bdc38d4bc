"""Write to a teacher about a finding, and close what is mended."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.control.facts import ControlNoteClosed, ControlNoteSent
from zvonok.domain.control.inputs import Scope
from zvonok.domain.control.models import ControlNote
from zvonok.domain.control.policy import may_control
from zvonok.domain.control.rules import Key
from zvonok.domain.control.selectors import NoteLine, findings_of, open_notes
from zvonok.domain.history.commands import record
from zvonok.domain.schools.models import StudyGroup
from zvonok.kernel.refusals import Refused


class NotTheOverseer(Refused):
    """Somebody else than the deputy head or the head wrote or closed a note."""

    message = _("Only the deputy head and the head write to teachers about their journals.")


class FindingIsMended(Refused):
    """What a note would tell of does not hold any more."""

    message = _("This is mended already.")


class NoteIsOpen(Refused):
    """The teacher has been told of this and it is not mended."""

    message = _("The teacher has a note about this already.")


class NobodyToTell(Refused):
    """The study group has no teacher."""

    message = _("Nobody teaches this group, so there is nobody to write to.")


@transaction.atomic
def send_note(
    *, actor: Actor, school_id: UUID, note_id: UUID, key: Key, text: str, at: datetime
) -> ControlNote:
    """Write to the teacher of a finding. The same `note_id` twice sends one note.

    Raises: NotTheOverseer, FindingIsMended, NobodyToTell, NoteIsOpen. Records: ControlNoteSent.
    """
    if not may_control(actor, school_id=school_id):
        raise NotTheOverseer
    check, group, period, lesson, student = key
    # The lock lets two deputy heads write one note, not two.
    StudyGroup.objects.select_for_update(no_key=True).filter(school_id=school_id, pk=group).first()
    sent = ControlNote.objects.filter(school_id=school_id, pk=note_id).first()
    if sent is not None:
        return sent
    about: dict[str, Any] = {
        "check_code": check,
        "group": group,
        "period": period,
        "lesson": lesson,
        "student": student,
    }
    if ControlNote.objects.filter(school_id=school_id, closed_at=None, **about).exists():
        raise NoteIsOpen
    teacher = _teacher_to_tell(school_id, key, at)
    note = ControlNote.objects.create(
        id=note_id,
        school_id=school_id,
        text=text,
        teacher_id=teacher,
        sent_by_id=actor.person_id,
        sent_at=at,
        **{name if name == "check_code" else f"{name}_id": value for name, value in about.items()},
    )
    fact = ControlNoteSent(
        thing_id=note.pk, check=check, teacher_id=teacher, group_id=group, lesson_id=lesson, text=text
    )
    record([fact], school_id=school_id, actor_id=actor.person_id, at=at)
    return note


def _teacher_to_tell(school_id: UUID, key: Key, at: datetime) -> UUID:
    """Look for the finding once more, and give whose it is."""
    scope = Scope(school_id, period_id=key[2], group_ids=[key[1]])
    finding = next((one for one in findings_of(scope, at=at) if one.key == key), None)
    if finding is None:
        raise FindingIsMended
    if finding.teacher_id is None:
        raise NobodyToTell
    return finding.teacher_id


@transaction.atomic
def close_note(*, actor: Actor, school_id: UUID, note_id: UUID, at: datetime) -> None:
    """Close a note whose finding may stay as it is; one that is closed stays as it was closed.

    Raises: NotTheOverseer, ControlNote.DoesNotExist. Records: ControlNoteClosed.
    """
    if not may_control(actor, school_id=school_id):
        raise NotTheOverseer
    note = ControlNote.objects.select_for_update().get(school_id=school_id, pk=note_id)
    if note.closed_at is None:
        ControlNote.objects.filter(pk=note.pk).update(closed_at=at, closed_by=actor.person_id)
        fact = ControlNoteClosed(
            thing_id=note.pk,
            check=note.check_code,
            teacher_id=note.teacher_id,
            group_id=note.group_id,
            mended=False,
        )
        record([fact], school_id=school_id, actor_id=actor.person_id, at=at)


@transaction.atomic
def close_mended_notes(*, school_id: UUID, at: datetime) -> int:
    """Close the notes of a school whose findings no longer hold; give how many. Records: ControlNoteClosed."""
    mended = {note.id: note for note in open_notes(school_id=school_id, at=at) if note.finding is None}
    if not mended:
        return 0
    still_open = ControlNote.objects.select_for_update().filter(
        school_id=school_id, pk__in=mended, closed_at=None
    )
    closed = [mended[key] for key in still_open.order_by("pk").values_list("pk", flat=True)]
    ControlNote.objects.filter(pk__in=[note.id for note in closed]).update(closed_at=at)
    record(list(_told(closed)), school_id=school_id, actor_id=None, at=at)
    return len(closed)


def _told(notes: Iterable[NoteLine]) -> Iterable[ControlNoteClosed]:
    for note in notes:
        yield ControlNoteClosed(
            thing_id=note.id,
            check=str(note.check),
            teacher_id=note.teacher_id,
            group_id=note.group_id,
            mended=True,
        )
