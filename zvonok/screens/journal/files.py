"""Files beside the homework that is given in a lesson."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from zvonok.domain.files.selectors import files_of
from zvonok.domain.homework.selectors import HomeworkLine
from zvonok.kernel.refusals import Refused
from zvonok.screens.shell.files import FileView, file_view

if TYPE_CHECKING:
    from zvonok.domain.timetable.models import Lesson


@dataclass(frozen=True, slots=True)
class FilesPart:
    """The part of a lesson's page in which files are put and taken away; `refusals` are of this request, by name."""

    lesson_id: UUID
    school_id: UUID
    files: list[FileView]
    refusals: Sequence[tuple[str, Refused]] = ()


def files_part(
    lesson: "Lesson", given: Iterable[HomeworkLine], refusals: Sequence[tuple[str, Refused]] = ()
) -> FilesPart:
    """Read the files beside what is given in a lesson, in the order they were put; one query, none for no file."""
    ids = [key for task in given for key in task.file_ids]
    own = files_of(school_id=lesson.school_id, file_ids=ids)
    files = [file_view(own[key], reverse("journal:file", args=[lesson.pk, key])) for key in ids]
    return FilesPart(lesson.pk, lesson.school_id, files, refusals)
