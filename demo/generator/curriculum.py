"""The weekly hours of a five-day week by subject and grade, after the federal plan as of 2026/27."""

from collections.abc import Mapping
from itertools import chain, repeat

LANGUAGE = "Иностранный язык"
ENGLISH, GERMAN = "Иностранный язык (английский)", "Иностранный язык (немецкий)"
COMPUTING = "Информатика"
CRAFT = "Труд (технология)"
SPORT = "Физическая культура"
ART, MUSIC = "Изобразительное искусство", "Музыка"
RUSSIAN, READING, LITERATURE = "Русский язык", "Литературное чтение", "Литература"
MATHS, ALGEBRA, GEOMETRY = "Математика", "Алгебра", "Геометрия"
ANALYSIS, PROBABILITY = "Алгебра и начала математического анализа", "Вероятность и статистика"
HISTORY, SOCIETY, ETHICS = "История", "Обществознание", "Духовно-нравственная культура России"
NATURE, GEOGRAPHY, BIOLOGY = "Окружающий мир", "География", "Биология"
PHYSICS, CHEMISTRY = "Физика", "Химия"
RELIGIONS = "Основы религиозных культур и светской этики"
SAFETY, PROJECT = "Основы безопасности и защиты Родины", "Индивидуальный проект"

GRADES = range(1, 12)
FIRST_SPLIT_GRADE = 2

# subject: (first grade it is taught in, hours a week from that grade on)
_TABLE: Mapping[str, tuple[int, tuple[int, ...]]] = {
    RUSSIAN: (1, (5, 5, 5, 5, 5, 6, 4, 3, 4, 2, 2)),
    READING: (1, (4, 4, 4, 4)),
    LITERATURE: (5, (3, 3, 2, 2, 3, 3, 3)),
    LANGUAGE: (2, (2, 2, 2, 3, 3, 3, 3, 3, 3, 3)),
    MATHS: (1, (4, 4, 4, 4, 5, 5)),
    ALGEBRA: (7, (3, 4, 3)),
    ANALYSIS: (10, (4, 4)),
    GEOMETRY: (7, (2, 2, 2, 3, 3)),
    PROBABILITY: (7, (1, 1, 1, 1, 1)),
    COMPUTING: (7, (1, 1, 1, 4, 4)),
    NATURE: (1, (2, 2, 2, 2)),
    HISTORY: (5, (3, 3, 3, 3, 2, 2, 2)),
    SOCIETY: (9, (1, 2, 2)),
    GEOGRAPHY: (5, (1, 1, 2, 2, 2, 1, 1)),
    PHYSICS: (7, (2, 2, 3, 2, 3)),
    CHEMISTRY: (8, (2, 2, 1, 1)),
    BIOLOGY: (5, (1, 1, 2, 2, 2, 1, 1)),
    RELIGIONS: (4, (1,)),
    ETHICS: (5, (1, 1)),
    ART: (1, (1, 1, 1, 1, 1, 1, 1)),
    MUSIC: (1, (1, 1, 1, 1, 1, 1, 1, 1)),
    CRAFT: (1, (1, 1, 1, 1, 2, 2, 2, 1, 1)),
    SPORT: (1, (3, 3, 3, 2, 3, 3, 3, 3, 2, 3, 3)),
    SAFETY: (8, (1, 1, 1, 1)),
    PROJECT: (10, (1,)),
}
_DOUBLE_CRAFT_GRADES = range(5, 8)
_GERMAN_GRADES = range(5, 10)


def plan(grade: int) -> dict[str, int]:
    """Tell the hours a week of each subject that a grade has."""
    hours = {subject: _hours(first, row, grade) for subject, (first, row) in _TABLE.items()}
    return {subject: count for subject, count in hours.items() if count}


def is_split(subject: str, grade: int) -> bool:
    """Say whether the two halves of a class have the subject apart, at the same time."""
    return subject in {LANGUAGE, COMPUTING} or is_double(subject, grade)


def is_double(subject: str, grade: int) -> bool:
    """Say whether the subject is taught in two lessons on end."""
    return subject == CRAFT and grade in _DOUBLE_CRAFT_GRADES


def taught_as(subject: str, grade: int, letter: str, half: int) -> str:
    """Name the subject as the journal does: a language by its own name."""
    if subject != LANGUAGE:
        return subject
    return GERMAN if (letter, half) == ("Б", 2) and grade in _GERMAN_GRADES else ENGLISH


def day_lengths(grade: int) -> list[int]:
    """Spread a week's lessons over five days; the middle of the week takes the odd ones."""
    least, odd = divmod(sum(plan(grade).values()), 5)
    longer = (1, 2, 3, 0, 4)[:odd]
    return [least + (day in longer) for day in range(5)]


def _hours(first: int, row: tuple[int, ...], grade: int) -> int:
    padded = chain(repeat(0, first - 1), row, repeat(0))
    return next(hours for at, hours in zip(GRADES, padded, strict=False) if at == grade)
