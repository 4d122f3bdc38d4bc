"""What the deputy head asks of study periods and of the rules of attestation."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zvonok.domain.attestation.commands.accept import WantedRules
from zvonok.domain.attestation.models import AttestationRules, AverageKind, FinalRule, YearRule
from zvonok.kernel.text import plain_text

Choice = tuple[str, str]
_STEP: dict[str, Any] = {
    "min_value": Decimal("0.01"),
    "max_value": Decimal("0.99"),
    "max_digits": 3,
    "decimal_places": 2,
}
_STEP_PREFIX = "step-"


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Make a field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class ClosingForm(forms.Form):
    """The last day on which a period takes marks."""

    closes_on = day_field(
        _("Last day for marks"),
        required=False,
        help_text=_("The period closes by itself when this day is over. Empty: it stays open."),
    )


class UnlockForm(forms.Form):
    """For whom a closed period is unlocked, until when and why."""

    group = forms.TypedChoiceField(label=_("Study group"), coerce=UUID, empty_value=None)
    student = forms.TypedChoiceField(
        label=_("Student"),
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text=_("Empty: the whole group."),
    )
    everywhere = forms.BooleanField(label=_("This student in all subjects"), required=False)
    until = day_field(_("Until the end of"))
    reason = forms.CharField(label=_("Reason"), max_length=300, validators=[plain_text])

    def __init__(
        self, data: Any = None, *, groups: Sequence[Choice], students: Sequence[Choice], **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.fields["group"].choices = [("", "—"), *groups]  # type: ignore[attr-defined]
        self.fields["student"].choices = [("", "—"), *students]  # type: ignore[attr-defined]

    def whom(self) -> dict[str, UUID | None]:
        """Give whom the unlocking is for, once the form is valid."""
        chosen = self.cleaned_data
        everywhere = bool(chosen["student"] and chosen["everywhere"])
        return {"group_id": None if everywhere else chosen["group"], "student_id": chosen["student"]}


class RulesForm(forms.Form):
    """A version of the rules by which marks are proposed."""

    valid_from = day_field(
        _("In force from"), help_text=_("Marks that were put before keep the rules they were put by.")
    )
    step_up = forms.DecimalField(
        label=_("Rounds up from"),
        help_text=_("The part after the point: with 0.50 an average of 4.50 proposes 5."),
        **_STEP,
    )
    averages = forms.ChoiceField(label=_("Which average proposes"), choices=AverageKind.choices)
    least_quarter = forms.IntegerField(label=_("Least marks in a quarter"), min_value=0, max_value=50)
    least_trimester = forms.IntegerField(label=_("Least marks in a trimester"), min_value=0, max_value=50)
    least_half_year = forms.IntegerField(label=_("Least marks in a half-year"), min_value=0, max_value=50)
    least_module = forms.IntegerField(label=_("Least marks in a module"), min_value=0, max_value=50)
    missed_percent = forms.DecimalField(
        label=_("Not attested above"),
        help_text=_("Per cent of lessons missed; two thirds are 66.67."),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    year_rule = forms.ChoiceField(label=_("The year mark is proposed by"), choices=YearRule.choices)
    final_rule = forms.ChoiceField(label=_("The final mark is proposed by"), choices=FinalRule.choices)

    def __init__(self, data: Any = None, *, subjects: Sequence[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(data, **options)
        for key, name in subjects:
            self.fields[f"{_STEP_PREFIX}{key}"] = forms.DecimalField(label=name, required=False, **_STEP)

    def of_school(self) -> list[forms.BoundField]:
        """List the fields that hold for all subjects."""
        return [field for field in self if not field.name.startswith(_STEP_PREFIX)]

    def of_subjects(self) -> list[forms.BoundField]:
        """List the fields of single subjects."""
        return [field for field in self if field.name.startswith(_STEP_PREFIX)]

    def wanted(self) -> WantedRules:
        """Give the rules, once the form is valid."""
        return WantedRules(**{name: self.cleaned_data[name] for name in WantedRules.__slots__})

    def steps(self) -> dict[UUID, Decimal]:
        """Give the steps of single subjects, once the form is valid."""
        chosen = {name: value for name, value in self.cleaned_data.items() if name.startswith(_STEP_PREFIX)}
        return {UUID(name.removeprefix(_STEP_PREFIX)): value for name, value in chosen.items() if value}


def initial_rules(standing: AttestationRules | None, today: date) -> dict[str, Any]:
    """Begin the form with the latest version, else with what every school begins with."""
    source: Any = standing or WantedRules(valid_from=today)
    values = {name: getattr(source, name) for name in WantedRules.__slots__}
    steps = (
        {f"{_STEP_PREFIX}{one.subject_id}": one.step_up for one in standing.steps.all()} if standing else {}
    )
    return {**values, **steps, "valid_from": max(today, values["valid_from"])}
