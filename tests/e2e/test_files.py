"""Files beside homework in a real browser: chosen, dropped, cut off in the middle, and opened by the family."""

from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.domain.test_homework import given
from tests.domain.test_homework_files import names
from tests.e2e.people import Visitor, Visitors, week_of
from tests.e2e.test_every_page import faults
from tests.handing_in import PDF, photo
from tests.world import World
from zvonok.domain.files.models import Content
from zvonok.domain.files.rules import CHUNK_BYTES
from zvonok.kernel.scope import school_scope
from zvonok.workers.files import examine

BIG = PDF + b"\n" * (4 * CHUNK_BYTES)
_DROP = """(zone, [name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name, { type: "text/plain" }));
    zone.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
}"""
_PASTE = """(field, [name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name, { type: "text/plain" }));
    field.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: data }));
}"""


def chosen(name: str, content: bytes, kind: str = "application/pdf") -> Any:
    return {"name": name, "mimeType": kind, "buffer": content}


@pytest.fixture
def anna(world: World, visit: Visitors) -> Visitor:
    """Anna at Monday's lesson, for which there is homework."""
    given(world, "№ 214")
    return at_the_lesson(world, visit("Anna"))


def at_the_lesson(world: World, anna: Visitor) -> Visitor:
    anna.open(f"/lessons/{world.algebra.pk}/")
    return anna


def choose(anna: Visitor, *files: Any) -> None:
    anna.see(form="files").locator("input[type=file]").first.set_input_files(list(files))


def scan(world: World) -> None:
    with school_scope(world.north.school.pk):
        waiting = list(Content.objects.values_list("pk", flat=True))
    for key in waiting:
        examine(str(world.north.school.pk), str(key))


def test_files_find_their_way_from_the_teacher_to_the_family(
    world: World, anna: Visitor, visit: Visitors, clamav: None
) -> None:
    choose(anna, chosen("Глава 3.pdf", PDF), chosen("доска.jpg", photo(), "image/jpeg"))
    expect(anna.see(file=True)).to_have_count(2)
    assert sorted(names(world)) == ["Глава 3.pdf", "доска.jpg"]
    assert faults(anna.page) == []
    scan(world)
    maria = visit("Maria")
    maria.open(week_of(world, "Maria", "Vera"))
    expect(maria.see(file=True).first).to_be_attached()
    assert faults(maria.page) == []
    small = maria.see(file=True).locator("img").first
    small.scroll_into_view_if_needed()
    expect(small).to_have_js_property("complete", True)
    assert small.evaluate("image => image.naturalWidth") == 480
    link = maria.page.get_by_role("link", name="доска.jpg").first
    with maria.context.expect_page() as opened:
        link.click()
    assert opened.value.evaluate("document.contentType") == "image/jpeg"


def test_dropped_and_pasted_files_come_too(world: World, anna: Visitor) -> None:
    anna.page.locator("upload-field").evaluate(_DROP, ["dropped.txt", "a text"])
    expect(anna.see(file=True)).to_have_count(1)
    anna.see(form="files").locator("input[type=file]").first.evaluate(_PASTE, ["pasted.txt", "another"])
    expect(anna.see(file=True)).to_have_count(2)
    assert names(world) == ["dropped.txt", "pasted.txt"]


def test_after_a_cut_in_the_middle_a_file_goes_on_where_it_stood(world: World, anna: Visitor) -> None:
    asked: list[str] = []

    def cut(route: Route) -> None:
        asked.append(route.request.url.partition("offset=")[2])
        if len(asked) in (3, 4):
            route.abort("connectionreset")
        else:
            route.continue_()

    anna.page.route("**/uploads/**offset=**", cut)
    choose(anna, chosen("big.pdf", BIG))
    expect(anna.page.get_by_text("no connection: it goes on")).to_be_visible()
    expect(anna.see(file=True)).to_have_count(1)
    assert asked == [str(CHUNK_BYTES * piece) for piece in (0, 1, 2, 2, 2, 3, 4)]
    with school_scope(world.north.school.pk):
        assert Content.objects.get().size == len(BIG)


def test_what_is_refused_says_why_and_what_is_given_up_goes(world: World, anna: Visitor) -> None:
    choose(anna, chosen("photo.jpg", b"MZ\x90" + b"\0" * 100))
    line = anna.page.locator(".upload__file")
    expect(line).to_contain_text("not what its name says")
    assert faults(anna.page) == []
    line.get_by_role("button", name="Leave out").click()
    expect(line).to_have_count(0)
    anna.page.route("**/uploads/**offset=**", lambda route: route.abort())
    choose(anna, chosen("slow.pdf", PDF))
    expect(line).to_contain_text("no connection")
    line.get_by_role("button", name="Leave out").click()
    anna.page.unroute("**/uploads/**offset=**")
    choose(anna, chosen("a.pdf", PDF))
    expect(anna.see(file=True)).to_have_count(1)
    assert names(world) == ["a.pdf"]


def test_without_script_the_form_does_it_all(world: World, visit: Visitors) -> None:
    given(world, "№ 214")
    anna = at_the_lesson(world, visit("Anna", java_script_enabled=False))
    choose(anna, chosen("a.pdf", PDF), chosen("b.txt", b"text", "text/plain"))
    anna.page.get_by_role("button", name="Save the files").click()
    assert names(world) == ["a.pdf", "b.txt"]
    expect(anna.see(file=True)).to_have_count(2)
