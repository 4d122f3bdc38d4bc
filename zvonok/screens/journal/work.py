"""How a single work of a lesson is marked: its scale, and its criteria."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zvonok.domain.marks.commands.works import MOST_CRITERIA, MOST_POINTS, Measure
from zvonok.domain.marks.models import ScaleKind
from zvonok.domain.marks.selectors import marking_of, work_kinds, works_of_lessons
from zvonok.kernel.text import plain_text, tidy

if TYPE_CHECKING:
    from zvonok.domain.timetable.models import Lesson

PLACES = range(1, MOST_CRITERIA + 1)


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A work as its page shows it: `criteria` are names and points."""

    code: str
    title: str
    scale: str
    usual_scale: str
    criteria: list[tuple[str, str]]


def work_page(lesson: "Lesson", work: str) -> WorkPage | None:
    """Read how a work of a lesson is marked, in three queries; None for a kind that the school does not mark."""
    school = lesson.school_id
    kind = next((one for one in work_kinds(school_id=school) if one.code == work), None)
    opened = next(
        (
            one
            for one in works_of_lessons(school_id=school, lesson_ids=[lesson.pk])[lesson.pk]
            if one.work == work
        ),
        None,
    )
    if kind is None or not (opened or kind.in_use):
        return None
    usual = marking_of(school_id=school, group_id=lesson.group_id, subject_id=lesson.subject_id).scale
    criteria = [tuple(one.rsplit(": ", 1)) for one in opened.criteria] if opened else []
    return WorkPage(
        work,
        kind.title,
        opened.scale if opened else usual,
        usual,
        [(title, most) for title, most in criteria],
    )


class WorkForm(forms.Form):
    """By which scale a work is marked; for criteria, which they are and how many points each can bring."""

    scale = forms.ChoiceField(label=_("Scale"), choices=ScaleKind.choices)

    def __init__(self, data: Any = None, *, page: WorkPage) -> None:
        super().__init__(data, initial={"scale": page.scale})
        for place in PLACES:
            title, most = page.criteria[place - 1] if place <= len(page.criteria) else ("", "")
            self.fields[f"title_{place}"] = forms.CharField(
                label=_("Criterion %(number)s") % {"number": place},
                required=False,
                max_length=120,
                initial=title,
                validators=[plain_text],
            )
            self.fields[f"most_{place}"] = forms.IntegerField(
                label=_("Points at most"),
                required=False,
                min_value=1,
                max_value=MOST_POINTS,
                initial=most or None,
            )

    def clean(self) -> dict[str, Any]:
        """Make sure that a criterion has both its name and its points."""
        cleaned: dict[str, Any] = super().clean() or {}
        for place in PLACES:
            title, most = cleaned.get(f"title_{place}"), cleaned.get(f"most_{place}")
            if bool(title) != bool(most) and f"most_{place}" not in self.errors:
                self.add_error(
                    f"most_{place}", ValidationError(_("A criterion has a name and points."), "both")
                )
        return cleaned

    def rows(self) -> Iterator[tuple[Any, Any]]:
        """Give the fields of the criteria in pairs."""
        for place in PLACES:
            yield self[f"title_{place}"], self[f"most_{place}"]

    def criteria(self) -> list[Measure]:
        """Give the criteria that were named, once the form is valid."""
        chosen = self.cleaned_data
        found = [(tidy(chosen[f"title_{place}"]), chosen[f"most_{place}"]) for place in PLACES]
        return [Measure(title, most) for title, most in found if title]
