"""What a teacher writes about a lesson beside marks and absences."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zvonok.domain.marks.commands.columns import WorkTerms
from zvonok.domain.remarks.models import RemarkKind
from zvonok.kernel.text import plain_text


class DayForm(forms.Form):
    """The day of the teacher's day, in its address."""

    day = forms.DateField(required=False, input_formats=["%Y-%m-%d"])


class TopicForm(forms.Form):
    """What the lesson is about; a topic of the plan that was tapped goes before what was typed."""

    topic = forms.CharField(
        label=_("Topic of the lesson"),
        required=False,
        max_length=500,
        validators=[plain_text],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    proposal = forms.UUIDField(required=False)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class RemarkForm(forms.Form):
    """A word to a student and the family."""

    student = forms.TypedChoiceField(label=_("Student"), coerce=UUID)
    kind = forms.ChoiceField(
        label=_("What about"), choices=RemarkKind.choices, widget=forms.RadioSelect, initial=RemarkKind.PRAISE
    )
    text = forms.CharField(
        label=_("Words to the student and the family"),
        max_length=500,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    keep = forms.BooleanField(label=_("Keep these words as a template"), required=False)
    edit = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, students: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["student"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose a student")), *((str(key), name) for key, name in students)]


class CommentForm(forms.Form):
    """The comment on a mark; the hidden fields say which mark, as it was seen."""

    comment = forms.CharField(
        label=_("Comment for the family"),
        required=False,
        max_length=500,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    edit = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.UUIDField(widget=forms.HiddenInput)
    work = forms.CharField(max_length=11, widget=forms.HiddenInput)
    mark = forms.CharField(max_length=10, widget=forms.HiddenInput)


class ColumnForm(forms.Form):
    """What a work of a lesson is; the field `seen` says what it was when the page was opened."""

    work = forms.ChoiceField(label=_("Kind of work"))
    title = forms.CharField(
        label=_("Title"),
        help_text=_("Families see it instead of the kind: “Test 2: quadratic equations”."),
        required=False,
        max_length=200,
        validators=[plain_text],
    )
    weight = forms.TypedChoiceField(
        label=_("Weight"),
        help_text=_("How many times each mark counts in the weighted average."),
        choices=[(weight, f"×{weight}") for weight in range(1, 6)],
        coerce=int,
    )
    counts = forms.BooleanField(label=_("Counts in the averages"), required=False)
    seen = forms.JSONField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["work"].choices = kinds  # type: ignore[attr-defined]

    def clean_seen(self) -> WorkTerms:
        """Read what the page said that the work was."""
        seen = self.cleaned_data["seen"]
        match seen:
            case {"work": str(work), "title": str(title), "weight": int(weight), "counts": bool(counts)}:
                return WorkTerms(work, title, weight, counts)
        raise forms.ValidationError(_("Open the page again: it says nothing of what stood here."))

    @property
    def wanted(self) -> WorkTerms:
        """What the work is to be."""
        sent = self.cleaned_data
        return WorkTerms(sent["work"], sent["title"], sent["weight"], sent["counts"])


class NoteForm(forms.Form):
    """A note to oneself; an empty one removes it."""

    text = forms.CharField(
        label=_("Note to myself"),
        help_text=_("Nobody else can read it."),
        required=False,
        max_length=4000,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class FindingsForm(forms.Form):
    """Of which study period, or of which lesson, it is asked what is missing."""

    day = forms.DateField(required=False)
    lesson = forms.UUIDField(required=False)


class NewColumnForm(forms.Form):
    """A work of a lesson that is to be opened; without a weight it takes that of its kind."""

    work = forms.ChoiceField(label=_("Kind of work"))
    title = forms.CharField(label=_("Title"), required=False, max_length=200, validators=[plain_text])
    weight = forms.TypedChoiceField(
        label=_("Weight"),
        choices=[("", _("that of its kind")), *((weight, f"×{weight}") for weight in range(1, 6))],
        required=False,
        coerce=int,
        empty_value=None,
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["work"].choices = kinds  # type: ignore[attr-defined]
