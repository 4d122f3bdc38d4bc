"""The tests that a group's students write around a lesson, and the form that announces another one."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zvonok.domain.access.actor import Actor
from zvonok.domain.marks.announced import AnnouncedTest, share_of_tests, tests_of_groups_students
from zvonok.domain.marks.rules import are_tests_too_many, crowded_days
from zvonok.domain.marks.selectors import work_kinds
from zvonok.kernel.days import monday_of
from zvonok.kernel.text import plain_text
from zvonok.screens.journal.door import lessons_ahead
from zvonok.screens.journal.wording import group_label
from zvonok.screens.shell.wording import day_month

if TYPE_CHECKING:
    from zvonok.domain.timetable.models import Lesson

AHEAD = timedelta(days=27)
Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TestsPage:
    """Four weeks of tests, from the Monday of the lesson's week; how many of the group's lessons have one."""

    lesson_id: UUID
    title: str
    tests: list[AnnouncedTest]
    crowded: set[date]
    own: set[UUID]
    count: int
    lessons: int
    targets: list[Choice]
    kinds: list[Choice]

    @property
    def is_over(self) -> bool:
        """Whether tests take more of the lessons than they should."""
        return are_tests_too_many(self.count, lessons=self.lessons)


def tests_page(lesson: "Lesson", *, actor: Actor) -> TestsPage:
    """Read the tests around a lesson in four queries."""
    about = {"school_id": lesson.school_id, "group_id": lesson.group_id}
    first = monday_of(lesson.day)
    found = tests_of_groups_students(**about, first=first, last=first + AHEAD)
    ahead = lessons_ahead(actor, lesson, last=first + AHEAD)
    count, lessons = share_of_tests(**about)
    return TestsPage(
        lesson_id=lesson.pk,
        title=f"{lesson.subject.name} · {group_label(lesson.group.title, lesson.subject.name)}",
        tests=[test for test, _students in found],
        crowded=crowded_days((test.day, students) for test, students in found),
        own={each.pk for each in ahead},
        count=count,
        lessons=lessons,
        targets=[(str(each.pk), _target(each)) for each in ahead],
        kinds=[
            (kind.code, kind.title)
            for kind in work_kinds(school_id=lesson.school_id)
            if kind.is_test and kind.in_use
        ],
    )


def _target(lesson: "Lesson") -> str:
    return _("%(day)s, lesson %(slot)s") % {"day": day_month(lesson.day), "slot": lesson.slot}


class AnnounceForm(forms.Form):
    """At which lesson which test is written, and about what."""

    lesson = forms.TypedChoiceField(label=gettext_lazy("Lesson"), coerce=UUID)
    work = forms.ChoiceField(label=gettext_lazy("What is written"))
    title = forms.CharField(
        label=gettext_lazy("About"), required=False, max_length=200, validators=[plain_text]
    )

    def __init__(self, data: Any = None, *, page: TestsPage) -> None:
        super().__init__(data, auto_id="test_%s")
        self.fields["lesson"].choices = page.targets  # type: ignore[attr-defined]
        self.fields["work"].choices = page.kinds  # type: ignore[attr-defined]
