"""Files beside homework: the teacher's form with script and without, and who opens what stands there."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.domain.test_homework import given
from tests.domain.test_homework_files import names, put
from tests.handing_in import EICAR, PDF, hand_in, looked_at, photo
from tests.screens.journal.conftest import Enter, Page
from tests.world import MONDAY, World
from zvonok.domain.homework.models import Homework
from zvonok.kernel.ids import uuid7
from zvonok.kernel.scope import school_scope
from zvonok.screens.shell import bearable

FRAGMENT = {"HX-Request": "true"}


def send(client: Client, world: World, *files: tuple[str, bytes], **more: Any) -> Any:
    chosen = [SimpleUploadedFile(name, content) for name, content in files]
    headers = more.pop("headers", None)
    return client.post(f"/lessons/{world.algebra.pk}/files/", {"files": chosen} | more, headers=headers)


def test_without_script_files_come_with_the_form(enter: Enter, world: World) -> None:
    given(world, "№ 214")
    anna = enter("Anna")
    answer = send(anna, world, ("Глава 3.pdf", PDF), ("../доска.jpg", photo()))
    assert answer["Location"] == f"/lessons/{world.algebra.pk}/"
    assert names(world) == ["Глава 3.pdf", "доска.jpg"]
    page = Page(anna.get(answer["Location"]))
    assert len(page.having(data_state="QUARANTINED")) == 2
    assert "not checked for viruses yet" in page.text


def test_with_script_the_form_names_files_that_came_ahead(enter: Enter, world: World) -> None:
    given(world, "№ 214")
    file = hand_in(world, PDF)
    answer = send(enter("Anna"), world, file=[str(file.pk), "nonsense"], headers=FRAGMENT)
    assert "<html" not in answer.content.decode()
    assert Page(answer).having(data_file=str(file.pk))


def test_files_without_homework_are_the_homework(enter: Enter, world: World) -> None:
    answer = send(enter("Anna"), world, ("a.pdf", PDF), headers=FRAGMENT)
    assert answer["HX-Refresh"] == "true"
    with school_scope(world.north.school.pk):
        assert Homework.objects.get().text == "See the files."
    assert names(world) == ["a.pdf"]


def test_what_is_not_taken_is_named_and_the_rest_is_kept(enter: Enter, world: World) -> None:
    given(world, "№ 214")
    answer = send(enter("Anna"), world, ("a.pdf", PDF), ("photo.jpg", b"MZ\x90"), ("b.txt", b""))
    assert answer.status_code == 422
    page = Page(answer)
    assert page.having(data_error="file_type_not_taken")
    assert page.having(data_error="file_is_empty")
    assert "photo.jpg: " in page.text
    assert names(world) == ["a.pdf"]


def test_another_persons_file_is_not_put_by_its_id(enter: Enter, world: World) -> None:
    given(world, "№ 214")
    answer = send(enter("Anna"), world, file=[str(hand_in(world, PDF, who="Oleg").pk)])
    assert Page(answer).having(data_error="file_is_not_yours")
    assert names(world) == []


def test_too_much_at_once_is_refused_before_it_is_read(
    enter: Enter, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(world, "№ 214")
    monkeypatch.setattr(bearable, "MEGABYTE", 10)
    monkeypatch.setattr(bearable, "FORM_AROUND_IT", 500)
    answer = send(enter("Anna"), world, ("a.pdf", PDF + b" " * 5000))
    assert (answer.status_code, bool(Page(answer).having(data_error="form_is_too_large"))) == (413, True)
    assert names(world) == []


def test_a_form_of_another_site_is_not_accepted(world: World) -> None:
    given(world, "№ 214")
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.account("Anna"))
    assert send(client, world, ("a.pdf", PDF)).status_code == 403


def test_a_file_is_taken_away_by_its_box(enter: Enter, world: World) -> None:
    given(world, "№ 214")
    file = hand_in(world, PDF)
    put(world, file)
    assert send(enter("Anna"), world, drop_file=[str(file.pk)]).status_code == 302
    assert names(world) == []


@pytest.fixture
def shown(world: World, clamav: None) -> UUID:
    """A clean photo beside the homework of Monday's algebra."""
    given(world, "№ 214")
    file = hand_in(world, photo(), "доска.jpg")
    put(world, file)
    looked_at(world, file)
    return file.pk


