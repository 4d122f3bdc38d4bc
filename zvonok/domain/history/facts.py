"""What every kind of fact has in common."""

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that happened, in plain values.

    `thing_id` is the row it is about, `subject_id` the student it concerns (None: nobody in particular).
    A subclass is named in the past tense; `told` says whether families are to hear of it.
    """

    told: ClassVar[bool] = False

    thing_id: UUID
    subject_id: UUID | None = None

    def data(self) -> dict[str, Any]:
        """Give the fact's own values as JSON holds them."""
        own = (field for field in dataclasses.fields(self) if field.name not in {"thing_id", "subject_id"})
        return {field.name: _plain(getattr(self, field.name)) for field in own}


def _plain(value: object) -> object:
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
