"""Write down what happened, and wake the job that tells of it, in the transaction of the change itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from zvonok.domain.history.facts import Happening
from zvonok.domain.history.models import Fact
from zvonok.kernel.ids import uuid7

TELL = "zvonok.workers.notices.tell"  # the job stands above us, so we know it by name


def record(happenings: Sequence[Happening], *, school_id: UUID, actor_id: UUID | None, at: datetime) -> None:
    """Record what happened in a school; one insert and at most one deferred job, however many they are.

    The job exists exactly if the facts do: both are written by the transaction of the change.
    """
    if not happenings:
        return
    facts = [
        Fact(
            id=uuid7(),
            school_id=school_id,
            kind=type(happening).__name__,
            actor_id=actor_id,
            subject_id=happening.subject_id,
            thing_id=happening.thing_id,
            data=happening.data(),
            at=at,
        )
        for happening in happenings
    ]
    Fact.objects.bulk_create(facts)
    told: list[Any] = [
        str(fact.pk) for fact, happening in zip(facts, happenings, strict=True) if happening.told
    ]
    if told:
        task = app.configure_task(TELL, queue="notices", allow_unknown=True)
        task.defer(school_id=str(school_id), fact_ids=told)
