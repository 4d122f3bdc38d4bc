"""What a teacher changes in a lesson itself, and the lock that every entry of its journal takes first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.commands import raise_revisions
from zvonok.domain.history.commands import record
from zvonok.domain.schools.selectors import students_of_group
from zvonok.domain.timetable.doors import DOOR, Door
from zvonok.domain.timetable.facts import TopicsBroughtIn, TopicWritten
from zvonok.domain.timetable.models import Lesson, LessonState
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import scoped_school


class NotTheTeacher(Refused):
    """The actor does not keep this lesson's journal."""

    message = _("Only this lesson's teacher can write in its journal.")


class LessonIsCancelled(Refused):
    """The lesson does not take place."""

    message = _("This lesson was cancelled, so nothing can be written in its journal.")


class LessonIsAhead(Refused):
    """The lesson's day has not come."""

    message = _("This lesson is still ahead: marks and absences can be put from its day on.")


class PeriodIsClosed(Refused):
    """The deputy head has closed the study period."""

    message = _("The study period is closed. The deputy head can unlock it, giving the reason.")


class NotInTheGroup(Refused):
    """The student does not belong to the study group on the lesson's day."""

    message = _("This student was not in the group on the day of the lesson.")


class EditIsUsed(Refused):
    """The edit's id belongs to something else: the page is broken or forged."""

    message = _("This change could not be told apart from another one. Open the page again.")


class LessonHasChanged(Refused):
    """Somebody else changed the lesson since the page was opened."""

    message = _("Somebody has changed this lesson since you opened it. Look at it again before saving.")


@dataclass(frozen=True, slots=True)
class OpenLesson:
    """A lesson locked for the rest of the transaction, with what every entry of its journal must know."""

    id: UUID
    school_id: UUID
    group_id: UUID
    subject_id: UUID
    subject: str
    day: date
    slot: int
    topic: str
    version: int
    door: Door | None

    def takes(self, student_id: UUID) -> bool:
        """Say whether the lesson's study period takes entries about a student."""
        return self.door is None or self.door.takes(student_id)


# The period is locked before the lesson, and shared: it cannot close while an entry is on its way.
_LOCK = f"""
    WITH door (period_id, starts_on, ends_on, is_closed, unlocked_for) AS MATERIALIZED (
        SELECT {DOOR} FROM timetable_lesson l
        JOIN schools_studygroup g ON g.id = l.group_id
        JOIN schools_school sc ON sc.id = l.school_id
        JOIN schools_studyperiod p ON p.school_id = l.school_id AND p.system = g.period_system
            AND l.day BETWEEN p.starts_on AND p.ends_on
        WHERE l.school_id = %(school)s AND l.id = %(lesson)s
        FOR SHARE OF p
    )
    SELECT l.id, l.school_id, l.group_id, l.subject_id, s.name, l.day, l.slot, l.topic, l.version, l.state,
        sc.time_zone,
        l.teacher_id = %(person)s OR EXISTS (
            SELECT FROM timetable_lessonhelper h
            WHERE h.school_id = l.school_id AND h.lesson_id = l.id AND h.teacher_id = %(person)s
        ) OR EXISTS (
            SELECT FROM schools_teachingassignment t
            WHERE t.school_id = l.school_id AND t.group_id = l.group_id AND t.teacher_id = %(person)s
              AND t.valid_on @> l.day
        ),
        door.*
    FROM timetable_lesson l
    LEFT JOIN door ON true
    JOIN schools_subject s ON s.id = l.subject_id
    JOIN schools_school sc ON sc.id = l.school_id
    WHERE l.school_id = %(school)s AND l.id = %(lesson)s
    FOR NO KEY UPDATE OF l
"""


def open_lesson(
    *,
    actor: Actor,
    lesson_id: UUID,
    at: datetime,
    ahead: type[Refused] | None,
    students: Collection[UUID] = (),
) -> OpenLesson:
    """Lock a lesson of the school in scope and make sure that the actor may write in its journal now.

    `ahead` is the refusal for a lesson whose day has not come; None lets it pass (topics, homework).
    `students` are those whom the entries concern: a closed period unlocked for one of them lets the lesson
    pass, and `OpenLesson.takes` then tells them apart.
    One query. Raises: Lesson.DoesNotExist, NotTheTeacher, LessonIsCancelled, PeriodIsClosed, `ahead`.
    """
    asked = {"school": scoped_school(), "lesson": lesson_id, "person": actor.person_id, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, asked)
        row = cursor.fetchone()
    if row is None:
        raise Lesson.DoesNotExist
    state, time_zone, is_teacher, *door = row[9:]
    lesson = OpenLesson(*[*row[:9], Door(*door) if door[0] else None])
    if not is_teacher:
        raise NotTheTeacher
    if state == LessonState.CANCELLED:
        raise LessonIsCancelled
    if lesson.door and not any(map(lesson.door.takes, [None, *students])):
        raise PeriodIsClosed
    if ahead and lesson.day > at.astimezone(ZoneInfo(time_zone)).date():
        raise ahead
    return lesson


@transaction.atomic
def write_topic(*, actor: Actor, lesson_id: UUID, topic: str, version: int, at: datetime) -> int:
    """Write what a lesson is about; give back the lesson's new version.

    The same topic twice changes nothing. `version` is the one the teacher saw.
    Raises: NotTheTeacher, LessonIsCancelled, PeriodIsClosed, LessonHasChanged. Records: TopicWritten.
    """
    lesson = open_lesson(actor=actor, lesson_id=lesson_id, at=at, ahead=None)
    if topic == lesson.topic:
        return lesson.version
    if version != lesson.version:
        raise LessonHasChanged
    changes: dict[str, Any] = {"topic": topic, "version": lesson.version + 1}
    Lesson.objects.filter(school_id=lesson.school_id, pk=lesson.id).update(**changes)
    fact = TopicWritten(thing_id=lesson.id, topic=topic, instead_of=lesson.topic)
    record([fact], school_id=lesson.school_id, actor_id=actor.person_id, at=at)
    students = students_of_group(school_id=lesson.school_id, group_id=lesson.group_id, day=lesson.day)
    raise_revisions(students, school_id=lesson.school_id)
    return lesson.version + 1


@transaction.atomic
def bring_in_topics(
    topics: Mapping[UUID, str], *, school_id: UUID, actor_id: UUID | None, at: datetime
) -> None:
    """Take over what lessons were about, by lesson, and count them as held. Records: TopicsBroughtIn."""
    lessons = list(Lesson.objects.filter(school_id=school_id, pk__in=list(topics)))
    for lesson in lessons:
        lesson.topic, lesson.state = topics[lesson.pk], LessonState.HELD
    Lesson.objects.bulk_update(lessons, ["topic", "state"], batch_size=1000)
    fact = TopicsBroughtIn(thing_id=school_id, count=len(lessons))
    record([fact], school_id=school_id, actor_id=actor_id, at=at)
