"""A lesson plan as a list of topics: how an edit changes it, and how a file is laid over it. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

TITLE_LENGTH, SECTION_LENGTH, NOTE_LENGTH, HOMEWORK_LENGTH = 500, 200, 1000, 4000
MOST_HOURS, MOST_MINUTES, MOST_TOPICS = 200, 600, 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is written of a topic; `hours` are lessons, `homework_minutes` the time the homework takes."""

    title: str
    section: str = ""
    hours: int = 1
    note: str = ""
    homework: str = ""
    homework_minutes: int | None = None
    control: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of a plan, and how many lessons it has had."""

    id: UUID
    draft: Draft
    taught: int = 0

    @property
    def passed(self) -> int:
        """The hours of the plan that its lessons have covered: not more than it has."""
        return min(self.taught, self.draft.hours)

    @property
    def left(self) -> int:
        """The hours that are still to be taught."""
        return self.draft.hours - self.passed


Plan = Sequence[Topic]


@dataclass(frozen=True, slots=True)
class Add:
    """Put a new topic at a place, counted from 0."""

    id: UUID
    draft: Draft
    place: int


@dataclass(frozen=True, slots=True)
class Change:
    """Word a topic anew."""

    id: UUID
    draft: Draft


@dataclass(frozen=True, slots=True)
class Move:
    """Take a topic to another place, counted from 0; it joins the section it comes into."""

    id: UUID
    place: int


@dataclass(frozen=True, slots=True)
class Split:
    """Make two topics of one: the second takes half of the hours, and the control."""

    id: UUID
    second: UUID
    title: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Make one topic of two that follow each other, in `hours`, or in those of both."""

    id: UUID
    hours: int | None = None


@dataclass(frozen=True, slots=True)
class Shorten:
    """Give a topic fewer hours."""

    id: UUID
    hours: int


@dataclass(frozen=True, slots=True)
class Remove:
    """Drop a topic."""

    id: UUID


@dataclass(frozen=True, slots=True)
class RenameSection:
    """Name the section anew that a topic stands in, with all topics of it that stand together."""

    id: UUID
    section: str


Edit = Add | Change | Move | Split | Merge | Shorten | Remove | RenameSection


@dataclass(frozen=True, slots=True)
class Edited:
    """The plan after an edit; `joined` says which topic took over the lessons of one that is gone."""

    topics: list[Topic]
    joined: dict[UUID, UUID] = field(default_factory=dict)


def edited(plan: Plan, edit: Edit) -> Edited:
    """Make an edit. Raises: LookupError for a topic that is not in the plan, or has none after it to merge with."""
    topics = list(plan)
    if isinstance(edit, Add):
        topics.insert(_within(edit.place, len(topics)), Topic(edit.id, edit.draft))
        return Edited(topics)
    at = place_of(plan, edit.id)
    match edit:
        case Move():
            return Edited(_moved(topics, at, edit.place))
        case Merge():
            return _merged(topics, at, edit.hours)
        case Remove():
            del topics[at]
        case RenameSection():
            first, end = _run(topics, at)
            topics[first:end] = [_worded(one, section=edit.section) for one in topics[first:end]]
        case _:
            topics[at : at + 1] = _instead(topics[at], edit)
    return Edited(topics)


def _instead(topic: Topic, edit: Change | Shorten | Split) -> list[Topic]:
    if isinstance(edit, Split):
        return _halves(topic, edit)
    return [
        _worded(topic, hours=edit.hours) if isinstance(edit, Shorten) else replace(topic, draft=edit.draft)
    ]


def all_edited(plan: Plan, edits: Iterable[Edit]) -> Edited:
    """Make several edits, one upon the other. Raises: LookupError."""
    done = Edited(list(plan))
    for edit in edits:
        step = edited(done.topics, edit)
        joined = {gone: step.joined.get(kept, kept) for gone, kept in done.joined.items()}
        done = Edited(step.topics, joined | step.joined)
    return done


def place_of(plan: Plan, topic_id: UUID) -> int:
    """Find where a topic stands, counted from 0. Raises: LookupError."""
    for place, topic in enumerate(plan):
        if topic.id == topic_id:
            return place
    raise LookupError(topic_id)


def joined_title(first: str, second: str) -> str:
    """Join the titles of two topics into one."""
    return f"{first} {second}" if first.endswith((".", "!", "?", ";")) else f"{first}. {second}"


def _within(place: int, last: int) -> int:
    return min(max(place, 0), last)


def _worded(topic: Topic, **words: object) -> Topic:
    return replace(topic, draft=replace(topic.draft, **words))  # type: ignore[arg-type]


def _moved(topics: list[Topic], at: int, place: int) -> list[Topic]:
    place = _within(place, len(topics) - 1)
    if place == at:
        return topics
    topic = topics.pop(at)
    neighbour = topics[place - 1] if place > at else topics[place]
    topics.insert(place, _worded(topic, section=neighbour.draft.section))
    return topics


