"""The page on which a school says how it marks, and the history of what it said."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from zvonok.domain.marks.models import PointFate, ScaleKind
from zvonok.domain.marks.selectors import (
    ScaleUseLine,
    SettingLine,
    WorkKindLine,
    bounds_of_scales,
    correct_within,
    point_terms,
    scale_uses,
    settings_history,
    work_kinds,
)
from zvonok.domain.marks.wording import work_title
from zvonok.domain.schools.selectors import school, subjects_of_school

CHANGES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a setting as a sentence."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Marking:
    """How a school marks."""

    school: str
    zone: ZoneInfo
    kinds: list[WorkKindLine]
    uses: list[ScaleUseLine]
    subjects: list[tuple[UUID, str]]
    bounds: dict[str, list[int]]
    correct_within: int | None
    point_terms: tuple[int, str]
    changes: list[Change]

    def kind(self, code: str) -> WorkKindLine | None:
        """Find a kind of work by its code."""
        return next((kind for kind in self.kinds if kind.code == code), None)


def marking(*, school_id: UUID) -> Marking:
    """Gather how a school marks, in nine queries."""
    own = school(school_id=school_id)
    return Marking(
        school=own.short_name,
        zone=ZoneInfo(own.time_zone),
        kinds=work_kinds(school_id=school_id),
        uses=scale_uses(school_id=school_id),
        subjects=subjects_of_school(school_id=school_id),
        bounds=bounds_of_scales(school_id=school_id),
        correct_within=correct_within(school_id=school_id),
        point_terms=point_terms(school_id=school_id),
        changes=[
            Change(_SAY[line.setting](line), line.by, line.at)
            for line in settings_history(school_id=school_id, limit=CHANGES_SHOWN)
        ],
    )


def scale_words(kind: str) -> str:
    """Name a scale."""
    return str(ScaleKind(kind).label)


def use_words(subject: str, grade: int | str | None) -> str:
    """Say for which subject and grade a scale is in use."""
    if subject and grade is not None and grade != "":
        return _("%(subject)s, grade %(grade)s") % {"subject": subject, "grade": grade}
    if subject:
        return subject
    if grade is not None and grade != "":
        return _("Grade %(grade)s, all subjects") % {"grade": grade}
    return _("All other subjects and grades")


def _kind_changed(line: SettingLine) -> str:
    said = {"name": work_title(line.of), "what": ", ".join(_parts(line))}
    if not line.was:
        return _("“%(name)s” was added to the kinds of work") % said
    return _("Kind of work “%(name)s”: %(what)s") % said


def _parts(line: SettingLine) -> Iterator[str]:
    names = {
        "title": _("name"),
        "short": _("short name"),
        "weight": _("weight"),
        "counts": _("counts in the average"),
        "is_test": _("is a test"),
        "in_use": _("in use"),
    }
    for key in (key for key in names if key in line.now):
        yield f"{names[key]} {_plain(line.was.get(key))} → {_plain(line.now[key])}"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "—" if value in ("", None) else str(value)


def _moved(line: SettingLine) -> str:
    said = {"name": work_title(line.of), "was": line.was["place"], "now": line.now["place"]}
    return _("Kind of work “%(name)s”: place %(was)s → %(now)s") % said


def _scale_changed(line: SettingLine) -> str:
    subject, _bar, grade = line.of.partition("|")
    was, now = (scale_words(part["scale"]) if part else "—" for part in (line.was, line.now))
    return f"{use_words(subject, grade)}: {was} → {now}"


def _bounds_changed(line: SettingLine) -> str:
    was, now = (", ".join(map(str, part["bounds"])) for part in (line.was, line.now))
    said = {"scale": scale_words(line.of), "was": was, "now": now}
    return _("%(scale)s, 5, 4 and 3 begin at: %(was)s → %(now)s") % said


def _terms_changed(line: SettingLine) -> str:
    said = {"was": _plain(line.was["days"]), "now": _plain(line.now["days"])}
    return _("Days in which a mark is corrected without a reason: %(was)s → %(now)s") % said


def _points_changed(line: SettingLine) -> str:
    was, now = (f"{part['days']}, {PointFate(part['fate']).label}" for part in (line.was, line.now))
    return _("Days that a point waits for its mark, and what becomes of it: %(was)s → %(now)s") % {
        "was": was,
        "now": now,
    }


_SAY: dict[str, Callable[[SettingLine], str]] = {
    "KIND": _kind_changed,
    "PLACE": _moved,
    "SCALE": _scale_changed,
    "BOUNDS": _bounds_changed,
    "TERMS": _terms_changed,
    "POINTS": _points_changed,
}
