"""Files handed in: piece by piece, once in a school, within its room, by nobody else."""

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.handing_in import PDF, hand_in
from tests.world import NOON, World
from zvonok.domain.files import commands
from zvonok.domain.files.kinds import PDF as PDF_KIND
from zvonok.domain.files.models import Content, ContentState, SchoolSpace, StoredFile, Upload
from zvonok.domain.files.rules import CHUNK_BYTES, LARGEST_BYTES, MOST_UNFINISHED
from zvonok.domain.files.selectors import files_of, space_of, upload_of
from zvonok.domain.history.models import Fact
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import school_scope

SIZE = 2 * CHUNK_BYTES + 10
DIGEST = "a" * 64


@pytest.fixture
def own(world: World) -> Any:
    """Whose upload it is: Anna's, in the North school, whose scope is open."""
    with school_scope(world.north.school.pk):
        yield {
            "school_id": world.north.school.pk,
            "person_id": world.people["Anna"].pk,
            "upload_id": uuid7(),
        }


def begin(own: Any, **more: Any) -> Upload:
    return commands.begin_upload(**({"name": "a.pdf", "size": SIZE, "at": NOON} | own | more))


def send_all(own: Any, size: int = SIZE) -> None:
    for offset in range(0, size, CHUNK_BYTES):
        commands.append_chunk(**own, offset=offset, length=min(CHUNK_BYTES, size - offset))


def finish(own: Any, **more: Any) -> StoredFile:
    return commands.finish_upload(**({"sha256": DIGEST, "kind": PDF_KIND, "at": NOON} | own | more))


def test_a_file_comes_in_pieces_and_waits_for_the_scanner(own: Any) -> None:
    begin(own)
    send_all(own)
    file = finish(own)
    assert (file.name, file.content.state) == ("a.pdf", ContentState.QUARANTINED)
    assert not Upload.objects.exists()
    job = ProcrastinateJob.objects.get(task_name=commands.JOB)
    assert job.args == {"school_id": str(own["school_id"]), "content_id": str(file.content_id)}
    assert Fact.objects.get(kind="FileHandedIn").thing_id == file.pk


def test_a_piece_sent_twice_counts_once_and_one_out_of_turn_is_refused(own: Any) -> None:
    begin(own)
    for _twice in range(2):
        upload = commands.append_chunk(**own, offset=0, length=CHUNK_BYTES)
        assert upload.received == CHUNK_BYTES
    for offset, length in ((2 * CHUNK_BYTES, 10), (CHUNK_BYTES, 10), (5, 10)):
        with pytest.raises(commands.ChunkOutOfPlace):
            commands.append_chunk(**own, offset=offset, length=length)


def test_a_file_cut_in_the_middle_is_not_finished_and_goes_on_where_it_stood(own: Any) -> None:
    begin(own)
    commands.append_chunk(**own, offset=0, length=CHUNK_BYTES)
    with pytest.raises(commands.UploadIsUnfinished):
        finish(own)
    assert begin(own).received == CHUNK_BYTES


