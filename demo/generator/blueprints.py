"""What the two schools are like before anybody has moved in."""

from collections.abc import Mapping
from dataclasses import dataclass

from demo.generator import curriculum as plan

PRIMARY, UPPER, ALL = range(1, 5), range(5, 12), range(1, 12)


@dataclass(frozen=True, slots=True)
class Department:
    """Teachers who share subjects in some grades, one to a room; the last may be the deputy head."""

    subjects: frozenset[str]
    grades: range
    rooms: tuple[str, ...]
    deputy_hours: int = 0

    def teaches(self, subject: str, grade: int) -> bool:
        """Say whether the subject is theirs in that grade."""
        return subject in self.subjects and grade in self.grades


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A school's name, classes and departments."""

    code: str
    letters: Mapping[int, str]
    class_size: Mapping[int, tuple[int, int]]
    departments: tuple[Department, ...]

    @property
    def name(self) -> str:
        """The school's short official name."""
        return f"ГБОУ Школа № {self.code}"


def _department(subjects: set[str], rooms: str, grades: range = ALL, *, deputy_hours: int = 0) -> Department:
    return Department(frozenset(subjects), grades, tuple(rooms.split(", ")), deputy_hours)


BIG_SCHOOL = Blueprint(
    code="9534",
    letters={grade: "АБ" if grade < 10 else "А" for grade in ALL},
    class_size={grade: (28, 31) if grade < 10 else (24, 27) for grade in ALL},
    departments=(
        _department({plan.RUSSIAN, plan.LITERATURE}, "201, 202, 203, 204, 205", UPPER),
        _department(
            {plan.MATHS, plan.ALGEBRA, plan.ANALYSIS, plan.GEOMETRY, plan.PROBABILITY},
            "206, 207, 208, 209",
            UPPER,
        ),
        _department({plan.COMPUTING}, "301, 302"),
        _department({plan.ENGLISH}, "303, 304, 305, 306, 307"),
        _department({plan.GERMAN}, "308"),
        _department({plan.HISTORY, plan.SOCIETY, plan.ETHICS}, "309, 310, 311", deputy_hours=14),
        _department({plan.GEOGRAPHY}, "312"),
        _department({plan.BIOLOGY}, "313"),
        _department({plan.CHEMISTRY}, "314"),
        _department({plan.PHYSICS}, "315"),
        _department({plan.SAFETY, plan.PROJECT}, "210"),
        _department({plan.CRAFT}, "Мастерская 1, Мастерская 2", UPPER),
        _department({plan.SPORT}, "Большой спортзал, Малый спортзал, Зал гимнастики"),
        _department({plan.MUSIC}, "211"),
        _department({plan.ART}, "212"),
    ),
)
SMALL_SCHOOL = Blueprint(
    code="9201",
    letters=dict.fromkeys(PRIMARY, "А"),
    class_size=dict.fromkeys(PRIMARY, (21, 24)),
    departments=(
        _department({plan.ENGLISH}, "21, 22", deputy_hours=2),
        _department({plan.SPORT}, "Спортзал"),
        _department({plan.MUSIC}, "Музыкальный зал"),
    ),
)
BLUEPRINTS = (BIG_SCHOOL, SMALL_SCHOOL)
