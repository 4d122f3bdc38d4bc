"""Give a school its mark scales."""

from uuid import UUID

from zvonok.domain.marks import rules
from zvonok.domain.marks.models import MarkScale, ScaleKind, ScaleValue
from zvonok.kernel.ids import uuid7


def set_up_scales(*, school_id: UUID) -> None:
    """Give a school its scales and their values; doing it again changes nothing."""
    for kind in ScaleKind:
        scale, made = MarkScale.objects.get_or_create(
            school_id=school_id, kind=kind, defaults={"id": uuid7(), "title": str(kind.label)}
        )
        if made:
            ScaleValue.objects.bulk_create(
                ScaleValue(id=uuid7(), school_id=school_id, scale=scale, value=value, points=points)
                for value, points in rules.VALUES[kind].items()
            )
