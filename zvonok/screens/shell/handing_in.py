"""Take files in: the bytes into the store, and then the rows that speak of them."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from zvonok.domain.access.grant import Basis
from zvonok.domain.access.selectors import open_diaries_of
from zvonok.domain.files import commands
from zvonok.domain.files.kinds import HEAD_BYTES, TAIL_BYTES, Kind, kind_of
from zvonok.domain.files.rules import CHUNK_BYTES, chunk_length, offsets
from zvonok.domain.files.selectors import upload_of
from zvonok.domain.schools.models import Role
from zvonok.gateways import storage
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused
from zvonok.kernel.scope import school_scope

if TYPE_CHECKING:
    from zvonok.domain.access.actor import Actor
    from zvonok.domain.files.models import StoredFile, Upload
    from zvonok.screens.shell.request import Request

STAFF = (Role.TEACHER, Role.CLASS_TEACHER, Role.DEPUTY_HEAD, Role.HEAD, Role.SCHOOL_ADMIN)
FINISHED, CHOSEN = "file", "files"  # what a form calls files that came ahead of it, and those that come in it


@dataclass(frozen=True, slots=True)
class Place:
    """Who hands in, and where."""

    school_id: UUID
    person_id: UUID


@dataclass(slots=True)
class HandedIn:
    """What came with a form: the files that were taken, and why others were not."""

    file_ids: list[UUID] = field(default_factory=list)
    refusals: list[tuple[str, Refused]] = field(default_factory=list)


def may_hand_in(actor: "Actor", school_id: UUID) -> bool:
    """Say whether the actor works or learns in the school, or has a child there; one query for families."""
    if school_id in actor.schools_as(*STAFF):
        return True
    own = open_diaries_of(account_id=actor.account_id, day=actor.day) if actor.is_family else []
    return any(school_id in diary.schools and diary.grant.basis != Basis.TRUSTED for diary in own)


def begin(place: Place, upload_id: UUID, *, name: str, size: int, at: datetime) -> "Upload":
    """Make ready for a file, and forget what was broken off long ago."""
    with school_scope(place.school_id):
        gone = commands.forget_stale_uploads(school_id=place.school_id, at=at)
    for stale_id, stale_size in gone:
        drop_pieces(stale_id, stale_size)
    with school_scope(place.school_id):
        return commands.begin_upload(
            school_id=place.school_id,
            person_id=place.person_id,
            upload_id=upload_id,
            name=name,
            size=size,
            at=at,
        )


def put_piece(place: Place, upload_id: UUID, *, offset: int, piece: bytes) -> int:
    """Keep a piece of a file, and tell how much of it there is now.

    Raises: UploadIsGone, ChunkOutOfPlace.
    """
    upload = _found(place, upload_id)
    if offset > upload.received or len(piece) != chunk_length(size=upload.size, offset=offset):
        raise commands.ChunkOutOfPlace
    storage.store().put(storage.chunk_key(upload_id, offset), io.BytesIO(piece))
    with school_scope(place.school_id):
        noted = commands.append_chunk(
            school_id=place.school_id,
            person_id=place.person_id,
            upload_id=upload_id,
            offset=offset,
            length=len(piece),
        )
    return noted.received


def finish(place: Place, upload_id: UUID, *, at: datetime) -> "StoredFile":
    """Put the pieces together, tell what it is, and hand it to the scanner. What is refused is thrown away.

    Raises: UploadIsGone, UploadIsUnfinished, and what `finish_upload` does.
    """
    with school_scope(place.school_id):
        upload = upload_of(school_id=place.school_id, upload_id=upload_id, person_id=place.person_id)
    if upload is None:
        return _finish(place, upload_id, "", None, at=at)
    if upload.received != upload.size:
        raise commands.UploadIsUnfinished
    try:
        with TemporaryFile() as whole:
            digest, kind = _put_together(upload, whole)
            if kind is None:
                raise commands.FileTypeNotTaken
            storage.store().put(storage.quarantine_key(place.school_id, digest), whole)
        made = _finish(place, upload_id, digest, kind, at=at)
    except (
        FileNotFoundError
    ):  # the same request a moment ago has put the pieces together and thrown them away
        return _finish(place, upload_id, "", None, at=at)
    except (
        commands.FileTypeNotTaken,
        commands.FileIsInfected,
        commands.PictureIsDamaged,
        commands.NoRoomLeft,
    ):
        discard(place, upload_id)
        raise
    drop_pieces(upload_id, upload.size)
    return made


def _finish(place: Place, upload_id: UUID, digest: str, kind: Kind | None, *, at: datetime) -> "StoredFile":
    """Write the rows; bytes that the scanner has seen before need not wait in quarantine again."""
    try:
        with school_scope(place.school_id):
            made = commands.finish_upload(
                school_id=place.school_id,
                person_id=place.person_id,
                upload_id=upload_id,
                sha256=digest,
                kind=kind,
                at=at,
            )
    except (commands.FileIsInfected, commands.PictureIsDamaged, commands.NoRoomLeft):
        storage.store().drop(storage.quarantine_key(place.school_id, digest))
        raise
    if digest and made.content.settled_at:
        storage.store().drop(storage.quarantine_key(place.school_id, digest))
    return made


def _put_together(upload: "Upload", whole: IO[bytes]) -> tuple[str, Kind | None]:
    digest = hashlib.sha256()
    for offset in offsets(upload.size):
        for part in storage.pieces(storage.store().open(storage.chunk_key(upload.pk, offset))):
            digest.update(part)
            whole.write(part)
    whole.seek(0)
    head = whole.read(HEAD_BYTES)
    whole.seek(max(upload.size - TAIL_BYTES, 0))
    kind = kind_of(name=upload.name, head=head, tail=whole.read())
    whole.seek(0)
    return digest.hexdigest(), kind


def discard(place: Place, upload_id: UUID) -> None:
    """Give an upload up; nothing happens when there is none."""
    with school_scope(place.school_id):
        upload = upload_of(school_id=place.school_id, upload_id=upload_id, person_id=place.person_id)
        if upload is None:
            return
        commands.discard_upload(school_id=place.school_id, person_id=place.person_id, upload_id=upload_id)
    drop_pieces(upload_id, upload.size)


def drop_pieces(upload_id: UUID, size: int) -> None:
    """Throw the pieces of an upload away."""
    for offset in offsets(size):
        storage.store().drop(storage.chunk_key(upload_id, offset))


def handed_in(request: "Request", *, school_id: UUID) -> HandedIn:
    """Take what comes with a form: files that came ahead of it by script, and those that come in it.

    Whether a file that came ahead is the asker's own is asked by the command that ties it to something.
    """
    place, told = Place(school_id, request.actor.person_id), HandedIn()
    told.file_ids = ids_of(request.POST.getlist(FINISHED))
    for chosen in request.FILES.getlist(CHOSEN):
        try:
            told.file_ids.append(_keep_whole(place, chosen, at=timezone.now()).pk)
        except Refused as refusal:
            told.refusals.append((chosen.name or "", refusal))
    return told


def _keep_whole(place: Place, chosen: "UploadedFile[bytes]", *, at: datetime) -> "StoredFile":
    upload_id = uuid7()
    upload = begin(place, upload_id, name=chosen.name or "", size=chosen.size or 0, at=at)
    for offset in offsets(upload.size):
        put_piece(place, upload_id, offset=offset, piece=chosen.read(CHUNK_BYTES))
    return finish(place, upload_id, at=at)


def ids_of(values: list[str]) -> list[UUID]:
    """Read ids out of a form; what is none is passed over."""
    return list(_ids(values))


def _ids(values: list[str]) -> Iterator[UUID]:
    for value in values:
        try:
            yield UUID(value)
        except ValueError:
            continue


def _found(place: Place, upload_id: UUID) -> "Upload":
    with school_scope(place.school_id):
        upload = upload_of(school_id=place.school_id, upload_id=upload_id, person_id=place.person_id)
    if upload is None:
        raise commands.UploadIsGone
    return upload