def addresses(world: World, file: UUID) -> dict[str, str]:
    return {
        "teacher": f"/lessons/{world.algebra.pk}/files/{file}/",
        "Vera": f"/diary/{world.link('Vera', 'Vera')}/files/{file}/",
        "Maria": f"/diary/{world.link('Maria', 'Vera')}/files/{file}/",
        "Zoya": f"/diary/{world.link('Zoya', 'Vera')}/files/{file}/",
        "Olga": f"/diary/{world.link('Olga', 'Pyotr')}/files/{file}/",
        "Lev": f"/diary/{world.link('Maria', 'Lev')}/files/{file}/",
    }


def test_the_family_opens_the_file_from_the_diary(enter: Enter, world: World, shown: UUID) -> None:
    diary = f"/diary/{world.link('Maria', 'Vera')}/"
    maria = enter("Maria")
    week = Page(maria.get(f"{diary}week/{MONDAY}/"))
    assert week.having(href=f"../../files/{shown}/")
    assert week.having(src=f"../../files/{shown}/preview/")
    answer: Any = maria.get(f"{diary}files/{shown}/")
    assert answer["Content-Type"] == "image/jpeg"
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]
    assert maria.get(f"{diary}files/{shown}/preview/")["Content-Type"] == "image/webp"


@pytest.mark.parametrize(
    ("who", "place", "status"),
    [
        ("Anna", "teacher", 200),
        ("Vera", "Vera", 200),
        ("Maria", "Maria", 200),
        ("Zoya", "Zoya", 200),
        ("Olga", "Olga", 200),
        ("Maria", "Lev", 404),
        ("Olga", "Maria", 404),
        ("Oleg", "teacher", 404),
        ("Egor", "teacher", 404),
        ("Yana", "teacher", 404),
        ("Maria", "teacher", 404),
    ],
)
def test_each_look_asks_anew_who_may(
    enter: Enter, world: World, shown: UUID, who: str, place: str, status: int
) -> None:
    address = addresses(world, shown)[place]
    client = enter(who)
    assert client.get(address).status_code == status
    assert client.get(f"{address}preview/").status_code == status
    assert client.get(address.replace(str(shown), str(uuid7()))).status_code == 404


def test_an_unscanned_file_is_named_but_not_given(enter: Enter, world: World) -> None:
    given(world, "№ 214")
    file = hand_in(world, PDF)
    put(world, file)
    maria, diary = enter("Maria"), f"/diary/{world.link('Maria', 'Vera')}/"
    week = maria.get(f"{diary}week/{MONDAY}/").content.decode()
    assert "page.pdf" in week
    assert f"files/{file.pk}/" not in week
    answer = maria.get(f"{diary}files/{file.pk}/")
    assert (answer.status_code, 'data-error="not_scanned_yet"' in answer.content.decode()) == (409, True)


def test_a_family_is_not_shown_what_was_destroyed(enter: Enter, world: World, clamav: None) -> None:
    given(world, "№ 214")
    file = hand_in(world, EICAR, "ответы.txt")
    put(world, file)
    looked_at(world, file)
    maria, diary = enter("Maria"), f"/diary/{world.link('Maria', 'Vera')}/"
    assert "ответы.txt" not in maria.get(f"{diary}week/{MONDAY}/").content.decode()
    assert maria.get(f"{diary}files/{file.pk}/").status_code == 410
    lesson = enter("Anna").get(f"/lessons/{world.algebra.pk}/").content.decode()
    assert "a virus was found, so it was destroyed" in lesson


def test_the_page_of_the_week_changes_when_the_scanner_has_looked(
    enter: Enter, world: World, clamav: None
) -> None:
    given(world, "№ 214")
    file = hand_in(world, PDF)
    put(world, file)
    maria, week = enter("Maria"), f"/diary/{world.link('Maria', 'Vera')}/week/{MONDAY}/"
    maria.get(week)
    tag = maria.get(week)["ETag"]
    assert maria.get(week, headers={"if-none-match": tag}).status_code == 304
    looked_at(world, file)
    assert maria.get(week, headers={"if-none-match": tag}).status_code == 200
