"""Whom a timetable means by the names of its teachers."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from zvonok.domain.people.commands.register import PersonData, register_people
from zvonok.domain.people.models import Person
from zvonok.domain.schools.models import StaffRole
from zvonok.interop.fet.work import Applying
from zvonok.interop.report import Action, Change, Row
from zvonok.kernel.text import sort_key

Words = tuple[str, ...]
_WORD = re.compile(r"[^\s.,]+")


def find_teachers(applying: Applying) -> dict[str, UUID]:
    """Find the teachers among the school's people by name; who is not there is registered by name.

    A name that fits two people gives neither of them the lessons.
    """
    known = applying.sources.targets("person")
    names = sorted({name for activity in applying.timetable.activities for name in activity.teachers})
    staff = _Staff(Person.objects.filter(pk__in=_staff_ids(applying)))
    found = {name: staff.meant(name) or known.get(name) or staff.of_timetable(name) for name in names}
    strangers = [name for name, person in found.items() if person is None]
    registered = _register(applying, strangers)
    if strangers and staff.is_listed:
        reason = _("These teachers of the timetable are not in the roster: they were registered by name.")
        row = Row(applying.timetable.file, None)
        applying.report.warn(row, "Teacher", ", ".join(strangers), reason)
    teachers = {name: person or registered[name] for name, person in found.items()}
    for name, person in teachers.items():
        applying.sources.point("person", name, person)
    return teachers


def _staff_ids(applying: Applying) -> set[UUID]:
    return set(StaffRole.objects.filter(school=applying.school).values_list("person_id", flat=True))


def _register(applying: Applying, names: list[str]) -> dict[str, UUID]:
    registered = register_people(
        {name: PersonData(name, "", "") for name in names},
        own={},
        linked={},
        school_id=applying.school.pk,
        actor_id=applying.actor_id,
        at=applying.at,
    )
    applying.report.changes += [Change("person", Action.ADDED, name) for name in names]
    return {name: one.id for name, one in registered.items()}


class _Staff:
    """The people of a school by all the ways in which a timetable may write them, the surest way first.

    Whom a timetable brought in has a name of one piece, and stands behind those whom the roster knows.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self._ways: dict[int, dict[Words, set[UUID]]] = defaultdict(lambda: defaultdict(set))
        self._whole: dict[str, UUID] = {}
        self.is_listed = False
        for person in people:
            self.is_listed = True
            if not (person.first_name and person.last_name):
                self._whole[sort_key(str(person))] = person.pk
            for way, form in _forms(person):
                self._ways[way][form].add(person.pk)

    def meant(self, name: str) -> UUID | None:
        """Find the one person of the roster whom a name fits; nobody where it fits several."""
        words = _words(name)
        fitting = next((held[words] for _way, held in sorted(self._ways.items()) if words in held), set())
        return next(iter(fitting)) if len(fitting) == 1 else None

    def of_timetable(self, name: str) -> UUID | None:
        """Find whom an earlier timetable brought in."""
        return self._whole.get(sort_key(name))


def _forms(person: Person) -> Iterator[tuple[int, Words]]:
    """Give the ways to write a name, each with its rank: all of it, without the middle name, with initials."""
    last, first, middle = (_words(part) for part in (person.last_name, person.first_name, person.middle_name))
    if not first or not last:
        return
    letters = tuple(part[0][0] for part in (first, middle) if part)
    ways = (first + middle, first, letters, ("".join(letters),), letters[:1])
    for rank, given in enumerate(ways):
        yield rank, last + given
        yield rank, given + last


def _words(name: str) -> Words:
    return tuple(_WORD.findall(sort_key(name)))
