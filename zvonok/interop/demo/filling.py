"""Fill the journals of the demo with what teachers would have written by now; the same seed, the same school."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from zvonok.domain.access.selectors import actor_of
from zvonok.domain.attendance.commands import PastAbsence, bring_in_absences
from zvonok.domain.homework.commands import PastHomework, bring_in_homework
from zvonok.domain.marks.commands.past import PastWork, bring_in_marks
from zvonok.domain.marks.commands.put import MarkEdit, put_marks
from zvonok.domain.marks.rules import DEFAULT_WEIGHTS
from zvonok.domain.people.models import Account
from zvonok.domain.planning.commands.lay import lay_plan
from zvonok.domain.planning.commands.teach import bring_in_taught
from zvonok.domain.remarks.commands import PastRemark, bring_in_remarks
from zvonok.domain.schools.models import GroupMembership, School, StudyGroup
from zvonok.domain.timetable.commands.journal import bring_in_topics
from zvonok.domain.timetable.models import Lesson
from zvonok.interop.demo import words
from zvonok.interop.demo.attestation import Teaching, attest
from zvonok.interop.demo.filled import Filled, Taught
from zvonok.interop.demo.marking import comments, passed, set_marking
from zvonok.kernel.ids import uuid7

SEED = 9534
WITHOUT_PLAN = 0.04
TESTS_EVERY = 9
RECITED_EVERY = 7
TEACHERS_FORGET = 0.02


def fill_journals(school: School, *, before: date, at: datetime) -> None:
    """Fill every lesson before a day: topics, absences, marks, homework, remarks, marks of ended periods."""
    rng = Random(f"{SEED}-{school.code}")
    groups = {group.pk: group for group in StudyGroup.objects.filter(school=school).select_related("subject")}
    pupils = _pupils(school)
    everybody = sorted({student for students in pupils.values() for student in students})
    skill = {student: rng.gauss(4.05, 0.45) for student in everybody}
    lessons = _lessons(school)
    ill = _illnesses(rng, everybody, lessons)
    filled = Filled(reciting=set_marking(school, day=before, at=at))
    for group_id, own in lessons.items():
        group = groups[group_id]
        hours = _lay_plan(school, group, len(own))
        past = [lesson for lesson in own if lesson.day < before]
        for number, lesson in enumerate(past):
            _fill_lesson(rng, filled, lesson, number, group, pupils[group_id], skill, ill)
        for lesson, following in zip(past, own[1:], strict=False):
            _give_homework(rng, filled, lesson, following, group)
        written = [lesson for lesson in past if rng.random() > TEACHERS_FORGET]
        for lesson, (topic_id, title) in zip(written, hours, strict=False):
            filled.topics[lesson.id] = title
            filled.taught |= {lesson.id: topic_id} if topic_id else {}
    _bring_in(school, filled, at=at)
    past_lessons = [lesson for own in lessons.values() for lesson in own if lesson.day < before]
    attest(school, filled, Teaching(groups, pupils, past_lessons), before=before, at=at)


def _lay_plan(school: School, group: StudyGroup, lessons: int) -> list[tuple[UUID | None, str]]:
    """Lay a group's plan, and list it hour by hour; here and there a teacher has made none."""
    drafts = words.plan(group.subject.name, lessons)
    if Random(f"{SEED}-{school.code}-{group.code}-{group.title}").random() < WITHOUT_PLAN:
        return [(None, draft.title) for draft in drafts for _ in range(draft.hours)]
    ids = lay_plan(school_id=school.pk, group_id=group.pk, topics=drafts)
    return [(key, draft.title) for key, draft in zip(ids, drafts, strict=True) for _ in range(draft.hours)]


def _pupils(school: School) -> dict[UUID, list[UUID]]:
    pupils: dict[UUID, list[UUID]] = defaultdict(list)
    memberships = GroupMembership.objects.filter(school=school).order_by("student_id")
    for group, student in memberships.values_list("group_id", "student_id"):
        pupils[group].append(student)
    return pupils


def _lessons(school: School) -> dict[UUID, list[Taught]]:
    rows = Lesson.objects.filter(school=school, teacher__isnull=False).order_by("group__code", "day", "slot")
    lessons: dict[UUID, list[Taught]] = defaultdict(list)
    for row in rows.values_list("id", "day", "group_id", "subject_id", "teacher_id", "ends_at"):
        lesson = Taught(*row)
        lessons[lesson.group_id].append(lesson)
    return lessons


def _illnesses(
    rng: Random, students: list[UUID], lessons: dict[UUID, list[Taught]]
) -> set[tuple[UUID, date]]:
    """Draw the days on which each student is ill: about one bout in two months, three to eight days long."""
    days = sorted({lesson.day for own in lessons.values() for lesson in own})
    ill: set[tuple[UUID, date]] = set()
    if not days:
        return ill
    for student in students:
        for _ in range(max(1, round((days[-1] - days[0]).days / 60))):
            if rng.random() < 0.7:
                first = days[rng.randrange(len(days))]
                ill |= {(student, first + timedelta(days=offset)) for offset in range(rng.randint(3, 8))}
    return ill


