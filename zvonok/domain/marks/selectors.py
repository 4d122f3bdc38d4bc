"""Marks as pages show them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from zvonok.domain.history.models import Fact
from zvonok.domain.marks.models import MarkingTerms, MarkScale, PointFate, ScaleKind, ScaleUse, WorkKind
from zvonok.domain.marks.rules import POINT_DAYS
from zvonok.domain.marks.wording import work_short, work_title
from zvonok.domain.people.models import Person
from zvonok.domain.people.selectors import full_name


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A standing mark with its work, its author and what stood there before it, if anything did."""

    id: UUID
    lesson_id: UUID
    student_id: UUID
    subject_id: UUID
    subject: str
    day: date
    work: str
    work_title: str
    kind_title: str
    scale: str
    weight: int
    counts: bool
    value: str
    points: Decimal | None
    criteria: str
    comment: str
    put_by: str
    put_at: datetime
    earlier: str
    due_on: date | None

    @property
    def work_name(self) -> str:
        """What the mark is for: the work's own title, else that of its kind."""
        return self.work_title or work_title(self.work, self.kind_title)

    @property
    def author(self) -> str:
        """Who put the mark: a teacher, or the school's rule."""
        return self.put_by or _("the school’s rule")

    @property
    def typed(self) -> str:
        """What a teacher types for it: the points by criteria, where it was made of such."""
        return self.criteria or self.value

    @property
    def five_point(self) -> str:
        """The five-point mark that a value of the 100-point scale was worth when it was put, else nothing."""
        return f"{self.points:.0f}" if self.scale == ScaleKind.HUNDRED and self.points is not None else ""


@dataclass(frozen=True, slots=True)
class WorkColumn:
    """A work of a lesson: a column of the journal."""

    id: UUID
    lesson_id: UUID
    work: str
    title: str
    weight: int
    counts: bool
    kind_title: str
    kind_short: str
    is_test: bool
    scale: str
    criteria: list[str]

    @property
    def short(self) -> str:
        """What the head of a narrow column says."""
        return work_short(self.work, self.kind_short)


@dataclass(frozen=True, slots=True)
class WorkKindLine:
    """A kind of work of the school. `own_title` and `own_short` are empty where the reader's language names it."""

    code: str
    own_title: str
    own_short: str
    weight: int
    counts: bool
    is_test: bool
    in_use: bool

    @property
    def usual_title(self) -> str:
        """How every school calls it, if it is one of those that every school begins with."""
        return work_title(self.code)

    @property
    def usual_short(self) -> str:
        """How every school calls it at the head of a narrow column."""
        return work_short(self.code)

    @property
    def title(self) -> str:
        """How the kind is called."""
        return work_title(self.code, self.own_title)

    @property
    def short(self) -> str:
        """How the head of a narrow column calls it."""
        return work_short(self.code, self.own_short)


# A mark as it is shown: the earlier marks for the same work, each written again, stand before it.
VALUE = "concat_ws('/', nullif(k.retaken, ''), k.value)"
_COLUMNS = f"""
    k.id, k.lesson_id, k.student_id, k.subject_id, s.name, k.day, a.work, a.title, w.title, c.kind, a.weight,
    a.counts, {VALUE}, k.points, k.criteria, k.comment, {full_name("p")}, k.put_at,
    coalesce((
        SELECT concat_ws('/', nullif(e.retaken, ''), e.value) FROM marks_mark e
        WHERE e.school_id = k.school_id AND e.assessment_id = k.assessment_id AND e.student_id = k.student_id
          AND e.withdrawn_at = k.put_at AND k.retaken = '' AND e.due_on IS NULL
        LIMIT 1
    ), ''), k.due_on
"""
_JOINS = """
    JOIN marks_assessment a ON a.id = k.assessment_id
    JOIN marks_workkind w ON w.school_id = a.school_id AND w.code = a.work
    JOIN marks_markscale c ON c.id = k.scale_id
    JOIN schools_subject s ON s.id = k.subject_id
    LEFT JOIN people_person p ON p.id = k.put_by_id
"""


MARKS_OF_STUDENT = f"""
    SELECT {_COLUMNS} FROM marks_mark k {_JOINS}
    WHERE k.school_id = %s AND k.student_id = %s AND k.day BETWEEN %s AND %s AND k.withdrawn_at IS NULL
"""


