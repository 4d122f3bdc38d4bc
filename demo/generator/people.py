"""People as the school's register knows them."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from demo.generator.names import MALE, Culture, latin, patronymic_for, surname_for

# Names of invented people hang under one invented name space, so that they stay themselves in every school.
_PEOPLE = UUID("5b0c5d5e-6f0a-5c59-9f3b-95349201aaaa")


@dataclass(frozen=True, slots=True)
class Name:
    """What somebody is called, and how sex bends it."""

    surname: str
    given: str
    patronymic: str
    sex: str

    @classmethod
    def of(cls, culture: Culture, surname: str, given: str, father: str, sex: str) -> "Name":
        """Bend a masculine surname and the father's name to the bearer's sex."""
        patronymic = patronymic_for(culture.fathers[father], sex)
        return cls(surname_for(surname, sex), given, patronymic, sex)


@dataclass(frozen=True, slots=True)
class Person:
    """One human; `key` is the login, unique over all schools."""

    name: Name
    born: date
    key: str
    email: str = ""
    phone: str = ""

    @property
    def full_name(self) -> str:
        """Surname, first name, patronymic."""
        return " ".join(filter(None, (self.name.surname, self.name.given, self.name.patronymic)))

    @property
    def sort_key(self) -> str:
        """The full name as class lists sort it, ё as е."""
        return self.full_name.lower().replace("ё", "е") + self.key

    @property
    def is_male(self) -> bool:
        """Say whether it is a man or a boy."""
        return self.name.sex == MALE

    @property
    def master_id(self) -> str:
        """The identifier that follows the person from school to school."""
        return str(uuid5(_PEOPLE, self.key))


class Register:
    """Gives out logins and telephone numbers, each once."""

    def __init__(self) -> None:
        self._logins: dict[str, int] = {}
        self._phones = 0

    def enter(self, name: Name, born: date) -> Person:
        """Enter somebody who has no contacts of their own."""
        wanted = f"{latin(name.surname)}.{latin(name.given)}"
        count = self._logins[wanted] = self._logins.get(wanted, 0) + 1
        return Person(name, born, wanted if count == 1 else f"{wanted}{count}")

    def with_phone(self, person: Person) -> Person:
        """Add a number of the code 000, which no operator has."""
        self._phones += 1
        return replace(person, phone=f"+7000{self._phones:07}")

    def with_email(self, person: Person) -> Person:
        """Add an address in the domain kept for examples."""
        return replace(person, email=f"{person.key}@example.org")
