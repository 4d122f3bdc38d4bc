"""The homework of a lesson's page: what is set, what others have set for that day, where it can be copied."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from zvonok.domain.homework.rules import norm_minutes
from zvonok.domain.homework.selectors import (
    HomeworkLine,
    LoadLine,
    ParallelLesson,
    homework_given,
    load_of_day,
    parallel_lessons,
)
from zvonok.domain.timetable.selectors import NextLesson, lowest_grade, next_lesson

if TYPE_CHECKING:
    from zvonok.domain.timetable.models import Lesson


@dataclass(frozen=True, slots=True)
class DayLoad:
    """What the pupils of a lesson have to do for a day, with the homework of the lesson itself."""

    day: date
    others: list[LoadLine]
    minutes: int
    norm: int | None

    @property
    def is_over(self) -> bool:
        """Whether somebody has more to do than the sanitary norm allows."""
        return self.norm is not None and self.minutes > self.norm


@dataclass(frozen=True, slots=True)
class HomeworkPart:
    """All that the page needs to set homework."""

    given: list[HomeworkLine]
    following: NextLesson | None
    load: DayLoad | None
    parallels: list[ParallelLesson]

    @property
    def for_all(self) -> HomeworkLine | None:
        """The homework of the whole group, if it is set."""
        return next((line for line in self.given if not line.student_ids), None)


def homework_part(lesson: "Lesson", *, teacher_id: UUID) -> HomeworkPart:
    """Read the homework of a lesson's page in five queries."""
    school, group = lesson.school_id, lesson.group_id
    given = homework_given(school_id=school, lesson_ids=[lesson.pk])
    following = next_lesson(school_id=school, group_id=group, after=lesson.day)
    due = given[0].due_on if given else following.day if following else None
    minutes = sum(line.expected_minutes or 0 for line in given if not line.student_ids)
    return HomeworkPart(
        given=given,
        following=following,
        load=day_load(lesson, day=due, minutes=minutes) if due else None,
        parallels=parallel_lessons(school_id=school, group_id=group, teacher_id=teacher_id, day=lesson.day),
    )


def day_load(lesson: "Lesson", *, day: date, minutes: int) -> DayLoad:
    """Read what others have set for a day, `minutes` being those of the lesson's own homework; two queries."""
    about = {"school_id": lesson.school_id, "group_id": lesson.group_id}
    others = load_of_day(**about, day=day, but_lesson=lesson.pk)
    grade = lowest_grade(**about)
    return DayLoad(day, others.lines, others.minutes + minutes, norm_minutes(grade) if grade else None)
