"""Families, so that every seat of every class has a child in it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from demo.generator.names import (
    ARMENIAN,
    EASTERN,
    FEMALE,
    KOREAN,
    MALE,
    RARE_SURNAMES,
    SLAVIC,
    VIETNAMESE,
    Culture,
)
from demo.generator.people import Name, Person, Register

PARENT, GUARDIAN = "parent", "guardian"
FAMILIES_OF_BOTH_SCHOOLS = 4
FAMILIES_WITH_TWINS = 2
_SIBLINGS, _THIRD_CHILD = 0.17, 0.1
_CULTURES = (SLAVIC, EASTERN, ARMENIAN, KOREAN, VIETNAMESE)
_CULTURE_WEIGHTS = (88, 8, 2, 1, 1)
_HOUSEHOLDS = ("both", "mother", "father", "grandmother")
_HOUSEHOLD_WEIGHTS = (72, 22, 3, 3)


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in a class."""

    school: str
    grade: int
    letter: str


@dataclass(frozen=True, slots=True)
class Child:
    """A student and the class the student is in."""

    person: Person
    seat: Seat


@dataclass(slots=True)
class Family:
    """Parents, or a guardian in their stead, with the children they answer for."""

    role: str
    parents: list[Person] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)

    @property
    def schools(self) -> set[str]:
        """The schools its children go to."""
        return {child.seat.school for child in self.children}


class Settlers:
    """Fills the seats of several schools with families, the same for the same random source."""

    def __init__(self, rng: Random, register: Register, *, first_year: int) -> None:
        self._rng = rng
        self._register = register
        self._first_year = first_year
        self._rare = list(RARE_SURNAMES)

    def settle(self, seats: list[Seat]) -> list[Family]:
        """Make the families of all seats."""
        free = list(seats)
        self._rng.shuffle(free)
        # Whoever sits in the upper grades comes first: the families of two schools begin with an older child.
        free.sort(key=lambda seat: seat.grade < 5)
        families: list[Family] = []
        while free:
            families.append(self._family(self._take(free, len(families))))
        return families

    def _take(self, free: list[Seat], count: int) -> list[Seat]:
        taken = [free.pop(0)]
        if count < FAMILIES_OF_BOTH_SCHOOLS:
            other = [seat for seat in free if seat.school != taken[0].school]
            return taken + _pop(free, [seat for seat in other if _apart(seat, taken)])
        if count < FAMILIES_OF_BOTH_SCHOOLS + FAMILIES_WITH_TWINS:
            return taken + _pop(free, [seat for seat in free if seat == taken[0]])
        own = [seat for seat in free if seat.school == taken[0].school]
        if self._rng.random() < _SIBLINGS:
            taken += _pop(free, [seat for seat in own if _apart(seat, taken)])
            if self._rng.random() < _THIRD_CHILD:
                taken += _pop(free, [seat for seat in own if _apart(seat, taken)])
        return taken

    def _family(self, seats: list[Seat]) -> Family:
        culture = self._rng.choices(_CULTURES, _CULTURE_WEIGHTS)[0]
        surname = self._surname(culture)
        if surname in RARE_SURNAMES:
            culture = SLAVIC
        father = self._rng.choice(tuple(culture.fathers))
        household = self._rng.choices(_HOUSEHOLDS, _HOUSEHOLD_WEIGHTS)[0]
        births = self._births(seats)
        adults = self._adults(culture, surname, father, household, min(births))
        family = Family(GUARDIAN if household == "grandmother" else PARENT, adults)
        for seat, born in zip(seats, births, strict=True):
            family.children.append(self._child(culture, surname, father, seat, born, family))
        return family

    def _surname(self, culture: Culture) -> str:
        if self._rare and self._rng.random() < 0.1:
            return self._rare.pop(0)
        return self._rng.choice(culture.surnames)

    def _births(self, seats: list[Seat]) -> list[date]:
        """Twins share their day; the others are at least a year apart by their grades."""
        drawn: dict[int, date] = {}
        for seat in seats:
            eldest = date(self._first_year - 6 - seat.grade, 3, 1)
            drawn.setdefault(seat.grade, eldest + timedelta(days=self._rng.randrange(365)))
        return [drawn[seat.grade] for seat in seats]

    def _adults(
        self, culture: Culture, surname: str, father: str, household: str, eldest: date
    ) -> list[Person]:
        names = []
        if household in {"both", "mother"}:
            names.append(self._mother(culture, surname))
        if household in {"both", "father"}:
            grandfather = self._rng.choice(tuple(culture.fathers))
            names.append(Name.of(culture, surname, father, grandfather, MALE))
        names = names or [self._mother(culture, surname)]
        age = 52 if household == "grandmother" else 22
        return [self._adult(name, eldest, age) for name in names]

    def _mother(self, culture: Culture, surname: str) -> Name:
        own = culture is VIETNAMESE or self._rng.random() < 0.2
        bearing = self._rng.choice(culture.surnames) if own else surname
        father = self._rng.choice(tuple(culture.fathers))
        return Name.of(culture, bearing, self._rng.choice(culture.mothers), father, FEMALE)

    def _adult(self, name: Name, eldest: date, age: int) -> Person:
        years = timedelta(days=365 * age + self._rng.randrange(365 * 14))
        person = self._register.with_phone(self._register.enter(name, eldest - years))
        return self._register.with_email(person) if self._rng.random() < 0.85 else person

    def _child(
        self, culture: Culture, surname: str, father: str, seat: Seat, born: date, family: Family
    ) -> Child:
        sex = self._rng.choice((MALE, FEMALE))
        taken = {child.person.name.given for child in family.children}
        given = self._rng.choice([name for name in _given(culture, sex) if name not in taken])
        person = self._register.enter(Name.of(culture, surname, given, father, sex), born)
        return Child(self._register.with_email(person) if seat.grade > 7 else person, seat)


def _given(culture: Culture, sex: str) -> tuple[str, ...]:
    return culture.boys if sex == MALE else culture.girls


def _apart(seat: Seat, taken: list[Seat]) -> bool:
    return all(abs(seat.grade - other.grade) >= 2 for other in taken)


def _pop(free: list[Seat], fitting: list[Seat]) -> list[Seat]:
    if not fitting:
        return []
    free.remove(fitting[0])
    return [fitting[0]]
