"""What is asked about a lesson plan."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zvonok.domain.planning.models import Control
from zvonok.domain.planning.pace import repair
from zvonok.domain.planning.rules import (
    HOMEWORK_LENGTH,
    MOST_HOURS,
    MOST_MINUTES,
    NOTE_LENGTH,
    SECTION_LENGTH,
    TITLE_LENGTH,
    Draft,
    Edit,
    Merge,
    Move,
    Plan,
    Remove,
    RenameSection,
    Split,
    place_of,
)
from zvonok.kernel.ids import uuid7
from zvonok.kernel.text import plain_text, tidy

FAR = 2**31 - 1


class SeenForm(forms.Form):
    """The version of the plan that was on the page."""

    version = forms.IntegerField(min_value=0, max_value=FAR, widget=forms.HiddenInput)


class ActForm(SeenForm):
    """What a button of the plan does, and to which topic: `up:<id>`."""

    act = forms.RegexField(r"^(?:(?:up|down|merge|split|remove|section):[0-9a-f-]{36}|repair)$")
    section = forms.CharField(required=False, max_length=SECTION_LENGTH, validators=[plain_text])

    @property
    def is_forged(self) -> bool:
        """Whether something is wrong that nobody has typed."""
        return bool({"act", "version"} & self.errors.keys())

    def edits(self, plan: Plan, *, lacking: int) -> list[Edit]:
        """Make the edits that are meant, once the form is valid. Raises: LookupError, ValueError."""
        name, _colon, topic = self.cleaned_data["act"].partition(":")
        if not topic:
            return repair(plan, lacking=lacking)
        topic_id = UUID(topic)
        place = place_of(plan, topic_id)
        title = gettext("%(title)s (continued)") % {"title": plan[place].draft.title}
        made: dict[str, Edit] = {
            "up": Move(topic_id, place - 1),
            "down": Move(topic_id, place + 1),
            "merge": Merge(topic_id),
            "split": Split(topic_id, uuid7(), title),
            "remove": Remove(topic_id),
            "section": RenameSection(topic_id, tidy(self.cleaned_data["section"])),
        }
        return [made[name]]


class ShortTopicForm(SeenForm):
    """A new topic: the rest can be written later."""

    title = forms.CharField(
        label=pgettext_lazy("column of a lesson plan", "Topic"),
        max_length=TITLE_LENGTH,
        validators=[plain_text],
    )
    section = forms.CharField(
        label=_("Section"), required=False, max_length=SECTION_LENGTH, validators=[plain_text]
    )
    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=MOST_HOURS, initial=1)

    def clean_title(self) -> str:
        """Fold blanks, as titles are compared."""
        return tidy(self.cleaned_data["title"])

    def clean_section(self) -> str:
        """Fold blanks, as sections are compared."""
        return tidy(self.cleaned_data["section"])

    @property
    def draft(self) -> Draft:
        """What is meant, once the form is valid."""
        values = {
            name: value for name, value in self.cleaned_data.items() if name not in ("version", "place")
        }
        return Draft(**values)


class TopicForm(ShortTopicForm):
    """All that a plan says of a topic, and its place in the plan, counted from 1."""

    control = forms.ChoiceField(
        label=_("Control"), required=False, choices=[("", _("none")), *Control.choices]
    )
    homework = forms.CharField(
        label=_("Homework"),
        help_text=_("It is proposed on the lesson page."),
        required=False,
        max_length=HOMEWORK_LENGTH,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    homework_minutes = forms.IntegerField(
        label=_("Minutes it takes"), required=False, min_value=1, max_value=MOST_MINUTES
    )
    note = forms.CharField(
        label=pgettext_lazy("column of a lesson plan", "Note"),
        help_text=_("For yourself: the textbook, what to bring."),
        required=False,
        max_length=NOTE_LENGTH,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    place = forms.IntegerField(label=_("Place in the plan"), min_value=1, max_value=FAR)


class FileForm(forms.Form):
    """A spreadsheet with a plan."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX or CSV, up to 2 MB; the first sheet is read."),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )


class LayForm(forms.Form):
    """What was checked and is to be laid."""

    token = forms.CharField(max_length=1000, widget=forms.HiddenInput)


def typed(form: forms.Form, **standing: Any) -> forms.Form:
    """Keep what was typed, but let it answer what stands now, so that sending it again can succeed."""
    form.data = dict(form.data.items()) | standing
    return form