def marks_of_student(*, school_id: UUID, student_id: UUID, first: date, last: date) -> list[MarkLine]:
    """List a student's standing marks of the lessons from `first` to `last`, in their order; one query."""
    return _lines(f"{MARKS_OF_STUDENT} ORDER BY k.day, k.put_at, k.id", [school_id, student_id, first, last])


def marks_of_lessons(*, school_id: UUID, lesson_ids: list[UUID]) -> list[MarkLine]:
    """List the standing marks of some lessons; one query."""
    return _lines(
        f"""
        SELECT {_COLUMNS} FROM marks_mark k {_JOINS}
        WHERE k.school_id = %s AND k.lesson_id = ANY(%s) AND k.withdrawn_at IS NULL
        ORDER BY k.day, k.put_at, k.id
        """,
        [school_id, lesson_ids],
    )


def marks_of_subject(
    *, school_id: UUID, subject_id: UUID, student_ids: list[UUID], first: date, last: date
) -> list[MarkLine]:
    """List the standing marks of some students in a subject from `first` to `last`; one query."""
    return _lines(
        f"""
        SELECT {_COLUMNS} FROM marks_mark k {_JOINS}
        WHERE k.school_id = %s AND k.student_id = ANY(%s) AND k.subject_id = %s AND k.day BETWEEN %s AND %s
          AND k.withdrawn_at IS NULL
        ORDER BY k.day, k.put_at, k.id
        """,
        [school_id, student_ids, subject_id, first, last],
    )


def versions_of_mark(*, school_id: UUID, student_id: UUID, mark_id: UUID) -> list[MarkLine]:
    """List what a student has had for the work of a mark, the latest first; one query."""
    return _lines(
        f"""
        SELECT {_COLUMNS} FROM marks_mark asked
        JOIN marks_mark k ON k.school_id = asked.school_id AND k.assessment_id = asked.assessment_id
            AND k.student_id = asked.student_id AND k.put_at <= asked.put_at
        {_JOINS}
        WHERE asked.school_id = %s AND asked.student_id = %s AND asked.id = %s AND asked.withdrawn_at IS NULL
        ORDER BY k.put_at DESC, k.id DESC
        """,
        [school_id, student_id, mark_id],
    )


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """What a student got for a criterion of a work, out of how many points."""

    title: str
    points: int
    most: int


def points_of_mark(*, school_id: UUID, mark_id: UUID) -> list[CriterionLine]:
    """List the points by criteria of which a mark was made; one query."""
    statement = """
        SELECT r.title, split_part(k.criteria, '+', r.position)::int, r.most
        FROM marks_mark k JOIN marks_criterion r
            ON r.school_id = k.school_id AND r.assessment_id = k.assessment_id
        WHERE k.school_id = %s AND k.id = %s AND k.criteria <> '' ORDER BY r.position
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, mark_id])
        return [CriterionLine(*row) for row in cursor.fetchall()]


def new_marks(*, school_id: UUID, seen: dict[UUID, datetime]) -> dict[UUID, int]:
    """Count the standing marks that students have got since somebody looked, by student; one query."""
    statement = """
        SELECT k.student_id, count(*) FROM unnest(%s::uuid[], %s::timestamptz[]) AS seen(student, at)
        JOIN marks_mark k ON k.school_id = %s AND k.student_id = seen.student AND k.put_at > seen.at
            AND k.withdrawn_at IS NULL
        GROUP BY k.student_id
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(seen), list(seen.values()), school_id])
        return dict(cursor.fetchall())


def _lines(statement: str, values: list[Any]) -> list[MarkLine]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [MarkLine(*row) for row in cursor.fetchall()]


