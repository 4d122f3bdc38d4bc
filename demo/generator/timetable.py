"""The timetable: a week without clashes, found by swapping lessons until none are left."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from demo.generator import curriculum
from demo.generator.school import Course, Employee, Placed, SchoolClass

DAYS = ("Понедельник", "Вторник", "Среда", "Четверг", "Пятница")
BELLS = (
    "08:30-09:15",
    "09:30-10:15",
    "10:30-11:15",
    "11:35-12:20",
    "12:40-13:25",
    "13:35-14:20",
    "14:30-15:15",
    "15:25-16:10",
)
_CLASH, _DISLIKE = 100, 1
_PATIENCE = 60_000
_LIGHT = {curriculum.SPORT, curriculum.ART, curriculum.MUSIC, curriculum.CRAFT}
_HEAVY = {curriculum.MATHS, curriculum.ALGEBRA, curriculum.ANALYSIS, curriculum.GEOMETRY, curriculum.RUSSIAN}
Place = tuple[int, int]


class NoTimetable(Exception):
    """The search has lost its patience."""


@dataclass(slots=True)
class _Board:
    """Where the lessons of all classes lie, and how much of what clashes."""

    lessons: dict[SchoolClass, dict[Place, Course]] = field(default_factory=dict)
    pinned: set[tuple[SchoolClass, Place]] = field(default_factory=set)
    teachers: Counter[tuple[Employee, Place]] = field(default_factory=Counter)
    subjects: Counter[tuple[Course, int]] = field(default_factory=Counter)

    def lay(self, course: Course, place: Place) -> None:
        self.lessons.setdefault(course.school_class, {})[place] = course
        for teacher in course.teachers:
            self.teachers[teacher, place] += 1
        self.subjects[course, place[0]] += 1

    def lift(self, course: Course, place: Place) -> None:
        for teacher in course.teachers:
            self.teachers[teacher, place] -= 1
        self.subjects[course, place[0]] -= 1

    def clashes(self, course: Course, place: Place) -> int:
        """Count what is wrong with a lesson that lies here."""
        busy = sum(self.teachers[teacher, place] > 1 for teacher in course.teachers)
        return busy + max(0, self.subjects[course, place[0]] - _most_a_day(course))

    def swap(self, school_class: SchoolClass, one: Place, two: Place) -> int:
        """Change two lessons of a class for one another; tell by how much it is worse now."""
        lessons = self.lessons[school_class]
        before = self._cost(lessons[one], one) + self._cost(lessons[two], two)
        first, second = lessons[one], lessons[two]
        self.lift(first, one)
        self.lift(second, two)
        self.lay(first, two)
        self.lay(second, one)
        return self._cost(first, two) + self._cost(second, one) - before

    def movable(self, school_class: SchoolClass) -> list[Place]:
        return [place for place in self.lessons[school_class] if (school_class, place) not in self.pinned]

    def troubled(self) -> list[tuple[SchoolClass, Place]]:
        return [
            (school_class, place)
            for school_class in self.lessons
            for place in self.movable(school_class)
            if self.clashes(self.lessons[school_class][place], place)
        ]

    def _cost(self, course: Course, place: Place) -> int:
        return _CLASH * self.clashes(course, place) + _DISLIKE * _disliked(course, place[1])


def solve(courses: list[Course], rng: Random) -> list[Placed]:
    """Place all lessons: no gaps for a class, nobody in two places, halves of a class at the same time."""
    board = _first_draft(courses, rng)
    _untangle(board, rng)
    _polish(board)
    return [placed for lessons in board.lessons.values() for placed in _placed(lessons)]


def _first_draft(courses: list[Course], rng: Random) -> _Board:
    board = _Board()
    classes = list(dict.fromkeys(course.school_class for course in courses))
    doubles = 0
    for school_class in classes:
        lengths = curriculum.day_lengths(school_class.grade)
        free = [(day, slot) for day in range(len(DAYS)) for slot in range(lengths[day])]
        own = [course for course in courses if course.school_class is school_class]
        for course in own:
            if curriculum.is_double(course.subject, school_class.grade):
                _pin(board, course, doubles, free)
                doubles += 1
        rest = [course for course in own for _ in range(course.hours) if not _is_pinned(course)]
        rng.shuffle(rest)
        for course, place in zip(rest, free, strict=True):
            board.lay(course, place)
    return board


def _pin(board: _Board, course: Course, number: int, free: list[Place]) -> None:
    """Lay a double lesson down for good: both workshops are its own for two slots."""
    round_of_the_week, day = divmod(number, len(DAYS))
    first = 2 + 2 * round_of_the_week
    for place in ((day, first), (day, first + 1)):
        free.remove(place)
        board.lay(course, place)
        board.pinned.add((course.school_class, place))


def _untangle(board: _Board, rng: Random) -> None:
    """Take a lesson in trouble and swap it where it does least harm, but not back at once."""
    forbidden: dict[tuple[SchoolClass, Place, Place], int] = {}
    for step in range(_PATIENCE):
        troubled = board.troubled()
        if not troubled:
            return
        school_class, place = rng.choice(troubled)
        other = _least_harm(board, rng, school_class, place, forbidden, step)
        board.swap(school_class, place, other)
        forbidden[school_class, place, other] = forbidden[school_class, other, place] = step + 60
    raise NoTimetable


def _least_harm(
    board: _Board,
    rng: Random,
    school_class: SchoolClass,
    place: Place,
    forbidden: dict[tuple[SchoolClass, Place, Place], int],
    step: int,
) -> Place:
    best: list[tuple[float, float, Place]] = []
    for other in board.movable(school_class):
        if other != place and forbidden.get((school_class, place, other), -1) < step:
            harm = board.swap(school_class, place, other)
            board.swap(school_class, place, other)
            best.append((harm, rng.random(), other))
    return min(best)[2]


def _polish(board: _Board) -> None:
    """Move light lessons away from the first slot and heavy ones from the last, as far as nothing clashes."""
    better = True
    while better:
        better = False
        for school_class in board.lessons:
            places = board.movable(school_class)
            for number, one in enumerate(places):
                for two in places[number + 1 :]:
                    if board.swap(school_class, one, two) < 0:
                        better = True
                    else:
                        board.swap(school_class, one, two)


def _placed(lessons: dict[Place, Course]) -> list[Placed]:
    placed = []
    for (day, slot), course in sorted(lessons.items(), key=lambda item: item[0]):
        if not _is_pinned(course):
            placed += [Placed(group, day, slot) for group in course.groups]
        elif lessons.get((day, slot + 1)) is course:
            placed += [Placed(group, day, slot, 2) for group in course.groups]
    return placed


def _is_pinned(course: Course) -> bool:
    return curriculum.is_double(course.subject, course.school_class.grade)


def _most_a_day(course: Course) -> int:
    return -(-course.hours // len(DAYS)) + _is_pinned(course)


def _disliked(course: Course, slot: int) -> int:
    if course.subject in _LIGHT:
        return max(0, 2 - slot)
    return max(0, slot - 3) if course.subject in _HEAVY else 0
