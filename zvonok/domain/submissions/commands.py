"""Hand works in, take them back, answer them: the only way into their tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.files.models import ContentState
from zvonok.domain.files.rules import MOST_FILES
from zvonok.domain.files.selectors import files_of
from zvonok.domain.history.commands import record
from zvonok.domain.history.facts import Happening
from zvonok.domain.homework.file_commands import FileIsNotYours, FileWasRefused, TooManyFiles
from zvonok.domain.homework.models import Homework
from zvonok.domain.submissions import rules
from zvonok.domain.submissions.facts import (
    HomeworkTicked,
    WorkAccepted,
    WorkAnswered,
    WorkHandedIn,
    WorkReturned,
    WorkTakenBack,
)
from zvonok.domain.submissions.models import DoneTick, Opening, Submission, SubmissionFile, WorkState
from zvonok.domain.submissions.policy import may_hand_in_for, may_look_at
from zvonok.domain.submissions.selectors import Task, is_for, task
from zvonok.domain.timetable.commands.journal import EditIsUsed, NotTheTeacher
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import scoped_school


class TaskIsGone(Refused):
    """The homework was worded anew or taken back a moment ago, or is not for this pupil."""

    message = _("This homework was changed or taken back. Open the page again.")


class NotYoursToHandIn(Refused):
    """The actor is neither the pupil nor a guardian."""

    message = _("Only the pupil and the parents can hand work in.")


class NothingIsHandedIn(Refused):
    """The teacher asks for nothing to be handed in, or nothing was."""

    message = _("There is nothing to be handed in here.")


class WorkIsEmpty(Refused):
    """Neither words nor files."""

    message = _("Write something or add a file: an empty work cannot be handed in.")


class WorkHasChanged(Refused):
    """A newer version was handed in, or the teacher has answered, since the page was opened."""

    message = _("Something has happened to this work since you opened the page. Look at it again first.")


class WorkIsSettled(Refused):
    """The deadline has passed, or the work was accepted."""

    message = _("The deadline has passed or the work was accepted, so it cannot be replaced any more.")


class TeacherHasIt(Refused):
    """Too late to take the work back."""

    message = _("The teacher has looked at the work or the deadline has passed, so it stays handed in.")


class SayWhatToDo(Refused):
    """Returned without a word."""

    message = _("Write what is to be done better: the work is returned with your words.")


@dataclass(frozen=True, slots=True)
class Handing:
    """What a family hands in; `seen` is the version that stood there, and `keep` those of its files that stay."""

    id: UUID
    text: str
    files: tuple[UUID, ...] = ()
    keep: tuple[UUID, ...] = ()
    seen: UUID | None = None


@transaction.atomic
def hand_in(
    *, actor: Actor, homework_id: UUID, student_id: UUID, handing: Handing, at: datetime
) -> Submission:
    """Hand a work in for a student; it takes the place of the version before. The same twice is once.

    Raises: TaskIsGone, NotYoursToHandIn, NothingIsHandedIn, WorkIsEmpty, WorkHasChanged, WorkIsSettled,
    FileIsNotYours, FileWasRefused, TooManyFiles, EditIsUsed. Records: WorkHandedIn.
    Source: README.md of the app, rules S-1 to S-4.
    """
    asked = _locked_task(homework_id)
    _check_family(actor, asked, student_id)
    own = Submission.objects.filter(
        school_id=asked.school_id, homework_id=asked.chain_id, student_id=student_id
    )
    known = own.filter(pk=handing.id).first()
    if known:
        return known
    before = own.filter(withdrawn_at=None).first()
    _check_may_hand_in(asked, before, handing, at)
    files = _files(actor, asked, before, handing)
    if not (handing.text or files):
        raise WorkIsEmpty
    own.filter(withdrawn_at=None).update(withdrawn_at=at)
    made = Submission(
        id=handing.id,
        school_id=asked.school_id,
        homework_id=asked.chain_id,
        student_id=student_id,
        number=own.count() + 1,
        text=handing.text,
        put_by_id=actor.person_id,
        put_at=at,
    )
    _insert(made, files)
    late = rules.is_late(put_at=at, deadline=asked.deadline)
    about = _about(asked, made.pk, student_id)
    _record(WorkHandedIn(number=made.number, files=len(files), late=late, **about), asked, actor, at)
    return made


@transaction.atomic
def take_back(*, actor: Actor, homework_id: UUID, student_id: UUID, seen: UUID, at: datetime) -> None:
    """Take a work back, until the deadline and unless the teacher has looked at it.

    Raises: TaskIsGone, NotYoursToHandIn, WorkHasChanged, TeacherHasIt. Records: WorkTakenBack.
    """
    asked = _locked_task(homework_id)
    _check_family(actor, asked, student_id)
    work = _seen(asked, student_id, seen)
    if not rules.may_take_back(
        state=work.state, looked=work.looked_at is not None, at=at, deadline=asked.deadline
    ):
        raise TeacherHasIt
    Submission.objects.filter(school_id=asked.school_id, pk=work.pk).update(withdrawn_at=at)
    _record(WorkTakenBack(**_about(asked, work.pk, student_id)), asked, actor, at)


def reply(*, actor: Actor, homework_id: UUID, student_id: UUID, seen: UUID, text: str, at: datetime) -> None:
    """Write a word to a work; its state stays.

    Raises: TaskIsGone, NotTheTeacher, WorkHasChanged, SayWhatToDo. Records: WorkAnswered.
    """
    _answer(actor, homework_id, student_id, seen=seen, text=text, state=None, at=at)


def return_for_rework(
    *, actor: Actor, homework_id: UUID, student_id: UUID, seen: UUID, text: str, at: datetime
) -> None:
    """Give a work back with what is to be done better; then it may be handed in after the deadline, too.

    Raises: TaskIsGone, NotTheTeacher, WorkHasChanged, SayWhatToDo. Records: WorkReturned.
    """
    _answer(actor, homework_id, student_id, seen=seen, text=text, state=WorkState.RETURNED, at=at)


def accept(*, actor: Actor, homework_id: UUID, student_id: UUID, seen: UUID, text: str, at: datetime) -> None:
    """Accept a work, with a word or without.

    Raises: TaskIsGone, NotTheTeacher, WorkHasChanged. Records: WorkAccepted.
    """
    _answer(actor, homework_id, student_id, seen=seen, text=text, state=WorkState.ACCEPTED, at=at)


@transaction.atomic
def note_look(*, task: Task, submission_id: UUID, at: datetime) -> None:
    """Note that the teacher has looked at a work, at the first look alone. The caller has asked the policy."""
    Submission.objects.filter(
        school_id=task.school_id, pk=submission_id, looked_at=None, withdrawn_at=None
    ).update(looked_at=at)


def note_opening(*, actor: Actor, task: Task, student_id: UUID, at: datetime) -> None:
    """Note that somebody of the family has opened the page of a homework, at the first time alone."""
    row = Opening(
        id=uuid7(),
        school_id=task.school_id,
        homework_id=task.chain_id,
        student_id=student_id,
        reader_id=actor.person_id,
        opened_at=at,
    )
    Opening.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def tick_done(*, actor: Actor, homework_id: UUID, student_id: UUID, at: datetime) -> None:
    """Tick off homework of which nothing is handed in. Ticked already, nothing changes.

    Raises: TaskIsGone, NotYoursToHandIn. Records: HomeworkTicked.
    """
    asked, ticks = _ticks(actor, homework_id, student_id)
    if ticks.exists():
        return
    row = DoneTick(
        id=uuid7(),
        school_id=asked.school_id,
        homework_id=asked.chain_id,
        student_id=student_id,
        put_by_id=actor.person_id,
        put_at=at,
    )
    row.save(force_insert=True)
    _record(HomeworkTicked(done=True, **_about(asked, asked.id, student_id)), asked, actor, at)


@transaction.atomic
def untick_done(*, actor: Actor, homework_id: UUID, student_id: UUID, at: datetime) -> None:
    """Take the tick off again. Raises: TaskIsGone, NotYoursToHandIn. Records: HomeworkTicked."""
    asked, ticks = _ticks(actor, homework_id, student_id)
    if ticks.update(withdrawn_at=at):
        _record(HomeworkTicked(done=False, **_about(asked, asked.id, student_id)), asked, actor, at)


def _ticks(actor: Actor, homework_id: UUID, student_id: UUID) -> tuple[Task, Any]:
    asked = _locked_task(homework_id)
    _check_family(actor, asked, student_id)
    own = {"school_id": asked.school_id, "homework_id": asked.chain_id, "student_id": student_id}
    return asked, DoneTick.objects.filter(**own, withdrawn_at=None)


def _locked_task(homework_id: UUID) -> Task:
    """Lock a homework, so that all that is done with its works goes one after the other, and read it."""
    school_id = scoped_school()
    assert school_id is not None, "works are handed in within the scope of their school"
    found = task(school_id=school_id, homework_id=homework_id)
    if found is None:
        raise TaskIsGone
    standing = Homework.objects.select_for_update(no_key=True)
    if not standing.filter(school_id=school_id, pk=found.id, withdrawn_at=None).exists():
        raise TaskIsGone
    return found


def _check_family(actor: Actor, asked: Task, student_id: UUID) -> None:
    if not may_hand_in_for(actor, student_id=student_id):
        raise NotYoursToHandIn
    if not is_for(asked, student_id):
        raise TaskIsGone


def _check_may_hand_in(asked: Task, before: Submission | None, handing: Handing, at: datetime) -> None:
    if not asked.hand_in:
        raise NothingIsHandedIn
    if (before.pk if before else None) != handing.seen:
        raise WorkHasChanged
    if not rules.may_hand_in(state=before.state if before else None, at=at, deadline=asked.deadline):
        raise WorkIsSettled


def _seen(asked: Task, student_id: UUID, seen: UUID) -> Submission:
    standing = Submission.objects.filter(
        school_id=asked.school_id, homework_id=asked.chain_id, student_id=student_id, withdrawn_at=None
    ).first()
    if standing is None or standing.pk != seen:
        raise WorkHasChanged
    return standing


def _files(actor: Actor, asked: Task, before: Submission | None, handing: Handing) -> list[UUID]:
    """Insist that each file is the actor's own, or one of the version before: an id alone opens nobody's."""
    stood = set(before.files.values_list("file_id", flat=True)) if before else set()
    wanted = list(dict.fromkeys((*(file for file in handing.keep if file in stood), *handing.files)))
    if len(wanted) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    found = files_of(school_id=asked.school_id, file_ids=wanted)
    for key in wanted:
        file = found.get(key)
        if file is None or not (key in stood or file.uploader_id == actor.person_id):
            raise FileIsNotYours
        if file.state in (ContentState.INFECTED, ContentState.UNREADABLE):
            raise FileWasRefused(name=file.name)
    return wanted


def _insert(made: Submission, files: Sequence[UUID]) -> None:
    try:
        made.save(force_insert=True)
    except IntegrityError as error:
        raise EditIsUsed from error
    SubmissionFile.objects.bulk_create(
        SubmissionFile(
            id=uuid7(), school_id=made.school_id, submission=made, file_id=file_id, position=position
        )
        for position, file_id in enumerate(files)
    )


_FACTS: dict[str | None, type[WorkAnswered] | type[WorkReturned] | type[WorkAccepted]] = {
    None: WorkAnswered,
    WorkState.RETURNED: WorkReturned,
    WorkState.ACCEPTED: WorkAccepted,
}


@transaction.atomic
def _answer(
    actor: Actor,
    homework_id: UUID,
    student_id: UUID,
    *,
    seen: UUID,
    text: str,
    state: str | None,
    at: datetime,
) -> None:
    asked = _locked_task(homework_id)
    homework = Homework.objects.select_related("issued_lesson").get(school_id=asked.school_id, pk=asked.id)
    if not may_look_at(actor, homework):
        raise NotTheTeacher
    work = _seen(asked, student_id, seen)
    wanted = state or work.state
    if (work.state, work.reply) == (wanted, text) and work.replied_at:
        return
    if not text and state != WorkState.ACCEPTED:
        raise SayWhatToDo
    Submission.objects.filter(school_id=asked.school_id, pk=work.pk).update(
        state=wanted,
        reply=text,
        replied_by_id=actor.person_id,
        replied_at=at,
        looked_at=work.looked_at or at,
    )
    _record(_FACTS[state](text=text, **_about(asked, work.pk, student_id)), asked, actor, at)


def _about(asked: Task, thing_id: UUID, student_id: UUID) -> dict[str, Any]:
    return {
        "thing_id": thing_id,
        "subject_id": student_id,
        "homework_id": asked.id,
        "subject": asked.subject,
        "due_on": asked.due_on,
    }


def _record(fact: Happening, asked: Task, actor: Actor, at: datetime) -> None:
    record([fact], school_id=asked.school_id, actor_id=actor.person_id, at=at)
    assert fact.subject_id, "each of these facts concerns a student"
    raise_revisions([fact.subject_id], school_id=asked.school_id)
