"""What was handed in is looked at by a real clamd, and served only when nothing was found."""

import io
from typing import Any

import pytest
from PIL import Image
from procrastinate.jobs import Job

from tests.handing_in import EICAR, GPS_WORDS, PDF, content, hand_in, looked_at, photo, zipped
from tests.world import World
from zvonok.domain.files.models import Content, ContentState
from zvonok.domain.history.models import Fact
from zvonok.gateways import scanner, storage
from zvonok.kernel.scope import school_scope
from zvonok.workers.files import LATE_SECONDS, WhileTheScannerIsAway

pytestmark = pytest.mark.usefixtures("clamav")


def kept(make_key: Any, found: Content) -> bytes | None:
    try:
        with storage.store().open(make_key(found.school_id, found.sha256)) as file:
            return file.read()
    except FileNotFoundError:
        return None


def test_a_clean_file_leaves_quarantine_as_it_came(world: World) -> None:
    found = looked_at(world, hand_in(world, PDF))
    assert (found.state, found.served_bytes) == (ContentState.CLEAN, len(PDF))
    assert kept(storage.clean_key, found) == PDF
    assert kept(storage.quarantine_key, found) is None


@pytest.mark.parametrize(
    ("name", "virus"),
    [
        ("a.txt", EICAR),
        ("a.zip", zipped(EICAR)),
        ("b.zip", zipped(zipped(EICAR), "inner.zip")),
        ("c.pdf", PDF + EICAR),
    ],
)
def test_a_virus_is_found_and_destroyed(world: World, name: str, virus: bytes) -> None:
    found = looked_at(world, hand_in(world, virus, name))
    assert found.state == ContentState.INFECTED
    assert "Eicar" in found.finding
    assert kept(storage.clean_key, found) is None
    assert kept(storage.quarantine_key, found) is None
    with school_scope(found.school_id):
        assert Fact.objects.get(kind="FileInfected").data["name"] == name


@pytest.mark.parametrize("address", ["", "127.0.0.1:1", "/nowhere/clamd.sock"])
def test_while_the_scanner_is_away_a_file_stays_in_quarantine(
    world: World, settings: Any, address: str
) -> None:
    file = hand_in(world, PDF)
    there, settings.CLAMD_ADDRESS = settings.CLAMD_ADDRESS, address
    with pytest.raises(scanner.ScannerAway):
        looked_at(world, file)
    found = content(world, file.content_id)
    assert found.state == ContentState.QUARANTINED
    assert kept(storage.clean_key, found) is None
    settings.CLAMD_ADDRESS = there
    assert looked_at(world, file).state == ContentState.CLEAN


def test_an_absent_scanner_is_asked_again_for_as_long_as_it_takes() -> None:
    job = Job(id=1, queue="files", lock=None, queueing_lock=None, task_name="examine", attempts=0)
    strategy = WhileTheScannerIsAway()
    waits = []
    for attempts in (0, 3, 1000):
        again = strategy.get_retry_decision(
            exception=scanner.ScannerAway(), job=job.evolve(attempts=attempts)
        )
        assert again is not None
        assert again.retry_at is not None
        waits.append(again.retry_at)
    assert sorted(waits) == waits
    assert (waits[-1] - waits[0]).total_seconds() < LATE_SECONDS
    assert strategy.get_retry_decision(exception=OSError(), job=job.evolve(attempts=4)) is None


def test_a_job_that_runs_twice_does_its_work_once(world: World) -> None:
    file = hand_in(world, PDF)
    assert looked_at(world, file).settled_at == looked_at(world, file).settled_at


def test_a_photo_forgets_where_it_was_taken_and_stands_upright(world: World) -> None:
    sent = photo((800, 600), turned=True)
    assert GPS_WORDS in sent
    found = looked_at(world, hand_in(world, sent, "IMG_1.jpg"))
    drawn, small = kept(storage.clean_key, found), kept(storage.preview_key, found)
    assert drawn is not None
    assert small is not None
    assert GPS_WORDS not in drawn + small
    assert not Image.open(io.BytesIO(drawn)).getexif()
    assert Image.open(io.BytesIO(drawn)).size == (600, 800)
    assert max(Image.open(io.BytesIO(small)).size) == 480
    assert (found.state, found.has_preview, found.served_bytes) == (ContentState.CLEAN, True, len(drawn))


@pytest.mark.parametrize(("form", "ending"), [("PNG", "png"), ("GIF", "gif"), ("WEBP", "webp")])
def test_moving_and_transparent_pictures_stay_so(world: World, form: str, ending: str) -> None:
    frames = [Image.new("RGBA", (60, 40), (*colour, 90)) for colour in ((255, 0, 0), (0, 200, 0))]
    sent = io.BytesIO()
    moving = {} if form == "PNG" else {"save_all": True, "append_images": frames[1:]}
    frames[0].save(sent, form, **moving)
    found = looked_at(world, hand_in(world, sent.getvalue(), f"a.{ending}"))
    drawn = kept(storage.clean_key, found)
    assert drawn is not None
    image = Image.open(io.BytesIO(drawn))
    assert (image.format, getattr(image, "n_frames", 1)) == (form, 1 if form == "PNG" else 2)


@pytest.mark.parametrize("sent", [b"\xff\xd8\xff\xe0" + b"\0" * 400, photo()[:300]])
def test_a_damaged_picture_is_not_shown(world: World, sent: bytes) -> None:
    found = looked_at(world, hand_in(world, sent, "broken.jpg"))
    assert found.state == ContentState.UNREADABLE
    assert kept(storage.clean_key, found) is None


def test_a_picture_bomb_is_not_unpacked(world: World) -> None:
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    assert looked_at(world, hand_in(world, bomb.getvalue(), "bomb.png")).state == ContentState.UNREADABLE


def test_what_hangs_on_behind_a_picture_is_cut_off(world: World) -> None:
    found = looked_at(world, hand_in(world, photo() + b"<script>alert(1)</script>", "a.jpg"))
    assert b"script" not in (kept(storage.clean_key, found) or b"")