def test_finishing_twice_gives_the_same_file(own: Any) -> None:
    begin(own)
    send_all(own)
    assert finish(own) == finish(own)
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"size": 0}, commands.FileIsEmpty),
        ({"size": -1}, commands.FileIsEmpty),
        ({"size": 200 * 1024 * 1024}, commands.FileIsTooLarge),
        ({"size": LARGEST_BYTES + 1}, commands.FileIsTooLarge),
        ({"name": "setup.exe"}, commands.FileTypeNotTaken),
        ({"name": "pdf"}, commands.FileTypeNotTaken),
        ({"name": ""}, commands.FileTypeNotTaken),
    ],
)
def test_what_is_not_taken_is_refused_before_it_is_sent(
    own: Any, wrong: dict[str, Any], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        begin(own, **wrong)


def test_what_is_not_what_its_name_says_is_refused_at_the_end(own: Any) -> None:
    begin(own)
    send_all(own)
    with pytest.raises(commands.FileTypeNotTaken):
        finish(own, kind=None)


def test_another_persons_upload_is_not_there(own: Any, world: World) -> None:
    begin(own)
    oleg = own | {"person_id": world.people["Oleg"].pk}
    assert upload_of(**oleg) is None
    for act in (
        lambda: begin(oleg),
        lambda: commands.append_chunk(**oleg, offset=0, length=CHUNK_BYTES),
        lambda: finish(oleg),
    ):
        with pytest.raises(commands.UploadIsGone):
            act()
    assert not commands.discard_upload(**oleg)
    assert commands.discard_upload(**own)


def test_nobody_has_more_on_the_way_than_is_bearable(own: Any) -> None:
    for _ in range(MOST_UNFINISHED):
        begin(own | {"upload_id": uuid7()})
    with pytest.raises(commands.TooManyUploads):
        begin(own | {"upload_id": uuid7()})


def test_what_was_broken_off_a_day_ago_is_forgotten(own: Any) -> None:
    begin(own)
    kept = begin(own | {"upload_id": uuid7()}, at=NOON + timedelta(hours=2))
    gone = commands.forget_stale_uploads(school_id=own["school_id"], at=NOON + timedelta(hours=25))
    assert gone == [(own["upload_id"], SIZE)]
    assert list(Upload.objects.all()) == [kept]


def test_the_same_bytes_are_stored_and_counted_once_in_a_school(world: World) -> None:
    first, second = hand_in(world, PDF), hand_in(world, PDF, "again.pdf", who="Oleg")
    assert first.content_id == second.content_id
    with school_scope(world.north.school.pk):
        assert space_of(school_id=world.north.school.pk).used_bytes == len(PDF)
        assert ProcrastinateJob.objects.filter(task_name=commands.JOB).count() == 1


def test_a_school_has_only_so_much_room(own: Any) -> None:
    SchoolSpace.objects.create(school_id=own["school_id"], quota_bytes=SIZE + 5)
    begin(own)
    second = own | {"upload_id": uuid7()}
    begin(second)
    send_all(own)
    send_all(second)
    finish(own)
    with pytest.raises(commands.NoRoomLeft):
        finish(second, sha256="b" * 64)
    with pytest.raises(commands.NoRoomLeft):
        begin(own | {"upload_id": uuid7()})


@pytest.mark.parametrize("state", [ContentState.INFECTED, ContentState.UNREADABLE])
def test_what_was_refused_gives_its_room_back_and_is_refused_at_once_again(own: Any, state: str) -> None:
    begin(own)
    send_all(own)
    file = finish(own)
    settled = {"content_id": file.content_id, "school_id": own["school_id"], "at": NOON}
    for _twice in range(2):
        assert commands.settle(**settled, state=ContentState(state), finding="Worm") == [file.pk]
    assert space_of(school_id=own["school_id"]).used_bytes == 0
    assert Fact.objects.filter(kind__in=["FileInfected", "FileUnreadable"]).count() == 1
    again = own | {"upload_id": uuid7()}
    begin(again)
    send_all(again)
    with pytest.raises((commands.FileIsInfected, commands.PictureIsDamaged)):
        finish(again)


def test_another_schools_file_is_not_there(world: World) -> None:
    file = hand_in(world, PDF)
    with school_scope(world.south.school.pk):
        assert files_of(school_id=world.south.school.pk, file_ids=[file.pk]) == {}
        assert files_of(school_id=world.north.school.pk, file_ids=[file.pk]) == {}
        assert not Content.objects.exists()


@pytest.mark.parametrize("count", [1, 20])
def test_files_are_read_in_one_query(world: World, django_assert_num_queries: Any, count: int) -> None:
    files = [hand_in(world, PDF + bytes([48 + number])) for number in range(count)]
    with school_scope(world.north.school.pk), django_assert_num_queries(1):
        assert len(files_of(school_id=world.north.school.pk, file_ids=[file.pk for file in files])) == count


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "FINE", "settled_at": NOON}, "content_state_known"),
        ({"size": 0}, "content_size_sane"),
        ({"sha256": "A" * 64}, "content_sha256_whole"),
        ({"state": "CLEAN"}, "content_settled_when_checked"),
        ({"settled_at": NOON}, "content_settled_when_checked"),
        ({}, "content_once_in_a_school"),
    ],
)
def test_the_database_keeps_contents_in_order(world: World, change: dict[str, Any], constraint: str) -> None:
    row = hand_in(world, PDF).content
    row.pk = uuid7()
    for name, value in change.items():
        setattr(row, name, value)
    with (
        school_scope(world.north.school.pk),
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
    ):
        row.save(force_insert=True)


def test_the_database_takes_no_file_without_a_name_and_no_more_than_was_declared(own: Any) -> None:
    upload = begin(own)
    with pytest.raises(IntegrityError, match="upload_no_more_than_declared"), transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(received=SIZE + 1)
    with pytest.raises(IntegrityError, match="upload_size_sane"), transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(size=0, received=0)
    send_all(own)
    file = finish(own)
    with pytest.raises(IntegrityError, match="file_has_a_name"), transaction.atomic():
        StoredFile.objects.create(
            id=uuid7(),
            school_id=own["school_id"],
            content=file.content,
            name="",
            uploader_id=file.uploader_id,
            uploaded_at=NOON,
        )
    with pytest.raises(IntegrityError, match="space_used_not_negative"), transaction.atomic():
        SchoolSpace.objects.update(used_bytes=-1)


@pytest.mark.parametrize("act", ["UPDATE files_storedfile SET name = 'x'", "DELETE FROM files_storedfile"])
def test_nobody_renames_or_removes_what_was_handed_in(own: Any, act: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(act)


def test_a_file_of_no_school_is_not_taken(own: Any) -> None:
    begin(own)
    nowhere = uuid7()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL zvonok.school_id = '{nowhere}'")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="of_a_school"), transaction.atomic():
            SchoolSpace.objects.create(school_id=nowhere)


def test_the_same_file_from_several_at_once_is_stored_once(committed_world: World) -> None:
    world, made, faults = committed_world, [], []

    def send(who: str) -> None:
        try:
            made.append(hand_in(world, PDF, who=who).content_id)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=send, args=(who,)) for who in ("Anna", "Oleg", "Darya", "Yana")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(made) == 4
    assert len(set(made)) == 1
    with school_scope(world.north.school.pk):
        assert space_of(school_id=world.north.school.pk).used_bytes == len(PDF)
