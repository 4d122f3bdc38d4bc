"""Who writes notes about a student's absences, who answers them, and who reads them."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.grant import Basis
from zvonok.domain.access.policy import OVERSEERS
from zvonok.domain.access.selectors import grant_for
from zvonok.domain.attendance.models import ExcuseNote
from zvonok.domain.people.models import Guardianship, Person
from zvonok.domain.schools.models import Enrolment, SchoolClass

GROWN_UP = 18


def of_age_since(day: date) -> date:
    """Tell the latest birthday of those who are of age on a day."""
    return date(day.year - GROWN_UP, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def may_excuse(actor: Actor, student: Person) -> bool:
    """Say whether the actor speaks for a student: a parent or representative, or the student of age. Rule T-6."""
    right = grant_for(person_id=actor.person_id, student_id=student.pk, day=actor.day)
    if right is None or right.basis is Basis.TRUSTED:
        return False
    grown = student.birth_date is not None and student.birth_date <= of_age_since(actor.day)
    return right.basis is Basis.GUARDIAN or grown


def students_to_excuse(actor: Actor) -> QuerySet[Person]:
    """List the students whom the actor speaks for."""
    guarded = Guardianship.objects.filter(
        guardian=actor.person_id, child=OuterRef("pk"), withdrawn_at=None, valid_on__contains=actor.day
    )
    grown = Q(pk=actor.person_id, birth_date__lte=of_age_since(actor.day))
    return Person.objects.filter(Exists(guarded) | grown)


def pupils_led(actor: Actor, *, school_id: UUID) -> QuerySet[Person]:
    """List the students of the classes that the actor leads."""
    places = _places(school_id, actor.day).filter(school_class__in=actor.classes_led(school_id=school_id))
    return Person.objects.filter(Exists(places.filter(student=OuterRef("pk"))))


def may_lead(actor: Actor, *, school_id: UUID, student_id: UUID) -> bool:
    """Say whether the actor is class teacher of a student."""
    places = _places(school_id, actor.day).filter(student=student_id)
    led = set(actor.classes_led(school_id=school_id))
    return not led.isdisjoint(places.values_list("school_class", flat=True))


def may_lead_class(actor: Actor, school_class: SchoolClass) -> bool:
    """Say whether the actor is class teacher of a class."""
    return school_class.pk in actor.classes_led(school_id=school_class.school_id)


def notes_to_answer(actor: Actor, *, school_id: UUID) -> QuerySet[ExcuseNote]:
    """List the notes about students of the actor's classes."""
    return ExcuseNote.objects.filter(school_id=school_id, student__in=pupils_led(actor, school_id=school_id))


def may_answer_note(actor: Actor, note: ExcuseNote) -> bool:
    """Say whether the actor answers a note."""
    return may_lead(actor, school_id=note.school_id, student_id=note.student_id)


def notes_to_read(actor: Actor, *, school_id: UUID) -> QuerySet[ExcuseNote]:
    """List the notes that the actor may read as one of the school."""
    if school_id in actor.schools_as(*OVERSEERS):
        return ExcuseNote.objects.filter(school_id=school_id)
    return notes_to_answer(actor, school_id=school_id)


def may_read_note(actor: Actor, note: ExcuseNote) -> bool:
    """Say whether the actor may read a note as one of the school."""
    return note.school_id in actor.schools_as(*OVERSEERS) or may_answer_note(actor, note)


def _places(school_id: UUID, day: date) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(school_id=school_id, valid_on__contains=day)
