"""The first entry: who the school says this is, for the person to check."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from zvonok.domain.access.actor import Actor, Post
from zvonok.domain.access.grant import Basis
from zvonok.domain.access.selectors import OpenDiary, open_diaries_of
from zvonok.domain.people.selectors import AccountCard, account_card
from zvonok.domain.schools.models import Role
from zvonok.domain.schools.selectors import class_teachers, places_of, school
from zvonok.kernel.scope import school_scope


@dataclass(frozen=True, slots=True)
class Schooling:
    """Where a student learns, and who answers for the class."""

    name: str
    is_self: bool
    place: str
    class_teacher: str


@dataclass(frozen=True, slots=True)
class Employment:
    """What somebody works as in a school."""

    role: str
    place: str


@dataclass(frozen=True, slots=True)
class Introduction:
    """What the school has written down of a person."""

    card: AccountCard
    schooling: tuple[Schooling, ...]
    employment: tuple[Employment, ...]


def introduction(actor: Actor, *, day: date) -> Introduction:
    """Gather what the first entry shows: two queries, three for each school of the children, one for each own one."""
    assert actor.account_id is not None
    diaries = open_diaries_of(account_id=actor.account_id, day=day)
    schools = sorted({school_id for diary in diaries for school_id in diary.schools})
    return Introduction(
        card=account_card(account_id=actor.account_id),
        schooling=tuple(line for school_id in schools for line in _schooling(school_id, diaries, day)),
        employment=tuple(_employment(actor.roles)),
    )


def _schooling(school_id: UUID, diaries: list[OpenDiary], day: date) -> Iterator[Schooling]:
    students = {diary.student_id: diary for diary in diaries if school_id in diary.schools}
    with school_scope(school_id):
        places = places_of(school_id=school_id, student_ids=list(students), day=day)
        classes = [place.class_id for place in places.values()]
        leaders = class_teachers(school_id=school_id, class_ids=classes, day=day)
    for student, place in places.items():
        diary = students[student]
        yield Schooling(
            name=diary.name,
            is_self=diary.grant.basis is Basis.OWN,
            place=f"{place.class_title} · {place.school}",
            class_teacher=leaders.get(place.class_id, ""),
        )


def _employment(posts: tuple[Post, ...]) -> Iterator[Employment]:
    for school_id, of_school in groupby(posts, key=lambda post: post.school_id):
        place = school(school_id=school_id).short_name
        for post in of_school:
            role = str(Role(post.role).label)
            yield Employment(f"{role} {post.class_title}".strip(), place)
