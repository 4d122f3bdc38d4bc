"""The diaries on somebody's page: each child with class and school, what comes next, and what is new."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from zvonok.domain.access.models import Section
from zvonok.domain.access.selectors import OpenDiary, open_diaries_of
from zvonok.domain.marks.selectors import new_marks
from zvonok.domain.schools.selectors import Place, places_of
from zvonok.domain.timetable.selectors import ComingLesson, coming_lessons
from zvonok.kernel.scope import school_scope
from zvonok.screens.diary.frame import WEEK_SECTIONS
from zvonok.screens.diary.reading import whose, zone_of


@dataclass(slots=True)
class ChildCard:
    """A child on the page of diaries."""

    diary: OpenDiary
    places: list[Place]
    coming: ComingLesson | None = None
    zone: ZoneInfo | None = None
    news: int = 0

    @property
    def whose(self) -> str:
        """Class and school, as of today or as they were last."""
        return whose([place for place in self.places if place.is_enrolled] or self.places[-1:])


def children_of(*, account_id: UUID, at: datetime) -> list[ChildCard]:
    """Load the diaries on an account's page: one query, and three for each school that keeps some of them."""
    day = timezone.localdate(at)
    cards = {
        diary.student_id: ChildCard(diary, []) for diary in open_diaries_of(account_id=account_id, day=day)
    }
    for school_id in dict.fromkeys(school for card in cards.values() for school in card.diary.schools):
        with school_scope(school_id):
            here = [card for card in cards.values() if school_id in card.diary.schools]
            _read(here, school_id, at)
    return list(cards.values())


def _read(cards: list[ChildCard], school_id: UUID, at: datetime) -> None:
    students = [card.diary.student_id for card in cards]
    places = places_of(school_id=school_id, student_ids=students, day=timezone.localdate(at))
    coming = coming_lessons(school_id=school_id, student_ids=students, at=at)
    seen = {
        card.diary.student_id: card.diary.seen_at for card in cards if card.diary.grant.opens(Section.MARKS)
    }
    news = new_marks(school_id=school_id, seen={student: at for student, at in seen.items() if at})
    for card in cards:
        student = card.diary.student_id
        if place := places.get(student):
            card.places.append(place)
            _take_first(card, coming.get(student), place)
        card.news += news.get(student, 0)


def _take_first(card: ChildCard, lesson: ComingLesson | None, place: Place) -> None:
    opens = any(map(card.diary.grant.opens, WEEK_SECTIONS))
    if opens and lesson and (card.coming is None or lesson.starts_at < card.coming.starts_at):
        card.coming, card.zone = lesson, zone_of(place)
