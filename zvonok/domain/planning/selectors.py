"""A study group's lesson plan, what is to be taught next, and how far the plans of a school have come."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zvonok.domain.people.selectors import short_name
from zvonok.domain.planning.models import LessonPlan, PlannedTopic
from zvonok.domain.planning.pace import Pace
from zvonok.domain.planning.rules import Draft, Topic


@dataclass(frozen=True, slots=True)
class TaughtTopic:
    """A topic of the plan with the days of its lessons, in order."""

    topic: Topic
    days: tuple[date, ...]


_TOPICS = """
    SELECT t.id, t.title, t.section, t.hours, t.note, t.homework, t.homework_minutes, t.control, (
        SELECT coalesce(array_agg(l.day ORDER BY l.day, l.slot), '{}') FROM planning_topictaught x
        JOIN timetable_lesson l ON l.id = x.lesson_id
        WHERE x.school_id = t.school_id AND x.topic_id = t.id AND l.state <> 'CANCELLED'
    )
    FROM planning_plannedtopic t WHERE t.school_id = %s AND t.group_id = %s ORDER BY t.position
"""


def topics_of_plan(*, school_id: UUID, group_id: UUID) -> list[TaughtTopic]:
    """List the topics of a group's plan in order, each with its lessons that took place or will; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_TOPICS, [school_id, group_id])
        return [_taught(*row) for row in cursor.fetchall()]


def _taught(
    topic_id: UUID,
    title: str,
    section: str,
    hours: int,
    note: str,
    homework: str,
    minutes: int | None,
    control: str,
    days: list[date],
) -> TaughtTopic:
    draft = Draft(
        title=title,
        section=section,
        hours=hours,
        note=note,
        homework=homework,
        homework_minutes=minutes,
        control=control,
    )
    return TaughtTopic(Topic(topic_id, draft, len(days)), tuple(days))


def plan_version(*, school_id: UUID, group_id: UUID) -> int:
    """Tell how often a group's plan has been changed; 0 for one that is not there; one query."""
    plans = LessonPlan.objects.filter(school_id=school_id, group_id=group_id)
    return plans.values_list("version", flat=True).first() or 0


@dataclass(frozen=True, slots=True)
class NextTopic:
    """A topic of the plan as a lesson may take it, or has: the hour of it that the lesson is, from 1."""

    id: UUID
    title: str
    section: str
    hour: int
    hours: int
    homework: str
    homework_minutes: int | None
    control: str


_NEXT = """
    SELECT t.id, t.title, t.section, taught.hours + 1, t.hours, t.homework, t.homework_minutes, t.control
    FROM planning_plannedtopic t CROSS JOIN LATERAL (
        SELECT count(*) AS hours FROM planning_topictaught x JOIN timetable_lesson l ON l.id = x.lesson_id
        WHERE x.school_id = t.school_id AND x.topic_id = t.id AND l.state <> 'CANCELLED'
    ) taught
    WHERE t.school_id = %s AND t.group_id = %s AND taught.hours < t.hours
    ORDER BY t.position LIMIT %s
"""


def next_topics(*, school_id: UUID, group_id: UUID, most: int = 5) -> list[NextTopic]:
    """List the topics of a group's plan that have hours left to teach, in order; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [school_id, group_id, most])
        return [NextTopic(*row) for row in cursor.fetchall()]


_OF_LESSON = """
    SELECT t.id, t.title, t.section, (
        SELECT count(*) FROM planning_topictaught x JOIN timetable_lesson l ON l.id = x.lesson_id
        WHERE x.school_id = t.school_id AND x.topic_id = t.id AND l.state <> 'CANCELLED'
          AND (l.day, l.slot, l.id) <= (own.day, own.slot, own.id)
    ), t.hours, t.homework, t.homework_minutes, t.control
    FROM planning_topictaught taught
    JOIN planning_plannedtopic t ON t.id = taught.topic_id
    JOIN timetable_lesson own ON own.id = taught.lesson_id
    WHERE taught.school_id = %s AND taught.lesson_id = %s
