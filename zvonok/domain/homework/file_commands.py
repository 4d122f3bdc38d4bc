"""Put files beside homework, and take them away: the only way into their table."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.files.models import ContentState
from zvonok.domain.files.rules import MOST_FILES
from zvonok.domain.files.selectors import FileLine, files_of
from zvonok.domain.history.commands import record
from zvonok.domain.homework.facts import HomeworkFilesChanged
from zvonok.domain.homework.models import Homework, HomeworkFile
from zvonok.domain.schools.selectors import students_of_group
from zvonok.domain.timetable.commands.journal import OpenLesson, open_lesson
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused


class NoHomework(Refused):
    """There is nothing that files could belong to."""

    message = _("Write first what is to be done; files are put beside it.")


class TooManyFiles(Refused):
    """More files than one homework carries."""

    message = _("Beside one homework there is room for %(most)s files.")


class FileIsNotYours(Refused):
    """The file was handed in by somebody else, in another school, or never."""

    message = _("This file is not there. Choose it again.")


class FileWasRefused(Refused):
    """The scanner found something in it, or it is damaged."""

    message = _("The file “%(name)s” was not taken: it is infected or damaged.")


@transaction.atomic
def change_homework_files(
    *,
    actor: Actor,
    lesson_id: UUID,
    at: datetime,
    add: Sequence[UUID] = (),
    drop: Sequence[UUID] = (),
) -> Homework:
    """Put the actor's own files beside the homework given in a lesson, that for all first, and take others away.

    What stands there already, and what does not stand there, changes nothing.
    Raises: NotTheTeacher, LessonIsCancelled, PeriodIsClosed, NoHomework, FileIsNotYours, FileWasRefused,
    TooManyFiles. Records: HomeworkFilesChanged. Source: README.md of the app, rule W-8.
    """
    lesson = open_lesson(actor=actor, lesson_id=lesson_id, at=at, ahead=None)
    given = _standing(lesson)
    homework = given[0]
    beside = HomeworkFile.objects.filter(school_id=lesson.school_id, homework__in=given, withdrawn_at=None)
    known = set(beside.values_list("file_id", flat=True))
    dropped = known.intersection(drop)
    added = [file for file in dict.fromkeys(add) if file not in known]
    if not (added or dropped):
        return homework
    if len(known) - len(dropped) + len(added) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    own = _own_files(actor, lesson.school_id, added)
    beside.filter(file_id__in=dropped).update(withdrawn_at=at)
    _insert(homework, added, put_by_id=actor.person_id, at=at)
    fact = HomeworkFilesChanged(
        thing_id=homework.pk,
        group_id=lesson.group_id,
        added=tuple(file.name for file in own),
        dropped=tuple(sorted(map(str, dropped))),
    )
    record([fact], school_id=lesson.school_id, actor_id=actor.person_id, at=at)
    _raise_revisions(given)
    return homework


def carry_files(before: Homework, after: Homework) -> None:
    """Let the files of a homework go over to its new wording, in the transaction of the change."""
    standing = HomeworkFile.objects.filter(school_id=before.school_id, homework=before, withdrawn_at=None)
    files = list(standing.order_by("put_at", "position").values_list("file_id", flat=True))
    _insert(after, files, put_by_id=after.put_by_id, at=after.put_at)


def note_settled(*, school_id: UUID, file_ids: Sequence[UUID]) -> None:
    """Let families see that the scanner has looked at some files, where these stand beside homework."""
    standing = Homework.objects.filter(
        school_id=school_id, withdrawn_at=None, files__file_id__in=file_ids, files__withdrawn_at=None
    )
    _raise_revisions(list(standing.distinct()))


def _standing(lesson: OpenLesson) -> list[Homework]:
    given = Homework.objects.filter(school_id=lesson.school_id, issued_lesson_id=lesson.id, withdrawn_at=None)
    standing = list(given.order_by("audience", "put_at", "id"))
    if not standing:
        raise NoHomework
    return standing


def _own_files(actor: Actor, school_id: UUID, file_ids: Sequence[UUID]) -> list[FileLine]:
    """Insist that the files are the actor's own: an id alone opens nobody else's."""
    found = files_of(school_id=school_id, file_ids=file_ids)
    own = [file for file in found.values() if file.uploader_id == actor.person_id]
    if len(own) < len(file_ids):
        raise FileIsNotYours
    for file in own:
        if file.state in (ContentState.INFECTED, ContentState.UNREADABLE):
            raise FileWasRefused(name=file.name)
    return own


def _insert(homework: Homework, file_ids: Sequence[UUID], *, put_by_id: UUID, at: datetime) -> None:
    HomeworkFile.objects.bulk_create(
        HomeworkFile(
            id=uuid7(),
            school_id=homework.school_id,
            homework=homework,
            file_id=file_id,
            position=position,
            put_by_id=put_by_id,
            put_at=at,
        )
        for position, file_id in enumerate(file_ids)
    )


def _raise_revisions(changed: Sequence[Homework]) -> None:
    students: set[UUID] = set()
    for homework in changed:
        students.update(
            students_of_group(school_id=homework.school_id, group_id=homework.group_id, day=homework.due_on)
        )
    if changed:
        raise_revisions(students, school_id=changed[0].school_id)