def _fill_lesson(
    rng: Random,
    filled: Filled,
    lesson: Taught,
    number: int,
    group: StudyGroup,
    students: list[UUID],
    skill: dict[UUID, float],
    ill: set[tuple[UUID, date]],
) -> None:
    present = []
    for student in students:
        absence = _absence(rng, lesson, student, ill)
        if absence:
            filled.absences.append(absence)
        if absence is None or absence.kind == "LATE":
            present.append(student)
    if words.is_marked(group.title) and present:
        filled.works += _works(rng, lesson, number, group, present, skill, filled.reciting)
    elif words.takes_comments(group.title):
        about: dict[str, Any] = {"put_by": lesson.teacher_id, "put_at": lesson.ends_at, "students": present}
        filled.works += comments(lesson.id, lesson.subject_id, lesson.day, **about)
    if rng.random() < 0.04 and present:
        kind, text = rng.choice(words.REMARKS)
        past = PastRemark(
            lesson.id, rng.choice(present), lesson.day, kind, text, lesson.teacher_id, lesson.ends_at
        )
        filled.remarks.append(past)


def _absence(rng: Random, lesson: Taught, student: UUID, ill: set[tuple[UUID, date]]) -> PastAbsence | None:
    drawn = rng.random()
    kind, minutes, reason = "", None, ""
    if (student, lesson.day) in ill:
        kind, reason = "ILL", ""
    elif drawn < 0.006:
        kind = "UNEXCUSED"
    elif drawn < 0.014:
        kind, reason = "EXCUSED", rng.choice(words.REASONS)
    elif drawn < 0.022:
        kind, minutes = "LATE", rng.choice((3, 5, 5, 10, 15))
    if not kind:
        return None
    return PastAbsence(
        lesson.id, student, lesson.day, kind, minutes, reason, lesson.teacher_id, lesson.ends_at
    )


def _works(
    rng: Random,
    lesson: Taught,
    number: int,
    group: StudyGroup,
    present: list[UUID],
    skill: dict[UUID, float],
    reciting: str,
) -> Iterator[PastWork]:
    is_test = number % TESTS_EVERY == TESTS_EVERY - 1
    work = rng.choice(words.tests(group.subject.name)) if is_test else "ANSWER"
    if (
        reciting
        and group.subject.name.startswith("Литератур")
        and number % RECITED_EVERY == RECITED_EVERY - 1
    ):
        work = reciting
    share = 0.96 if is_test else 0.22
    marks = tuple(
        (student, _value(rng, skill[student] - (0.2 if is_test else -0.25)), _comment(rng))
        for student in present
        if rng.random() < share
    )
    if marks:
        weight = DEFAULT_WEIGHTS.get(work, 2)
        about = (lesson.id, lesson.subject_id, lesson.day, work, weight, lesson.teacher_id, lesson.ends_at)
        made = PastWork(*about, marks)
        yield passed(made) if words.is_passed(group.title) else made


def _value(rng: Random, level: float) -> str:
    return str(min(5, max(2, round(rng.gauss(level, 0.65)))))


def _comment(rng: Random) -> str:
    return rng.choice(words.COMMENTS) if rng.random() < 0.08 else ""


def _give_homework(rng: Random, filled: Filled, lesson: Taught, following: Taught, group: StudyGroup) -> None:
    if following.day == lesson.day or not words.has_homework(group.title) or rng.random() < 0.15:
        return
    text, minutes = words.homework(rng, group.subject.name)
    filled.homework.append(
        PastHomework(
            group.pk,
            lesson.id,
            lesson.day,
            following.id,
            following.day,
            text,
            minutes,
            lesson.teacher_id,
            lesson.ends_at,
        )
    )


def _bring_in(school: School, filled: Filled, *, at: datetime) -> None:
    own: dict[str, Any] = {"school_id": school.pk, "actor_id": None, "at": at}
    bring_in_topics(filled.topics, **own)
    bring_in_taught(filled.taught, school_id=school.pk)
    bring_in_marks(filled.works, **own)
    bring_in_absences(filled.absences, **own)
    bring_in_homework(filled.homework, **own)
    bring_in_remarks(filled.remarks, **own)


def write_yesterday(school: School, *, today: date, at: datetime) -> None:
    """Put some marks of the last day as teachers do, so that families have news in their feeds."""
    rng = Random(f"{SEED}-{school.code}-news")
    last = Lesson.objects.filter(school=school, day__lt=today, teacher__isnull=False).order_by("-day").first()
    if last is None:
        return
    accounts = dict(Account.objects.values_list("person_id", "pk"))
    lessons = Lesson.objects.filter(school=school, day=last.day, teacher__isnull=False).select_related(
        "group"
    )
    for lesson in lessons.order_by("group__code", "slot"):
        teacher = (
            accounts.get(lesson.teacher_id or school.pk) if words.is_marked(lesson.group.title) else None
        )
        actor = actor_of(account_id=teacher, day=today) if teacher else None
        students = list(_in_group(school, lesson))
        if actor is None or not students:
            continue
        edits = [
            MarkEdit(id=uuid7(), student_id=student, value=_news(rng, lesson.group.title), work="HOMEWORK")
            for student in rng.sample(students, min(3, len(students)))
        ]
        put_marks(actor=actor, lesson_id=lesson.pk, edits=edits, at=at)


def _news(rng: Random, group_title: str) -> str:
    drawn = rng.choice("54345")
    return "зач" if words.is_passed(group_title) else drawn


def _in_group(school: School, lesson: Lesson) -> Iterator[UUID]:
    memberships = GroupMembership.objects.filter(
        school=school, group=lesson.group_id, valid_on__contains=lesson.day
    )
    yield from memberships.order_by("student_id").values_list("student_id", flat=True)
