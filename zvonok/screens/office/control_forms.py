"""What the deputy head asks of the journals, and writes to teachers."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zvonok.domain.control.checks import Check
from zvonok.domain.control.rules import Key
from zvonok.kernel.text import plain_text

Named = Iterable[tuple[UUID, str]]


class ControlFilter(forms.Form):
    """Which journals and which checks are shown; what is not known filters nothing."""

    use_required_attribute = False

    period = forms.ChoiceField(label=_("Study period"))
    school_class = forms.ChoiceField(label=_("Class"))
    teacher = forms.ChoiceField(label=_("Teacher"))
    subject = forms.ChoiceField(label=_("Subject"))
    check = forms.ChoiceField(label=_("What is found"))
    by = forms.ChoiceField(
        label=_("Order"),
        choices=[("teacher", _("By teacher")), ("school_class", _("By class")), ("subject", _("By subject"))],
    )

    def offer(self, *, periods: Named, classes: Named, teachers: Named, subjects: Named) -> None:
        """Offer what the school has."""
        self._choices("period", _("as of today"), periods)
        self._choices("school_class", _("all"), classes)
        self._choices("teacher", _("all"), teachers)
        self._choices("subject", _("all"), subjects)
        self._choices("check", _("everything"), Check.choices)

    def chosen(self, name: str) -> str:
        """Give what is chosen, if it is among what is offered."""
        value = str(self.data.get(name, ""))
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return value if value and field.valid_value(value) else ""

    def chosen_id(self, name: str) -> UUID | None:
        """Give the id that is chosen."""
        value = self.chosen(name)
        return UUID(value) if value else None

    def _choices(self, name: str, empty: Any, offered: Iterable[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", empty), *((str(key), title) for key, title in offered)]


class NoteForm(forms.Form):
    """A note about a finding: which one, and what the deputy head has to say of it."""

    text = forms.CharField(
        label=_("Words to the teacher"),
        required=False,
        max_length=500,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    check = forms.ChoiceField(choices=Check.choices, widget=forms.HiddenInput)
    group = forms.UUIDField(widget=forms.HiddenInput)
    period = forms.UUIDField(widget=forms.HiddenInput)
    lesson = forms.UUIDField(required=False, widget=forms.HiddenInput)
    student = forms.UUIDField(required=False, widget=forms.HiddenInput)
    note = forms.UUIDField(widget=forms.HiddenInput)

    @property
    def key(self) -> Key:
        """Which finding is meant."""
        of = self.cleaned_data
        return (of["check"], of["group"], of["period"], of["lesson"], of["student"])
