"""Every main page in both languages and both themes, on a phone and at a desk: what no reader may meet.

No fault that axe finds, no page wider than its window, no complaint of the browser (see `visit`).
"""

from collections.abc import Callable
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.people import Visitor, Visitors, journal_of, week_of
from tests.world import MONDAY, World
from zvonok.domain.homework.models import Homework
from zvonok.kernel.scope import school_scope

WINDOWS = ({"width": 360, "height": 740}, {"width": 1280, "height": 900})
SUNDAY = "2026-11-15"
# A theme changes colours alone, so in the dark one nothing else can have gone wrong.
AXE_IN: dict[str, dict[str, object]] = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}


def task(world: World) -> UUID:
    """Name the homework that stands in the full world."""
    with school_scope(world.north.school.pk):
        return Homework.objects.filter(withdrawn_at=None, group=world.algebra.group_id).order_by("pk")[0].pk


def guest(_world: World) -> list[str]:
    return ["/", "/sign-in/", "/no-such-page/"]


def maria(world: World) -> list[str]:
    diary = f"/diary/{world.link('Maria', 'Vera')}"
    pages = [
        "marks/",
        "final-marks/",
        "attendance/",
        "notices/",
        f"day/{MONDAY}/",
        "week/2026-07-13/",
        f"homework/{task(world)}/",
    ]
    own = [
        "/diaries/",
        "/notices/",
        "/account/profile/",
        "/account/security/",
        "/account/sessions/",
        "/sign-out/",
    ]
    return [
        week_of(world, "Maria", "Vera"),
        f"{diary}/homework/{task(world)}/",
        *(f"{diary}/{page}" for page in pages),
        *own,
    ]


def anna(world: World) -> list[str]:
    lesson, school_class = world.algebra, world.north.classes["7Б"]
    return [
        "/journal/",
        f"/journal/?day={SUNDAY}",
        "/journal/offline/",
        journal_of(lesson.group_id),
        f"{journal_of(lesson.group_id)}lessons/",
        f"/journal/{lesson.group_id}/period/2/",
        f"/journal/{lesson.group_id}/year/",
        f"/journal/{lesson.group_id}/findings/",
        "/journal/findings/",
        f"/journal/{lesson.group_id}/cells/{world.people['Vera'].pk}/{lesson.pk}/",
        f"/lessons/{lesson.pk}/columns/TEST/",
        f"/lessons/{lesson.pk}/columns/",
        f"/lessons/{lesson.pk}/",
        f"/homework/{task(world)}/submissions/",
        f"/homework/{task(world)}/submissions/{world.people['Vera'].pk}/",
        f"/lessons/{lesson.pk}/tests/",
        f"/lessons/{lesson.pk}/works/LAB/",
        f"/period-marks/{lesson.group_id}/2/",
        f"/period-marks/{lesson.group_id}/year/",
        f"/period-marks/{lesson.group_id}/2/{world.people['Vera'].pk}/",
        f"/plans/{lesson.group_id}/",
        f"/plans/{lesson.group_id}/bring-in/",
        f"/journal/{lesson.group_id}/print/",
        f"/class/{school_class.pk}/",
        f"/class/{school_class.pk}/attendance/{MONDAY:%Y-%m}/",
        f"/class/{school_class.pk}/notes/",
        f"/class/{school_class.pk}/families/",
        f"/class/{school_class.pk}/summary/",
        f"/class/{school_class.pk}/slips/",
    ]


def darya(world: World) -> list[str]:
    periods = "/office/periods/"
    board = f"/class/{world.north.classes['7Б'].pk}/"
    own = [periods, f"{periods}{world.north.period.pk}/", f"{periods}rules/", "/office/deputy/plans/"]
    control = "/office/deputy/control/"
    return [*own, "/class/", board, control, f"{control}?by=subject&check=UNFILLED", f"{control}changes/"]


def yana(world: World) -> list[str]:
    office = [
        "",
        "marking/",
        "marking/kinds/TEST/",
        f"day/{MONDAY}/",
        f"day/{SUNDAY}/",
        f"lessons/{world.algebra.pk}/",
        "import/",
        "slips/",
    ]
    return [f"/office/{page}" for page in office]


READERS: dict[str, Callable[[World], list[str]]] = {
    "": guest,
    "Maria": maria,
    "Anna": anna,
    "Yana": yana,
    "Darya": darya,
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("who", READERS, ids=lambda name: name or "guest")
def test_no_page_shuts_a_reader_out(
    full_world: World, visit: Visitors, who: str, language: str, theme: str
) -> None:
    visitor = visit(who, language=language)
    visitor.remember("theme", theme)
    found: list[str] = []
    for address in READERS[who](full_world):
        answer = visitor.open(address)
        assert answer.status == (404 if address == "/no-such-page/" else 200), address
        for window in WINDOWS:
            visitor.page.set_viewport_size(window)  # type: ignore[arg-type]
            told = faults(visitor.page, **AXE_IN[theme])
            found += [f"{address} at {window['width']}: {fault}" for fault in told]
    assert found == []


def faults(page: Page, **options: object) -> list[str]:
    """Name what shuts somebody out, with the place where it is; `options` are axe's own."""
    told = Axe().run(page, options=options).response["violations"]
    found = [f"{one['id']} in {node['html'][:120]}" for one in told for node in one["nodes"]]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*found, *([f"wider than the window by {wide} px"] if wide > 0 else [])]


def test_a_dialog_and_a_refused_form_are_whole_too(full_world: World, visit: Visitors) -> None:
    yana: Visitor = visit("Yana")
    yana.open(f"/office/day/{MONDAY}/")
    yana.see(lesson=full_world.algebra.pk).get_by_role("link").click()
    yana.page.get_by_role("dialog").wait_for()
    assert faults(yana.page) == []
    stranger = visit("")
    stranger.sign_in("nobody", "nothing at all")
    stranger.see(error=True).wait_for()
    assert faults(stranger.page) == []
