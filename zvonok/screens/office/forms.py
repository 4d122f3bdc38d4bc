"""What the office asks."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zvonok.domain.homework.commands import Destination
from zvonok.domain.schools.models import ImportKind
from zvonok.domain.timetable.commands.substitute import Replacement
from zvonok.kernel.text import plain_text
from zvonok.screens.office.day import OfficeDay, OfficeLesson


class DayFilter(forms.Form):
    """Whose lessons of the day are shown; only drawn, never validated: what is not known filters nothing."""

    use_required_attribute = False

    school_class = forms.ChoiceField(label=_("Class"))
    teacher = forms.ChoiceField(label=_("Teacher"))

    def offer(self, page: OfficeDay) -> None:
        """Offer the classes and teachers of the school."""
        everybody: Any = ("", _("all"))
        classes = [(str(one.pk), one.title) for one in page.classes]
        self.fields["school_class"].choices = [everybody, *classes]  # type: ignore[attr-defined]
        teachers = [(str(key), name) for key, name in page.teachers]
        self.fields["teacher"].choices = [everybody, *teachers]  # type: ignore[attr-defined]


class SeenForm(forms.Form):
    """The version of a lesson that was on the page."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class CancelForm(SeenForm):
    """Why a lesson does not take place."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Families see it in the diary."),
        required=False,
        max_length=300,
        validators=[plain_text],
    )


class CancelLessonForm(CancelForm):
    """Why a lesson does not take place, and where the homework due at it goes."""

    field_order = ("reason", "homework", "version")

    homework = forms.ChoiceField(
        label=_("Its homework"),
        choices=Destination.choices,
        initial=Destination.MOVE,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, page: OfficeLesson) -> None:
        super().__init__(data, initial={"version": page.lesson.version}, auto_id="cancel_%s")
        if page.due:
            words = ", ".join(f"{task.subject}: {task.text[:80]}" for task in page.due)
            self.fields["homework"].help_text = words
        else:
            del self.fields["homework"]


class ReplaceForm(CancelForm):
    """Who holds a lesson, what is taught, where and when."""

    field_order = ("teacher", "subject", "room", "slot", "reason", "version")

    teacher = forms.TypedChoiceField(label=_("Teacher"), required=False, coerce=UUID, empty_value=None)
    subject = forms.TypedChoiceField(label=_("Subject"), coerce=UUID)
    room = forms.TypedChoiceField(label=_("Room"), required=False, coerce=UUID, empty_value=None)
    slot = forms.TypedChoiceField(label=_("Lesson number"), coerce=int)

    def __init__(self, data: Any = None, *, page: OfficeLesson) -> None:
        lesson = page.lesson
        initial = {
            "teacher": lesson.teacher_id,
            "subject": lesson.subject_id,
            "room": page.room_id,
            "slot": lesson.slot,
            "version": lesson.version,
        }
        super().__init__(data, initial=initial)
        offered = {
            "teacher": _with(page.teachers, lesson.teacher_id, lesson.teacher),
            "subject": _with(page.subjects, lesson.subject_id, lesson.subject),
            "room": page.rooms,
            "slot": _with(page.slots, lesson.slot, str(lesson.slot)),
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def replacement(self) -> Replacement:
        """Give what was chosen, once the form is valid."""
        chosen = self.cleaned_data
        return Replacement(chosen["subject"], chosen["teacher"], chosen["room"], chosen["slot"])


class JoinForm(CancelForm):
    """Which lesson of the same time another one is held together with."""

    field_order = ("other", "reason", "version")

    other = forms.TypedChoiceField(
        label=_("Together with"),
        help_text=_("Its teacher takes both groups; each keeps its own journal."),
        coerce=UUID,
    )

    def __init__(self, data: Any = None, *, page: OfficeLesson) -> None:
        super().__init__(data, initial={"version": page.lesson.version}, auto_id="join_%s")
        self.fields["other"].choices = page.others  # type: ignore[attr-defined]


class PeopleField(forms.TypedMultipleChoiceField):
    """Some people by their ids; the command knows who they may be."""

    def valid_value(self, value: Any) -> bool:
        """Say whether it is an id at all."""
        try:
            return bool(UUID(value))
        except ValueError:
            return False


class SlipsForm(forms.Form):
    """Who is to get a slip; nobody chosen means: all who have never entered."""

    person = PeopleField(required=False, coerce=UUID)


class UploadForm(forms.Form):
    """A file to be checked, and what it is."""

    kind = forms.ChoiceField(
        label=_("What is in the file"), choices=ImportKind.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A zip of CSV files, a zip or .fet file with the timetable, an XML or CSV calendar; up to 200 MB."
        ),
        max_length=200,
    )


def _with(choices: list[tuple[str, str]], key: object, name: str) -> list[tuple[str, str]]:
    """Offer what stands now, even where it is not on the list any more."""
    if key is None or any(value == str(key) for value, _name in choices):
        return choices
    return [*choices, (str(key), name)]