"""


def topic_of_lesson(*, school_id: UUID, lesson_id: UUID) -> NextTopic | None:
    """Tell which topic of the plan a lesson teaches, and which hour of it; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_LESSON, [school_id, lesson_id])
        row = cursor.fetchone()
    return NextTopic(*row) if row else None


@dataclass(frozen=True, slots=True)
class LessonNumbers:
    """The lessons of a group: held before today, and from today on without a topic of the plan."""

    held: int
    left: int


def lesson_numbers(*, school_id: UUID, group_id: UUID, today: date) -> LessonNumbers:
    """Count a group's lessons that are not cancelled; one query."""
    statement = """
        SELECT count(*) FILTER (WHERE l.day < %(today)s),
            count(*) FILTER (WHERE l.day >= %(today)s AND NOT EXISTS (
                SELECT FROM planning_topictaught x WHERE x.school_id = l.school_id AND x.lesson_id = l.id
            ))
        FROM timetable_lesson l
        WHERE l.school_id = %(school)s AND l.group_id = %(group)s AND l.state <> 'CANCELLED'
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, {"school": school_id, "group": group_id, "today": today})
        return LessonNumbers(*cursor.fetchone())


@dataclass(frozen=True, slots=True)
class PlanToCopy:
    """The plan of another group that learns the same subject in the same grade."""

    group_id: UUID
    title: str
    year: str
    teachers: str
    topics: int
    hours: int


# A group of several classes has the grade of the lowest of them.
_GRADE = """
    SELECT coalesce(min(c.grade), min(cs.grade)) FROM schools_studygroup g
    LEFT JOIN schools_schoolclass c ON c.id = g.school_class_id
    LEFT JOIN schools_groupsubgroup gs ON gs.school_id = g.school_id AND gs.group_id = g.id
    LEFT JOIN schools_subgroup sg ON sg.id = gs.subgroup_id
    LEFT JOIN schools_schoolclass cs ON cs.id = sg.school_class_id
    WHERE g.id = {group}
"""
_TO_COPY = f"""
    SELECT o.id, o.title, y.title, coalesce((
        SELECT string_agg(DISTINCT {short_name("p")}, ', ') FROM schools_teachingassignment a
        JOIN people_person p ON p.id = a.teacher_id WHERE a.school_id = o.school_id AND a.group_id = o.id
    ), ''), count(*), sum(t.hours)::int
    FROM schools_studygroup own
    JOIN schools_studygroup o ON o.school_id = own.school_id AND o.subject_id = own.subject_id AND o.id <> own.id
    JOIN schools_academicyear y ON y.id = o.year_id
    JOIN planning_plannedtopic t ON t.school_id = o.school_id AND t.group_id = o.id
    WHERE own.school_id = %s AND own.id = %s
      AND ({_GRADE.format(group="o.id")}) IS NOT DISTINCT FROM ({_GRADE.format(group="own.id")})
    GROUP BY o.id, y.id ORDER BY y.starts_on DESC, o.title, o.id LIMIT 50
"""


def plans_to_copy(*, school_id: UUID, group_id: UUID) -> list[PlanToCopy]:
    """List the plans of the same subject and grade in the school, the latest years first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_TO_COPY, [school_id, group_id])
        return [PlanToCopy(*row) for row in cursor.fetchall()]


def topic_exists(*, school_id: UUID, group_id: UUID, topic_id: UUID) -> bool:
    """Say whether a topic belongs to a group's plan; one query."""
    return PlannedTopic.objects.filter(school_id=school_id, group_id=group_id, pk=topic_id).exists()


@dataclass(frozen=True, slots=True)
class PlanOfGroup:
    """How far the plan of a study group has come: hours of the plan, and lessons as `Pace` counts them."""

    group_id: UUID
    title: str
    subject_id: UUID
    subject: str
    class_id: UUID | None
    class_title: str
    teacher_ids: list[UUID]
    teachers: str
    planned: int
    passed: int
    hours_left: int
    held: int
    left: int

    @property
    def pace(self) -> Pace:
        """How the plan stands against the lessons."""
        return Pace(self.planned, self.passed, self.hours_left, self.held, self.left)


