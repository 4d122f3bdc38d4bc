"""Give a school its mark scales and kinds of work."""

from uuid import UUID

from zvonok.domain.marks import rules
from zvonok.domain.marks.models import MarkScale, ScaleKind, ScaleUse, ScaleValue, Work, WorkKind
from zvonok.kernel.ids import uuid7

FIRST_GRADE = 1


def set_up_scales(*, school_id: UUID) -> None:
    """Give a school its scales with their values and use, and its kinds of work; doing it again changes nothing."""
    standing = dict(MarkScale.objects.filter(school_id=school_id).values_list("kind", "pk"))
    for kind in (kind for kind in ScaleKind if kind not in standing):
        standing[kind] = _make_scale(school_id, kind)
    if not ScaleUse.objects.filter(school_id=school_id).exists():
        for grade, kind in ((None, ScaleKind.FIVE_POINT), (FIRST_GRADE, ScaleKind.UNGRADED)):
            ScaleUse.objects.create(id=uuid7(), school_id=school_id, grade=grade, scale_id=standing[kind])
    kinds = (
        WorkKind(
            id=uuid7(),
            school_id=school_id,
            code=code,
            weight=weight,
            is_test=code in rules.TESTS,
            position=Work.values.index(code) + 1,
        )
        for code, weight in rules.DEFAULT_WEIGHTS.items()
    )
    WorkKind.objects.bulk_create(kinds, ignore_conflicts=True)


def _make_scale(school_id: UUID, kind: ScaleKind) -> UUID:
    bounds = rules.DEFAULT_BOUNDS.get(kind)
    scale = MarkScale.objects.create(
        id=uuid7(),
        school_id=school_id,
        kind=kind,
        title=str(kind.label),
        bounds=list(bounds) if bounds else None,
    )
    off_scale = {} if kind == ScaleKind.UNGRADED else dict.fromkeys(rules.OFF_SCALE)
    ScaleValue.objects.bulk_create(
        ScaleValue(id=uuid7(), school_id=school_id, scale=scale, value=value, points=points)
        for value, points in (rules.values_of(kind, bounds=bounds) | off_scale).items()
    )
    return scale.pk
