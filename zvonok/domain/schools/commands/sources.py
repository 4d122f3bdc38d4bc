"""Remembering which of our rows came from which row of another program."""

from collections import defaultdict
from hashlib import sha256
from uuid import UUID

from zvonok.domain.schools.models import SourceRow
from zvonok.kernel.ids import uuid7

_LENGTH = 255


class Sources:
    """The rows of one other program in one school: read whole, asked often, saved once."""

    def __init__(self, *, school_id: UUID, system: str) -> None:
        self.school_id = school_id
        self.system = system
        self._known: dict[str, dict[str, UUID]] = defaultdict(dict)
        self._changed: dict[tuple[str, str], UUID] = {}
        rows = SourceRow.objects.filter(school_id=school_id, system=system)
        for kind, source_id, target in rows.values_list("kind", "source_id", "target_id"):
            self._known[kind][source_id] = target

    def target(self, kind: str, source_id: str) -> UUID | None:
        """Find our row."""
        return self._known[kind].get(_short(source_id))

    def targets(self, kind: str) -> dict[str, UUID]:
        """Give all our rows of a kind by their ids there."""
        return dict(self._known[kind])

    def point(self, kind: str, source_id: str, target: UUID) -> None:
        """Let a row there stand for a row of ours from now on."""
        key = _short(source_id)
        if self._known[kind].get(key) != target:
            self._known[kind][key] = target
            self._changed[kind, key] = target

    def save(self) -> None:
        """Write down what was pointed out since."""
        rows = [
            SourceRow(
                id=uuid7(),
                school_id=self.school_id,
                system=self.system,
                kind=kind,
                source_id=source_id,
                target_id=target,
            )
            for (kind, source_id), target in self._changed.items()
        ]
        SourceRow.objects.bulk_create(
            rows,
            batch_size=2000,
            update_conflicts=True,
            unique_fields=["school", "system", "kind", "source_id"],
            update_fields=["target_id"],
        )
        self._changed.clear()


def _short(source_id: str) -> str:
    """Fit ids that are joined of several into the column."""
    return source_id if len(source_id) <= _LENGTH else sha256(source_id.encode()).hexdigest()
