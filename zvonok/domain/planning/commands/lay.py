"""Lay out a lesson plan."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from zvonok.domain.planning.models import PlannedTopic
from zvonok.kernel.ids import uuid7


@transaction.atomic
def lay_plan(*, school_id: UUID, group_id: UUID, topics: Sequence[str]) -> None:
    """Replace a study group's lesson plan by the topics given, in their order."""
    PlannedTopic.objects.filter(school_id=school_id, group_id=group_id).delete()
    PlannedTopic.objects.bulk_create(
        PlannedTopic(id=uuid7(), school_id=school_id, group_id=group_id, position=position, title=title)
        for position, title in enumerate(topics, 1)
    )
