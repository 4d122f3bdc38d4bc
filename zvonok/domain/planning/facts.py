"""What may have happened to a lesson plan; `thing_id` is the study group."""

from dataclasses import dataclass
from uuid import UUID

from zvonok.domain.history.facts import Happening


@dataclass(frozen=True, kw_only=True)
class PlanEdited(Happening):
    """A teacher changed the lesson plan by hand; `act` names the edit, `titles` the topics it touched."""

    act: str
    titles: tuple[str, ...]
    hours_before: int
    hours_after: int


@dataclass(frozen=True, kw_only=True)
class PlanBroughtIn(Happening):
    """A lesson plan was laid from a file or from another group's plan; `source` names it."""

    source: str
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, kw_only=True)
class TopicTaken(Happening):
    """A lesson took a topic of the plan, or gave it back (None); `thing_id` is the lesson."""

    topic_id: UUID | None
    instead_of: UUID | None
