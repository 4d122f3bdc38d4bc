"""What a family writes about an absence."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zvonok.domain.attendance.commands import NoteEdit
from zvonok.domain.attendance.models import NoteReason
from zvonok.domain.attendance.rules import Reach
from zvonok.domain.schools.selectors import Place
from zvonok.kernel.text import plain_text

LAST_SLOT = 15


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, input_formats=["%Y-%m-%d"], widget=widget, **more)


def _slot(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=LAST_SLOT)


class AskedForm(forms.Form):
    """What a link asks the form to be filled in with."""

    day = forms.DateField(input_formats=["%Y-%m-%d"])
    from_slot = _slot("")
    to_slot = _slot("")


class NoteForm(forms.Form):
    """Days, lessons, reason and words; the school is asked for where there are several."""

    school = forms.TypedChoiceField(label=_("School"), coerce=UUID)
    first_day = _day(_("First day"))
    last_day = _day(_("Last day, if it is another"), required=False)
    from_slot = _slot(_("From lesson"))
    to_slot = _slot(_("To lesson"))
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=NoteReason.choices,
        widget=forms.RadioSelect,
        initial=NoteReason.ILLNESS,
    )
    text = forms.CharField(
        label=_("A word to the class teacher"),
        required=False,
        max_length=500,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only the class teacher and the deputy head read it."),
    )
    edit = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school = self.fields["school"]
        assert isinstance(school, forms.ChoiceField)
        school.choices = [(str(place.school_id), place.school) for place in places]
        if len(places) == 1:
            school.widget = forms.HiddenInput()
            school.initial = places[0].school_id

    def clean_first_day(self) -> date:
        """Keep to years that the calendar of a school can hold."""
        return _sane(self.cleaned_data["first_day"])

    def clean_last_day(self) -> date | None:
        """The same for the last day; without one it is the first."""
        day: date | None = self.cleaned_data["last_day"]
        return _sane(day) if day else None

    def edit_for(self, student_id: UUID) -> NoteEdit:
        """Give the note that is meant."""
        told = self.cleaned_data
        first = told["first_day"]
        reach = Reach(first, told["last_day"] or first, told["from_slot"], told["to_slot"])
        return NoteEdit(told["edit"], student_id, reach, told["reason"], told["text"])


def _sane(day: date) -> date:
    if not 2000 <= day.year <= 2100:
        raise forms.ValidationError(_("Choose a day of this school year."), code="invalid")
    return day
