"""What has happened to a thing."""

from uuid import UUID

from zvonok.domain.history.models import Fact


def facts_of(*, school_id: UUID, thing_ids: list[UUID]) -> list[Fact]:
    """Load the facts of some things of a school, oldest first, in one query."""
    return list(Fact.objects.filter(school_id=school_id, thing_id__in=thing_ids).order_by("at", "id"))


def facts_of_lesson(*, school_id: UUID, lesson_id: UUID, subject_id: UUID) -> list[Fact]:
    """Load what has happened to a student in a lesson, oldest first, in one query."""
    facts = Fact.objects.filter(school_id=school_id, subject_id=subject_id, data__lesson_id=str(lesson_id))
    return list(facts.order_by("at", "id"))


def facts_by_id(*, school_id: UUID, fact_ids: list[UUID]) -> list[Fact]:
    """Load facts of a school by their ids, oldest first, in one query."""
    return list(Fact.objects.filter(school_id=school_id, pk__in=fact_ids).order_by("at", "id"))