def _run(topics: list[Topic], at: int) -> tuple[int, int]:
    """Find the beginning and the end of the topics of one section that stand together."""
    section = topics[at].draft.section
    first = end = at
    while first > 0 and topics[first - 1].draft.section == section:
        first -= 1
    while end < len(topics) and topics[end].draft.section == section:
        end += 1
    return first, end


def _halves(topic: Topic, edit: Split) -> list[Topic]:
    draft = topic.draft
    first = max(-(-draft.hours // 2), min(topic.taught, draft.hours - 1))
    rest = Draft(
        title=edit.title, section=draft.section, hours=max(draft.hours - first, 1), control=draft.control
    )
    return [_worded(topic, hours=max(first, 1), control=""), Topic(edit.second, rest)]


def _merged(topics: list[Topic], at: int, hours: int | None) -> Edited:
    first, second = topics[at], topics[at + 1] if at + 1 < len(topics) else None
    if second is None:
        raise LookupError(first.id)
    one, other = first.draft, second.draft
    minutes = (one.homework_minutes or 0) + (other.homework_minutes or 0)
    draft = replace(
        one,
        title=joined_title(one.title, other.title),
        hours=min(hours or one.hours + other.hours, MOST_HOURS),
        note="\n".join(filter(None, (one.note, other.note)))[:NOTE_LENGTH],
        homework="\n".join(filter(None, (one.homework, other.homework)))[:HOMEWORK_LENGTH],
        homework_minutes=min(minutes, MOST_MINUTES) or None,
        control=one.control or other.control,
    )
    both = Topic(first.id, draft, first.taught + second.taught)
    return Edited([*topics[:at], both, *topics[at + 2 :]], {second.id: first.id})


class Difference(StrEnum):
    """What a file changes in a topic."""

    ADDED = "ADDED"
    CHANGED = "CHANGED"
    MOVED = "MOVED"
    REMOVED = "REMOVED"
    KEPT = "KEPT"


@dataclass(frozen=True, slots=True)
class Laid:
    """A plan with another laid over it: `None` stands for a topic that is new.

    `lost` are topics that have been taught and would be gone, `cut` those with fewer hours than lessons taught.
    """

    pairs: list[tuple[Topic | None, Draft]]
    removed: list[Topic]
    lost: list[Topic]
    cut: list[tuple[Topic, int]]
    differences: list[tuple[Difference, Draft, Draft | None]]

    @property
    def is_possible(self) -> bool:
        """Whether nothing that has been taught would be lost."""
        return not self.lost and not self.cut


def laid_over(plan: Plan, drafts: Sequence[Draft]) -> Laid:
    """Lay the topics of a file or of another plan over a plan: topics are the same whose titles are.

    Of several with one title the first is the first. `cut` holds the place of the draft.
    """
    standing: dict[str, list[Topic]] = defaultdict(list)
    for topic in plan:
        standing[_key(topic.draft.title)].append(topic)
    pairs = [(found.pop(0) if (found := standing[_key(one.title)]) else None, one) for one in drafts]
    matched = {topic.id for topic, _draft in pairs if topic}
    removed = [topic for topic in plan if topic.id not in matched]
    cut = [(topic, place) for place, (topic, one) in enumerate(pairs) if topic and one.hours < topic.passed]
    return Laid(
        pairs,
        [topic for topic in removed if not topic.taught],
        [topic for topic in removed if topic.taught],
        cut,
        _differences(plan, pairs, removed),
    )


def _key(title: str) -> str:
    return " ".join(title.casefold().replace("ё", "е").split())


def _differences(
    plan: Plan, pairs: Sequence[tuple[Topic | None, Draft]], removed: Sequence[Topic]
) -> list[tuple[Difference, Draft, Draft | None]]:
    order = [topic.id for topic, _draft in pairs if topic]
    stays = _in_order([place_of(plan, topic_id) for topic_id in order])
    found: list[tuple[Difference, Draft, Draft | None]] = []
    for topic, draft in pairs:
        if topic is None:
            found.append((Difference.ADDED, draft, None))
        elif topic.draft != draft:
            found.append((Difference.CHANGED, draft, topic.draft))
        else:
            is_still = place_of(plan, topic.id) in stays
            found.append((Difference.KEPT if is_still else Difference.MOVED, draft, topic.draft))
    return found + [(Difference.REMOVED, topic.draft, topic.draft) for topic in removed]


def _in_order(places: Sequence[int]) -> set[int]:
    """Choose places that rise, from left to right: what has not moved."""
    kept: set[int] = set()
    highest = -1
    for place in places:
        if place > highest:
            kept.add(place)
            highest = place
    return kept
