"""What a class teacher writes on the board of the class."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zvonok.domain.attendance.commands import WholeDayEdit
from zvonok.domain.attendance.models import MISSED, AbsenceKind
from zvonok.kernel.text import plain_text


class AnswerForm(forms.Form):
    """A word with which a note comes back."""

    answer = forms.CharField(
        label=_("A word to the family"),
        max_length=500,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write to the family why the note comes back.")},
    )


class WholeDayForm(forms.Form):
    """Who is away, on which days, and why."""

    student = forms.TypedChoiceField(label=_("Student"), coerce=UUID)
    first_day = forms.DateField(
        label=_("First day"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last_day = forms.DateField(
        label=_("Last day, if it is another"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    kind = forms.ChoiceField(
        label=_("Why"),
        choices=[(kind, AbsenceKind(kind).label) for kind in MISSED],
        widget=forms.RadioSelect,
        initial=AbsenceKind.UNEXCUSED,
    )
    edit = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pupils: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["student"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose a student")), *((str(key), name) for key, name in pupils.items())]

    def clean_first_day(self) -> date:
        """Keep to years that the calendar of a school can hold."""
        return _sane(self.cleaned_data["first_day"])

    def clean_last_day(self) -> date | None:
        """The same for the last day; without one it is the first."""
        day: date | None = self.cleaned_data["last_day"]
        return _sane(day) if day else None

    @property
    def wanted(self) -> WholeDayEdit:
        """The whole days that are meant."""
        told = self.cleaned_data
        last = told["last_day"] or told["first_day"]
        return WholeDayEdit(told["edit"], told["student"], told["first_day"], last, told["kind"])


class TurnForm(forms.Form):
    """How far the lists of the board are turned, in its address."""

    absent_before = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    remarked_before = forms.CharField(required=False, max_length=40)


def _sane(day: date) -> date:
    if not 2000 <= day.year <= 2100:
        raise forms.ValidationError(_("Choose a day of this school year."), code="invalid")
    return day
