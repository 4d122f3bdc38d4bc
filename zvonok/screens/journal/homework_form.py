"""What a teacher asks to be done after a lesson: by when, by whom, how long it takes, what to open."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from zvonok.domain.homework.commands import Destination, HomeworkEdit
from zvonok.domain.homework.selectors import HomeworkLine, ParallelLesson
from zvonok.kernel.ids import uuid7
from zvonok.kernel.text import plain_text
from zvonok.screens.shell.wording import day_month

MOST_LINKS = 10
_PLAIN = ("text", "due_on", "expected_minutes", "seen", "student_ids", "links", "hand_in")
_web_address = URLValidator(
    schemes=["http", "https"], message=_("A link begins with https:// and names a site."), code="link"
)


class LoadForm(forms.Form):
    """The day that homework is to be due on, and how long it takes."""

    due_on = forms.DateField(
        label=_("Due"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    expected_minutes = forms.IntegerField(
        label=_("Minutes it takes"), required=False, min_value=1, max_value=600
    )

    def clean_due_on(self) -> date | None:
        """Keep to years that the calendar of a school can hold."""
        day: date | None = self.cleaned_data["due_on"]
        if day and not 2000 <= day.year <= 2100:
            raise ValidationError(_("Choose a day of this school year."), code="invalid")
        return day


class HomeworkForm(LoadForm):
    """What is to be done after the lesson; an empty text takes it back."""

    field_order = ("text", "due_on", "expected_minutes")

    text = forms.CharField(
        label=_("Homework"),
        required=False,
        max_length=4000,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hand_in = forms.BooleanField(label=_("Something is to be handed in"), required=False)
    links = forms.CharField(
        label=_("Links"),
        help_text=_("One in a line."),
        required=False,
        max_length=4000,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    student_ids = forms.TypedMultipleChoiceField(
        label=_("Only for some pupils"),
        help_text=_("Tick nobody, and it is for the whole group."),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
    )
    copy_to = forms.TypedMultipleChoiceField(
        label=_("The same for parallel groups"),
        help_text=_("There it is due at their own next lesson."),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
    )
    edit = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        pupils: Sequence[tuple[UUID, str]],
        parallels: Sequence[ParallelLesson],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "student_ids": [(str(key), name) for key, name in pupils],
            "copy_to": [(str(other.id), f"{other.group}, {day_month(other.day)}") for other in parallels],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_links(self) -> tuple[str, ...]:
        """Read the links, one in each line."""
        links = tuple(line.strip() for line in self.cleaned_data["links"].splitlines() if line.strip())
        if len(links) > MOST_LINKS:
            raise ValidationError(_("Ten links are enough for one homework."), code="too_many_links")
        for link in links:
            _web_address(link)
        return links

    @property
    def wanted(self) -> HomeworkEdit:
        """The homework that is meant."""
        chosen = self.cleaned_data | {"student_ids": tuple(self.cleaned_data["student_ids"])}
        return HomeworkEdit(id=chosen["edit"], **{name: chosen[name] for name in _PLAIN})

    def copy(self) -> HomeworkEdit:
        """The same for the whole of a parallel group, due at its next lesson."""
        chosen = self.cleaned_data
        return HomeworkEdit(
            uuid7(),
            chosen["text"],
            expected_minutes=chosen["expected_minutes"],
            links=chosen["links"],
            hand_in=chosen["hand_in"],
        )

    @property
    def says_more(self) -> bool:
        """Whether something stands in the part that opens, or was wrong there."""
        names = ("links", "student_ids", "copy_to", "hand_in")
        return any(self[name].value() or name in self.errors for name in names)


class SettleForm(forms.Form):
    """Where the homework of a cancelled lesson goes."""

    destination = forms.ChoiceField(
        label=_("Its homework"),
        choices=Destination.choices,
        initial=Destination.MOVE,
        widget=forms.RadioSelect,
    )


def standing_in(line: HomeworkLine) -> dict[str, Any]:
    """Give the values of a form that shows homework as it stands."""
    return {
        "text": line.text,
        "due_on": line.due_on,
        "expected_minutes": line.expected_minutes,
        "hand_in": line.hand_in,
        "links": "\n".join(line.links),
        "student_ids": [str(student) for student in line.student_ids],
    }
