"""The teacher's day: the lessons of one day, and what is not filled yet; the journals that can be opened."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.policy import OVERSEERS
from zvonok.domain.attestation.unfilled import UnfilledLine, unfilled_of_teacher
from zvonok.domain.homework.selectors import (
    HomeworkLine,
    homework_issued,
    lessons_with_homework_due,
)
from zvonok.domain.schools.selectors import GroupLine, groups_taught, school, year_of
from zvonok.domain.submissions.selectors import WaitingLine, works_waiting
from zvonok.domain.timetable.policy import groups_to_read
from zvonok.domain.timetable.selectors import (
    LessonLine,
    lessons_of_teacher,
    special_days,
    teaching_day_after,
)
from zvonok.kernel.scope import school_scope
from zvonok.screens.journal.wording import group_label


class Moment(StrEnum):
    """Where a lesson stands against the clock."""

    AHEAD = "AHEAD"
    NOW = "NOW"
    OVER = "OVER"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class DayLesson:
    """A lesson of the teacher's day."""

    line: LessonLine
    group: str
    moment: Moment
    homework: HomeworkLine | None
    is_replaced: bool
    is_unsettled: bool

    @property
    def lacks_topic(self) -> bool:
        """Whether the lesson has begun without a topic."""
        return self.moment in (Moment.NOW, Moment.OVER) and not self.line.topic

    @property
    def lacks_homework(self) -> bool:
        """Whether the lesson is over and has set nothing."""
        return self.moment == Moment.OVER and self.homework is None


@dataclass(frozen=True, slots=True)
class JournalLink:
    """A study group whose journal can be opened."""

    id: UUID
    label: str
    subject: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Journals that stand together, of one class for instance."""

    title: str
    journals: list[JournalLink]


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """What a teacher's day holds in one school."""

    school: str
    zone: tzinfo
    lessons: list[DayLesson]
    day_off: str
    next_day: date | None
    unset: list[UnfilledLine]
    waiting: list[WaitingLine]
    own: list[JournalLink]
    others: list[Shelf]


def school_day(actor: Actor, *, school_id: UUID, day: date, at: datetime) -> SchoolDay:
    """Read a teacher's day in a school in ten queries at most, however full it is."""
    with school_scope(school_id):
        of_school = school(school_id=school_id)
        own = {"school_id": school_id, "teacher_id": actor.person_id}
        lines = lessons_of_teacher(**own, first=day, last=day)
        tasks = homework_issued(school_id=school_id, lesson_ids=[line.id for line in lines]) if lines else {}
        off = [line.id for line in lines if line.is_cancelled]
        unsettled = lessons_with_homework_due(school_id=school_id, lesson_ids=off) if off else set()
        special = special_days(school_id=school_id, first=day, last=day).get(day)
        taught = groups_taught(**own, day=day)
        return SchoolDay(
            school=of_school.short_name,
            zone=ZoneInfo(of_school.time_zone),
            lessons=[_lesson(line, tasks.get(line.id), at, line.id in unsettled) for line in lines],
            day_off=special.title if special else "",
            next_day=None if lines else teaching_day_after(**own, day=day),
            unset=unfilled_of_teacher(**own, day=at.astimezone(ZoneInfo(of_school.time_zone)).date()),
            waiting=works_waiting(**own),
            own=[_link(group) for group in taught],
            others=_shelves(actor, school_id, day, {group.id for group in taught}),
        )


def _lesson(line: LessonLine, homework: HomeworkLine | None, at: datetime, unsettled: bool) -> DayLesson:
    planned = line.planned
    replaced = planned is not None and not line.is_cancelled
    label = group_label(line.group, line.subject)
    return DayLesson(line, label, _moment(line, at), homework, replaced, unsettled)


def _moment(line: LessonLine, at: datetime) -> Moment:
    if line.is_cancelled:
        return Moment.CANCELLED
    if at < line.starts_at:
        return Moment.AHEAD
    return Moment.NOW if at < line.ends_at else Moment.OVER


def _link(group: GroupLine) -> JournalLink:
    return JournalLink(group.id, group_label(group.title, group.subject), group.subject)


def _shelves(actor: Actor, school_id: UUID, day: date, own: set[UUID]) -> list[Shelf]:
    """Put this year's journals that the actor reads without keeping them on shelves by class."""
    oversees = any(actor.works_as(role, school_id=school_id) for role in OVERSEERS)
    if not oversees and not actor.classes_led(school_id=school_id):
        return []
    year = year_of(school_id=school_id, day=day)
    groups = groups_to_read(actor, school_id=school_id).filter(year=year).exclude(pk__in=own)
    rows = groups.order_by("school_class__grade", "school_class__title", "subject__name", "title")
    lines = [
        GroupLine(*row)
        for row in rows.values_list(
            "id", "title", "subject__name", "school_class__title", "school_class__grade"
        )
    ]
    return [
        Shelf(title or "", [_link(group) for group in groups])
        for title, groups in groupby(lines, key=lambda group: group.class_title)
    ]