_OF_SCHOOL = f"""
    WITH taught AS (
        SELECT x.topic_id, count(*) AS lessons FROM planning_topictaught x
        JOIN timetable_lesson l ON l.id = x.lesson_id
        WHERE x.school_id = %(school)s AND l.state <> 'CANCELLED' GROUP BY x.topic_id
    ), plan AS (
        SELECT t.group_id, sum(t.hours)::int AS planned,
            sum(least(t.hours, coalesce(taught.lessons, 0)))::int AS passed
        FROM planning_plannedtopic t LEFT JOIN taught ON taught.topic_id = t.id
        WHERE t.school_id = %(school)s GROUP BY t.group_id
    ), lessons AS (
        SELECT l.group_id, count(*) FILTER (WHERE l.day < %(today)s) AS held,
            count(*) FILTER (WHERE l.day >= %(today)s AND x.id IS NULL) AS remaining
        FROM timetable_lesson l
        LEFT JOIN planning_topictaught x ON x.school_id = l.school_id AND x.lesson_id = l.id
        WHERE l.school_id = %(school)s AND l.state <> 'CANCELLED' GROUP BY l.group_id
    ), teachers AS (
        SELECT a.group_id, array_agg(p.id) AS ids,
            string_agg({short_name("p")}, ', ' ORDER BY p.sort_key) AS names
        FROM schools_teachingassignment a JOIN people_person p ON p.id = a.teacher_id
        WHERE a.school_id = %(school)s AND a.valid_on @> %(today)s::date GROUP BY a.group_id
    )
    SELECT g.id, g.title, s.id, s.name, c.id, coalesce(c.title, ''), coalesce(teachers.ids, '{{}}'),
        coalesce(teachers.names, ''), coalesce(plan.planned, 0), coalesce(plan.passed, 0),
        coalesce(plan.planned - plan.passed, 0), coalesce(lessons.held, 0), coalesce(lessons.remaining, 0)
    FROM schools_studygroup g
    JOIN schools_subject s ON s.id = g.subject_id
    LEFT JOIN schools_schoolclass c ON c.id = g.school_class_id
    LEFT JOIN plan ON plan.group_id = g.id
    LEFT JOIN lessons ON lessons.group_id = g.id
    LEFT JOIN teachers ON teachers.group_id = g.id
    WHERE g.school_id = %(school)s AND g.year_id = %(year)s
    ORDER BY c.grade, c.title, s.name, g.title, g.id
"""


def plans_of_school(*, school_id: UUID, year_id: UUID, today: date) -> list[PlanOfGroup]:
    """List the study groups of a year, each with how far its plan has come, planned or not; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_SCHOOL, {"school": school_id, "year": year_id, "today": today})
        return [PlanOfGroup(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A change of a plan: by whom, when, what. `acts` are empty for a plan laid from `source`."""

    at: datetime
    by: str
    acts: tuple[str, ...]
    titles: tuple[str, ...]
    source: str


def changes_of_plan(*, school_id: UUID, group_id: UUID, most: int = 10) -> list[PlanChange]:
    """List the latest changes of a group's plan, the last one first; one query."""
    statement = f"""
        SELECT f.at, {short_name("p")}, f.data FROM history_fact f LEFT JOIN people_person p ON p.id = f.actor_id
        WHERE f.school_id = %s AND f.thing_id = %s AND f.kind IN ('PlanEdited', 'PlanBroughtIn')
        ORDER BY f.at DESC, f.id DESC LIMIT %s
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, group_id, most])
        return [_change(at, by, data) for at, by, data in cursor.fetchall()]


def _change(at: datetime, by: str, data: Any) -> PlanChange:
    told: dict[str, Any] = json.loads(data) if isinstance(data, str) else data
    acts = tuple(told["act"].split("/")) if "act" in told else ()
    return PlanChange(at, by, acts, tuple(told.get("titles", ())), told.get("source", ""))
