"""Classes, subjects and study groups, from classes and courses."""

from collections import Counter
from uuid import UUID

from django.utils.translation import gettext as _

from zvonok.domain.schools.commands.registers import CLASSES, GROUPS, SUBJECTS, Settled, Thing, settle
from zvonok.domain.schools.models import StudyGroup
from zvonok.interop.oneroster.applying.sessions import system_of_class, year_of_class
from zvonok.interop.oneroster.applying.work import Work, Year, fitted
from zvonok.interop.oneroster.rows import ClassRow, User
from zvonok.interop.report import Row

_GRADES = range(14)
_NO_CLASS = "—"


def apply_classes(work: Work) -> None:
    """Settle the school's classes: its homerooms."""
    things, seen = [], set()
    for one in work.homerooms.values():
        year = year_of_class(work, one)
        if year is None or year.id is None:
            continue
        title = fitted(work, one.title, 80, one.row, "title")
        if (year.id, title) in seen:
            reason = _("Another homeroom has the same title; both were taken for one class.")
            work.report.warn(one.row, "title", one.title, reason)
        seen.add((year.id, title))
        things.append(_class(work, one.id, year, title, _grade_of(work, one), one))
    _settle_classes(work, things, {one.id: one.row for one in work.homerooms.values()})


def apply_classes_by_grade(work: Work, users: list[User]) -> dict[str, str]:
    """Give students who have no homeroom a class of their grade; a diary needs a place in the school.

    Gives back the id of the class by the id of the user.
    """
    if not users or not work.years:
        return {}
    year, things, found = work.years[-1], {}, {}
    for user in users:
        grade = next((grade for text in user.grades if (grade := grade_number(text)) is not None), None)
        title = str(grade) if grade is not None else _NO_CLASS
        things[title] = _class(work, f"grade:{year.id}:{title}", year, title, grade, None)
        found[user.id] = things[title].source_id
        if work.homerooms:
            reason = _("This student is in no homeroom; the class “%(title)s” was made for such students.")
            work.report.warn(user.row, "sourcedId", user.id, reason % {"title": title})
    if not work.homerooms:
        reason = _("There are no homerooms in this set; the students were put into classes by their grades.")
        work.report.warn(Row("classes.csv", None), "classType", "", reason)
    _settle_classes(work, list(things.values()), {})
    return found


def grade_number(text: str) -> int | None:
    """Read a grade as OneRoster writes it: `07`, `KG`; None for what is no year of a school."""
    if text.upper() == "KG":
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 and int(text) in _GRADES else None


def apply_groups(work: Work) -> None:
    """Settle the subjects that are taught, and who is taught together in them."""
    work.subjects_here = _subjects_here(work)
    subjects = _settle_subjects(work)
    classes = _classes_by_title(work)
    usual = [(_subject_key(work, one), one.code) for one in work.scheduled.values()]
    doubled = {key for key, count in Counter(usual).items() if count > 1}
    things = []
    for one, key in zip(work.scheduled.values(), usual, strict=True):
        year = year_of_class(work, one)
        if year is None or year.id is None:
            continue
        code = one.code if one.code and key not in doubled else one.id
        school_class = _class_of_code(code, year.id, classes)
        things.append(_group(work, one, year, subjects[one.id], code, school_class))
    settled = settle(GROUPS, things, school_id=work.school.pk, sources=work.sources)
    work.titles |= {one.id: _titled(one) for one in settled}
    work.note("group", settled, _titled, {one.id: one.row for one in work.scheduled.values()})


def _class(
    work: Work, source_id: str, year: Year, title: str, grade: int | None, one: ClassRow | None
) -> Thing:
    system = system_of_class(work, one, year, grade)
    return Thing(source_id, {"year_id": year.id, "title": title, "grade": grade, "period_system": system})


def _settle_classes(work: Work, things: list[Thing], rows: dict[str, Row]) -> None:
    settled = settle(CLASSES, things, school_id=work.school.pk, sources=work.sources)
    for one in settled:
        work.titles[one.id] = str(one.thing.values["title"])
    work.note("class", settled, _titled, rows)


def _grade_of(work: Work, one: ClassRow) -> int | None:
    course = work.courses.get(one.course_id)
    texts = (*one.grades, *(course.grades if course else ()))
    return next((grade for text in texts if (grade := grade_number(text)) is not None), None)


def _settle_subjects(work: Work) -> dict[str, UUID]:
    """Settle a subject for each course that has lessons; courses of several grades may share it."""
    names = {_subject_key(work, one): _subject(work, one) for one in work.scheduled.values()}
    things = [Thing(key, {"name": name}) for key, name in names.items()]
    settled = settle(SUBJECTS, things, school_id=work.school.pk, sources=work.sources)
    work.titles |= {one.id: str(one.thing.values["name"]) for one in settled}
    once = {one.id: one for one in reversed(settled)}
    work.note("subject", reversed(once.values()), lambda one: str(one.thing.values["name"]), {})
    ids = {one.thing.source_id: one.id for one in settled}
    return {one.id: ids[_subject_key(work, one)] for one in work.scheduled.values()}


def _subjects_here(work: Work) -> dict[str, str]:
    """Find the subjects of stored groups, for sets that leave out courses which have not changed."""
    if all(one.course_id in work.courses for one in work.scheduled.values()):
        return {}
    groups = work.sources.targets("group")
    names = dict(StudyGroup.objects.filter(school_id=work.school.pk).values_list("id", "subject__name"))
    return {source: names[target] for source, target in groups.items() if target in names}


def _subject_key(work: Work, one: ClassRow) -> str:
    """Key a subject by its own name, so that a renamed course never renames what others are taught."""
    return _subject(work, one).casefold()


def _subject(work: Work, one: ClassRow) -> str:
    """Name what is taught: by the course, else as it stands here, else as the class has it."""
    course = work.courses.get(one.course_id)
    if course and course.title:
        return course.title
    return work.subjects_here.get(one.id) or (one.subjects[0] if one.subjects else one.title)


def _classes_by_title(work: Work) -> dict[tuple[UUID, str], UUID]:
    found: dict[tuple[UUID, str], UUID] = {}
    for one in work.homerooms.values():
        year, target = year_of_class(work, one), work.sources.target("class", one.id)
        if year and year.id and target:
            found.setdefault((year.id, one.title), target)
            found.setdefault((year.id, one.code or one.title), target)
    return found


def _class_of_code(code: str, year_id: UUID, classes: dict[tuple[UUID, str], UUID]) -> UUID | None:
    """Find the one class that all student sets of a code belong to: `7Б`, `7Б/1` or `7Б/1+7Б/2`."""
    found = {classes.get((year_id, part.split("/")[0])) for part in code.split("+")}
    return found.pop() if len(found) == 1 else None


def _group(
    work: Work, one: ClassRow, year: Year, subject: UUID, code: str, school_class: UUID | None
) -> Thing:
    return Thing(
        one.id,
        {
            "year_id": year.id,
            "subject_id": subject,
            "code": code,
            "title": one.title,
            "school_class_id": school_class,
            "period_system": system_of_class(work, one, year, _grade_of(work, one)),
        },
    )


def _titled(one: Settled) -> str:
    return str(one.thing.values["title"])
