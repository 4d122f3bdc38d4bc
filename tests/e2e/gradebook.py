"""A teacher at the journal page: cells by pupil and lesson, what is typed into them, what the browser keeps."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import cycle

from playwright.sync_api import Locator, expect

from tests.e2e.people import Visitor, Visitors, journal_of
from tests.world import MONDAY, World, lesson
from zvonok.domain.attendance.models import Absence
from zvonok.domain.marks.models import Mark
from zvonok.domain.timetable.models import Lesson
from zvonok.kernel.scope import school_scope

PUPILS = ("Vera", "Pyotr")
Cells = dict[tuple[str, Lesson], str]
KEPT_PAGES = """async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
    const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return kept.flat().map((request) => new URL(request.url).pathname);
}"""


def twenty_lessons(world: World) -> list[Lesson]:
    """Put twenty lessons of Anna's on the days before the world's Monday."""
    days = [MONDAY - timedelta(days=back) for back in (7, 6, 5, 4)]
    with school_scope(world.north.school.pk):
        return [
            lesson(world.north, "Алгебра 7Б", day, slot, world.people["Anna"])
            for day in days
            for slot in range(1, 6)
        ]


def forty_edits(world: World) -> Cells:
    """Plan what Anna puts into forty cells: marks, and now and then an absence."""
    values = cycle(("5", "4", "н", "3", "2", "б", "5"))
    return {(name, one): next(values) for one in twenty_lessons(world) for name in PUPILS}


def in_journal(visit: Visitors, world: World, who: str = "Anna") -> Visitor:
    """Open the journal of the algebra group."""
    anna: Visitor = visit(who)
    anna.open(journal_of(world.algebra.group_id))
    return anna


def cell(anna: Visitor, world: World, name: str = "Vera", on: Lesson | None = None) -> Locator:
    """Find the cell of a pupil and a lesson."""
    return anna.see(cell=True, student=world.people[name].pk, lesson=(on or world.algebra).pk)


def put(anna: Visitor, world: World, value: str, name: str = "Vera", on: Lesson | None = None) -> Locator:
    """Type into a cell."""
    here = cell(anna, world, name, on)
    here.locator("input").focus()
    anna.page.keyboard.type(value)
    return here


def put_all(anna: Visitor, world: World, cells: Cells, meanwhile: Mapping[int, Callable[[], None]]) -> None:
    """Type into one cell after the other; `meanwhile` says what happens before which of them."""
    for count, ((name, one), value) in enumerate(cells.items()):
        meanwhile.get(count, lambda: None)()
        put(anna, world, value, name, one)


def waits(anna: Visitor, count: int, how: str = "kept") -> None:
    """Expect the page to say how many edits wait, and why."""
    expect(anna.see(waiting=how)).to_be_visible()
    expect(anna.see(waiting=how).locator("[data-count]")).to_have_text(str(count))


def all_saved(anna: Visitor) -> None:
    """Expect each cell to say that it is saved, and the page that nothing waits."""
    expect(anna.page.locator("[data-cell]:not([data-state=saved])")).to_have_count(0, timeout=15_000)
    expect(anna.see(waiting="kept")).to_be_hidden()


def seen(anna: Visitor, world: World) -> Cells:
    """Read what the page shows in its fields."""
    lessons = {str(one.pk): one for one in _lessons(world)}
    names = {str(world.people[name].pk): name for name in PUPILS}
    found = anna.page.evaluate(
        """[...document.querySelectorAll("[data-cell]")].map((cell) =>
            [cell.dataset.student, cell.dataset.lesson, cell.querySelector("input")?.value ?? ""])"""
    )
    return {(names[student], lessons[one]): value for student, one, value in found if value}


def stored(world: World) -> Cells:
    """Read what stands in the database, in the journal's letters."""
    letters = {"UNEXCUSED": "Н", "ILL": "Б"}
    found: Cells = {}
    with school_scope(world.north.school.pk):
        standing = {"withdrawn_at": None}
        for absence in Absence.objects.filter(**standing).select_related("student", "lesson"):
            found[absence.student.first_name, absence.lesson] = letters[absence.kind]
        for mark in Mark.objects.filter(**standing).select_related("student", "lesson"):
            assert (mark.student.first_name, mark.lesson) not in found
            found[mark.student.first_name, mark.lesson] = mark.value
    return found


def kept_pages(anna: Visitor) -> list[str]:
    """List the pages that this browser keeps for a time without network."""
    kept: list[str] = anna.page.evaluate(KEPT_PAGES)
    return kept


def _lessons(world: World) -> list[Lesson]:
    with school_scope(world.north.school.pk):
        return list(Lesson.objects.all())
