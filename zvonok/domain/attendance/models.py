"""Absences of students from lessons, and what families and class teachers say about them.

An absence is never edited: a correction withdraws one and inserts another.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zvonok.domain.people.models import Person
from zvonok.domain.schools.models import SchoolRow
from zvonok.domain.timetable.models import Lesson


class AbsenceKind(models.TextChoices):
    """How a student missed a lesson, or part of it."""

    UNEXCUSED = "UNEXCUSED", _("absent without a reason")
    ILL = "ILL", _("ill")
    EXCUSED = "EXCUSED", _("absent with a good reason")
    LATE = "LATE", _("late")


# What a note or a whole day can make of a lesson: nobody is late for a day.
MISSED = [kind for kind in AbsenceKind.values if kind != AbsenceKind.LATE]


class NoteKind(models.TextChoices):
    """Whether a note speaks of what is to come or of what has been."""

    REPORT = "REPORT", _("absence reported beforehand")
    EXPLANATION = "EXPLANATION", _("absence explained")


class NoteReason(models.TextChoices):
    """Why a student misses lessons, as the family says it."""

    ILLNESS = "ILLNESS", _("illness")
    DOCTOR = "DOCTOR", _("visit to a doctor")
    CONTEST = "CONTEST", _("competition or olympiad")
    FAMILY = "FAMILY", _("family reasons")
    OTHER = "OTHER", _("another reason")


class NoteState(models.TextChoices):
    """What has become of a note."""

    SENT = "SENT", _("waits for an answer")
    ACCEPTED = "ACCEPTED", _("accepted")
    RETURNED = "RETURNED", _("returned")
    WITHDRAWN = "WITHDRAWN", _("taken back")


class Stretch(SchoolRow):
    """Days in a row of one student."""

    student = models.ForeignKey(Person, models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        abstract = True


class ExcuseNote(Stretch):
    """A family's word about an absence, and the class teacher's answer. Its id is the form that sent it.

    It reaches from lesson `from_slot` of the first day to `to_slot` of the last; without them, whole days.
    """

    from_slot = models.PositiveSmallIntegerField(null=True)
    to_slot = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=11, choices=NoteKind.choices)
    reason = models.CharField(max_length=7, choices=NoteReason.choices)
    text = models.CharField(max_length=500, blank=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=NoteState.choices, default=NoteState.SENT)
    answer = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NoteKind.values), name="note_kind_known"),
            models.CheckConstraint(condition=Q(reason__in=NoteReason.values), name="note_reason_known"),
            models.CheckConstraint(condition=Q(state__in=NoteState.values), name="note_state_known"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="note_days_in_order"),
            models.CheckConstraint(
                condition=Q(first_day__lt=F("last_day"))
                | Q(to_slot__gte=F("from_slot"))
                | Q(from_slot=None)
                | Q(to_slot=None),
                name="note_lessons_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state=NoteState.SENT, decided_by=None, decided_at=None)
                | (~Q(state=NoteState.SENT) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="note_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=NoteState.RETURNED) | ~Q(answer=""), name="note_returned_with_a_word"
            ),
        ]
        indexes = [
            models.Index(fields=["school", "student", "last_day"], name="note_of_student"),
            models.Index(fields=["school", "sent_at"], condition=Q(state="SENT"), name="note_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_day} {self.state}"


class WholeDayAbsence(Stretch):
    """The class teacher's word that a student is away for whole days, whatever lessons they have or will have."""

    kind = models.CharField(max_length=9, choices=AbsenceKind.choices)
    put_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MISSED), name="whole_day_kind_known"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="whole_day_in_order"),
        ]
        indexes = [
            models.Index(
                fields=["school", "student", "last_day"],
                condition=Q(withdrawn_at__isnull=True),
                name="whole_day_standing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_day}"


class Absence(SchoolRow):
    """A lesson that a student missed, or came late to. Its id is the edit that put it.

    `note` is the family's word that excused it, `whole_day` the class teacher's that put it.
    """

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="absences")
    student = models.ForeignKey(Person, models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=9, choices=AbsenceKind.choices)
    late_minutes = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    note = models.ForeignKey(ExcuseNote, models.PROTECT, null=True, related_name="+")
    whole_day = models.ForeignKey(WholeDayAbsence, models.PROTECT, null=True, related_name="+")
    put_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AbsenceKind.values), name="absence_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=AbsenceKind.LATE) | Q(late_minutes__isnull=True),
                name="absence_minutes_only_when_late",
            ),
            models.CheckConstraint(
                condition=Q(late_minutes__isnull=True) | Q(late_minutes__range=(1, 240)),
                name="absence_late_minutes_sane",
            ),
            models.UniqueConstraint(
                fields=["school", "lesson", "student"],
                condition=Q(withdrawn_at__isnull=True),
                name="absence_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(note=None) | Q(kind__in=[AbsenceKind.ILL, AbsenceKind.EXCUSED]),
                name="absence_note_excuses",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "student", "day"],
                condition=Q(withdrawn_at__isnull=True),
                name="absence_standing_of_student",
            ),
            models.Index(
                fields=["school", "whole_day"],
                condition=Q(whole_day__isnull=False, withdrawn_at__isnull=True),
                name="absence_of_whole_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"
