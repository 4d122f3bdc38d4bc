"""Files beside the homework that is given in a lesson."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from zvonok.domain.homework.file_selectors import files_of_lesson
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


def files_part(lesson: "Lesson", refusals: Sequence[tuple[str, Refused]] = ()) -> FilesPart:
    """Read the files in the order they were put; two queries at most."""
    own = files_of_lesson(school_id=lesson.school_id, lesson_id=lesson.pk)
    files = [file_view(line, reverse("journal:file", args=[lesson.pk, line.id])) for line in own]
    return FilesPart(lesson.pk, lesson.school_id, files, refusals)
