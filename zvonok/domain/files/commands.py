"""Hand in a file piece by piece, and settle what the scanner found: the only way into these tables.

The bytes themselves are put by whoever calls: nothing outside the database is waited for in here. Pieces are
put before `append_chunk`, the whole before `finish_upload`, what is served before `settle`; so a row never
speaks of bytes that are not there.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from zvonok.domain.files.facts import FileHandedIn, FileInfected, FileUnreadable
from zvonok.domain.files.kinds import ENDINGS, Kind, ending_of
from zvonok.domain.files.models import Content, ContentState, SchoolSpace, StoredFile, Upload
from zvonok.domain.files.rules import LARGEST_BYTES, MEGABYTE, MOST_UNFINISHED, chunk_length, plain_name
from zvonok.domain.history.commands import record
from zvonok.kernel.ids import uuid7
from zvonok.kernel.refusals import Refused

JOB = "zvonok.workers.files.examine"  # the job stands above us, so we know it by name
KEPT = timedelta(days=1)


class FileIsEmpty(Refused):
    """There is nothing in it."""

    message = _("This file is empty. Choose another one.")


class FileIsTooLarge(Refused):
    """More than is taken."""

    message = _("This file is larger than %(megabytes)s MB. Make it smaller, or give a link to it.")


class FileTypeNotTaken(Refused):
    """Not a type that is taken, or the content is not what the name says."""

    message = _(
        "This is not a file that we take, or it is not what its name says. We take pictures, PDF, documents, "
        "tables, presentations, text, audio, video and zip."
    )


class TooManyUploads(Refused):
    """The person has too many unfinished uploads."""

    message = _("Too many files are on their way at once. Wait until some have come through.")


class NoRoomLeft(Refused):
    """The school has used up its room."""

    message = _("Your school has no room left for files. Its administrator can help.")


class UploadIsGone(Refused):
    """There is no such upload of this person, or it was given up."""

    message = _("This upload was broken off more than a day ago. Choose the file again.")


class ChunkOutOfPlace(Refused):
    """A piece does not fit where the file stands."""

    message = _("A piece of the file came out of turn; it goes on from where it stands.")


class UploadIsUnfinished(Refused):
    """Not all of the file has come."""

    message = _("The file has not come whole. Send the rest, or choose it again.")


class PictureIsDamaged(Refused):
    """The same content could not be read before."""

    message = _("This picture is damaged and cannot be shown. Take it again, or save it anew.")


class FileIsInfected(Refused):
    """The same content was found infected before."""

    message = _("A virus was found in this file, so it was not taken. Check your computer.")


@transaction.atomic
def begin_upload(
    *, school_id: UUID, person_id: UUID, upload_id: UUID, name: str, size: int, at: datetime
) -> Upload:
    """Make ready for a file of `size` bytes; the same id again is the same upload.

    Raises: FileIsEmpty, FileIsTooLarge, FileTypeNotTaken, NoRoomLeft, TooManyUploads, UploadIsGone.
    """
    _refuse_size(size)
    kept = plain_name(name)
    if ending_of(kept) not in ENDINGS:
        raise FileTypeNotTaken
    space = _space(school_id)
    if space.used_bytes + size > space.quota_bytes:
        raise NoRoomLeft
    if Upload.objects.filter(school_id=school_id, uploader_id=person_id).count() >= MOST_UNFINISHED:
        raise TooManyUploads
    defaults = {"uploader_id": person_id, "name": kept, "size": size, "begun_at": at}
    try:
        made, _new = Upload.objects.get_or_create(pk=upload_id, school_id=school_id, defaults=defaults)
    except IntegrityError as error:  # in another school
        raise UploadIsGone from error
    is_finished = StoredFile.objects.filter(school_id=school_id, pk=upload_id).exists()
    if is_finished or (made.uploader_id, made.name, made.size) != (person_id, kept, size):
        raise UploadIsGone
    return made


def append_chunk(*, school_id: UUID, person_id: UUID, upload_id: UUID, offset: int, length: int) -> Upload:
    """Note that a piece has been put; one that was noted before changes nothing.

    Raises: UploadIsGone, ChunkOutOfPlace.
    """
    with transaction.atomic():
        upload = _locked(school_id, person_id, upload_id)
        if offset > upload.received or length != chunk_length(size=upload.size, offset=offset):
            raise ChunkOutOfPlace
        if offset == upload.received:
            upload.received += length
            upload.save(update_fields=["received"])
        return upload


@transaction.atomic
def finish_upload(
    *, school_id: UUID, person_id: UUID, upload_id: UUID, sha256: str, kind: Kind | None, at: datetime
) -> StoredFile:
    """Make a stored file of an upload whose bytes are all there, and let the scanner look at them.

    A content that the school has already is not counted again. Finishing twice gives the same file.
    Raises: UploadIsGone, UploadIsUnfinished, FileTypeNotTaken, FileIsInfected, PictureIsDamaged, NoRoomLeft.
    Records: FileHandedIn.
    """
    own = {"school_id": school_id, "uploader_id": person_id}
    upload = Upload.objects.filter(pk=upload_id, **own).select_for_update().first()
    if upload is None:
        return _finished(upload_id, own)
    if upload.received != upload.size:
        raise UploadIsUnfinished
    if kind is None:
        raise FileTypeNotTaken
    content = _content(upload, sha256, kind, at=at)
    if content.state == ContentState.INFECTED:
        raise FileIsInfected
    if content.state == ContentState.UNREADABLE:
        raise PictureIsDamaged
    made = StoredFile(id=upload.pk, content=content, name=upload.name, uploaded_at=at, **own)
    _insert(made)
    upload.delete()
    fact = FileHandedIn(thing_id=made.pk, name=made.name, size=content.size, sha256=sha256)
    record([fact], school_id=school_id, actor_id=person_id, at=at)
    return made


def discard_upload(*, school_id: UUID, person_id: UUID, upload_id: UUID) -> bool:
    """Give an unfinished upload up; say whether there was one."""
    count, _rows = Upload.objects.filter(school_id=school_id, uploader_id=person_id, pk=upload_id).delete()
    return bool(count)


@transaction.atomic
def forget_stale_uploads(*, school_id: UUID, at: datetime) -> list[tuple[UUID, int]]:
    """Give up what was broken off more than a day ago; tell id and size, so that the pieces can be dropped."""
    stale = Upload.objects.filter(school_id=school_id, begun_at__lt=at - KEPT)
    gone = list(stale.select_for_update(skip_locked=True).values_list("pk", "size"))
    Upload.objects.filter(school_id=school_id, pk__in=[key for key, _size in gone]).delete()
    return gone


@transaction.atomic
def settle(
    *,
    school_id: UUID,
    content_id: UUID,
    state: ContentState,
    at: datetime,
    finding: str = "",
    has_preview: bool = False,
    served_bytes: int | None = None,
) -> list[UUID]:
    """Write down what became of a content in quarantine, and give the files that it is the content of.

    What is settled already stays. An infected or unreadable content gives its room back.
    Records: FileInfected or FileUnreadable, for each file.
    """
    content = Content.objects.select_for_update(no_key=True).get(school_id=school_id, pk=content_id)
    files = list(StoredFile.objects.filter(school_id=school_id, content=content))
    if content.state != ContentState.QUARANTINED:
        return [file.pk for file in files]
    content.state, content.settled_at = state, at
    content.finding, content.has_preview = finding[:200], has_preview
    content.served_bytes = served_bytes
    content.save(update_fields=["state", "settled_at", "finding", "has_preview", "served_bytes"])
    if state != ContentState.CLEAN:
        space = SchoolSpace.objects.filter(pk=school_id)
        space.update(used_bytes=F("used_bytes") - content.size)
        _record_refusal(content, files, at=at)
    return [file.pk for file in files]


def _record_refusal(content: Content, files: Sequence[StoredFile], *, at: datetime) -> None:
    facts = [
        FileInfected(thing_id=file.pk, name=file.name, finding=content.finding, uploader_id=file.uploader_id)
        if content.state == ContentState.INFECTED
        else FileUnreadable(thing_id=file.pk, name=file.name, uploader_id=file.uploader_id)
        for file in files
    ]
    record(facts, school_id=content.school_id, actor_id=None, at=at)


def _finished(upload_id: UUID, own: dict[str, UUID]) -> StoredFile:
    done = StoredFile.objects.filter(pk=upload_id, **own).select_related("content").first()
    if done is None:
        raise UploadIsGone
    return done


def _insert(file: StoredFile) -> None:
    try:
        with transaction.atomic():
            file.save(force_insert=True)
    except IntegrityError as error:  # a file of another school has this id
        raise UploadIsGone from error


def _refuse_size(size: int) -> None:
    if size <= 0:
        raise FileIsEmpty
    if size > LARGEST_BYTES:
        raise FileIsTooLarge(megabytes=LARGEST_BYTES // MEGABYTE)


def _locked(school_id: UUID, person_id: UUID, upload_id: UUID) -> Upload:
    own = Upload.objects.filter(school_id=school_id, uploader_id=person_id, pk=upload_id)
    upload = own.select_for_update().first()
    if upload is None:
        raise UploadIsGone
    return upload


def _space(school_id: UUID) -> SchoolSpace:
    """Lock the room of a school: contents that come at once are counted one after the other."""
    SchoolSpace.objects.bulk_create([SchoolSpace(school_id=school_id)], ignore_conflicts=True)
    return SchoolSpace.objects.select_for_update(no_key=True).get(pk=school_id)


def _content(upload: Upload, sha256: str, kind: Kind, *, at: datetime) -> Content:
    """Find the content in the school, or count a new one and defer its examination in this transaction."""
    space = _space(upload.school_id)
    same = Content.objects.filter(school_id=upload.school_id, sha256=sha256)
    standing = same.select_for_update(no_key=True).first()
    if standing:
        return standing
    if space.used_bytes + upload.size > space.quota_bytes:
        raise NoRoomLeft
    space.used_bytes += upload.size
    space.save(update_fields=["used_bytes"])
    made = Content.objects.create(
        id=uuid7(),
        school_id=upload.school_id,
        sha256=sha256,
        size=upload.size,
        media_type=kind.media_type,
        state=ContentState.QUARANTINED,
        finding="",
        has_preview=False,
        put_at=at,
    )
    task = app.configure_task(JOB, queue="files", allow_unknown=True)
    task.defer(school_id=str(upload.school_id), content_id=str(made.pk))
    return made
