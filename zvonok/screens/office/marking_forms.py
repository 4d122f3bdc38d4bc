"""What the page of marking asks."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zvonok.domain.marks.commands.settings import Kind
from zvonok.domain.marks.models import PointFate, ScaleKind, Work
from zvonok.domain.marks.selectors import WorkKindLine
from zvonok.kernel.text import plain_text, tidy

WEIGHTS = [(weight, f"×{weight}") for weight in range(1, 6)]
GRADES = range(1, 12)


class NameField(forms.CharField):
    """A name without blanks at its ends or doubled within."""

    def __init__(self, **more: Any) -> None:
        super().__init__(validators=[plain_text], **more)

    def clean(self, value: Any) -> str:
        """Tidy what was typed before it is judged."""
        return str(super().clean(tidy(value) if isinstance(value, str) else value))


class KindForm(forms.Form):
    """A kind of work of the school's own."""

    title = NameField(label=pgettext_lazy("of a kind of work", "Name"), max_length=60)
    short = NameField(
        label=_("Short name"), help_text=_("Stands at the head of a narrow column."), max_length=12
    )
    weight = forms.TypedChoiceField(
        label=_("Weight"),
        help_text=_(
            "As many times a mark counts in the average. Works opened before keep the weight they have."
        ),
        choices=WEIGHTS,
        coerce=int,
    )
    counts = forms.BooleanField(label=_("Counts in the average"), required=False, initial=True)
    is_test = forms.BooleanField(
        label=_("Is a test"),
        help_text=_("Tests of one class are counted by day and by week."),
        required=False,
    )

    def kind(self) -> Kind:
        """Give what was asked for, once the form is valid."""
        return Kind(**self.cleaned_data)


class ChangeKindForm(KindForm):
    """A kind of work that is there; one of those that every school has may be left without a name."""

    in_use = forms.BooleanField(
        label=_("In use"),
        help_text=_("A retired kind opens no new works; its marks stay as they are."),
        required=False,
    )

    def __init__(self, data: Any = None, *, line: WorkKindLine) -> None:
        named = {"title": line.own_title, "short": line.own_short}
        same = {name: getattr(line, name) for name in ("weight", "counts", "is_test", "in_use")}
        super().__init__(data, initial=named | same)
        if line.code in Work.values:
            for name, usual in (("title", line.usual_title), ("short", line.usual_short)):
                self.fields[name].required = False
                self.fields[name].widget.attrs["placeholder"] = usual
            self.fields["title"].help_text = _("Left empty, it is named in the reader’s language.")


class ScaleUseForm(forms.Form):
    """By which scale a subject in a grade is marked."""

    grade = forms.TypedChoiceField(label=_("Grade"), required=False, coerce=int, empty_value=None)
    subject = forms.TypedChoiceField(label=_("Subject"), required=False, coerce=UUID, empty_value=None)
    scale = forms.ChoiceField(label=_("Scale"), choices=ScaleKind.choices)

    def __init__(self, data: Any = None, *, subjects: list[tuple[UUID, str]]) -> None:
        super().__init__(data)
        every: Any = ("", pgettext_lazy("grades", "all"))
        every_subject: Any = ("", pgettext_lazy("subjects", "all"))
        self.fields["grade"].choices = [every, *((grade, grade) for grade in GRADES)]  # type: ignore[attr-defined]
        self.fields["subject"].choices = [  # type: ignore[attr-defined]
            every_subject,
            *((str(key), name) for key, name in subjects),
        ]


class LeaveScaleForm(forms.Form):
    """Which line of the scales in use is taken away."""

    grade = forms.IntegerField(required=False, min_value=0, max_value=13)
    subject = forms.UUIDField(required=False)


class BoundsForm(forms.Form):
    """From which per cents 5, 4 and 3 begin."""

    five = forms.IntegerField(label=_("5 from, per cent"), min_value=1, max_value=100)
    four = forms.IntegerField(label=_("4 from, per cent"), min_value=1, max_value=100)
    three = forms.IntegerField(label=_("3 from, per cent"), min_value=1, max_value=100)

    def bounds(self) -> list[int]:
        """Give what was asked for, once the form is valid."""
        return [self.cleaned_data[name] for name in ("five", "four", "three")]


class TermsForm(forms.Form):
    """For how long a mark is corrected without saying why."""

    correct_within = forms.IntegerField(
        label=_("Days"),
        help_text=_("Empty: until the study period closes."),
        required=False,
        min_value=1,
        max_value=365,
    )


class PointsForm(forms.Form):
    """How long a point waits for its mark, and what becomes of it then."""

    days = forms.IntegerField(
        label=_("Days"),
        help_text=_("At most until the end of the study period."),
        min_value=1,
        max_value=90,
    )
    fate = forms.ChoiceField(label=_("A point without a mark by then"), choices=PointFate.choices)