def works_of_lessons(*, school_id: UUID, lesson_ids: list[UUID]) -> dict[UUID, list[WorkColumn]]:
    """List the works of some lessons by lesson; one query."""
    statement = """
        SELECT a.id, a.lesson_id, a.work, a.title, a.weight, a.counts, w.title, w.short, w.is_test, c.kind,
            ARRAY(
                SELECT r.title || ': ' || r.most FROM marks_criterion r
                WHERE r.school_id = a.school_id AND r.assessment_id = a.id ORDER BY r.position
            )
        FROM marks_assessment a JOIN marks_workkind w ON w.school_id = a.school_id AND w.code = a.work
        JOIN marks_markscale c ON c.id = a.scale_id
        WHERE a.school_id = %s AND a.lesson_id = ANY(%s) ORDER BY a.lesson_id, a.id
    """
    columns: dict[UUID, list[WorkColumn]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(statement, [school_id, lesson_ids])
        for row in cursor.fetchall():
            columns[row[1]].append(WorkColumn(*row))
    return columns


def work_kinds(*, school_id: UUID) -> list[WorkKindLine]:
    """List all kinds of work of a school, in its order, the retired ones too; one query."""
    columns = ("code", "title", "short", "weight", "counts", "is_test", "in_use")
    kinds = WorkKind.objects.filter(school_id=school_id).order_by("position", "code")
    return [WorkKindLine(*row) for row in kinds.values_list(*columns)]


# The scale by which new works of %(subject)s in %(group)s are marked: the grade speaks before the subject.
SCALE_IN_USE = """(
    SELECT u.scale_id FROM marks_scaleuse u
    WHERE u.school_id = %(school)s AND (u.subject_id IS NULL OR u.subject_id = %(subject)s)
      AND (u.grade IS NULL OR u.grade = (
        SELECT s.grade FROM schools_studygroup g JOIN schools_schoolclass s ON s.id = g.school_class_id
        WHERE g.id = %(group)s
      ))
    ORDER BY u.grade IS NULL, u.subject_id IS NULL LIMIT 1
)"""


@dataclass(frozen=True, slots=True)
class Marking:
    """By which scale new works of a group are marked, and for how many days a mark is corrected without a word."""

    scale: str
    correct_within: int | None


def marking_of(*, school_id: UUID, group_id: UUID, subject_id: UUID) -> Marking:
    """Tell how works of a subject are marked in a study group; one query."""
    statement = f"""
        SELECT c.kind, (SELECT t.correct_within FROM marks_markingterms t WHERE t.school_id = %(school)s)
        FROM marks_markscale c WHERE c.id = {SCALE_IN_USE}
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, {"school": school_id, "group": group_id, "subject": subject_id})
        row = cursor.fetchone()
    return Marking(*row) if row else Marking(ScaleKind.FIVE_POINT, None)


@dataclass(frozen=True, slots=True)
class ScaleUseLine:
    """By which scale new works of a subject in a grade are marked; None of them stands for all."""

    subject_id: UUID | None
    subject: str
    grade: int | None
    scale: str


def scale_uses(*, school_id: UUID) -> list[ScaleUseLine]:
    """List which scales are in use, in the order in which they speak; one query."""
    uses = ScaleUse.objects.filter(school_id=school_id).select_related("subject", "scale")
    ordered = uses.order_by(F("grade").asc(nulls_last=True), F("subject__name").asc(nulls_last=True))
    return [
        ScaleUseLine(use.subject_id, use.subject.name if use.subject else "", use.grade, use.scale.kind)
        for use in ordered
    ]


def bounds_of_scales(*, school_id: UUID) -> dict[str, list[int]]:
    """Tell from which per cents 5, 4 and 3 begin, for each scale that has such; one query."""
    scales = MarkScale.objects.filter(school_id=school_id, bounds__isnull=False).order_by("-kind")
    return {kind: bounds or [] for kind, bounds in scales.values_list("kind", "bounds")}


def correct_within(*, school_id: UUID) -> int | None:
    """Tell for how many days a mark is corrected without saying why; None: until its period closes; one query."""
    return MarkingTerms.objects.filter(school_id=school_id).values_list("correct_within", flat=True).first()


def point_terms(*, school_id: UUID) -> tuple[int, str]:
    """Tell how many days a point waits for its mark, and what becomes of it then; one query."""
    found = MarkingTerms.objects.filter(school_id=school_id).values_list("point_days", "point_fate").first()
    return found or (POINT_DAYS, PointFate.VANISHES)


@dataclass(frozen=True, slots=True)
class SettingLine:
    """A change of how the school marks, with who made it; the values are those of the fact MarkingSet."""

    setting: str
    of: str
    was: dict[str, Any]
    now: dict[str, Any]
    by: str
    at: datetime


def settings_history(*, school_id: UUID, limit: int) -> list[SettingLine]:
    """List the latest changes of how a school marks, the last first; two queries."""
    facts = Fact.objects.filter(school_id=school_id, thing_id=school_id, kind="MarkingSet").order_by(
        "-at", "-id"
    )
    found = list(facts[:limit])
    people = Person.objects.filter(pk__in={fact.actor_id for fact in found})
    names: dict[UUID | None, str] = {person.pk: str(person) for person in people}
    return [SettingLine(**fact.data, by=names.get(fact.actor_id, ""), at=fact.at) for fact in found]
